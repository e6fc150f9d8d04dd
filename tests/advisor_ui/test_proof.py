"""The page's view of the proof: candidates compared, what another answer would change, the next question, conflicts."""

import re

import pytest
from streamlit.testing.v1 import AppTest

import rules
from advisor.book import Book
from advisor.explanation.firmness import HOLDS, stability_words
from advisor.explanation.proof_words import ProofSpeaker, margin, margin_words
from advisor.explanation.what_if import Speaker
from advisor.sensitivity.analysis import analyse
from advisor.sensitivity.counterfactual import why_not
from advisor.text import LANGS, Lang
from advisor_ui import cached
from advisor_ui.state import draft as drafts
from advisor_ui.state.link import pack
from advisor_ui.state.partial_validation import validate
from advisor_ui.state.session import story
from tests.advisor_ui.page import opened, ran, web_service
from tests.advisor_ui.test_flows import conflict, labels, services, shown, state


def unfolded(page: AppTest, key: str) -> AppTest:
    page.session_state[key] = True
    return ran(page)


def pressed(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click()
    return ran(page)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("Candidates compared", ":green-badge[chosen]", ":gray-badge[excluded]", "exceeded by 167%")),
        ("ja", ("候補の比較", ":green-badge[採用]", ":gray-badge[不適合]", "167% 超過")),
    ],
)
def test_candidates_stand_beside_each_other_with_their_limits(lang: str, words: tuple[str, ...]) -> None:
    page = opened(s="web-application", at="report.compute", lang=lang)
    page.selectbox(key=f"candidate.{lang}").select("lambda")
    ran(page)
    read = shown(page).replace("\u2060", "").replace("\u00a0", " ")
    for said in words:
        assert said in read
    assert "?fact=lambda-timeout" in shown(page)


def test_each_candidate_can_be_looked_at_in_detail() -> None:
    page = opened(s="web-application", at="api.compute", lang="en")
    page.selectbox(key="candidate.en").select("eks")
    ran(page)
    assert state(page).candidate == "eks"
    assert ":red-badge[excludes]" in shown(page)
    assert "Kubernetes: Not needed (assumed)" in shown(page)
    assert "applies if" not in shown(page)
    unfolded(page, "rules_silent")
    assert "applies if" in shown(page)


def test_what_it_takes_is_applied_with_one_click_and_taken_back_with_another() -> None:
    page = opened(s="web-application", at="report.compute", lang="en")
    before = state(page).draft
    page.selectbox(key="candidate.en").select("lambda")
    unfolded(ran(page), "why_not")
    assert "AWS Lambda would be chosen with" in shown(page)
    pressed(page, "apply.why_not")
    assert services(page)["report.compute"] == "lambda"
    assert any("Changed: Nightly report" in info.value for info in page.info)
    pressed(page, "undo")
    assert state(page).draft == before
    assert state(page).undo is None


def test_a_slider_shows_where_the_verdict_changes_and_answers() -> None:
    page = opened(s="scheduled-batch", at="aggregate.compute", lang="en")
    state(page).change(drafts.with_answer(state(page).draft or {}, "aggregate", "packaging", "code"))
    page.button_group(key="tab").set_value("flips")
    ran(page)
    assert page.metric[0].label == "Stability"
    slider = page.select_slider(key="cells.en.aggregate.longest_run_s")
    assert any("→ AWS Lambda" in option for option in slider.options)
    assert re.search(r"\*\*● .*\*\* \| \*\*as now\*\*", shown(page))
    slider.set_value(0)
    ran(page)
    assert services(page)["aggregate.compute"] == "lambda"


def test_options_say_what_each_of_them_changes() -> None:
    page = opened(s="event-driven-job", lang="en")
    page.button_group(key="tab").set_value("flips")
    ran(page)
    page.selectbox(key="weighed.en").select("kubernetes")
    ran(page)
    assert "Amazon EKS" in shown(page)
    assert page.selectbox(key="flip.en.transcode.kubernetes").value == ""
    unfolded(page, "flip_points")
    assert "(current answer: Not needed)" in shown(page)


def test_the_next_question_is_asked_in_its_card_and_may_wait() -> None:
    page = opened(s="web-application", at="report", lang="en")
    assert "Next question" in " ".join(labels(page))
    read = shown(page)
    assert (
        "in an estimated 90% of similar workloads, the answer differs from the assumption and changes the decision"
        in read
    )
    assert "published design decisions with Trigger: A request" in read
    pressed(page, "not_now")
    assert ("api", "packaging") in state(page).postponed
    assert "next.en.api.packaging" not in {box.key for box in page.button_group}
    state(page).postponed.clear()
    ran(page)
    page.button_group(key="next.en.api.packaging").set_value("container-image")
    ran(page)
    assert services(page)["api.compute"] == "ecs"
    assert "next.en.api.packaging" not in {box.key for box in page.button_group}


