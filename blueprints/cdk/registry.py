"""The fragments of the CDK target, found by what they are for: one per service, one per connection.

A fragment is a generator of statements. A module under `blueprints.cdk.fragments` registers its own by decorating
them; nothing lists them by hand, and what is not registered cannot be generated.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from advisor.architecture import Edge, Node
from blueprints.cdk.context import Context
from blueprints.cdk.tree import Statement

ServiceFragment = Callable[[Context, Node], Iterator[Statement]]
ConnectionFragment = Callable[[Context, Edge], Iterator[Statement]]
Triple = tuple[str, str, str]

_services: dict[str, ServiceFragment] = {}
_connections: dict[Triple, ConnectionFragment] = {}


def service(*ids: str) -> Callable[[ServiceFragment], ServiceFragment]:
    """Register the fragment that makes the resources of nodes of these services."""

    def register(fragment: ServiceFragment) -> ServiceFragment:
        for id in ids:
            _once(id, id in _services)
            _services[id] = fragment
        return fragment

    return register


def connection(
    sources: Iterable[str], verb: str, targets: Iterable[str]
) -> Callable[[ConnectionFragment], ConnectionFragment]:
    """Register the fragment that makes what connections with these keys need besides statements and variables."""
    keys = [(source, verb, target) for source in sources for target in targets]

    def register(fragment: ConnectionFragment) -> ConnectionFragment:
        for key in keys:
            _once(str(key), key in _connections)
            _connections[key] = fragment
        return fragment

    return register


def granted(sources: Iterable[str], verbs: Iterable[str], targets: Iterable[str]) -> None:
    """Register connections that need nothing but the statements and variables that the plan states."""
    for verb in verbs:
        connection(sources, verb, targets)(_nothing)


def service_fragment(id: str) -> ServiceFragment | None:
    """Return the fragment of a service, or None when this target has none."""
    _load()
    return _services.get(id)


def connection_fragment(key: Triple) -> ConnectionFragment | None:
    """Return the fragment of a connection, or None when this target has none."""
    _load()
    return _connections.get(key)


def connections() -> dict[Triple, bool]:
    """Return every connection that can be generated, sorted, and whether it makes something of its own."""
    _load()
    return {key: _connections[key] is not _nothing for key in sorted(_connections)}


def _nothing(_context: Context, _edge: Edge) -> Iterator[Statement]:
    yield from ()


def _once(what: str, taken: bool) -> None:
    if taken:
        raise ValueError(f"Two CDK fragments are registered for {what}.")


@cache
def _load() -> None:
    """Import every module of fragments, in the order of their names."""
    package = import_module("blueprints.cdk.fragments")
    for module in sorted(iter_modules(package.__path__), key=lambda one: one.name):
        import_module(f"{package.__name__}.{module.name}")
