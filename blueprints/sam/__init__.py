"""SAM projects: the stack as one template, and the state machines that it names."""

from advisor.text import Lang
from blueprints.plan import Plan
from blueprints.sam.printer import to_yaml
from blueprints.sam.template import body
from blueprints.stack.assembly import stack_of

TEMPLATE = "template.yaml"


def files(plan: Plan, lang: Lang) -> dict[str, bytes]:
    """Return the template and the files that it names; what cannot be expressed was refused before."""
    scope = stack_of(plan, lang)
    return {TEMPLATE: to_yaml(body(scope)).encode(), **scope.files}
