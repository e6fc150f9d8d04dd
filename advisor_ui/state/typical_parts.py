"""Typical parts that an architect begins with: each has its structure answered and is linked to the part that is selected."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from advisor.text import LANGS, Lang
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import WORKLOAD, Raw
from advisor_ui.words_proof import OUTSIDE_SYSTEM, PART_TITLES

API, WORKER, OUTSIDE, CALLER, JOB = "api", "worker", "outside", "caller", "job"
FILES, QUEUE = "files", "queue"
_DATA = ("reads", "writes")
# What a new component does with a part that is selected, by the kind of that.
_USES: Mapping[str, tuple[str, ...]] = MappingProxyType({"store": _DATA, "channel": ("publishes",)})


class TypicalPart(NamedTuple):
    """A part to add: its kind, its first answers, and links: those that a selected component gets to it, and its own.

    `uses` are the links that it gets to the selected part, by the kind of that.
    """

    kind: str
    answers: dict[str, Any]
    links: tuple[str, ...] = ()
    uses: Mapping[str, tuple[str, ...]] = MappingProxyType({})


#: What stands for a system outside AWS that the workload calls: EventBridge or SNS delivers to it, with its credentials.
_SYSTEM = {"kind": "partner-http", "title": {lang: OUTSIDE_SYSTEM.in_(lang) for lang in LANGS}}
TYPICAL_PARTS = {
    "web-app": TypicalPart("component", {"trigger": ["request"], "static_site": True}, uses=_USES),
    API: TypicalPart("component", {"trigger": ["request"]}, uses=_USES),
    WORKER: TypicalPart("component", {"trigger": ["message"]}, uses={"store": _DATA}),
    JOB: TypicalPart("component", {"trigger": ["schedule"]}, uses=_USES),
    "database": TypicalPart("store", {"access": "relational"}, _DATA),
    "table": TypicalPart("store", {"access": "key-value"}, _DATA),
    FILES: TypicalPart("store", {"access": "objects"}, _DATA),
    QUEUE: TypicalPart("channel", {"carries": "work"}, ("publishes",)),
    "event": TypicalPart("channel", {"carries": "event"}, ("publishes",)),
    OUTSIDE: TypicalPart("channel", {"carries": "event", "destinations": [_SYSTEM]}, ("publishes",)),
    CALLER: TypicalPart("component", {"trigger": ["request"], "exposure": "partner"}, uses=_USES),
}
#: The order in which several are added, and those that callers reach directly, which use no other part by themselves.
_FIRST_TO_LAST = ("web-app", API, "database", "table", FILES, "queue", "event", OUTSIDE, WORKER, JOB, CALLER)
_ENTRIES = ("web-app", API)
# Longer than this, callers do not wait for the response to a request.
_REQUEST_S = 30.0


def with_typical_part(draft: Raw, part: str, selected: str) -> tuple[Raw, str]:
    """Return the draft with a typical part, and the part's id.

    A selected component is linked to a new store or channel, a new component to a selected store or channel. A worker
    listens to the selected channel, else to the first without a consumer, else to the first of events, of which each consumer
    gets its own copy, else to a new queue. A nightly job reads what
    a selected component keeps, and an outside system that calls puts its calls into what that listens to. An outside system
    that is called becomes a destination of a selected channel.
    """
    kind = drafts.kind_of(draft, selected)
    if part == OUTSIDE and kind == "channel":
        return _with_destination(draft, selected), selected
    typical = TYPICAL_PARTS[part]
    before, (changed, id) = len(drafts.ids(draft)), drafts.with_subject(draft, typical.kind)
    if len(drafts.ids(changed)) == before:  # there are as many as are allowed
        return draft, id
    for lang in LANGS:
        changed = drafts.with_title(changed, id, free_title(changed, PART_TITLES[part].in_(lang), lang), lang)
    for field, value in typical.answers.items():
        changed = drafts.with_answer(changed, id, field, value)
    if kind == "component":
        for field in typical.links:
            changed = drafts.linked(changed, selected, field, id, many=True)
    if part == WORKER:
        changed = _fed(changed, id, selected)
    return _using(changed, id, part, selected), id


def as_typical_part(draft: Raw, id: str, part: str) -> Raw:
    """Return the draft in which an existing component is a typical part; its own answers are kept."""
    for field, value in TYPICAL_PARTS[part].answers.items():
        if drafts.answer(draft, id, field) is None:
            draft = drafts.with_answer(draft, id, field, value)
    for lang in LANGS:
        draft = drafts.with_title(draft, id, free_title(draft, PART_TITLES[part].in_(lang), lang), lang)
    return draft


def with_typical_parts(draft: Raw, parts: Collection[str], first: str) -> Raw:
    """Return the draft with several typical parts; the first component is one of them, if one is a component.

    Stores and channels are linked to the API, or to the first component if there is none. Workers and jobs come after
    them, so that they take the messages and read the data that are there.
    """
    draft, _ = with_linked_parts(draft, parts, first, becomes=True)
    for store in drafts.ids(draft, ("store",)):
        draft = with_users(draft, store)
    return draft


def with_linked_parts(
    draft: Raw, parts: Collection[str], first: str, *, becomes: bool
) -> tuple[Raw, list[tuple[str, str]]]:
    """Return the draft with typical parts that are linked to the API or else `first`, and each part with its id.

    `becomes` says whether the component `first` is one of them, if one is a component.
    """
    components = _components(parts) if becomes else []
    more, added, main = list(parts), [], first
    if components:
        draft = as_typical_part(draft, first, components[0])
        more.remove(components[0])
        added.append((components[0], first))
    for part in sorted(more, key=_FIRST_TO_LAST.index):
        fed = components == [WORKER] and TYPICAL_PARTS[part].kind == "channel" and part != OUTSIDE
        sends = part not in _ENTRIES and not fed
        draft, id = with_typical_part(draft, part, main if sends else WORKLOAD)
        added.append((part, id))
        main = id if part == API else main
    return (_fed(draft, first, WORKLOAD) if components == [WORKER] else draft), added


def with_users(draft: Raw, store: str, but: Collection[str] = ()) -> Raw:
    """Return the draft in which a store is used by the API or else the first component, the workers and the jobs.

    A job only reads it, unless it is all that uses it. Components `but` state by themselves what they use.
    """
    components = drafts.ids(draft, ("component",))
    started = {id: drafts.answer(draft, id, "trigger") or [] for id in components}
    apis = [id for id in components if "request" in started[id] and _is_api(draft, id)]
    workers = [id for id in components if started[id] == ["message"]]
    for id in (*(apis or components)[:1], *workers):
        used = ("reads",) if drafts.answer(draft, id, "listens_to") == store else _DATA  # what it wrote would start it
        for field in used if id not in but else ():
            draft = drafts.linked(draft, id, field, store, many=True)
    for id in components:
        if started[id] == ["schedule"] and id not in but:
            draft = drafts.linked(draft, id, "reads", store, many=True)
    return draft


def entry_of(draft: Raw) -> str:
    """Return the component that users reach: the API, else another that takes requests, or "" without any."""
    taking = [
        id for id in drafts.ids(draft, ("component",)) if "request" in (drafts.answer(draft, id, "trigger") or ())
    ]
    return next((id for id in taking if _is_api(draft, id)), taking[0] if taking else "")


def takes_requests(draft: Raw, id: str) -> bool:
    """Return whether a part is a component that requests start."""
    return "request" in (drafts.answer(draft, id, "trigger") or ())


def _is_api(draft: Raw, id: str) -> bool:
    """Return whether a component that takes requests is neither a site nor called by a system outside."""
    return not drafts.answer(draft, id, "static_site") and drafts.answer(draft, id, "exposure") != "partner"


def first_component(parts: Collection[str]) -> str:
    """Return which of several typical parts the first component becomes, or "" if none is a component."""
    return next(iter(_components(parts)), "")


def triggers_of_first(parts: Collection[str], triggers: Collection[str]) -> list[str]:
    """Return the triggers that are the first component's: not those that typically start another of the parts."""
    first, *others = _components(parts) or [""]
    own = TYPICAL_PARTS[first].answers.get("trigger", ()) if first else ()
    of_others = {one for part in others for one in TYPICAL_PARTS[part].answers.get("trigger", ())}
    return [trigger for trigger in triggers if trigger in own or trigger not in of_others]


