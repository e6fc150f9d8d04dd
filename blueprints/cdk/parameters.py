"""The deployment parameters of the program, and their use."""

from collections.abc import Iterator

from advisor.text import Text
from blueprints.cdk.lifting.lifter import Lifter
from blueprints.cdk.modules import cdk
from blueprints.cdk.tree import THIS, Do, Let, Own, Statement, Value
from blueprints.naming import snake
from blueprints.parameters.parameter import Parameter

ARCHITECTURE_OF = Own("python_function", "architecture_of")
_ARCHITECTURE = "FunctionArchitecture"


def parameters(lifter: Lifter) -> Iterator[Statement]:
    """Make the plan's parameters."""
    plan = lifter.plan
    for parameter in plan.parameters:
        yield Let(snake(parameter.id), cdk.CfnParameter(THIS, parameter.id, **_options(lifter, parameter)))
    if any(program.kind == "image-function" for program in plan.programs) or plan.authorizers:
        yield _machine_code(lifter)


def _machine_code(lifter: Lifter) -> Do:
    """Refuse a deployment for another instruction set than the one that machine code was chosen for."""
    why = Text(
        "Container images and some Python wheels contain machine code for one CPU architecture, which is chosen at synthesis.",
        "コンテナイメージと一部の Python wheel には特定の CPU アーキテクチャ用の機械語が含まれ、合成時に選択されます。",
    )
    words = "To deploy for another CPU architecture, synthesize with -c functionArchitecture=..."
    condition = cdk.Fn.condition_equals(lifter.parameter(_ARCHITECTURE), ARCHITECTURE_OF(THIS))
    assertion = cdk.CfnRuleAssertion(assert_=condition, assert_description=words)
    return Do(cdk.CfnRule(THIS, "SynthesisedForArchitecture", assertions=[assertion]), why)


def _options(lifter: Lifter, parameter: Parameter) -> dict[str, Value]:
    default: Value = ARCHITECTURE_OF(THIS) if parameter.id == _ARCHITECTURE else parameter.default
    options: dict[str, Value] = {"type": parameter.type}
    if default:
        options["default"] = default
    if parameter.pattern:
        options["allowed_pattern"] = parameter.pattern
    if parameter.values:
        options["allowed_values"] = list(parameter.values)
    options["description"] = parameter.description.en
    return options
