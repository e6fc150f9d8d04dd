"""What scanners say that does not count, each with its reason, from one file: `prove/static/suppressions.yaml`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path

import yaml

from advisor.text import Text
from prove.projects import Project
from prove.results import Finding, Result

FILE = Path(__file__).with_name("suppressions.yaml")


@dataclass(frozen=True, slots=True)
class Suppression:
    """A rule of a tool that does not count, where it does not (`types` of resources, `targets`, patterns of places)."""

    tool: str
    rule: str
    reason: Text
    types: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The tool and the rule: there is one suppression of each."""
        return f"{self.tool}/{self.rule}"

    def covers(self, found: Finding) -> bool:
        """Return whether a finding does not count."""
        return (
            (self.tool, self.rule) == (found.tool, found.rule)
            and (not self.types or found.type in self.types)
            and (not self.targets or found.target in self.targets)
            and (not self.places or any(fnmatchcase(found.place, one) for one in self.places))
        )


@lru_cache(maxsize=1)
def suppressions() -> tuple[Suppression, ...]:
    """Return all suppressions in the order of the file."""
    return tuple(_read(yaml.safe_load(FILE.read_text("utf-8"))))


def _read(rows: Mapping[str, Mapping[str, Mapping[str, list[str] | str]]]) -> Iterator[Suppression]:
    for tool, rules in rows.items():
        for rule, row in rules.items():
            reason = Text(str(row["en"]), str(row["ja"]))
            where = {key: tuple(row.get(key, ())) for key in ("types", "targets", "places")}
            yield Suppression(tool, rule, reason, **where)


def judged(tier: str, project: Project, found: Iterable[Finding], notes: Iterable[str] = ()) -> Result:
    """Return the result of a tier for a project: what was found, without what does not count."""
    counting: list[Finding] = []
    used: list[str] = []
    for one in found:
        covering = next((known.id for known in suppressions() if known.covers(one)), None)
        if covering is None:
            counting.append(one)
        else:
            used.append(covering)
    kept = tuple(sorted(set(used)))
    return Result(tier, project.case.name, project.target, 0.0, tuple(counting), tuple(notes), kept, len(used))


def unused(results: Iterable[Result]) -> tuple[str, ...]:
    """Return the ids of suppressions that took nothing away: after a whole run, each of them has to go."""
    used = {id for result in results for id in result.suppressed}
    return tuple(one.id for one in suppressions() if one.id not in used)
