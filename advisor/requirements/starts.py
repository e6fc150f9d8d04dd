"""The triggers of a component: as answered, or derived from other answers.

Nothing here makes an endpoint of silence: a component that no answer, link or caller starts is started on demand.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from advisor.requirements.answers import AnsweredSubject, Answers
from advisor.requirements.because import Because
from advisor.requirements.orchestration import callers_of, orchestrates
from advisor.requirements.pages import page_exposure_of
from advisor.text import Text
from advisor.vocabulary import FIELDS

Trigger = tuple[str, ...]
ON_DEMAND: Trigger = ("on-demand",)
#: What is called from outside and needs an entry.
REQUESTS = ("request", "callback")
#: What an operator starts by hand in the same way as a clock does.
RUNS = ("schedule", "on-demand")
# Answers that say where callers come from or how they are let in; "none" and "no" say nothing of the kind.
_ENTRY_ANSWERS = ("protocol", "exposure", "authentication", "static_site", "cdn", "api_keys", "waf")
# Answers about what callers send and get; they make an entry where nothing else starts the component.
_CALL_ANSWERS = (
    "response_s", "request_bytes", "response_bytes", "streaming", "connection_s", "caching", "validation", "throttling",
    "latency_ms", "source_ips",
)  # fmt: skip
# Answers with which callers come from outside of the workload.
OUTSIDE_ANSWERS = ("authentication", "static_site", "cdn", "api_keys", "waf")
_ENTRY_PINS = ("entry", "identity", "hosting", "delivery", "firewall")
# What a component is started by where nobody stated it; who calls it and what is pinned comes on top.
STARTED_BY = ("listens_to", "event_source", "schedule_expression", "granularity_s", *_ENTRY_ANSWERS, *_CALL_ANSWERS)
_HEARD = {"work": "message", "event": "event", "records": "stream"}
_ORDER = tuple(option.value for field in FIELDS["component"] if field.id == "trigger" for option in field.options)


#: Nothing says what starts a component. It is the first question then.
NOTHING = Because(Text("no answer or connection states what starts it", "起動方法を示す回答もリンクもない"))
_LISTENS = Text('it listens to "{subject}"', "「{subject}」を受信する")
_CALLED = Text('"{subject}" calls it', "「{subject}」から呼び出される")
_ONLY_CALLED = Text('only "{subject}" calls it', "呼び出し元は「{subject}」のみ")
_SCHEDULED = Because(Text("a schedule is stated", "スケジュールの回答がある"))
_EVENT = Because(Text("the source of an event is stated", "イベントの発生元の回答がある"))
_ENTERED = Because(Text("answers about its callers are stated", "呼び出し元に関する回答がある"))


class Start(NamedTuple):
    """The triggers of a component in the order of the options, with the reason if they are assumed."""

    trigger: Trigger
    because: tuple[Because, ...]

    @property
    def unknown(self) -> bool:
        """Whether the trigger of the component is neither stated nor derived."""
        return self.because == (NOTHING,)


def start_of(answers: Answers, subject: AnsweredSubject) -> Start:
    """Return the triggers of a component with validated answers."""
    stated = subject.answers.get("trigger")
    if stated:
        return Start(_heard_from_store(answers, subject, (stated,) if isinstance(stated, str) else stated), ())
    found: dict[str, Because] = {}
    for trigger, because in _evidence(answers, subject):
        found.setdefault(trigger, because)
    if not found and _states(subject, _CALL_ANSWERS):
        found["request"] = _ENTERED
    if not found:
        return Start(ON_DEMAND, (NOTHING,))
    return Start(tuple(t for t in _ORDER if t in found), tuple(dict.fromkeys(found.values())))


def _heard_from_store(answers: Answers, subject: AnsweredSubject, stated: Trigger) -> Trigger:
    """Return the stated triggers; a store that is listened to sends events, by whatever name they were stated."""
    target = answers.subjects.get(str(subject.answers.get("listens_to")))
    if target is None or target.kind != "store":
        return stated
    heard = {"event" if trigger in _HEARD.values() else trigger for trigger in stated}
    return tuple(trigger for trigger in _ORDER if trigger in heard)


def exposure_of(answers: Answers, subject: AnsweredSubject) -> tuple[str, tuple[Because, ...]] | None:
    """Return the exposure that follows for a component that only others of the workload call, or None if none follows.

    The pages of a site call from where the site is loaded.
    """
    if "exposure" in subject.answers or _states(subject, OUTSIDE_ANSWERS):
        return None
    if (loaded := page_exposure_of(answers, subject.id)) is not None:
        return loaded
    caller = next(callers_of(answers, subject.id), None)
    return None if caller is None else ("private", (Because(_ONLY_CALLED, caller.id),))


def starts(values: Mapping[str, Any], *triggers: str) -> bool:
    """Return whether any of these triggers is among those that are known of a component."""
    return not frozenset(values["trigger"]).isdisjoint(triggers)


def _evidence(answers: Answers, subject: AnsweredSubject) -> Iterator[tuple[str, Because]]:
    """Yield each trigger that an answer, a link or a pin implies."""
    target = answers.subjects.get(str(subject.answers.get("listens_to")))
    if target is not None:
        heard = "event" if target.kind == "store" else _HEARD[str(target.answers.get("carries", "work"))]
        yield heard, Because(_LISTENS, target.id)
    elif "event_source" in subject.answers:
        yield "event", _EVENT
    if {"schedule_expression", "granularity_s"} & subject.answers.keys() or "schedule" in subject.pins:
        yield "schedule", _SCHEDULED
    for caller in callers_of(answers, subject.id):
        yield "on-demand" if orchestrates(caller) else "request", Because(_CALLED, caller.id)
    if _states(subject, _ENTRY_ANSWERS) or any(role in subject.pins for role in _ENTRY_PINS):
        yield "request", _ENTERED


def _states(subject: AnsweredSubject, fields: tuple[str, ...]) -> bool:
    """Return whether any of these questions is answered with more than "no" or "none"."""
    return any(subject.answers.get(field) not in (None, False, "none") for field in fields)
