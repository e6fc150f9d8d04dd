"""What starts a component: stated in one or several answers, or derived; never a public endpoint of silence."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

import rules
from advisor.advise import advise
from advisor.book import Book, dated
from advisor.design import Design
from advisor.requirements import RequirementsError, make_requirements
from advisor.requirements.answers import answers_of, raw
from advisor.requirements.reading import plain, read_requirements, write_requirements
from advisor.requirements.starts import NOTHING, exposure_of, start_of
from advisor.verdict import decide_workload
from advisor.vocabulary import FIELDS
from tests.advisor.strategies import raw_requirements

BOOK = rules.load_book()
CHANNELS = [{"id": "work"}, {"id": "news", "carries": "event"}, {"id": "ticks", "carries": "records"}]
STORES = [{"id": "files", "access": "objects"}, {"id": "table"}]
DERIVED: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "nothing": ({}, ("on-demand",)),
    "links to what it uses": ({"reads": ["table"], "publishes": ["work"]}, ("on-demand",)),
    "no and none": ({"authentication": "none", "static_site": False, "waf": False}, ("on-demand",)),
    "a channel of work": ({"listens_to": "work"}, ("message",)),
    "a channel of news": ({"listens_to": "news"}, ("event",)),
    "a channel of records": ({"listens_to": "ticks"}, ("stream",)),
    "a table": ({"listens_to": "table"}, ("event",)),
    "objects": ({"listens_to": "files"}, ("event",)),
    "an event": ({"event_source": "saas-partner"}, ("event",)),
    "a schedule": ({"schedule_expression": "rate(1 hour)"}, ("schedule",)),
    "a protocol": ({"protocol": "graphql"}, ("request",)),
    "a site": ({"static_site": True}, ("request",)),
    "a sign-in": ({"authentication": "sign-up"}, ("request",)),
    "a time to answer": ({"response_s": 3}, ("request",)),
    "a pinned entry": ({"pins": {"entry": "alb"}}, ("request",)),
    "messages with a time to answer": ({"listens_to": "work", "response_s": 3}, ("message",)),
    "messages and a protocol": ({"listens_to": "work", "protocol": "http"}, ("request", "message")),
    "what is stated": ({"trigger": "schedule", "listens_to": "work", "protocol": "http"}, ("schedule",)),
}
# Answers that ask for an endpoint: who leaves all of them out gets no public one.
ASKING = {
    "trigger", "protocol", "exposure", "authentication", "static_site", "cdn", "api_keys", "waf", "response_s", "request_bytes",
    "response_bytes", "streaming", "connection_s", "caching", "validation", "throttling", "latency_ms", "source_ips",
}  # fmt: skip


def workload(*components: dict[str, Any]) -> dict[str, Any]:
    return {"components": list(components), "channels": CHANNELS, "stores": STORES}


def known(design: Design, component: str, field: str) -> Any:
    return design.verdict.subjects[component].known.values.get(field)


@pytest.mark.parametrize(("answers", "trigger"), DERIVED.values(), ids=DERIVED)
def test_what_starts_a_component_follows_from_its_other_answers(
    answers: dict[str, Any], trigger: tuple[str, ...], book: Book
) -> None:
    design = advise(make_requirements(workload({"id": "it", **answers})), book)
    assert known(design, "it", "trigger") == trigger
    assumed = "trigger" in design.verdict.subjects["it"].known.assumed
    assert assumed == ("trigger" not in answers)
    has_entry = any(node.role == "entry" for node in design.architecture.nodes)
    assert has_entry == ("request" in trigger)


def test_a_component_that_only_others_call_is_private_and_says_why(book: Book) -> None:
    caller, called = {"id": "shop", "title": "Shop", "trigger": "request", "calls": ["price"]}, {"id": "price"}
    design = advise(make_requirements(workload(caller, called)), book)
    assert (known(design, "price", "trigger"), known(design, "price", "exposure")) == (("request",), "private")
    assert known(design, "shop", "exposure") == "public"
    said = {a.field: a.sentence for a in design.decision.assumptions if a.subject == "price"}
    assert said["trigger"].en == 'Trigger: A request ("Shop" calls it)'
    assert said["exposure"].en == 'Network exposure: The internal network only (only "Shop" calls it)'
    assert said["exposure"].ja == "公開範囲: 社内ネットワークのみ（呼び出し元は「Shop」のみ）"


@pytest.mark.parametrize(
    "answer", [{"exposure": "public"}, {"static_site": True}, {"cdn": True}, {"authentication": "sign-up"}]
)
def test_a_called_component_with_callers_outside_keeps_its_exposure(answer: dict[str, Any]) -> None:
    made = answers_of(make_requirements(workload({"id": "a", "calls": ["b"]}, {"id": "b", **answer})))
    assert exposure_of(made, made.subjects["b"]) is None


def test_what_nothing_starts_has_no_edge_into_it_and_says_so(book: Book) -> None:
    design = advise(make_requirements(workload({"id": "it"})), book)
    assert not design.architecture.entering("it.compute")
    assert not design.architecture.of_service("client")
    (said,) = (a.sentence for a in design.decision.assumptions if a.field == "trigger")
    assert said.en == "Trigger: On demand (no answer or connection states what starts it)"
    assert said.ja == "起動方法: 手動・SDK からの実行（起動方法を示す回答もリンクもない）"
    made = design.verdict.answers
    assert start_of(made, made.subjects["it"]).unknown
    assert design.verdict.subjects["it"].known.because["trigger"] == (NOTHING,)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], deadline=None)
@given(raw_requirements())
def test_unanswered_never_makes_a_public_endpoint(drawn: dict[str, Any]) -> None:
    for component in drawn.get("components", ()):
        for field in ASKING & component.keys():
            del component[field]
    try:
        answers = answers_of(make_requirements(drawn))
    except RequirementsError:  # what it listens to may report nothing
        return
    for id, decided in decide_workload(answers, dated(BOOK)).subjects.items():
        assert "entry" not in decided.services, id
        assert decided.known.values.get("exposure") != "public", id


@pytest.mark.parametrize("stated", ["message", "stream", "event"])
@pytest.mark.parametrize(("access", "source"), [("key-value", "table-change"), ("objects", "s3-object")])
def test_a_store_sends_events_by_whatever_name_they_were_stated(
    book: Book, stated: str, access: str, source: str
) -> None:
    raw = workload(
        {"id": "edit", "trigger": "request", "writes": ["things"]},
        {"id": "notify", "trigger": stated, "listens_to": "things"},
    )
    design = advise(make_requirements(raw | {"stores": [{"id": "things", "access": access}]}), book)
    known = design.verdict.subjects["notify"].known.values
    assert (known["trigger"], known["event_source"]) == (("event",), source)
    assert design.architecture.entering("notify.compute")


def test_a_store_that_reports_nothing_starts_no_work_as_a_stream_either() -> None:
    raw = workload({"id": "notify", "trigger": "stream", "listens_to": "things"}) | {
        "stores": [{"id": "things", "access": "relational"}]
    }
    with pytest.raises(RequirementsError, match=r"notify\.listens_to"):
        make_requirements(raw)


def test_one_trigger_is_written_as_a_word_and_several_as_a_list() -> None:
    text = "components:\n- id: a\n  trigger: request\n- id: b\n  trigger:\n  - message\n  - request\n  listens_to: c\n"
    made = read_requirements((text + "channels:\n- id: c\n").encode())
    assert [c.answer("trigger") for c in made.components] == [("request",), ("message", "request")]  # type: ignore[attr-defined]
    assert read_requirements(write_requirements(made)) == made
    written = write_requirements(made).decode()
    assert "trigger: request\n" in written
    assert "trigger:\n  - message\n  - request\n" in written
    assert make_requirements(raw(answers_of(made))) == make_requirements(plain(made))
    assert make_requirements({"components": [{"id": "a", "trigger": ["request"]}]}).components[0] == made.components[0]


@pytest.mark.parametrize("wrong", [[], ["request", "wish"], "wish", 3])
def test_a_wrong_trigger_is_refused_with_what_is_allowed(wrong: Any) -> None:
    with pytest.raises(RequirementsError) as error:
        make_requirements({"components": [{"id": "a", "trigger": wrong}]})
    (problem,) = error.value.problems
    assert problem.en.startswith("components.a.trigger: ")
    assert "components.a.trigger: " in problem.ja
    if isinstance(wrong, list):
        assert "on-demand (On demand), callback (A callback)" in problem.en


def test_a_store_that_reports_nothing_starts_nothing() -> None:
    with pytest.raises(RequirementsError, match="reports no events"):
        make_requirements({"components": [{"id": "a", "listens_to": "s"}], "stores": [{"id": "s", "access": "cache"}]})


def test_the_schema_takes_a_word_and_a_list() -> None:
    from advisor.requirements import Requirements

    schema = Requirements.model_json_schema()["$defs"]["Component"]["properties"]["trigger"]["anyOf"][0]
    options = [o.value for f in FIELDS["component"] if f.id == "trigger" for o in f.options]
    assert schema["anyOf"][0] == {"enum": options}
    assert schema["anyOf"][1]["minItems"] == 1
    assert schema.get("default") is None
