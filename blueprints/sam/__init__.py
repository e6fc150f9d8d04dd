"""SAM projects: one template, printed from fragments, and the state machines that it names."""

from advisor.text import Lang
from blueprints.errors import Unsupported
from blueprints.plan import Plan
from blueprints.sam.printer import to_yaml
from blueprints.sam.template import body, compile_template, missing

TEMPLATE = "template.yaml"


def check(plan: Plan) -> tuple[Unsupported, ...]:
    """Return what this target cannot express: what has no fragment, or the first thing a fragment refuses."""
    found = missing(plan)
    if found:
        return found
    try:
        compile_template(plan, "en")
    except Unsupported as refused:
        return (refused,)
    return ()


def files(plan: Plan, lang: Lang) -> dict[str, bytes]:
    """Return the template and the files that it names; Unsupported when something cannot be expressed."""
    scope = compile_template(plan, lang)
    return {TEMPLATE: to_yaml(body(scope)).encode(), **scope.files}
