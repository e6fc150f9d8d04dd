"""The table in which a program records its effects on another system."""

from advisor.text import Text
from blueprints.shared.tables import keyed_table
from blueprints.stack.registry import Attribute
from blueprints.stack.scope import Scope
from blueprints.traits.outside_effects import acts_once, table_id
from blueprints.values import Att, Ref

_KEPT = Text(
    "Kept when the stack is deleted: without a record, a call whose outcome is unknown would be repeated.",
    "スタックを削除しても残します。記録がないと、結果が不明な呼び出しが繰り返されます。",
)

#: The attributes of a program with the name and the ARN of its table.
EFFECT_ATTRIBUTES: dict[str, Attribute] = {
    "effects_table_name": lambda scope, node: Ref(table_id(node)),
    "effects_table_arn": lambda scope, node: Att(table_id(node), "Arn"),
}


def add_effect_tables(scope: Scope) -> None:
    """Add a table for each program with an effect that happens once; its name is an output, for whoever corrects records."""
    for node in filter(acts_once, scope.architecture.nodes):
        id = table_id(node)
        scope.add(id, "AWS::DynamoDB::Table", keyed_table(), node=node.id, kept="Retain", why=_KEPT)
        scope.output(f"{id}Name", Ref(id), "Table with the records of effects on another system")
