"""A project is one stack in one Region; multi-Region designs beyond that are refused in every target.

The replica of a table is in a second Region, which a parameter names: its default is another than the workload's own, in
the same country or union of countries where there is one.
"""

from collections.abc import Iterator
from dataclasses import replace

from advisor.architecture import Node
from advisor.text import Text
from blueprints import settings
from blueprints.errors import Unsupported
from blueprints.parameters.data import REPLICA_REGION
from blueprints.parameters.entries import EDGE_REGION
from blueprints.parameters.parameter import Parameter

#: Region -> where a copy is kept under the same law; all of these are open to every account.
NEIGHBOURS = {
    "ap-northeast-1": "ap-northeast-3",
    "ap-northeast-3": "ap-northeast-1",
    "eu-central-1": "eu-west-1",
    "eu-north-1": "eu-central-1",
    "eu-west-1": "eu-central-1",
    "eu-west-3": "eu-central-1",
    "us-west-2": "us-east-1",
}


def regional(parameters: tuple[Parameter, ...], region: str) -> tuple[Parameter, ...]:
    """Return the parameters with examples of the workload's Region, except where only one Region is accepted."""
    example = f":{EDGE_REGION}:"
    return tuple(
        replace(parameter, example=parameter.example.replace(example, f":{region}:"))
        if EDGE_REGION not in (parameter.pattern or "")
        else parameter
        for parameter in parameters
    )


def elsewhere(parameters: tuple[Parameter, ...], region: str) -> tuple[Parameter, ...]:
    """Return the parameters with a default for the second Region that fits a workload in this one."""
    second = NEIGHBOURS.get(region, REPLICA_REGION.default)
    return tuple(
        replace(parameter, default=second) if parameter.id == REPLICA_REGION.id else parameter
        for parameter in parameters
    )


def in_several(node: Node) -> Iterator[Unsupported]:
    """Yield the errors for multi-Region requirements that a single-Region project cannot meet."""
    if settings.flag(node, "multi_region"):
        title = node.title
        words = Text(
            f"A project is one stack in one Region. {title.en} in several Regions is not supported.",
            f"プロジェクトは 1 つのリージョンの 1 つのスタックです。複数リージョンの {title.ja} には対応していません。",
        )
        yield Unsupported(node.id, words)


def without_second_key(node: Node, *, own_keys: bool) -> Iterator[Unsupported]:
    """Yield the refusal of a table in two Regions under keys of the customer's own."""
    if own_keys and settings.flag(node, "multi_region"):
        words = Text(
            "A table in two Regions with customer managed keys requires a key in each Region, and a project is one stack in one Region.",
            "2 つのリージョンのテーブルにカスタマーマネージドキーを使うには各リージョンにキーが必要ですが、プロジェクトは 1 つのリージョンの 1 つのスタックです。",
        )
        yield Unsupported(node.id, words)
