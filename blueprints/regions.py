"""A project is one stack in one Region: what that leaves out is refused, in every target in the same words."""

from advisor.architecture import Node
from advisor.text import Text
from blueprints import settings
from blueprints.errors import Unsupported


def one_region(node: Node) -> None:
    """Refuse what a project in one Region cannot keep in several."""
    if settings.flag(node, "multi_region"):
        title = node.title
        words = Text(
            f"A project is one stack in one Region: {title.en} in several Regions is not made here.",
            f"プロジェクトは 1 リージョンの 1 スタックのため、複数リージョンの {title.ja} は生成できません。",
        )
        raise Unsupported(node.id, words)


def one_key(node: Node, *, own_keys: bool) -> None:
    """Refuse a table in two Regions under keys of the customer's own."""
    if own_keys:
        words = Text(
            "A table in two Regions under keys of your own needs a key in each, and a project is one stack.",
            "独自キーで 2 リージョンに置くテーブルには各リージョンのキーが必要ですが、プロジェクトは 1 スタックです。",
        )
        raise Unsupported(node.id, words)
