"""What README says of GraphQL APIs: how clients subscribe to changes of items, and which writes notify nobody."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from advisor.architecture import Architecture
from advisor.architecture.passing import WRITING
from advisor.text import Lang
from blueprints.plan import Plan
from blueprints.project.programs.code import Code
from blueprints.traits import appsync
from blueprints.traits.appsync import SUBSCRIPTION, schema_of
from blueprints.traits.item_results import other_writers


class Subscriptions(NamedTuple):
    """An API with subscriptions: its component, its schema, its fields, and whether callers are told apart.

    `beside` are the folders or titles of what else writes to the stores of the API: no mutation, so nobody is notified.
    """

    component: str
    schema: str
    fields: tuple[str, ...]
    owned: bool
    beside: tuple[str, ...]


def subscriptions(plan: Plan, codes: Sequence[Code], lang: Lang) -> Iterator[Subscriptions]:
    """Yield the APIs to whose changes clients subscribe."""
    graph = plan.architecture
    folders = {code.plan.node.id: code.folder for code in codes}
    for api in appsync.TRAITS.nodes(graph):
        schema = schema_of(graph, api.id)
        fields = schema.fields.get(SUBSCRIPTION, ())
        if fields:
            others = sorted(folders.get(id) or graph.node(id).note.in_(lang) for id in _beside(graph, api.id))
            owned = bool(graph.leaving(api.id, "authorize"))
            yield Subscriptions(api.subject, schema.path, fields, owned, tuple(others))


def _beside(graph: Architecture, api: str) -> set[str]:
    """Return what writes to the stores of an API, besides the API and the program behind it."""
    behind = {api, *(edge.target for edge in graph.leaving(api, "invoke"))}
    return {
        writer
        for id in behind
        for edge in graph.leaving(id)
        if edge.verb in WRITING
        for writer in other_writers(graph, graph.node(id), edge.target)
    } - behind