def test_the_card_leads_to_its_question() -> None:
    page = opened(s="web-application", at="report", lang="en")
    pressed(page, "to_question")
    assert state(page).subject == "api"
    assert page.text_input(key="q.en.api.memory_mib")
    unfolded(page, "asked_together")
    assert [
        box.key for box in (*page.text_input, *page.selectbox) if box.key and box.key.startswith("together.en.api.")
    ]


def test_a_rate_on_which_many_tasks_rest_is_asked_with_its_reason() -> None:
    page = opened(s="event-driven-job", lang="en")
    assert page.text_input(key="next.en.transcode.rate_average_rps")
    assert "100 or more concurrent execut" in shown(page)


def test_the_rest_of_a_part_is_accepted_with_one_click_or_corrected() -> None:
    page = opened(r=pack(web_service()) or "", lang="en")
    assert "assumptions to review. In " in shown(page)
    before, answered = services(page), drafts.key(state(page).draft or {})
    pressed(page, "accept_rest")
    assert services(page) == before
    assert drafts.key(state(page).draft or {}) != answered
    assert state(page).undo is not None
    left = [*page.get("progress")]
    assert len(left) <= 1


def test_what_is_assumed_can_be_made_the_answer_until_no_question_is_left() -> None:
    page = opened(s="event-driven-job", lang="en")
    before, clicks = services(page), 0
    while clicks < 12:
        buttons = {one.key for one in page.button} & {"as_assumed", "accept_rest"}
        if not buttons:
            break
        pressed(page, "accept_rest" if "accept_rest" in buttons else "as_assumed")
        clicks += 1
    assert clicks < 8
    assert services(page) == before
    words = [one.value for one in (*page.info, *page.success)]
    assert any(one.en in word for one in HOLDS.values() for word in words)


@pytest.mark.parametrize(("holds", "kind"), [(True, "success"), (None, "info")])
def test_it_is_said_when_no_question_can_change_anything(
    holds: bool | None, kind: str, monkeypatch: pytest.MonkeyPatch, book: Book
) -> None:
    found = analyse(rules.load_story("event-driven-job"), book)
    closed = found._replace(swept=(), carried_by=(), holds=holds)
    monkeypatch.setattr(cached, "analysis", lambda draft: closed)
    page = opened(s="event-driven-job", lang="en")
    assert any(HOLDS[holds].en in one.value for one in page.get(kind))


def test_assumptions_that_carry_the_verdict_come_first_and_are_answered_there() -> None:
    page = opened(s="event-driven-job", lang="en")
    page.button_group(key="tab").set_value("check")
    ran(page)
    assert "Assumptions that affect the decision" in shown(page)
    page.button_group(key="carried.en.transcode").set_value("kubernetes")
    ran(page)
    page.selectbox(key="check.en.transcode.kubernetes").select("house-standard")
    ran(page)
    assert services(page)["transcode.compute"] == "eks"


def test_a_way_out_of_a_conflict_is_one_click() -> None:
    page = opened(r=str(pack(conflict())), lang="en")
    assert "Smallest changes that resolve the conflict" in shown(page)
    pressed(page, "way.0.0")
    assert not page.error
    pressed(page, "undo")
    assert page.error


@pytest.mark.parametrize("lang", LANGS)
def test_known_ways_out_stand_with_their_price_and_source(lang: Lang, book: Book) -> None:
    draft = drafts.with_subject(drafts.new(), "channel")[0]
    for field, value in {"ordering": "global", "rate_average_rps": "5000/s"}.items():
        draft = drafts.with_answer(draft, "channel-1", field, value)
    instead = [one for found in validate(draft, book).design.decision.conflicts for one in found.instead]
    assert instead
    read = shown(opened(r=str(pack(draft)), lang=lang))
    for one in instead:
        assert one.source.url in read
        assert one.price.in_(lang)[:20] in read


def test_questions_that_were_all_put_off_can_be_asked_again() -> None:
    page = opened(s="event-driven-job", lang="en")
    while [one for one in page.button if one.key == "not_now"]:
        pressed(page, "not_now")
    pressed(page, "ask_again")
    assert "Next question" in " ".join(labels(page))


@pytest.mark.parametrize("name", rules.STORIES)
def test_every_change_that_the_analysis_proposes_can_be_written_into_the_draft(name: str, book: Book) -> None:
    design = validate(story(name), book).design
    component = next(s for s in design.decision.subjects if s.kind == "component")
    for service in ("ecs", "lambda"):
        for found in why_not(design.dated, design.verdict, service):
            if found.subject == component.id and found.role == "compute" and found.changes:
                validated = validate(drafts.with_changes(story(name), found.changes), book)
                assert not validated.problems
                assert validated.design.decision.subject(component.id).service("compute") == service


