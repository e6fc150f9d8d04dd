"""Rules in `<topic>/<id>.yaml`, and documented alternatives in `ways-out/<id>.yaml`."""

from collections.abc import Collection, Mapping

from advisor.book.entry import Entry, check_keys, condition_of, source_of, text_of
from advisor.book.errors import BookError, misnamed, unknown_role
from advisor.book.model import AXES, EFFECTS, Axis, Effect, KnownWay, Role, Rule
from advisor.text import Text, in_a_row

_RULE_REQUIRED = ("id", "role", "when", "because", "source", "examples")
_RULE_KEYS = {*_RULE_REQUIRED, *EFFECTS, "axis", "others"}
_WAY_KEYS = ("id", "role", "title", "when", "change", "way", "price", "source")


def rule_of(path: str, entry: Entry, roles: Mapping[str, Role]) -> Rule:
    """Return the rule of a file. Raises BookError if it is invalid."""
    check_keys(path, entry, _RULE_KEYS, _RULE_REQUIRED)
    topic, name = path.split("/")[0], path.split("/")[-1]
    if name != f"{entry['id']}.yaml":
        raise misnamed(path, entry["id"])
    effect = _effect(path, entry)
    role = roles.get(entry["role"])
    if role is None:
        raise unknown_role(path, entry["role"])
    _check_services(path, entry[effect], role)
    examples = entry["examples"]
    if not examples.get("fires") or not examples.get("quiet"):
        raise BookError(
            f"{path}: give at least one example under 'fires' and one under 'quiet'.",
            f"{path}: examples の fires と quiet に、それぞれ 1 件以上の例を書いてください。",
        )
    return Rule(
        id=entry["id"],
        topic=topic,
        role=role.id,
        when=condition_of(path, entry),
        effect=effect,
        services=tuple(entry[effect]),
        because=text_of(path, entry, "because"),
        source=source_of(path, entry),
        fires=tuple(examples["fires"]),
        quiet=tuple(examples["quiet"]),
        axis=_axis(path, entry, effect),
        others=_others(path, entry, effect),
    )


def way_out_of(path: str, entry: Entry, roles: Collection[str]) -> KnownWay:
    """Return the documented alternative from a file. Raises BookError if it is invalid."""
    check_keys(path, entry, set(_WAY_KEYS), _WAY_KEYS)
    if entry["role"] not in roles:
        raise unknown_role(path, entry["role"])
    return KnownWay(
        id=entry["id"],
        role=entry["role"],
        title=text_of(path, entry, "title"),
        when=condition_of(path, entry),
        change=dict(entry["change"] or {}),
        way=text_of(path, entry, "way"),
        price=text_of(path, entry, "price"),
        source=source_of(path, entry),
    )


def _effect(path: str, entry: Entry) -> Effect:
    effects = [effect for effect in EFFECTS if effect in entry]
    if len(effects) != 1:
        listed = in_a_row(EFFECTS)
        raise BookError(
            f"{path}: state exactly one of {listed.en}.", f"{path}: {listed.ja} のどれか 1 つを書いてください。"
        )
    return effects[0]


def _check_services(path: str, services: Collection[str], role: Role) -> None:
    for service in services:
        if service not in role.candidates:
            listed = in_a_row(role.candidates)
            raise BookError(
                f"{path}: '{service}' is no candidate of the role '{role.id}'; allowed are {listed.en}.",
                f"{path}: 「{service}」は選定項目「{role.id}」の候補ではありません。使える値: {listed.ja}。",
            )


def _others(path: str, entry: Entry, effect: Effect) -> Text | None:
    if "others" not in entry:
        return None
    if effect != "require":
        raise BookError(f"{path}: only a requirement has 'others'.", f"{path}: others は require にだけ書けます。")
    return text_of(path, entry, "others")


def _axis(path: str, entry: Entry, effect: Effect) -> Axis:
    if effect == "prefer" and entry.get("axis") not in AXES:
        listed = in_a_row(AXES)
        raise BookError(
            f"{path}: a preference needs an 'axis', one of {listed.en}.",
            f"{path}: prefer には axis が必要です（{listed.ja}）。",
        )
    if effect != "prefer" and "axis" in entry:
        raise BookError(f"{path}: only a preference has an 'axis'.", f"{path}: axis は prefer にだけ書けます。")
    axis: Axis = entry.get("axis", "suitability")
    return axis
