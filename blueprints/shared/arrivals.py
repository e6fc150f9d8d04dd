"""The table in which a program records the first arrival of messages about entities."""

from blueprints.plan.kept_results import records_arrivals
from blueprints.shared.tables import keyed_table
from blueprints.stack.registry import Attribute
from blueprints.stack.scope import Scope
from blueprints.traits.arrivals import table_id
from blueprints.values import Att, Ref

#: The attributes of a program with the name and the ARN of its table.
ARRIVAL_ATTRIBUTES: dict[str, Attribute] = {
    "arrivals_table_name": lambda scope, node: Ref(table_id(node)),
    "arrivals_table_arn": lambda scope, node: Att(table_id(node), "Arn"),
}


def add_arrival_tables(scope: Scope) -> None:
    """Add a table for each program that records arrivals; it goes with the stack, as the channel of the messages does."""
    for node in scope.architecture.nodes:
        if records_arrivals(scope.architecture, node):
            scope.add(table_id(node), "AWS::DynamoDB::Table", keyed_table(), node=node.id)
