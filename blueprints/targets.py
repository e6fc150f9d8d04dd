"""The targets a design can be compiled for, and the questions that can be asked of each."""

from collections.abc import Callable
from dataclasses import dataclass

from advisor.design import Design
from advisor.text import Lang, Text
from blueprints.errors import Unsupported
from blueprints.plan import Plan, plan_for
from blueprints.refusals import refusals
from blueprints.refusals.not_generated import without_fragment
from blueprints.refusals.stack_size import nearly_full, too_large
from blueprints.refusals.targets import OWN_REFUSALS
from blueprints.stack.assembly import stack_of
from blueprints.stack.registry import connection_fragment, service_fragment
from blueprints.stack.scope import Scope

Files = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Target:
    """One form of project. `printed` makes its own files of a stack, as {path: bytes}.

    They are the infrastructure alone; handlers, tests and prose are the same for every target.
    """

    id: str
    title: Text
    printed: Callable[[Scope], Files]

    def files(self, plan: Plan, lang: Lang) -> Files:
        """Return the files of the target. Raises Unsupported with the first node or edge that it cannot express."""
        return self.printed(self.stack(plan, lang))

    def stack(self, plan: Plan, lang: Lang) -> Scope:
        """Return the stack of the target. Raises Unsupported with the first node or edge that it cannot express."""
        for refused in self._before_assembling(plan):
            raise refused
        stack = stack_of(plan, lang)
        for refused in too_large(stack, self.id):
            raise refused
        return stack

    def check(self, plan: Plan) -> tuple[Unsupported, ...]:
        """Return everything that the target cannot express, in the order of the graph: what no target can comes first."""
        return self._before_assembling(plan) or self._of_stack(plan, stack_of(plan, "en"))

    def warnings(self, plan: Plan) -> tuple[Text, ...]:
        """Return the notes on a project that can be built: how close its stack is to the quota."""
        if self._before_assembling(plan):
            return ()
        warning = nearly_full(stack_of(plan, "en"), self.id)
        return () if warning is None else (warning,)

    def _before_assembling(self, plan: Plan) -> tuple[Unsupported, ...]:
        """Return the errors that are known before generation."""
        without = without_fragment(plan.architecture, service_fragment, connection_fragment)
        return refusals(plan) or tuple(without) or self._own(plan, assembling=False)

    def _of_stack(self, plan: Plan, stack: Scope) -> tuple[Unsupported, ...]:
        """Return the refusals that require the assembled stack."""
        return tuple(too_large(stack, self.id)) or self._own(plan, assembling=True)

    def _own(self, plan: Plan, *, assembling: bool) -> tuple[Unsupported, ...]:
        rows = (row for row in OWN_REFUSALS if self.id in row.targets and row.assembling == assembling)
        return tuple(refused for row in rows for refused in row.find(plan))


def _sam(stack: Scope) -> Files:
    from blueprints import sam

    return sam.printed(stack)


def _cdk_python(stack: Scope) -> Files:
    from blueprints.cdk import python

    return python.printed(stack)


def _cdk_typescript(stack: Scope) -> Files:
    from blueprints.cdk import typescript

    return typescript.printed(stack)


#: Printers are loaded by those who print: pictures only ask what a target can express.
TARGETS: tuple[Target, ...] = (
    Target("sam", Text("AWS SAM", "AWS SAM"), _sam),
    Target("cdk-python", Text("AWS CDK (Python)", "AWS CDK（Python）"), _cdk_python),
    Target("cdk-typescript", Text("AWS CDK (TypeScript)", "AWS CDK（TypeScript）"), _cdk_typescript),
)


def target(id: str) -> Target:
    """Return the target with this id. Raises KeyError if there is none."""
    for known in TARGETS:
        if known.id == id:
            return known
    raise KeyError(id)


def check(design: Design, target: str) -> tuple[Unsupported, ...]:
    """Return the parts of a design that a target cannot express, in the order of the graph; empty if there are none."""
    return unsupported(plan_for(design), target)


def unsupported(plan: Plan, target: str) -> tuple[Unsupported, ...]:
    """Return the parts of a plan that a target cannot express, in the order of the graph; empty if there are none."""
    return _target(target).check(plan)


def warnings(plan: Plan, target: str) -> tuple[Text, ...]:
    """Return the notes on the project of a plan that users should read before the download; empty if it cannot be built."""
    return _target(target).warnings(plan)


_target = target
