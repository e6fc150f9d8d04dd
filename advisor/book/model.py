"""The rule book as values: facts by date, services with their limits, roles, rules, connections.

The files are read by `rules`; here they are checked. A `BookError` names the file and what is wrong with it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeVar, get_args

from advisor.book.condition import Condition, ConditionError, parse_condition
from advisor.decision import Source, SubjectKind
from advisor.text import EMPTY, Text
from advisor.vocabulary import FIELDS

Effect = Literal["reject", "require", "prefer", "warn", "explain"]
Raw = Mapping[str, Any]
EFFECTS: tuple[Effect, ...] = ("reject", "require", "prefer", "warn", "explain")
Axis = Literal["suitability", "operations", "cost", "latency", "portability", "simplicity", "reliability"]
AXES: tuple[Axis, ...] = get_args(Axis)
DATA_FOLDERS = ("facts", "services", "connections", "stories", "ways-out")


class BookError(Exception):
    """A file of the rule book is wrong; the message is one sentence that names it, `text` has it in both languages."""

    def __init__(self, en: str, ja: str = "") -> None:
        super().__init__(en)
        self.text = Text(en, ja or en)


@dataclass(frozen=True, slots=True)
class Fact:
    """A dated fact about AWS. `series` holds (from date, value), oldest first; only facts that `decide` rule out."""

    id: str
    service: str
    statement: Text
    unit: str
    kind: Literal["hard-limit", "quota", "setting", "feature", "lifecycle", "behaviour"]
    decides: bool
    confidence: Literal["high", "medium", "low"]
    series: tuple[tuple[str, Any], ...]
    source: Source
    note: str = ""

    def value(self, as_of: str) -> Any:
        """Return the value that was in force on an ISO date, or None before the first."""
        held = [value for since, value in self.series if since <= as_of]
        return held[-1] if held else None


@dataclass(frozen=True, slots=True)
class Limit:
    """A field of the subject may be at most (or must be at least) the value of a fact, else the service is out.

    `when` says in which case the limit applies, such as answers that are not streamed; empty: always.
    """

    role: str
    field: str
    relation: Literal["at_most", "at_least"]
    fact: str
    when: Condition = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Further reading: a page in each language."""

    title: Text
    url: Text