def part_of_run(parts: Collection[str], longest_run_s: float) -> str:
    """Return the part to which a longest run applies: the first component, or a job or worker if no request takes so long."""
    takes_long = [part for part in (JOB, WORKER) if part in parts]
    return takes_long[0] if takes_long and longest_run_s > _REQUEST_S else first_component(parts)


def _components(parts: Collection[str]) -> list[str]:
    """Return the components among typical parts; one that sends comes before one that only receives."""
    chosen = [part for part in _FIRST_TO_LAST if part in parts and TYPICAL_PARTS[part].kind == "component"]
    return sorted(chosen, key=lambda part: part == WORKER)


def typical_part_with(kind: str, answers: Mapping[str, str]) -> str:
    """Return the typical part of a kind that has exactly some answers, or "" if there is none."""
    for part, typical in TYPICAL_PARTS.items():
        stated = {field: value[0] if isinstance(value, list) else value for field, value in typical.answers.items()}
        if answers and typical.kind == kind and stated == dict(answers):
            return part
    return ""


def free_title(draft: Raw, title: str, lang: Lang) -> str:
    """Return a title that no other part has: with a number if it is taken."""
    taken = {drafts.name(draft, id, lang) for id in drafts.ids(draft)}
    numbers = (f"{title} {number}" for number in range(2, 200))
    return title if title not in taken else next(words for words in numbers if words not in taken)


