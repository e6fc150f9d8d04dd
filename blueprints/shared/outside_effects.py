"""The table in which a program records its effects on another system."""

from advisor.architecture import Node
from blueprints.shared.tables import keyed_table
from blueprints.stack.registry import Attribute
from blueprints.stack.scope import Scope
from blueprints.traits.outside_effects import acts_once
from blueprints.values import Att, Ref


def effects_table(scope: Scope, node: Node) -> str:
    """Return the logical id of the table of a program."""
    return f"{scope.name(node.id)}EffectsTable"


#: The attributes of a program with the name and the ARN of its table.
EFFECT_ATTRIBUTES: dict[str, Attribute] = {
    "effects_table_name": lambda scope, node: Ref(effects_table(scope, node)),
    "effects_table_arn": lambda scope, node: Att(effects_table(scope, node), "Arn"),
}


def add_effect_tables(scope: Scope) -> None:
    """Add a table for each program with an effect that happens once; its name is an output, for whoever corrects records."""
    for node in filter(acts_once, scope.architecture.nodes):
        id = effects_table(scope, node)
        scope.add(id, "AWS::DynamoDB::Table", keyed_table(), node=node.id)
        scope.output(f"{id}Name", Ref(id), "Table with the records of effects on another system")
