"""The table of proofs that is shipped: `proven.json`, written by `make prove ARGS=--write-certificate` and by no hand."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from advisor.text import Text

FILE = "proven.json"


@dataclass(frozen=True, slots=True)
class Proof:
    """The results of a shape for a target: passed and failed tiers, in order.

    `infrastructure` is the digest of what it compiled to then; `suppressed` are ids of suppressions that applied.
    """

    case: str
    infrastructure: str
    passed: tuple[str, ...]
    failed: tuple[str, ...]
    suppressed: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """All results, and the texts for tiers, tools (name to version) and suppressions.

    `bound` are the targets of a tier that is not for all of them. `parts` are the services and connections of the
    projects that passed everything, each with the last tier that one of them passed, by target.
    """

    tiers: Mapping[str, Text]
    tools: Mapping[str, str]
    suppressions: Mapping[str, Text]
    shapes: Mapping[str, Mapping[str, Proof]]
    bound: Mapping[str, tuple[str, ...]]
    parts: Mapping[str, Mapping[str, str]]

    def applies(self, tier: str, target: str) -> bool:
        """Return whether a tier applies to projects of a target."""
        return target in self.bound.get(tier, (target,))

    def find(self, key: str, target: str) -> Proof | None:
        """Return the results of a shape for a target, if any."""
        return self.shapes.get(key, {}).get(target)


@lru_cache(maxsize=1)
def shipped() -> Table:
    """Return the table of this version of the product."""
    return table(json.loads(files(__package__).joinpath(FILE).read_text("utf-8")))


def table(raw: Mapping[str, Any]) -> Table:
    """Return a table from its JSON."""
    shapes = {key: {target: _proof(one) for target, one in targets.items()} for key, targets in raw["shapes"].items()}
    bound = {id: tuple(one["targets"]) for id, one in raw["tiers"].items() if "targets" in one}
    return Table(_texts(raw["tiers"]), raw["tools"], _texts(raw["suppressions"]), shapes, bound, raw["parts"])


def _texts(raw: Mapping[str, Mapping[str, str]]) -> dict[str, Text]:
    return {id: Text(one["en"], one["ja"]) for id, one in raw.items()}


def _proof(raw: Mapping[str, Any]) -> Proof:
    lists = (tuple(raw.get(name, ())) for name in ("passed", "failed", "suppressed", "notes"))
    return Proof(raw["case"], raw["infrastructure"], *lists)
