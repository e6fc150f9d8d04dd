"""Typical parts: each is added with its structure answered and linked, and nothing of it is left dangling."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import blueprints
import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.requirements.answers import answers_of
from advisor.requirements.dangling import dangling
from advisor.sensitivity.next_question import first_question
from advisor_ui.questions.naming import rename, with_name
from advisor_ui.state import draft as drafts
from advisor_ui.state.example_parts import with_parts_of
from advisor_ui.state.new_links import links_from_text, links_of, links_to_text, made_links, new_links, without_links
from advisor_ui.state.session import story
from advisor_ui.state.typical_parts import TYPICAL_PARTS, triggers_of_first, with_typical_part, with_typical_parts
from advisor_ui.words_proof import PART_TITLES
from tests.advisor_ui.page import opened, ran
from tests.advisor_ui.test_flows import state


def new() -> dict[str, Any]:
    return {"schema": 2, "components": [{"id": "component-1", "title": "Site", "trigger": ["request"]}]}


@pytest.mark.parametrize("part", TYPICAL_PARTS)
def test_a_part_is_added_with_its_structure_and_its_links(part: str) -> None:
    draft, id = with_typical_part(new(), part, "component-1")
    typical = TYPICAL_PARTS[part]
    assert drafts.kind_of(draft, id) == typical.kind
    assert drafts.name(draft, id, "en") == PART_TITLES[part].en
    assert drafts.name(draft, id, "ja") == PART_TITLES[part].ja
    assert {field: drafts.answer(draft, id, field) for field in typical.answers} == typical.answers
    unused = {other.subject for other in dangling(answers_of(make_requirements(draft)))}
    waits = typical.kind == "channel" and "destinations" not in typical.answers
    assert unused <= ({id} if waits else set()), "a channel still waits for its consumer"


def test_the_links_of_a_new_part_are_stated_and_can_be_taken_back() -> None:
    draft, _ = with_typical_part(new(), "database", "component-1")
    words = new_links(new(), draft)
    assert words is not None
    assert '"Site" reads and writes "Relational database"' in words.en
    assert "「Site」→「リレーショナルデータベース」（読み取り・書き込み）" in words.ja
    assert new_links(draft, draft) is None


def added(part: str) -> AppTest:
    page = opened(lang="en", s="new")
    next(menu for menu in page.menu_button if menu.key == "add").click(part)
    return ran(page)


def said(page: AppTest) -> list[str]:
    return [str(info.value) for info in page.info if "as an assumption" in str(info.value)]


def test_the_links_of_an_added_part_are_assumed_until_they_are_confirmed() -> None:
    page = added("database")
    session = page.session_state["session"]
    assert len(said(page)) == 1
    assert 'reads and writes "Relational database"' in said(page)[0]
    assert session.supposed == {("component-1", "reads", "store-1"), ("component-1", "writes", "store-1")}
    session.select("component-1")
    session.open_section("component-1", "reads")
    ran(page)
    assert [c.value for c in page.caption if "not confirmed" in str(c.value)]
    again = opened(**session.address)
    assert again.session_state["session"].supposed == session.supposed, "the address keeps them"
    page.button(key="links_confirm").click()
    ran(page)
    assert said(page) == []
    assert session.supposed == set()
    assert drafts.answer(session.draft, "component-1", "reads") == ["store-1"]


def test_a_part_is_kept_without_its_assumed_links_and_undo_brings_them_back() -> None:
    page = added("database")
    session = page.session_state["session"]
    with_links, supposed = session.draft, {*session.supposed}
    page.button(key="links_refuse").click()
    ran(page)
    assert drafts.ids(session.draft) == ["component-1", "store-1"]
    assert drafts.answer(session.draft, "component-1", "reads") is None
    assert drafts.answer(session.draft, "component-1", "writes") is None
    page.button(key="undo").click()
    ran(page)
    assert session.draft == with_links
    assert session.supposed == supposed, "nobody has confirmed them"
    assert said(page)


def test_one_undo_takes_an_added_part_away() -> None:
    page = added("worker")
    session = page.session_state["session"]
    assert len(drafts.ids(session.draft)) == 3, "with its queue"
    page.button(key="undo").click()
    ran(page)
    assert drafts.ids(session.draft) == ["component-1"]
    assert said(page) == []


def test_a_renamed_part_keeps_what_is_assumed() -> None:
    session = added("database").session_state["session"]
    rename(session, "component-1", "Order intake")
    assert {source for source, _, _ in session.supposed} == {"order-intake"}


def test_links_pass_through_an_address_and_are_taken_back_one_by_one() -> None:
    draft, _ = with_typical_part(new(), "database", "component-1")
    links = set(made_links(new(), draft))
    assert links_from_text(links_to_text(links)) == links
    assert links_from_text("a.b,,a.b.c.d") == set()
    left = without_links(draft, [("component-1", "writes", "store-1"), ("component-1", "reads", "gone")])
    assert set(links_of(left)) == {("component-1", "reads", "store-1")}


def test_a_typical_name_goes_in_both_languages_and_a_name_of_ones_own_in_one() -> None:
    draft, id = with_typical_part(new(), "job", "component-1")
    draft, id = with_name(draft, id, "Reminders", "en")
    assert (drafts.name(draft, id, "en"), drafts.name(draft, id, "ja")) == ("Reminders", "Reminders")
    draft, id = with_name(draft, id, "通知", "ja")
    assert (drafts.name(draft, id, "en"), drafts.name(draft, id, "ja")) == ("Reminders", "通知")


def test_a_worker_takes_the_queue_that_waits_for_a_consumer() -> None:
    draft, queue = with_typical_part(new(), "queue", "component-1")
    draft, worker = with_typical_part(draft, "worker", queue)
    assert drafts.answer(draft, worker, "listens_to") == queue
    draft, second = with_typical_part(draft, "worker", "component-1")
    own = drafts.answer(draft, second, "listens_to")
    assert own != queue
    assert own in drafts.answer(draft, "component-1", "publishes")
    assert drafts.name(draft, second, "en") == "Worker 2"
    assert dangling(answers_of(make_requirements(draft))) == ()


def test_workers_beside_an_event_all_take_it_and_no_queue_is_made_between_them() -> None:
    draft, event = with_typical_part(new(), "event", "component-1")
    selected = "component-1"
    for _ in range(3):
        draft, selected = with_typical_part(draft, "worker", selected)
        assert drafts.answer(draft, selected, "listens_to") == event
    assert drafts.ids(draft, ("channel",)) == [event]
    assert dangling(answers_of(make_requirements(draft))) == ()


def test_a_shop_of_typical_parts_is_decided_and_nothing_asks_what_starts_it(book: Book) -> None:
    draft, selected = new(), "component-1"
    for part in ("api", "database", "files", "worker", "job"):
        draft, _ = with_typical_part(draft, part, selected)
    design = advise(make_requirements(draft), book)
    assert not design.decision.conflicts
    question = first_question(design.dated, design.verdict)
    assert question is not None
    assert question.because not in ("unstarted", "unlinked")


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_shop_starts_from_the_first_page_with_its_parts_linked(lang: str) -> None:
    page = opened(lang=lang)
    parts = ["job", "worker", "queue", "files", "database", "api", "web-app"]
    page.button_group(key=f"three.parts.{lang}").set_value(parts)
    page.text_input(key="three.run").set_value("20 s")
    page.button(key="three.go").click()
    ran(page)
    draft = state(page).draft
    assert draft is not None
    assert len(drafts.ids(draft)) == len(parts), "the first component is one of them"
    web, api, worker, job = drafts.ids(draft, ("component",))
    (queue,), stores = drafts.ids(draft, ("channel",)), drafts.ids(draft, ("store",))
    assert drafts.name(draft, web, "ja") == PART_TITLES["web-app"].ja
    assert drafts.answer(draft, web, "longest_run_s") == "20 s"
    assert drafts.answer(draft, api, "writes") == stores == drafts.answer(draft, job, "reads")
    assert drafts.answer(draft, api, "publishes") == [queue] == [drafts.answer(draft, worker, "listens_to")]
    assert dangling(answers_of(make_requirements(draft))) == ()


@pytest.mark.parametrize(
    "parts", [("worker",), ("worker", "event"), ("worker", "queue", "database"), ("worker", "job", "queue")]
)
def test_a_worker_takes_messages_whatever_it_is_chosen_with(parts: tuple[str, ...]) -> None:
    draft = with_typical_parts(drafts.new(), parts, "component-1")
    waiting = {other.subject for other in dangling(answers_of(make_requirements(draft)))}
    assert not waiting & set(drafts.ids(draft, ("component", "store")))
    assert not waiting or "job" not in parts
    (channel,) = drafts.ids(draft, ("channel",))
    heard = [drafts.answer(draft, id, "listens_to") for id in drafts.ids(draft, ("component",))]
    assert channel in heard


def test_typical_parts_without_a_component_are_used_by_the_first_one() -> None:
    draft = with_typical_parts(new(), ["database", "queue"], "component-1")
    assert drafts.name(draft, "component-1", "en") == "Site"
    assert drafts.answer(draft, "component-1", "writes") == ["store-1"]
    assert with_typical_parts(new(), (), "component-1") == new()


def test_no_more_parts_are_added_than_are_allowed() -> None:
    draft = new()
    for _ in range(80):
        draft, _id = with_typical_part(draft, "files", "workload")
    assert len(drafts.ids(draft, ("store",))) == 60


def test_an_outside_system_stands_outside_of_aws_and_its_credentials_are_a_secret(book: Book) -> None:
    draft, id = with_typical_part(new(), "outside", "component-1")
    assert drafts.answer(draft, "component-1", "publishes") == [id]
    design = advise(make_requirements(draft), book)
    (system,) = (node for node in design.architecture.nodes if node.service == "partner-http")
    assert system.group is None, "it is drawn outside of the AWS Cloud"
    assert system.note.en == "External system"
    files = blueprints.build(design, "sam", lang="en", extras={})
    template = files["template.yaml"].decode()
    assert "AWS::Events::ApiDestination" in template
    assert "{{resolve:secretsmanager:" in template, "the credentials are read from a secret"


def test_an_outside_system_becomes_a_destination_of_the_selected_channel() -> None:
    draft, event = with_typical_part(new(), "event", "component-1")
    draft, id = with_typical_part(draft, "outside", event)
    assert id == event
    assert [one["kind"] for one in drafts.answer(draft, event, "destinations")] == ["partner-http"]
    draft, worker = with_typical_part(draft, "worker", "component-1")
    assert drafts.answer(draft, worker, "listens_to") != event, "the outside system gets what it carries"


def test_an_outside_system_that_calls_puts_its_calls_into_what_the_selected_part_listens_to(book: Book) -> None:
    draft, queue = with_typical_part(new(), "queue", "component-1")
    draft, worker = with_typical_part(draft, "worker", queue)
    draft, caller = with_typical_part(draft, "caller", worker)
    assert drafts.answer(draft, caller, "publishes") == [queue]
    design = advise(make_requirements(draft), book)
    assert any(node.id == "client.partner" and node.group is None for node in design.architecture.nodes)


@pytest.mark.parametrize(
    ("part", "selected", "links"),
    [
        ("api", "database", {"reads": ["store-1"], "writes": ["store-1"]}),
        ("api", "queue", {"publishes": ["channel-1"]}),
        ("job", "database", {"reads": ["store-1"], "writes": ["store-1"]}),
        ("job", "component-1", {"reads": ["store-1"]}),
        ("worker", "database", {"reads": ["store-1"], "writes": ["store-1"], "listens_to": "channel-1"}),
        ("caller", "queue", {"publishes": ["channel-1"]}),
        ("web-app", "database", {"reads": ["store-1"], "writes": ["store-1"]}),
    ],
)
def test_a_new_component_is_linked_to_what_is_selected(part: str, selected: str, links: dict[str, Any]) -> None:
    draft, database = with_typical_part(new(), "database", "component-1")
    draft, queue = with_typical_part(draft, "queue", "component-1")
    draft, id = with_typical_part(draft, part, {"database": database, "queue": queue}.get(selected, selected))
    found = {
        field: drafts.answer(draft, id, field) for field in ("reads", "writes", "publishes", "listens_to", "calls")
    }
    assert {field: value for field, value in found.items() if value} == links


@pytest.mark.parametrize("name", rules.STORIES)
def test_an_example_is_added_twice_with_names_of_its_own_and_all_its_links(name: str) -> None:
    example = story(name)
    parts = len(drafts.ids(example))
    draft, first = with_parts_of(new(), example) or (new(), [])
    draft, second = with_parts_of(draft, example) or (draft, [])
    assert len({*first, *second, "component-1"}) == 2 * parts + 1 == len(drafts.ids(draft))
    for lang in ("en", "ja"):
        titles = [drafts.name(draft, id, lang) for id in drafts.ids(draft)]
        assert len({*titles}) == len(titles)
    answers = answers_of(make_requirements(draft))
    for id, other in zip(first, second, strict=True):
        linked = {place for place in first if answers.subjects[id].names(place)}
        assert {second[first.index(place)] for place in linked} == {
            place for place in second if answers.subjects[other].names(place)
        }
        assert not any(answers.subjects[other].names(place) for place in first if place not in second)
    assert draft["components"][0] == new()["components"][0], "what was there stays as it was"


def test_an_example_that_would_be_too_much_is_not_added_in_part() -> None:
    draft = new()
    for _ in range(59):
        draft, _id = drafts.with_subject(draft, "component")
    assert with_parts_of(draft, story("dynamic-web-api")) is None


def test_the_page_adds_an_example_and_takes_it_away_again() -> None:
    page = opened(lang="en", s="new")
    session = page.session_state["session"]
    next(menu for menu in page.menu_button if menu.key == "add_example").click("dynamic-web-api")
    ran(page)
    assert len(drafts.ids(session.draft)) > 1
    assert any("parts added" in str(info.value) for info in page.info)
    page.button(key="undo").click()
    ran(page)
    assert drafts.ids(session.draft) == ["component-1"]


@pytest.mark.parametrize(
    ("parts", "triggers", "first"),
    [
        (["web-app", "job"], ["schedule"], []),
        (["web-app", "job"], ["schedule", "request"], ["request"]),
        (["web-app", "job"], ["event"], ["event"]),
        (["api", "worker", "queue"], ["message", "event"], ["event"]),
        (["job"], ["schedule"], ["schedule"]),
        ([], ["schedule"], ["schedule"]),
    ],
)
def test_a_trigger_that_starts_another_part_is_not_the_first_ones(
    parts: list[str], triggers: list[str], first: list[str]
) -> None:
    assert triggers_of_first(parts, triggers) == first
