"""Suppressed findings of scanners, each with its reason, from `prove/static/suppressions.yaml`."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path

import yaml

from advisor.text import Text
from blueprints.cdk.acceptance import accepted
from prove.projects import Project
from prove.results import Finding, Result

FILE = Path(__file__).with_name("suppressions.yaml")


@dataclass(frozen=True, slots=True)
class Suppression:
    """A rule of a tool that is suppressed, and where (`types` of resources, `targets`, patterns of places).

    `claim` names the statement about a template on which its reason is based, for `prove/behaviour/claims/`.
    """

    tool: str
    rule: str
    reason: Text
    claim: str
    types: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The tool and the rule, which identify a suppression."""
        return f"{self.tool}/{self.rule}"

    def covers(self, finding: Finding) -> bool:
        """Return whether the suppression applies to a finding."""
        return (
            (self.tool, self.rule) == (finding.tool, finding.rule)
            and (not self.types or finding.type in self.types)
            and (not self.targets or finding.target in self.targets)
            and (not self.places or any(fnmatchcase(finding.place, pattern) for pattern in self.places))
        )


@lru_cache(maxsize=1)
def suppressions() -> tuple[Suppression, ...]:
    """Return all suppressions in the order of the file."""
    return tuple(_read(yaml.safe_load(FILE.read_text("utf-8"))))


def _read(rows: Mapping[str, Mapping[str, Mapping[str, list[str] | str]]]) -> Iterator[Suppression]:
    for tool, rules in rows.items():
        for rule, row in rules.items():
            reason = Text(str(row["en"]), str(row["ja"])) if "en" in row else accepted()[rule].reason
            where = {key: tuple(row.get(key, ())) for key in ("types", "targets", "places")}
            yield Suppression(tool, rule, reason, str(row["claim"]), **where)


def result_of(tier: str, project: Project, findings: Iterable[Finding], notes: Iterable[str] = ()) -> Result:
    """Return the result of a tier for a project: its findings without the suppressed ones."""
    counting: list[Finding] = []
    used: list[str] = []
    for finding in findings:
        covering = next((suppression.id for suppression in suppressions() if suppression.covers(finding)), None)
        if covering is None:
            counting.append(finding)
        else:
            used.append(covering)
    applied = tuple(sorted(set(used)))
    return Result(
        tier,
        project.case.name,
        project.target,
        seconds=0.0,
        findings=tuple(counting),
        notes=tuple(notes),
        suppressed=applied,
        raw=len(used),
    )


def unused(results: Iterable[Result], elsewhere: Collection[str] = ()) -> tuple[str, ...]:
    """Return the ids of suppressions that applied to no finding, here or elsewhere: after a whole run, each has to go."""
    used = {id for result in results for id in result.suppressed}.union(elsewhere)
    return tuple(suppression.id for suppression in suppressions() if suppression.id not in used)
