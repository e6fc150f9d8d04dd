"""SAM projects: one template, printed from fragments, and the state machines that it names."""

from advisor.text import Lang
from blueprints.plan import Plan
from blueprints.sam.printer import to_yaml
from blueprints.sam.template import body, compile_template

TEMPLATE = "template.yaml"


def files(plan: Plan, lang: Lang) -> dict[str, bytes]:
    """Return the template and the files that it names; what cannot be expressed was refused before."""
    scope = compile_template(plan, lang)
    return {TEMPLATE: to_yaml(body(scope)).encode(), **scope.files}
