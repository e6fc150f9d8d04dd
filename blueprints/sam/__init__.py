"""SAM projects: the stack as one template, and the state machines that it names."""

from advisor.text import Lang
from blueprints.plan import Plan
from blueprints.sam.printer import to_yaml
from blueprints.sam.template import body
from blueprints.stack.assembly import stack_of
from blueprints.stack.scope import Scope

TEMPLATE = "template.yaml"


def files(plan: Plan, lang: Lang) -> dict[str, bytes]:
    """Return the template of a plan and the files that it references; unsupported designs were refused before."""
    return printed(stack_of(plan, lang))


def printed(scope: Scope) -> dict[str, bytes]:
    """Return the template of a stack and the files that it names."""
    return {TEMPLATE: to_yaml(body(scope)).encode(), **scope.files}