@dataclass(frozen=True, slots=True)
class Service:
    """A catalogue service: what problem it solves, when it is not the answer, its limits, where to read on.

    `since` is the day it became generally available (ISO date; empty: before this book's memory).
    """

    id: str
    name: Text
    note: Text
    lifecycle: Literal["available", "emerging", "retired"]
    solves: Text
    not_when: Text
    limits: tuple[Limit, ...]
    reading: tuple[Reading, ...]
    replaced_by: tuple[str, ...] = ()
    since: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """A job that one subject has to have done, and who can do it, in order of preference.

    Roles stand in the order in which they are decided, so that a rule of one may read the choice of an earlier one.
    `bands` places candidates on the axes of preference, from 0 (poor) to 3 (very good); what is not stated is 0.
    `never_better` names a candidate and a number: as that grows, the candidate is never chosen again once it was not.
    """

    id: str
    subject: SubjectKind
    title: Text
    when: Condition
    candidates: tuple[str, ...]
    bands: Mapping[str, Mapping[str, int]]
    never_better: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One judgement: when it holds, what it does to which services of a role, and why.

    *Explain* judges nothing: it says why a service suits that is chosen anyway.

    `axis` is the axis of preference that a rule with the effect *prefer* speaks on.
    """

    id: str
    topic: str
    role: str
    when: Condition
    effect: Effect
    services: tuple[str, ...]
    because: Text
    source: Source
    fires: tuple[Raw, ...]
    quiet: tuple[Raw, ...]
    axis: Axis = "suitability"


@dataclass(frozen=True, slots=True)
class KnownWay:
    """A known way out where nothing fits a role: what to do instead, what it costs, and the answers that it changes.

    `change` holds the new answers about the subject by field; None takes an answer back.
    """

    id: str
    role: str
    title: Text
    when: Condition
    change: Mapping[str, Any]
    way: Text
    price: Text
    source: Source


@dataclass(frozen=True, slots=True)
class Connection:
    """What it means to connect two services with a verb: words, kind of line, and the IAM actions it takes."""

    source: str
    verb: str
    target: str
    label: Text
    sentence: Text
    flow: Any
    actions: tuple[str, ...] = ()
    grantee: Literal["source", "target"] = "source"


@dataclass(frozen=True)
class Book:
    """Everything that is known and judged. `version` is a hash of its files, `newest` its newest check date."""

    facts: Mapping[str, Fact]
    services: Mapping[str, Service]
    roles: tuple[Role, ...]
    rules: tuple[Rule, ...]
    connections: Mapping[tuple[str, str, str], Connection]
    version: str
    ways_out: tuple[KnownWay, ...] = ()

    @cached_property
    def newest(self) -> str:
        """The newest check date of any fact or rule: the date as of which the book speaks."""
        facts = [fact.source.checked for fact in self.facts.values()]
        return max(facts + [rule.source.checked for rule in self.rules])

    @cached_property
    def role_ids(self) -> frozenset[str]:
        """The ids of all roles."""
        return frozenset(role.id for role in self.roles)

    @cached_property
    def kept(self) -> dict[str, dict[str, Any]]:
        """What others work out from this book and keep with it, by day (see `DatedBook.kept`)."""
        return {}

    @cached_property
    def _rules_by_role(self) -> dict[str, tuple[Rule, ...]]:
        found: dict[str, list[Rule]] = {}
        for rule in self.rules:
            found.setdefault(rule.role, []).append(rule)
        return {role: tuple(rules) for role, rules in found.items()}

    def rules_of(self, role: str) -> tuple[Rule, ...]:
        """Return the rules that judge a role, in id order."""
        return self._rules_by_role.get(role, ())

    def roles_of(self, subject: str) -> tuple[Role, ...]:
        """Return the roles of one kind of subject, in the order in which they are decided."""
        return tuple(role for role in self.roles if role.subject == subject)

    def role(self, id: str) -> Role:
        """Return a role; KeyError when there is none."""
        for role in self.roles:
            if role.id == id:
                return role
        raise KeyError(id)


_FACT_KEYS = {"id", "statement", "unit", "kind", "decides", "confidence", "series", "source", "note"}
_SERVICE_KEYS = {"id", "name", "note", "lifecycle", "solves", "not_when", "limits", "reading", "replaced_by", "since"}
_ROLE_KEYS = {"id", "subject", "title", "when", "candidates", "bands", "never_better"}
_RULE_KEYS = {"id", "role", "when", *EFFECTS, "because", "source", "examples", "axis"}
_WAY_KEYS = {"id", "role", "title", "when", "change", "way", "price", "source"}
_CONNECTION_KEYS = {"from", "verb", "to", "label", "sentence", "flow", "actions", "grantee"}
T = TypeVar("T")


def book(raw: Mapping[str, Raw], version: str) -> Book:
    """Build the book from the parsed files, keyed by path ("services/lambda.yaml"); BookError names the bad one."""
    facts = _unique(raw, "facts/", lambda path, item: _fact(path, item), many=True)
    services = _unique(raw, "services/", lambda path, item: _service(path, item, facts), many=False)
    roles = tuple(_role("roles.yaml", item, services) for item in raw["roles.yaml"]["roles"])
    rules = [
        _rule(path, content, {r.id: r for r in roles})
        for path, content in sorted(raw.items())
        if "/" in path and path.split("/")[0] not in DATA_FOLDERS
    ]
    _no_twins("rule", [r.id for r in rules])
    known = {role.id for role in roles}
    for service in services.values():
        for limit in service.limits:
            if limit.role not in known:
                raise _no_role(f"services/{service.id}.yaml", limit.role)
    connections: dict[tuple[str, str, str], Connection] = {}
    for path, content in sorted(raw.items()):
        if path.startswith("connections/"):
            for item in content["connections"]:
                for connection in _connections(path, item):
                    key = (connection.source, connection.verb, connection.target)
                    if key in connections:
                        raise BookError(f"{path}: the connection {key} is stated twice.")
                    connections[key] = connection
    ways = _unique(raw, "ways-out/", lambda path, item: _way(path, item, known), many=False)
    return Book(
        facts, services, roles, tuple(sorted(rules, key=lambda r: r.id)), connections, version, tuple(ways.values())
    )


def _unique(raw: Mapping[str, Raw], prefix: str, make: Callable[[str, Raw], T], *, many: bool) -> dict[str, T]:
    found: dict[str, T] = {}
    for path, content in sorted(raw.items()):
        if not path.startswith(prefix):
            continue
        for item in content["facts"] if many else (content,):
            made = make(path, item)
            id = str(item["id"])
            if id in found:
                raise BookError(f"{path}: the id '{id}' is used twice.", f"{path}: id「{id}」が重複しています。")
            if not many and path != f"{prefix}{id}.yaml":
                raise _misnamed(path, id)
            found[id] = made
    return found


def _no_twins(what: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for id in ids:
        if id in seen:
            raise BookError(f"The {what} '{id}' exists twice.", f"{what}「{id}」が重複しています。")
        seen.add(id)


def _no_role(path: str, role: str) -> BookError:
    return BookError(f"{path}: there is no role '{role}'.", f"{path}: 役割「{role}」はありません。")


def _misnamed(path: str, id: str) -> BookError:
    return BookError(
        f"{path}: the id '{id}' differs from the file's name.", f"{path}: id「{id}」がファイル名と異なります。"
    )


def _keys(path: str, item: Raw, allowed: set[str], needed: Iterable[str]) -> None:
    unknown = sorted(set(item) - allowed)
    if unknown:
        raise BookError(f"{path}: unknown key '{unknown[0]}'; allowed are {', '.join(sorted(allowed))}.")
    missing = [key for key in needed if key not in item]
    if missing:
        raise BookError(f"{path}: '{missing[0]}' is missing{' in ' + str(item['id']) if 'id' in item else ''}.")


def _text(path: str, raw: Any, key: str) -> Text:
    if not isinstance(raw, Mapping) or set(raw) != {"en", "ja"} or not all(isinstance(v, str) for v in raw.values()):
        raise BookError(f"{path}: '{key}' must have an 'en' and a 'ja' text.")
    return Text(raw["en"], raw["ja"])


def _source(path: str, raw: Any) -> Source:
    if not isinstance(raw, Mapping) or "url" not in raw or "checked" not in raw:
        raise BookError(f"{path}: 'source' must have 'url' and 'checked' (the day it was read).")
    return Source(str(raw["url"]), str(raw["checked"]))


def _fact(path: str, item: Raw) -> Fact:
    _keys(path, item, _FACT_KEYS, ("id", "statement", "unit", "kind", "decides", "confidence", "series", "source"))
    series = tuple(sorted(((str(s["from"]), s["value"]) for s in item["series"]), key=lambda pair: pair[0]))
    decides = bool(item["decides"])
    if decides and item["confidence"] == "low":
        raise BookError(f"{path}: '{item['id']}' is of low confidence and must not decide.")
    service = path.removeprefix("facts/").removesuffix(".yaml")
    return Fact(
        item["id"], service, _text(path, item["statement"], "statement"), str(item["unit"]), item["kind"], decides,
        item["confidence"], series, _source(path, item["source"]), str(item.get("note") or ""),
    )  # fmt: skip


def _service(path: str, item: Raw, facts: Mapping[str, Fact]) -> Service:
    _keys(path, item, _SERVICE_KEYS, ("id", "name", "lifecycle", "solves", "not_when", "reading"))
    limits = []
    for raw in item.get("limits") or ():
        relation: Literal["at_most", "at_least"] = "at_most" if "at_most" in raw else "at_least"
        fact = raw.get(relation)
        if fact not in facts:
            raise BookError(f"{path}: there is no fact '{fact}'.", f"{path}: ファクト「{fact}」はありません。")
        if not facts[fact].decides:
            raise BookError(
                f"{path}: the fact '{fact}' is only shown and must not decide.",
                f"{path}: ファクト「{fact}」は表示のみで、判断には使えません。",
            )
        limits.append(Limit(raw["role"], raw["field"], relation, fact, _condition(path, raw.get("when") or {})))
    reading = tuple(Reading(_text(path, r["title"], "title"), _text(path, r["url"], "url")) for r in item["reading"])
    note = _text(path, item["note"], "note") if "note" in item else EMPTY
    return Service(
        item["id"], _text(path, item["name"], "name"), note, item["lifecycle"], _text(path, item["solves"], "solves"),
        _text(path, item["not_when"], "not_when"), tuple(limits), reading, tuple(item.get("replaced_by") or ()),
        str(item.get("since") or ""),
    )  # fmt: skip


def _role(path: str, item: Raw, services: Mapping[str, Service]) -> Role:
    _keys(path, item, _ROLE_KEYS, ("id", "subject", "title", "candidates"))
    if item["id"] in {field.id for field in FIELDS[item["subject"]]}:
        raise BookError(f"{path}: the role '{item['id']}' has the name of a question; rules could not tell them apart.")
    for candidate in item["candidates"]:
        if candidate != "none" and candidate not in services:
            raise BookError(f"{path}: the role '{item['id']}' names the unknown service '{candidate}'.")
    return Role(
        item["id"], item["subject"], _text(path, item["title"], "title"), _condition(path, item.get("when") or {}),
        tuple(item["candidates"]), _bands(path, item), _never_better(path, item),
    )  # fmt: skip


def _never_better(path: str, role: Raw) -> tuple[tuple[str, str], ...]:
    found = []
    numbers = [field.id for field in FIELDS[role["subject"]] if field.kind == "quantity"]
    for candidate, fields in (role.get("never_better") or {}).items():
        for field in fields:
            if candidate not in role["candidates"] or field not in numbers:
                raise BookError(f"{path}: {role['id']}: never_better names a candidate and its numbers.")
            found.append((candidate, field))
    return tuple(found)


def _bands(path: str, role: Raw) -> dict[str, dict[str, int]]:
    bands: dict[str, dict[str, int]] = {}
    for candidate, placed in (role.get("bands") or {}).items():
        if candidate not in role["candidates"]:
            raise BookError(f"{path}: '{candidate}' has bands but is no candidate of the role '{role['id']}'.")
        for axis, band in placed.items():
            if axis not in AXES or band not in (0, 1, 2, 3):
                raise BookError(f"{path}: {role['id']}: place '{candidate}' from 0 to 3 on: {', '.join(AXES)}.")
        bands[candidate] = dict(placed)
    return bands


def _rule(path: str, item: Raw, roles: Mapping[str, Role]) -> Rule:
    _keys(path, item, _RULE_KEYS, ("id", "role", "when", "because", "source", "examples"))
    parts = path.split("/")
    if parts[-1] != f"{item['id']}.yaml":
        raise _misnamed(path, item["id"])
    effects = [effect for effect in EFFECTS if effect in item]
    if len(effects) != 1:
        listed = ", ".join(EFFECTS)
        raise BookError(f"{path}: state exactly one of {listed}.", f"{path}: {listed} のどれか 1 つを書いてください。")
    role = roles.get(item["role"])
    if role is None:
        raise _no_role(path, item["role"])
    for service in item[effects[0]]:
        if service not in role.candidates:
            listed = ", ".join(role.candidates)
            raise BookError(
                f"{path}: '{service}' is no candidate of the role '{role.id}'; allowed are {listed}.",
                f"{path}: 「{service}」は役割「{role.id}」の候補ではありません。使える値: {listed}。",
            )
    examples = item["examples"]
    if not examples.get("fires") or not examples.get("quiet"):
        raise BookError(f"{path}: give at least one example under 'fires' and one under 'quiet'.")
    return Rule(
        item["id"], parts[0], role.id, _condition(path, item["when"]), effects[0], tuple(item[effects[0]]),
        _text(path, item["because"], "because"), _source(path, item["source"]),
        tuple(examples["fires"]), tuple(examples["quiet"]), _axis(path, item, effects[0]),
    )  # fmt: skip


def _way(path: str, item: Raw, roles: set[str]) -> KnownWay:
    _keys(path, item, _WAY_KEYS, _WAY_KEYS)
    if item["role"] not in roles:
        raise _no_role(path, item["role"])
    return KnownWay(
        item["id"], item["role"], _text(path, item["title"], "title"), _condition(path, item["when"]),
        dict(item["change"] or {}), _text(path, item["way"], "way"), _text(path, item["price"], "price"),
        _source(path, item["source"]),
    )  # fmt: skip


def _axis(path: str, item: Raw, effect: str) -> Axis:
    if effect == "prefer" and item.get("axis") not in AXES:
        listed = ", ".join(AXES)
        raise BookError(
            f"{path}: a preference needs an 'axis', one of {listed}.",
            f"{path}: prefer には axis が必要です（{listed}）。",
        )
    if effect != "prefer" and "axis" in item:
        raise BookError(f"{path}: only a preference has an 'axis'.", f"{path}: axis は prefer にだけ書けます。")
    return item.get("axis", "suitability")  # type: ignore[no-any-return]


def _condition(path: str, raw: Raw) -> Condition:
    try:
        return parse_condition(raw)
    except ConditionError as error:
        raise BookError(f"{path}: {error}") from error


def _connections(path: str, item: Raw) -> Iterable[Connection]:
    _keys(path, item, _CONNECTION_KEYS, ("from", "verb", "to", "label", "sentence", "flow"))
    sources = item["from"] if isinstance(item["from"], list) else [item["from"]]
    targets = item["to"] if isinstance(item["to"], list) else [item["to"]]
    actions = tuple(item.get("actions") or ())
    for action in actions:
        if "*" in action or ":" not in action:
            raise BookError(f"{path}: write the IAM action '{action}' out, without a wildcard.")
    for source in sources:
        for target in targets:
            yield Connection(
                source, item["verb"], target, _text(path, item["label"], "label"),
                _text(path, item["sentence"], "sentence"), item["flow"], actions, item.get("grantee", "source"),
            )  # fmt: skip