@pytest.mark.parametrize("name", rules.STORIES)
def test_every_ground_and_cell_has_words_in_both_languages(name: str, book: Book) -> None:
    design = validate(story(name), book).design
    for subject in design.decision.subjects:
        speaker = ProofSpeaker(book, subject.kind, design.verdict.subjects[subject.id].known.values)
        for candidate in (one for choice in subject.choices for one in design.proof(subject.id, choice.role)):
            words = [speaker.sentence(g) for g in candidate.grounds if g.kind != "limit" and g.spoke]
            words += [speaker.compared(c) for g in candidate.grounds for c in g.comparisons]
            words += [text for held in speaker.limits(candidate) for text in held[:4] if text is not held.margin]
            assert all(text.in_(lang).strip() and "{" not in text.in_(lang) for text in words for lang in LANGS)
    found, told = analyse(design.requirements, book), Speaker(design.requirements, book)
    for swept in found.swept:
        if swept.field.kind == "quantity":
            stops = [told.stop(swept, n) for n in range(len(swept.cells))]
            assert all(stop.in_(lang) for stop in stops for lang in LANGS)
            assert len({told.stretch(swept, c.low, c.high).en for c in swept.cells}) == len(swept.cells)
    assert f"{sum(s.others for s in found.swept):,}" in stability_words(found).ja


def test_a_limit_from_below_has_room_above_it(book: Book) -> None:
    design = validate(story("web-application"), book).design
    choices = [(subject.id, choice.role) for subject in design.decision.subjects for choice in subject.choices]
    grounds = [ground for choice in choices for one in design.proof(*choice) for ground in one.grounds]
    for ground in (g for g in grounds if g.kind == "limit" and g.comparisons[0].headroom is not None):
        left = margin(ground.comparisons[0])
        assert left is not None
        assert (left >= 0) == ground.comparisons[0].met == (not ground.spoke)
        assert margin_words(left).en.startswith("exceeded") == ground.spoke


def test_a_tie_is_called_a_tie() -> None:
    page = opened(s="data-processing", at="validate.events", lang="en")
    assert shown(page).count(":violet-badge[tie]") == 2


DEMANDING = {
    "schema": 2,
    "workload": {"must": ["nothing-while-idle", "no-clusters"]},
    "components": [{"id": "component-1", "trigger": "request", "cold_start_ok": False}],
}


def test_a_demand_is_made_and_taken_back_on_the_panel() -> None:
    page = opened(r=str(pack(drafts.new())), lang="en")
    state(page).open_sections.add("section.component-1.demands")
    ran(page)
    page.button_group(key="q.en.component-1.must").set_value(["no-functions"])
    ran(page)
    assert services(page)["component-1.compute"] == "ecs"
    assert (state(page).draft or {})["components"][0]["must"] == ["no-functions"]
    page.button_group(key="q.en.component-1.must").set_value([])
    ran(page)
    assert services(page)["component-1.compute"] == "lambda"
    assert "must" not in (state(page).draft or {})["components"][0]


@pytest.mark.parametrize("lang", LANGS)
def test_a_demand_is_given_up_by_one_click_and_the_others_stay(lang: Lang) -> None:
    page = opened(r=str(pack(DEMANDING)), lang=lang)
    assert ("No charges while idle" if lang == "en" else "アイドル時の課金なし") in shown(page)
    pressed(page, "way.0.0")
    assert not page.error
    assert (state(page).draft or {})["workload"]["must"] == ["no-clusters"]
    pressed(page, "undo")
    assert state(page).draft == DEMANDING


def test_what_a_demand_changes_is_asked_with_the_other_demands() -> None:
    page = opened(r=str(pack({**DEMANDING, "workload": {"must": ["no-functions", "managed-only"]}})), lang="en")
    state(page).select("workload")
    page.button_group(key="tab").set_value("flips")
    ran(page)
    page.selectbox(key="weighed.en").select("must.no-functions")
    ran(page)
    assert page.button_group(key="flip.en.workload.must").value == ["no-functions", "managed-only"]
    page.button_group(key="flip.en.workload.must").set_value(["managed-only"])
    ran(page)
    assert services(page)["component-1.compute"] == "lambda"


def test_a_part_that_nothing_uses_is_said_at_once_and_linked_with_one_click() -> None:
    draft, channel = drafts.with_subject(story("scheduled-batch"), "channel")
    draft, component = drafts.with_subject(draft, "component")
    draft = drafts.with_answer(draft, component, "trigger", ["message"])
    page = opened(r=pack(draft), lang="en")
    assert "no channel is linked to it" in " ".join(one.value for one in page.warning)
    assert f"next.en.{component}.listens_to" in {box.key for box in page.selectbox}
    assert "no channel is linked to it" in shown(page)
    pressed(page, f"link.{component}.{channel}")
    assert drafts.answer(state(page).draft or {}, component, "listens_to") == channel
    assert "no channel is linked to it" not in " ".join(one.value for one in page.warning)
    pressed(page, "undo")
    assert drafts.answer(state(page).draft or {}, component, "listens_to") is None


def test_a_consumer_gets_a_channel_where_there_is_none() -> None:
    draft, component = drafts.with_subject(story("scheduled-batch"), "component")
    page = opened(r=pack(drafts.with_answer(draft, component, "trigger", ["message"])), lang="ja")
    pressed(page, f"link.{component}.new")
    changed = state(page).draft or {}
    assert drafts.answer(changed, component, "listens_to") in drafts.ids(changed, ("channel",))
