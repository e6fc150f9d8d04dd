"""The targets a design can be compiled for, and the two questions that can be asked of each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from advisor.design import Design
from advisor.text import Lang, Text
from blueprints.errors import Unsupported
from blueprints.plan import Plan, plan_for
from blueprints.refusals.not_generated import without_fragment
from blueprints.stack.registry import connection_fragment, service_fragment

Files = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Target:
    """One form of project. Its module has `files(plan, lang) -> {path: bytes}`.

    `files` gives the infrastructure alone; handlers, tests and prose are the same for every target.
    """

    id: str
    title: Text
    module: str

    def files(self, plan: Plan, lang: Lang) -> Files:
        """Return the target's own files; Unsupported names the first node or edge that it cannot express."""
        for refused in self._stated(plan):
            raise refused
        found: Callable[[Plan, Lang], Files] = import_module(self.module).files
        return found(plan, lang)

    def check(self, plan: Plan) -> tuple[Unsupported, ...]:
        """Return everything that the target cannot express, in the order of the graph: what no target can comes first."""
        return self._stated(plan) or self._own(plan, assembling=True)

    def _stated(self, plan: Plan) -> tuple[Unsupported, ...]:
        """Return what is known before anything is made."""
        from blueprints.refusals import refusals  # the reasons know the project, which knows the targets

        without = without_fragment(plan.architecture, service_fragment, connection_fragment)
        return refusals(plan) or tuple(without) or self._own(plan, assembling=False)

    def _own(self, plan: Plan, *, assembling: bool) -> tuple[Unsupported, ...]:
        from blueprints.refusals.targets import OWN_REFUSALS

        rows = (row for row in OWN_REFUSALS if self.id in row.targets and row.assembling == assembling)
        return tuple(refused for row in rows for refused in row.find(plan))


TARGETS: tuple[Target, ...] = (
    Target("sam", Text("AWS SAM", "AWS SAM"), "blueprints.sam"),
    Target("cdk-python", Text("AWS CDK (Python)", "AWS CDK（Python）"), "blueprints.cdk"),
    Target(
        "cdk-typescript",
        Text("AWS CDK (TypeScript)", "AWS CDK（TypeScript）"),
        "blueprints.cdk.typescript",
    ),
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
    return _target(target).check(plan)


def build(design: Design, target: str, *, lang: Lang, extras: Mapping[str, bytes]) -> Files:
    """Return a project: infrastructure, code, tests and prose, with `extras` (decision record, drawing) beside them.

    Unsupported when the target cannot express a node or an edge, or a budget is broken; KeyError for an unknown target.
    """
    plan = plan_for(design)
    own = _target(target).files(plan, lang)
    verified = _verification(design, target, lang)
    files = {**_project(design, plan, target, lang), **own, **verified, **extras}
    return {path: files[path] for path in sorted(files)}


def _project(design: Design, plan: Plan, target: str, lang: Lang) -> Files:
    make: Callable[[Design, Plan, str, Lang], Files] = import_module("blueprints.project").project_files
    return make(design, plan, target, lang)


def _verification(design: Design, target: str, lang: Lang) -> Files:
    make: Callable[[Design, str, Lang], Files] = import_module("blueprints.certificate").verification_files
    return make(design, target, lang)


_target = target
