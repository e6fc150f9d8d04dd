"""Records of the first arrival of messages: a request that a caller repeats after a newer one keeps its place in their order.

A program that keeps the latest state of entities orders messages by their arrival. An API without items of its own cannot
tell a repetition from a new request, so it publishes both, with one id.
"""

from advisor.architecture import Node
from blueprints.naming import pascal

#: What a program may do with its records.
ACTIONS = ("dynamodb:GetItem", "dynamodb:PutItem")
#: Attributes of a program: the name and the ARN of the table with its records.
TABLE_NAME, TABLE_ARN = "arrivals-table-name", "arrivals-table-arn"
#: The end of the name of the environment variable with the table; no name of a store's variable ends like this.
TABLE_VARIABLE = "ARRIVAL_RECORDS"
#: The end of the logical id of the table, by which diagrams know it.
TABLE_ID = "ArrivalRecords"
#: The statement by which a program uses its records.
SID = "RecordArrivals"


def table_id(node: Node) -> str:
    """Return the logical id of the table of a program, which stays the same when another service runs the component."""
    return f"{pascal(node.subject)}{TABLE_ID}"
