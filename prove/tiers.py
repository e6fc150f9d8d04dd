"""The tiers in their order. One more is one more line; each is a module with `run(projects) -> Iterator[Result]`."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module

from prove.cases import Kind
from prove.projects import Project
from prove.results import Result


@dataclass(frozen=True, slots=True)
class Tier:
    """A step of the proof, the kinds of cases that take it, and the seconds of a project as measured on 2 cores.

    `fixed` are the seconds that it takes to start, whatever the number of projects.
    """

    id: str
    module: str
    kinds: tuple[Kind, ...]
    seconds: float
    fixed: float = 0.0

    def run(self, projects: Sequence[Project]) -> Iterator[Result]:
        """Give a result for each project that the tier has something to say about."""
        found: Callable[[Sequence[Project]], Iterator[Result]] = import_module(self.module).run
        return found([project for project in projects if project.case.kind in self.kinds])


ALL: tuple[Kind, ...] = ("story", "pairwise")
STORIES: tuple[Kind, ...] = ("story",)
TIERS: tuple[Tier, ...] = (
    Tier("lint", "prove.lint", ALL, 0.5, 2),
    Tier("translate", "prove.translate", ALL, 0.5, 2),
    Tier("build", "prove.build", STORIES, 1, 2),
    Tier("synth", "prove.synth", ALL, 1, 2),
    Tier("security", "prove.security", ALL, 1, 2),
    Tier("deploy", "prove.deploy", STORIES, 7, 8),
    Tier("traffic", "prove.traffic.walk", STORIES, 4),
    Tier("policy", "prove.policy", STORIES, 0.3),
    Tier("delete", "prove.delete", STORIES, 3),
)
