"""Several typical parts from the first page: to which of them the answers apply, and which of them end in themselves."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.requirements.answers import answers_of
from advisor.requirements.dangling import Link
from advisor.requirements.loose_ends import loose_ends
from advisor.sensitivity.next_question import Progress
from advisor.text import LANGS, Lang
from advisor_ui.state import draft as drafts
from advisor_ui.state.link import pack
from advisor_ui.words import say
from advisor_ui.words_proof import PART_TITLES
from tests.advisor_ui.page import opened, ran
from tests.advisor_ui.test_flows import shown, state


def run_of(draft: drafts.Raw, part: str) -> Any:
    titled = {drafts.name(draft, id, "en"): id for id in drafts.ids(draft)}
    return drafts.answer(draft, titled[PART_TITLES[part].en], "longest_run_s")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("parts", "run", "of"),
    [
        (["api", "database", "job"], "20 min", "job"),
        (["api", "worker"], "2-8 min", "worker"),
        (["api", "job"], "under a second", "api"),
        (["api", "database"], "20 min", "api"),
    ],
)
def test_a_longest_run_applies_to_the_part_that_may_take_so_long(
    parts: list[str], run: str, of: str, lang: Lang
) -> None:
    page = opened(lang=lang)
    page.text_input(key="three.run").set_value(run)
    page.button_group(key=f"three.parts.{lang}").set_value(parts)
    ran(page)
    moved, several = of != "api", len(set(parts) - {"database"}) > 1
    words = {"first": PART_TITLES["api"].in_(lang), "run": PART_TITLES[of].in_(lang)}
    said = say("start_applies_run" if moved else "start_applies", lang, **words)
    assert (said in [caption.value for caption in page.caption]) is several
    page.button(key="three.go").click()
    ran(page)
    draft = state(page).draft or {}
    runs = {part: run_of(draft, part) for part in parts if part != "database"}
    assert runs == {part: run if part == of else None for part in runs}
    assert (say("start_run_given", lang, value=run, part=PART_TITLES[of].in_(lang)) in shown(page)) is moved
    if moved:
        page.button(key="undo").click()
        ran(page)
        assert run_of(state(page).draft or {}, "api") == run


SHOP: dict[str, Any] = {
    "components": [
        {"id": "site", "trigger": "request", "static_site": True, "authentication": "none"},
        {"id": "api", "trigger": "request", "authentication": "none", "writes": ["orders"], "publishes": ["jobs"]},
        {"id": "worker", "trigger": "message", "listens_to": "jobs"},
    ],
    "channels": [{"id": "jobs", "carries": "work"}],
    "stores": [{"id": "orders", "access": "relational"}],
}


def test_a_site_that_calls_no_api_and_a_worker_that_uses_nothing_are_loose_ends() -> None:
    site, worker = loose_ends(answers_of(make_requirements(SHOP)))
    assert (site.subject, site.kind, site.links) == ("site", "caller", (Link("site", ("calls",), "api"),))
    assert (worker.subject, worker.kind) == ("worker", "idle")
    assert worker.links == (Link("worker", ("reads", "writes"), "orders"),)


@pytest.mark.parametrize(
    "components",
    [
        [
            {**SHOP["components"][0], "calls": ["api"]},
            SHOP["components"][1],
            {**SHOP["components"][2], "reads": ["orders"]},
        ],
        [SHOP["components"][0]],
        [{"id": "nothing-known"}],
        [{"id": "bot", "trigger": "on-demand", "calls": ["ocr"]}, {"id": "ocr", "trigger": "request"}],
    ],
    ids=["linked", "a site alone", "nothing known", "called by a part"],
)
def test_what_is_linked_or_has_nothing_to_link_to_is_no_loose_end(components: list[dict[str, Any]]) -> None:
    more = {key: SHOP[key] for key in ("channels", "stores")} if len(components) > 2 else {}
    assert loose_ends(answers_of(make_requirements({"components": components, **more}))) == ()


def test_an_api_that_only_pages_call_and_that_stores_nothing_stays_a_loose_end() -> None:
    site, api = {**SHOP["components"][0], "calls": ["api"]}, {"id": "api", "trigger": "request"}
    (found,) = loose_ends(answers_of(make_requirements({"components": [site, api]})))
    assert (found.subject, found.kind) == ("api", "idle")


@pytest.mark.parametrize(("trigger", "carries"), [("stream", "records"), ("message", None)])
def test_the_channel_that_is_added_to_a_reader_of_a_stream_carries_records(trigger: str, carries: str | None) -> None:
    page = opened(r=pack({"components": [{"id": "lone", "trigger": [trigger]}]}) or "", lang="en")
    page.button(key="link.lone.new").click()
    ran(page)
    draft = state(page).draft or {}
    (channel,) = drafts.ids(draft, ("channel",))
    assert drafts.answer(draft, channel, "carries") == carries
    assert drafts.answer(draft, "lone", "listens_to") == channel


@pytest.mark.parametrize(
    "lone",
    [
        {"pins": {"compute": "lambda"}, "longest_run_s": "2 h", "trigger": "schedule"},
        {"trigger": "message", "gpu": True, "must": ["no-servers"]},
    ],
    ids=["not met", "conflict"],
)
def test_the_essential_questions_are_not_called_answered_beside_requirements_that_are_not_met(
    lone: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("advisor_ui.questions.next_question.progress", lambda *_: Progress(9, 9, 0.01))
    monkeypatch.setattr("advisor_ui.questions.next_question.unconnected", lambda *_: [])
    raw = {"components": [{"id": "lone", "authentication": "none", **lone}]}
    met = opened(r=pack({"components": [{"id": "lone", "authentication": "none"}]}) or "", lang="en")
    assert say("essential_answered", "en") in shown(met)
    assert say("essential_answered", "en") not in shown(opened(r=pack(raw) or "", lang="en"))


@pytest.mark.parametrize("trigger", ["request", "schedule", "message", "event"])
def test_a_component_that_nothing_is_connected_to_is_said_and_gets_a_database_with_one_click(trigger: str) -> None:
    page = opened(
        r=pack({"components": [{"id": "lone", "trigger": trigger, "authentication": "none"}]}) or "", lang="en"
    )
    if trigger == "message":
        page.button(key="link.lone.new").click()
        ran(page)
    assert "reads and writes nothing" in shown(page)
    page.button(key="link.lone.store").click()
    ran(page)
    draft = state(page).draft or {}
    assert (
        drafts.answer(draft, "lone", "reads") == drafts.ids(draft, ("store",)) == drafts.answer(draft, "lone", "writes")
    )
    assert "reads and writes nothing" not in shown(page)
    page.button(key="undo").click()
    ran(page)
    assert "reads and writes nothing" in shown(page)


@pytest.mark.parametrize("lang", LANGS)
def test_a_loose_end_is_linked_or_confirmed_with_one_click_and_the_link_keeps_it(lang: Lang) -> None:
    page = opened(r=pack(SHOP) or "", lang=lang)
    assert {box.key for box in page.button} >= {"link.site.api", "link.worker.orders", "link.worker.none"}
    page.button(key="link.worker.none").click()
    ran(page)
    page.button(key="link.site.api").click()
    ran(page)
    assert drafts.answer(state(page).draft or {}, "site", "calls") == ["api"]
    assert not [box.key for box in page.button if str(box.key).startswith("link.")]
    params = {key: value[0] if isinstance(value, list) else value for key, value in page.query_params.items()}
    assert ("worker", "links") in state(opened(**params)).accepted


def test_answers_are_not_called_sufficient_while_a_part_is_not_connected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("advisor_ui.questions.next_question.progress", lambda *_: Progress(5, 9, 0.01))
    page = opened(r=pack(SHOP) or "", lang="en")
    assert not page.success
    assert "The design is not complete. Parts with a missing connection: 2 (site, worker)." in shown(page)
    page.button(key="show_unconnected").click()
    ran(page)
    assert tuple(page.session_state["jump"]) == (1, "dangling-site")
    for key in ("link.site.api", "link.worker.orders"):
        page.button(key=key).click()
        ran(page)
    assert page.success
    assert "The design is not complete" not in shown(page)


@pytest.mark.parametrize("lang", LANGS)
def test_a_part_that_was_removed_comes_back_with_one_click(lang: Lang) -> None:
    page = opened(s="container-web-service", at="sessions", lang=lang)
    before = state(page).draft
    page.button(key="remove").click()
    ran(page)
    assert "sessions" not in drafts.ids(state(page).draft or {})
    name = drafts.name(before or {}, "sessions", lang)
    assert say("removed", lang, name=name) in shown(page)
    page.button(key="undo").click()
    ran(page)
    assert state(page).draft == before


@pytest.mark.parametrize("lang", LANGS)
def test_a_site_that_is_linked_to_an_api_is_one_api_with_its_run_and_no_second_function(lang: Lang, book: Book) -> None:
    page = opened(lang=lang)
    page.text_input(key="three.run").set_value("2 s")
    page.button_group(key=f"three.parts.{lang}").set_value(["web-app", "api", "database"])
    page.button(key="three.go").click()
    ran(page)
    page.button(key="link.component-1.component-2").click()
    ran(page)
    draft = state(page).draft or {}
    site, api = drafts.ids(draft, ("component",))
    assert (drafts.answer(draft, site, "longest_run_s"), drafts.answer(draft, api, "longest_run_s")) == (None, "2 s")
    nodes = advise(make_requirements(draft), book).architecture.nodes
    assert {node.subject for node in nodes if node.role in ("compute", "entry")} == {api}
