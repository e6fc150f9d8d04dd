"""The GraphQL schema of a generated API, and its fields: what resolvers and the function behind them answer.

`items` and `item` read what belongs to the caller; the mutations write it. A list is given page by page: `next` of a page
asks for the one after it. What programs make of an item has no name of its own. An API before a workflow has one mutation,
which runs it. The schema is in the folder `graphql/` of the project, and a target inserts its text into the template.
Clients subscribe to each mutation of items, and hear of the items that they can read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files

from advisor.architecture import Architecture, Node
from advisor.vocabulary.store import KEPT
from blueprints import settings
from blueprints.traits import (
    MS,
    AlarmRule,
    Curve,
    Measure,
    Metrics,
    NodeAttribute,
    Total,
    Traits,
    late_answers,
    setting,
    sums,
    traits_of,
)
from blueprints.traits._words import MANY_OF_STATED, SERVER_ERRORS
from blueprints.traits.served_items import Served, conditional_writes, served_behind

FOLDER = "graphql"
RESOLVER_RUNTIME = {"Name": "APPSYNC_JS", "RuntimeVersion": "1.0.0"}
WORKFLOW_SCHEMA = """\
type Outcome {
  id: ID!
  name: String!
  output: AWSJSON!
}

input ItemInput {
  name: String!
}

type Query {
  health: String!
}

type Mutation {
  createItem(input: ItemInput!): Outcome!
}

