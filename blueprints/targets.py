"""The targets a design can be compiled for, and the two questions that can be asked of each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module

from advisor.architecture import Architecture
from advisor.budgets import broken
from advisor.budgets.words import sentence
from advisor.design import Design
from advisor.text import Lang, Text
from blueprints.errors import Unsupported
from blueprints.plan import Plan, plan_for

Files = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Target:
    """One form of project. Its module has `files(plan, lang) -> {path: bytes}` and `check(plan) -> (Unsupported, …)`.

    `files` gives the infrastructure alone; handlers, tests and prose are the same for every target.
    """

    id: str
    title: Text
    module: str

    def files(self, plan: Plan, lang: Lang) -> Files:
        """Return the target's own files; Unsupported names the first node or edge that it cannot express."""
        found: Callable[[Plan, Lang], Files] = import_module(self.module).files
        return found(plan, lang)

    def check(self, plan: Plan) -> tuple[Unsupported, ...]:
        """Return everything that the target cannot express."""
        found: Callable[[Plan], tuple[Unsupported, ...]] = import_module(self.module).check
        return found(plan)


TARGETS: tuple[Target, ...] = (
    Target("sam", Text("AWS SAM", "AWS SAM"), "blueprints.sam"),
    Target("cdk-python", Text("AWS CDK (Python)", "AWS CDK（Python）"), "blueprints.cdk"),
    Target("cdk-typescript", Text("AWS CDK (TypeScript)", "AWS CDK（TypeScript）"), "blueprints.cdk.typescript"),
)


def target(id: str) -> Target:
    """Return the target with this id; KeyError when there is none."""
    for one in TARGETS:
        if one.id == id:
            return one
    raise KeyError(id)


def check(design: Design, target: str) -> tuple[Unsupported, ...]:
    """Return what a target cannot express of a design, in the order of the graph; empty when it can be built."""
    return unsupported(plan_for(design), target)


def unsupported(plan: Plan, target: str) -> tuple[Unsupported, ...]:
    """Return what a target cannot express of a plan, in the order of the graph; empty when it can be built."""
    missing: Callable[[Plan, str], tuple[Unsupported, ...]] = import_module("blueprints.project").missing
    return tuple(_refused(plan.architecture)) or _target(target).check(plan) or missing(plan, target)


def build(design: Design, target: str, *, lang: Lang, extras: Mapping[str, bytes]) -> Files:
    """Return a project: infrastructure, code, tests and prose, with `extras` (decision record, drawing) beside them.

    Unsupported when the target cannot express a node or an edge, or a budget is broken; KeyError for an unknown target.
    """
    for refused in _refused(design.architecture):
        raise refused
    plan = plan_for(design)
    own = _target(target).files(plan, lang)
    verified = _verification(design, target, lang)
    files = {**_project(design, plan, target, lang), **own, **verified, **extras}
    return {path: files[path] for path in sorted(files)}


def _refused(architecture: Architecture) -> Iterator[Unsupported]:
    """Give what no target can build: budgets that no setting can keep."""
    for budget in broken(architecture):
        yield Unsupported(budget.edge, sentence(architecture, budget))


def _project(design: Design, plan: Plan, target: str, lang: Lang) -> Files:
    make: Callable[[Design, Plan, str, Lang], Files] = import_module("blueprints.project").project_files
    return make(design, plan, target, lang)


def _verification(design: Design, target: str, lang: Lang) -> Files:
    make: Callable[[Design, str, Lang], Files] = import_module("blueprints.certificate").verification_files
    return make(design, target, lang)


_target = target
