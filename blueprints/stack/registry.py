"""The registry of parts by key: one per service, one per connection.

A module of `blueprints.parts` registers its fragments by decorating them; nothing lists them by hand, and what is not
registered cannot be generated.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import TypeVar

from advisor.architecture import Edge, Node
from blueprints.discovery import modules_of
from blueprints.plan.customer_key import KeyUse
from blueprints.stack.scope import Json, Scope
from blueprints.values import Att, Ref, Value

ServiceFragment = Callable[[Scope, Node], None]
ConnectionFragment = Callable[[Scope, Edge], None]
Attribute = Callable[[Scope, Node], Value]
#: Changes a resource's properties so that it is encrypted under the key with an ARN.
KeySetting = Callable[[Json, Value], None]
Triple = tuple[str, str, str]
_K = TypeVar("_K")
_V = TypeVar("_V")

_services: dict[str, ServiceFragment] = {}
_connections: dict[Triple, ConnectionFragment] = {}
_attributes: dict[tuple[str, str], Attribute] = {}
_key_settings: dict[str, KeySetting] = {}
_key_uses: dict[str, KeyUse] = {}


def service(*ids: str, **attributes: Attribute) -> Callable[[ServiceFragment], ServiceFragment]:
    """Register the fragment that makes the resources of nodes of these services, and the attributes they have.

    An attribute's keyword has `_` for the `-` of the plan's word.
    """

    def register(fragment: ServiceFragment) -> ServiceFragment:
        for id in ids:
            _once(_services, id, fragment)
            for word, attribute in attributes.items():
                _once(_attributes, (id, word.replace("_", "-")), attribute)
        return fragment

    return register


def attribute(service: str, word: str) -> Callable[[Attribute], Attribute]:
    """Register how an attribute of something outside is read."""

    def register(read: Attribute) -> Attribute:
        _once(_attributes, (service, word), read)
        return read

    return register


def connection(
    sources: Iterable[str], verb: str, targets: Iterable[str]
) -> Callable[[ConnectionFragment], ConnectionFragment]:
    """Register the fragment of connections with these keys."""
    keys = [(source, verb, target) for source in sources for target in targets]

    def register(fragment: ConnectionFragment) -> ConnectionFragment:
        for key in keys:
            _once(_connections, key, fragment)
        return fragment

    return register


def carried(sources: Iterable[str], verbs: Iterable[str], targets: Iterable[str], *, by: str = "source") -> None:
    """Register connections that only add statements and variables of the plan to the node at one end."""
    fragment = _on_source if by == "source" else _on_target
    for verb in verbs:
        connection(sources, verb, targets)(fragment)


def encrypted(type: str, used: KeyUse | None = None) -> Callable[[KeySetting], KeySetting]:
    """Register how resources of a type are encrypted under a key of the customer's own, and how callers use it.

    `used` is None where AWS uses the key by statements of its own.
    """

    def register(setting: KeySetting) -> KeySetting:
        _once(_key_settings, type, setting)
        if used is not None:
            _once(_key_uses, type, used)
        return setting

    return register


def encrypted_by(type: str, property: str, used: KeyUse | None = None) -> None:
    """Register the one property by which resources of a type name the key that they are encrypted under."""

    @encrypted(type, used)
    def set_property(properties: Json, arn: Value) -> None:
        properties[property] = arn


def own(attribute: str) -> Attribute:
    """Return how an attribute of the node's main resource is read: by `!GetAtt`."""
    return lambda scope, node: Att(scope.main(node.id), attribute)


def itself(scope: Scope, node: Node) -> Value:
    """Return the value of `!Ref` for the main resource of the node."""
    return Ref(scope.main(node.id))


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
    return {key: _connections[key] not in (_on_source, _on_target) for key in sorted(_connections)}


def attributes() -> Mapping[tuple[str, str], Attribute]:
    """Return how each attribute of each service is read."""
    _load()
    return _attributes


def key_settings() -> Mapping[str, KeySetting]:
    """Return how each resource type is encrypted under a key of the customer's own; others hold no data."""
    _load()
    return _key_settings


def key_uses() -> Mapping[str, KeyUse]:
    """Return how callers use a key for the resource types that they use through a service."""
    _load()
    return _key_uses


def _on_source(scope: Scope, edge: Edge) -> None:
    scope.carry(scope.main(edge.source), edge.id)


def _on_target(scope: Scope, edge: Edge) -> None:
    scope.carry(scope.main(edge.target), edge.id)


def _once(registered: dict[_K, _V], key: _K, value: _V) -> None:
    if key in registered:
        raise ValueError(f"Two fragments are registered for {key}.")
    registered[key] = value


@cache
def _load() -> None:
    for _ in modules_of("blueprints.parts"):
        pass