schema {
  query: Query
  mutation: Mutation
}
"""
#: Name by which the resolvers of an API before a workflow know the state machine.
MACHINE_VARIABLE = "STATE_MACHINE_ARN"
#: The beginning of the folder with the resolvers of items that expire, before their retention in seconds, and their fields.
_KEPT, _EXPIRING = "kept-", ("createItem", "item", "items", "replaceItem")
#: The folder with the resolvers of a store that requires the version of an item for a change, and their fields.
_STRONG, _VERSIONED = "strong", ("item", "replaceItem", "removeItem")
#: The type of the fields to which clients subscribe. AppSync itself resolves them.
SUBSCRIPTION = "Subscription"
#: By mutation, the field with which clients subscribe to it.
SUBSCRIPTIONS = {"createItem": "itemCreated", "replaceItem": "itemReplaced", "removeItem": "itemRemoved"}


@dataclass(frozen=True, slots=True)
class Schema:
    """The schema of an API, the folders of the project for it and for its resolvers, and its fields by type, in order.

    `subscribing` is the file with the resolver of subscriptions, in the folder of resolvers. `kept_s` is the retention, in
    seconds, of the items that resolvers read and write themselves; 0 if these do not expire. `strong`: these require the
    version of an item for a change, and read with strong consistency. `direct`: resolvers change items themselves.
    """

    text: str
    folder: str
    resolvers: str
    fields: Mapping[str, tuple[str, ...]]
    subscribing: str = ""
    kept_s: int = 0
    strong: bool = False
    direct: bool = False

    @property
    def path(self) -> str:
        """Where the project keeps the schema."""
        return f"{self.folder}/schema.graphql"

    def resolver_path(self, kind: str, field: str) -> str:
        """Return where the project keeps the JavaScript of a field: one file for all subscriptions."""
        kept = f"{_KEPT}{self.kept_s}/" if self.kept_s and field in _EXPIRING else ""
        strong = f"{_STRONG}/" if self.strong and field in _VERSIONED else ""
        return f"{self.resolvers}/{self.subscribing if kind == SUBSCRIPTION else f'{strong}{kept}{field}.js'}"


WORKFLOW = Schema(
    WORKFLOW_SCHEMA,
    f"{FOLDER}/workflow",
    f"{FOLDER}/workflow/resolvers",
    {"Query": ("health",), "Mutation": ("createItem",)},
)


def schema_of(architecture: Architecture, api: str) -> Schema:
    """Return the schema of an API, depending on what answers its requests, and on what that serves.

    APIs with the same schema share its file; where they differ, each has one of its own.
    """
    if architecture.leaving(api, "start"):
        return WORKFLOW
    served = [node.id for node in TRAITS.nodes(architecture) if not architecture.leaving(node.id, "start")]
    schemas = {id: _items(served_behind(architecture, id)) for id in served}
    tables = _tables(architecture, api)
    own = replace(
        schemas[api],
        subscribing=_subscribing(architecture, api),
        kept_s=_kept_s(architecture, api),
        strong=any(map(conditional_writes, tables)),
        direct=bool(tables),
    )
    if len({schema.text for schema in schemas.values()}) == 1:
        return own
    return replace(own, folder=f"{FOLDER}/apis/{architecture.node(api).subject}")


def _kept_s(architecture: Architecture, api: str) -> int:
    """Return the retention of the items that resolvers read and write themselves; a function sets that of its own items."""
    return max((settings.number(table, KEPT) for table in _tables(architecture, api)), default=0)


def _tables(architecture: Architecture, api: str) -> list[Node]:
    """Return the tables that resolvers read and write themselves."""
    return [architecture.node(edge.target) for edge in architecture.leaving(api, "read-write")]


def _subscribing(architecture: Architecture, api: str) -> str:
    """Return the file with the resolver of subscriptions: programs know machines by their role, and not by a user ID."""
    checked = (architecture.node(edge.target).service for edge in architecture.leaving(api, "authorize"))
    by_role = architecture.leaving(api, "invoke") and "credentials" in {traits_of(id).identity for id in checked}
    return f"{'machines/' if by_role else ''}subscribe.js"


def _items(does: Served) -> Schema:
    """Return the schema of an API for items: the fields that are served, and a query of its own where nothing is read."""
    read = {"item": "item(id: ID!): Item", "items": "items(after: String): ItemPage!"}
    queries = read if does.reads else {"health": "health: String!"}
    create = {"createItem": "createItem(input: ItemInput!): Item!"}
    change = {
        "replaceItem": "replaceItem(id: ID!, etag: String, input: ItemInput!): Item!",
        "removeItem": "removeItem(id: ID!, etag: String): Item!",
    }
    mutations = {**(create if does.creates else {}), **(change if does.changes else {})}
    given: list[str] = {"": [], "optional": ["ordering_key: String"], "required": ["ordering_key: String!"]}[
        does.ordering_key
    ]
    key = ["ordering_key: String"] if does.ordering_key else []
    device = ["device_token: String"] if does.registers else []
    heard = {
        field: f'{field}: Item @aws_subscribe(mutations: ["{mutation}"])'
        for mutation, field in SUBSCRIPTIONS.items()
        if mutation in mutations
    }
    types = {
        "type Item": ["id: ID!", "name: String", "owner: String!", "created_at: String", *key, "attributes: AWSJSON"],
        "type ItemPage": ["items: [Item!]!", "next: String"] if does.reads else [],
        "input ItemInput": ["name: String!", *given, *device] if mutations else [],
        "type Query": list(queries.values()),
        "type Mutation": list(mutations.values()),
        f"type {SUBSCRIPTION}": list(heard.values()),
        "schema": ["query: Query", *(["mutation: Mutation", "subscription: Subscription"] if mutations else [])],
    }
    blocks = [
        "".join([f"{name} {{\n", *(f"  {field}\n" for field in fields), "}\n"])
        for name, fields in types.items()
        if fields
    ]
    fields = {"Query": tuple(queries), "Mutation": tuple(mutations), SUBSCRIPTION: tuple(heard)}
    present = {kind: names for kind, names in fields.items() if names}
    return Schema("\n".join(blocks), FOLDER, f"{FOLDER}/resolvers", present)


def resolver_code(path: str) -> str:
    """Return the JavaScript that a project keeps at a path: AppSync answers with it, without a function.

    Resolvers set when an item expires with the time helpers of the runtime
    (https://docs.aws.amazon.com/appsync/latest/devguide/time-helpers-in-util-time-js.html, read 2026-12-01). After a failed
    condition, AppSync reads the item with strong consistency, and takes a deletion for successful if there is none
    (https://docs.aws.amazon.com/appsync/latest/devguide/js-aws-appsync-resolver-reference-dynamodb-condition-expressions.html,
    read 2026-12-01).
    """
    given = path.removeprefix(f"{FOLDER}/").replace("resolvers/", "")
    name = given.removeprefix(f"{_STRONG}/")
    kept, _, field = name.removeprefix(_KEPT).partition("/")
    parts = ("kept", field) if name.startswith(_KEPT) else tuple(name.split("/"))
    text = files(__package__).joinpath("resolvers", *parts).read_text("utf-8")
    text = text.replace("const KEPT_S = 0;", f"const KEPT_S = {kept};") if name.startswith(_KEPT) else text
    return text if name == given else text.replace("const STRONG = false;", "const STRONG = true;")


#: The service name for the signature of a request.
SIGNED_FOR = "appsync"

#: Its metric of requests counts those of all APIs in a Region.
#: https://docs.aws.amazon.com/appsync/latest/devguide/monitoring.html (read 2026-12-01)
_REQUESTS = Total(MANY_OF_STATED)
TRAITS = Traits(
    service="appsync",
    noun="GraphqlApi",
    expiring_key=True,
    log_group=True,
    protocol="graphql",
    caller_paths={
        "user-pool": ("identity", "sub"),
        "provider": ("identity", "sub"),
        "credentials": ("identity", "userArn"),
    },
    claims_paths={"user-pool": ("identity", "claims"), "provider": ("identity", "claims")},
    metrics=Metrics(
        namespace="AWS/AppSync",
        dimensions=(NodeAttribute("GraphQLAPIId", "id"),),
        alarms=(
            AlarmRule("ServerErrorsAlarm", "5XXError", "Sum", 5, SERVER_ERRORS, total=_REQUESTS),
            late_answers("Latency", MS),
        ),
        left=sums("4XXError", "5XXError"),
        right=(Curve("Latency", "p99"),),
    ),
    measures={
        "response_s": Measure("Latency", scale=MS, limit=setting("timeout_s")),
    },
)