def _using(draft: Raw, id: str, part: str, selected: str) -> Raw:
    """Return the draft with the links of a new component to the selected part, or to its store or channel."""
    for field in TYPICAL_PARTS[part].uses.get(drafts.kind_of(draft, selected), ()):
        draft = drafts.linked(draft, id, field, selected, many=True)
    if part == JOB:
        for store in _kept(draft, selected):
            draft = drafts.linked(draft, id, "reads", store, many=True)
    heard = drafts.answer(draft, selected, "listens_to")
    if part == CALLER and heard in drafts.ids(draft, ("channel",)):
        draft = drafts.linked(draft, id, "publishes", heard, many=True)
    return draft


def _kept(draft: Raw, component: str) -> list[str]:
    """Return the stores that a component reads or writes, or none if it is not a component."""
    if drafts.kind_of(draft, component) != "component":
        return []
    named = [drafts.answer(draft, component, field) for field in _DATA]
    found = dict.fromkeys(id for ids in named if isinstance(ids, list) for id in ids)
    return [id for id in found if id in drafts.ids(draft, ("store",))]


def _with_destination(draft: Raw, channel: str) -> Raw:
    stated = drafts.answer(draft, channel, "destinations")
    return drafts.with_answer(draft, channel, "destinations", [*(stated if isinstance(stated, list) else ()), _SYSTEM])


def _fed(draft: Raw, worker: str, selected: str) -> Raw:
    """Return the draft with a worker that listens to a channel; a component that is selected publishes to a new one."""
    heard = {drafts.answer(draft, id, "listens_to") for id in drafts.ids(draft, ("component",))}
    free = [id for id in drafts.ids(draft, ("channel",)) if id not in heard and not _delivered(draft, id)]
    if drafts.kind_of(draft, selected) == "channel":
        free.insert(0, selected)
    free += [id for id in drafts.ids(draft, ("channel",)) if _is_of_events(draft, id) and not _delivered(draft, id)]
    if free:
        return drafts.linked(draft, worker, "listens_to", free[0], many=False)
    draft, queue = with_typical_part(draft, "queue", selected)
    return drafts.linked(draft, worker, "listens_to", queue, many=False)


def _is_of_events(draft: Raw, channel: str) -> bool:
    return bool(drafts.answer(draft, channel, "carries") == "event")


def _delivered(draft: Raw, channel: str) -> bool:
    """Whether a channel has an external receiver and therefore needs no consumer."""
    return bool(drafts.answer(draft, channel, "destinations"))
