"""How the template spells what the plan refers to, as one text: `${ItemsTable.Arn}/*`."""

from collections.abc import Callable

from blueprints.errors import Unsupported
from blueprints.names import pascal
from blueprints.plan import Plan
from blueprints.reference import Ref
from blueprints.sam.intrinsics import text
from blueprints.sam.registry import attributes
from blueprints.sam.scope import Scope

Speller = Callable[[Ref, str | None], str]


def speller(plan: Plan) -> Speller:
    """Return what spells a reference for the node that is told; what has no part here yet goes by the plan's words."""
    scope = Scope(plan, "en", attributes())

    def spell(wanted: Ref, holder: str | None) -> str:
        try:
            return text(scope.value(wanted, holder))
        except (KeyError, TypeError, Unsupported):
            return "${" + f"{plan.name(wanted.node)}.{pascal(wanted.attribute)}" + "}" + wanted.suffix

    return spell
