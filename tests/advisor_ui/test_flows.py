"""The page without a browser: stories, answers, wrong answers, pins, parts and languages."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import blueprints
import rules
from advisor.text import LANGS, Lang
from advisor_ui.state import draft as drafts
from advisor_ui.state.link import pack
from advisor_ui.state.session import Session, story
from advisor_ui.words import say
from tests.advisor_ui.page import opened, ran


def state(page: AppTest) -> Session:
    session: Session = page.session_state["session"]
    return session


def shown(page: AppTest) -> str:
    """Everything that is written on the page, as one text."""
    kinds = ("title", "subheader", "markdown", "error", "warning", "info", "success", "caption")
    return "\n".join(str(element.value) for kind in kinds for element in page.get(kind))


def services(page: AppTest) -> dict[str, str | None]:
    draft = state(page).draft
    assert draft is not None
    from advisor_ui.cached import validated

    decision = validated(draft).design.decision
    return {f"{s.id}.{c.role}": c.service for s in decision.subjects for c in s.choices}


def labels(page: AppTest) -> list[str]:
    found: list[str] = []

    def walk(block: Any) -> Iterator[Any]:
        for child in block.children.values():
            yield child
            if hasattr(child, "children"):
                yield from walk(child)

    for element in walk(page.main):
        label = getattr(element, "label", None)
        if isinstance(label, str) and label:
            found.append(label)
    return found


@pytest.mark.parametrize("name", rules.STORIES)
def test_every_story_opens_in_both_languages(name: str) -> None:
    page = opened(s=name, lang="en")
    titles = rules.load_story(name).title
    assert titles.en in shown(page)
    page.button_group(key="lang").set_value("ja")
    ran(page)
    assert titles.ja in shown(page)
    assert page.query_params["lang"] in ("ja", ["ja"])


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [("en", ["Longest run", "Kubernetes", "Fan-out"]), ("ja", ["最長の実行時間", "Kubernetes", "ファンアウト"])],
)
def test_run_duration_kubernetes_and_fan_out_come_first(lang: str, wanted: list[str]) -> None:
    assert [label for label in labels(opened(lang=lang)) if label in wanted] == wanted
    page = opened(lang=lang, s="new")
    asked = [label for label in labels(page) if label.split(" :")[0] in wanted]
    assert [label.split(" :")[0] for label in asked][:3] == wanted


def test_three_answers_start_a_design() -> None:
    page = opened(lang="en")
    page.text_input(key="three.run").set_value("20 min")
    page.text_input(key="three.fan_out").set_value("3")
    page.button(key="three.go").click()
    ran(page)
    found = services(page)
    assert found["component-1.compute"] == "ecs"
    assert found["channel-1.messaging"] in ("sns", "eventbridge-bus", "eventbridge-custom-bus")


def test_what_starts_it_is_asked_with_the_first_questions() -> None:
    page = opened(lang="en")
    page.button_group(key="three.trigger.en").set_value(["request", "message"])
    page.button(key="three.go").click()
    ran(page)
    assert services(page)["component-1.entry"] == "api-gateway-http"
    draft = state(page).draft
    assert draft is not None
    assert drafts.answer(draft, "component-1", "trigger") == ["request", "message"]


@pytest.mark.parametrize(("lang", "said"), [("en", "assumed: On demand"), ("ja", "仮定: 手動・SDK からの実行")])
def test_without_an_answer_nothing_is_public_and_the_first_question_is_what_starts_it(lang: str, said: str) -> None:
    page = opened(lang=lang)
    page.button(key="three.go").click()
    ran(page)
    assert "component-1.entry" not in services(page)
    asked = {widget.key: widget.label for widget in page.button_group}
    assert said in asked[f"next.{lang}.component-1.trigger"]


def test_an_answer_changes_the_decision_and_the_address() -> None:
    page = opened(s="scheduled-batch", lang="en")
    assert services(page)["aggregate.compute"] == "ecs"
    page.text_input(key="q.en.aggregate.longest_run_s").set_value("10 min")
    ran(page)
    page.button_group(key="parts").set_value("aggregate")
    assert "r" in page.query_params
    draft = state(page).draft
    assert draft is not None
    assert drafts.answer(draft, "aggregate", "longest_run_s") == "10 min"


@pytest.mark.parametrize(
    ("lang", "field", "allowed"), [("en", "Longest run", "20 min"), ("ja", "最長の実行時間", "20 min")]
)
@pytest.mark.parametrize(
    "wrong", ["twenty parsecs", "-5 min", "1e999", "20 GiB", "0", "９９ km", "'; DROP TABLE", "<b>1</b>"]
)
def test_a_wrong_answer_is_named_and_kept(lang: str, field: str, allowed: str, wrong: str) -> None:
    page = opened(s="scheduled-batch", lang=lang)
    before = services(page)
    page.text_input(key=f"q.{lang}.aggregate.longest_run_s").set_value(wrong)
    ran(page)
    assert any(field in error.value for error in page.error), [error.value for error in page.error]
    assert page.text_input(key=f"q.{lang}.aggregate.longest_run_s").value == wrong
    assert services(page).keys() >= {"aggregate.compute"}
    page.text_input(key=f"q.{lang}.aggregate.longest_run_s").set_value("40 min")
    ran(page)
    assert not page.error
    assert services(page) == before


def test_two_answers_that_cannot_both_be_true_are_named() -> None:
    draft = drafts.with_answer(story("scheduled-batch"), "aggregate", "longest_run_s", "10 min")
    page = opened(r=str(pack(draft)), lang="en")
    assert any("Typical run time" in warning.value for warning in page.warning)


def test_a_pinned_service_is_used_and_what_it_violates_is_listed() -> None:
    page = opened(s="scheduled-batch", at="aggregate.compute", lang="en")
    page.selectbox(key="pin.en.aggregate.compute").set_value("lambda")
    ran(page)
    assert services(page)["aggregate.compute"] == "lambda"
    assert any("Requirements not met" in error.value and "15 min" in error.value for error in page.error)
    page.selectbox(key="pin.en.aggregate.compute").set_value("")
    ran(page)
    assert services(page)["aggregate.compute"] == "ecs"


def test_language_keeps_every_answer() -> None:
    page = opened(s="dynamic-web-api", at="api.entry", lang="en")
    page.text_input(key="q.en.api.longest_run_s").set_value("nonsense")
    ran(page)
    before = state(page).draft
    page.button_group(key="lang").set_value("ja")
    ran(page)
    assert state(page).draft == before
    assert (state(page).subject, state(page).role) == ("api", "entry")
    assert page.text_input(key="q.ja.api.longest_run_s").value == "nonsense"
    assert any("最長の実行時間" in error.value for error in page.error)


def test_parts_can_be_added_linked_and_removed() -> None:
    page = opened(s="new", lang="en")
    state(page).open_sections.add("section.component-1.links")
    ran(page)
    page.multiselect(key="q.en.component-1.writes").set_value(["+store"])
    ran(page)
    assert services(page)["store-1.store"] == "dynamodb"
    state(page).open_sections.add("section.component-1.links")
    ran(page)
    page.multiselect(key="q.en.component-1.publishes").set_value(["+channel"])
    ran(page)
    assert "channel-1.messaging" in services(page)
    page.button_group(key="parts").set_value("store-1")
    ran(page)
    page.button(key="remove").click()
    ran(page)
    assert "store-1.store" not in services(page)
    draft = state(page).draft
    assert draft is not None
    assert drafts.answer(draft, "component-1", "writes") is None


@pytest.mark.parametrize("tab", ["why", "flips", "all", "check", "compare", "take"])
def test_without_a_component_the_page_asks_for_one_and_goes_on(tab: str) -> None:
    page = opened(r=pack({"schema": 1, "channels": [{"id": "c"}]}), lang="en")
    page.session_state["tab"] = tab
    ran(page)
    assert "Add a component" in shown(page)
    assert services(page)["c.messaging"] == "sqs"
    state(page).change(drafts.with_subject(state(page).draft or {}, "component")[0])
    ran(page)
    assert "Add a component. " not in shown(page)


def test_the_last_component_cannot_be_removed() -> None:
    draft, _ = drafts.with_subject(drafts.new(), "channel")
    page = opened(r=pack(draft), lang="en")
    assert page.button(key="remove").disabled
    page.button_group(key="parts").set_value("channel-1")
    ran(page)
    assert not page.button(key="remove").disabled


def test_a_region_that_does_not_exist_is_said_to_be_wrong() -> None:
    page = opened(r=pack(drafts.with_answer(drafts.new(), drafts.WORKLOAD, "region", "ap-northeast-9")), lang="en")
    assert "the nearest are ap-northeast-" in shown(page)


def test_a_part_keeps_what_is_shown_of_it_when_its_first_title_names_it() -> None:
    page = opened(s="new", lang="en")
    state(page).open_sections.add("section.component-1.links")
    ran(page)
    page.multiselect(key="q.en.component-1.writes").set_value(["+store"])
    ran(page)
    page.button_group(key="parts").set_value("component-1")
    ran(page)
    page.text_input(key="title.component-1").set_value("Order intake")
    ran(page)
    assert services(page)["order-intake.compute"] == "lambda"
    session = state(page)
    assert (session.subject, "section.order-intake.links" in session.open_sections) == ("order-intake", True)
    assert page.text_input(key="title.order-intake").value == "Order intake"
    assert page.multiselect(key="q.en.order-intake.writes").value == ["store-1"]
    page.button_group(key="tab").set_value("compare")
    ran(page)
    assert session.origin is not None
    assert drafts.ids(session.origin) == ["order-intake"]


def test_fan_out_makes_its_channel_and_an_empty_answer_takes_it_back() -> None:
    page = opened(s="new", lang="en")
    page.text_input(key="fan_out.component-1").set_value("5")
    ran(page)
    assert services(page)["channel-1.messaging"] in ("sns", "eventbridge-bus", "eventbridge-custom-bus")
    page.text_input(key="fan_out.component-1").set_value("plenty")
    ran(page)
    assert any("Fan-out" in error.value for error in page.error)


def test_unanswered_questions_say_what_is_assumed() -> None:
    page = opened(s="new", lang="en")
    assert page.text_input(key="q.en.component-1.longest_run_s").placeholder.startswith("assumed:")
    assert page.selectbox(key="q.en.component-1.kubernetes").value == ""
    page.selectbox(key="q.en.component-1.kubernetes").set_value("ecosystem")
    ran(page)
    assert services(page)["component-1.compute"] == "eks"
    page.selectbox(key="q.en.component-1.kubernetes").set_value("")
    ran(page)
    assert services(page)["component-1.compute"] == "lambda"
    page.button_group(key="tab").set_value("check")
    ran(page)
    assert any(label.startswith("All assumptions") for label in labels(page))


def conflict() -> dict[str, Any]:
    """A draft that no identity service fits."""
    draft = drafts.with_answer(drafts.new(), "component-1", "protocol", "tcp-udp")
    return drafts.with_answer(draft, "component-1", "authentication", "sign-up")


@pytest.mark.parametrize(("lang", "said"), [("en", "diagram is incomplete"), ("ja", "構成図は不完全")])
def test_a_conflict_is_said_above_the_diagram_and_leads_to_its_solutions(lang: str, said: str) -> None:
    page = opened(r=str(pack(conflict())), lang=lang)
    assert said in page.error[0].value, "before everything else that is wrong"
    assert drafts.name(conflict(), "component-1", "en" if lang == "en" else "ja") in page.error[0].value
    page.button(key="conflict_show").click()
    ran(page)
    assert tuple(page.session_state["jump"]) == (1, "conflict_0")
    assert not [one for one in opened(lang=lang, s="new").button if one.key == "conflict_show"]


def test_conflicts_name_the_requirements_and_no_project_is_offered() -> None:
    page = opened(r=str(pack(conflict())), lang="en")
    assert any("These answers conflict" in e.value and "TCP or UDP" in e.value for e in page.error)
    page.button_group(key="tab").set_value("take")
    ran(page)
    assert "No project can be generated while requirements conflict." in shown(page)
    assert "AWS SAM: zip" not in labels(page)
    assert "Requirements file (YAML)" in labels(page)


@pytest.mark.parametrize(
    "params",
    [
        {"r": "nonsense"},
        {"r": "eJwDAAAAAAE"},
        {"s": "../../etc/passwd"},
        {"r": str(pack({"components": 3}))},
    ],
)
def test_a_broken_link_is_said_and_the_gallery_shown(params: dict[str, str]) -> None:
    page = opened(lang="en", **params)
    assert any("The link could not be opened" in error.value for error in page.error)
    assert state(page).draft is None


def test_nonsense_in_the_address_is_ignored() -> None:
    page = opened(s="scheduled-batch", at="nobody.nothing", lang="fr", x="1")
    assert state(page).subject == "aggregate"


def test_a_link_brings_wrong_answers_back_too() -> None:
    draft = drafts.with_answer(drafts.new(), "component-1", "longest_run_s", "soon")
    page = opened(r=str(pack(draft)), lang="en")
    assert page.text_input(key="q.en.component-1.longest_run_s").value == "soon"


def test_a_state_too_big_for_a_link_offers_the_file() -> None:
    letters = random.Random(7)
    draft = drafts.new()
    for _ in range(59):
        draft, id = drafts.with_subject(draft, "component")
        words = "".join(chr(letters.randrange(0x4E00, 0x9FA0)) for _ in range(110))
        draft = drafts.with_title(draft, id, words, "en")
    assert pack(draft) is None
    page = opened(s="new", lang="en")
    state(page).change(draft)
    ran(page)
    assert any("too long for a link" in warning.value for warning in page.warning)
    assert "r" not in page.query_params


def test_what_a_target_cannot_express_is_said_before_the_download() -> None:
    draft = drafts.with_pin(story("scheduled-batch"), "aggregate", "compute", "lambda-microvms")
    page = opened(r=str(pack(draft)), lang="en")
    page.button_group(key="tab").set_value("take")
    ran(page)
    (said,) = [w.value for w in page.warning if "AWS Lambda MicroVMs" in w.value]
    assert said.startswith("No project can be generated"), "said once, not for each target"
    assert "The diagrams, the documents and the requirements file are available." in said


@pytest.mark.parametrize("lang", LANGS)
def test_a_store_that_exists_is_refused_once_with_what_is_available_and_the_way_to_the_answer(lang: Lang) -> None:
    api = {"id": "api", "trigger": "request", "authentication": "none", "reads": ["core"]}
    store = {"id": "core", "title": "Core", "access": "relational", "already_exists": True}
    page = opened(r=str(pack({"components": [api], "stores": [store]})), lang=lang)
    page.button_group(key="tab").set_value("take")
    ran(page)
    (said,) = [w.value for w in page.warning if say("no_target", lang) in w.value]
    assert "**Core**: " in said
    assert say("still_offered", lang) in said
    page.button(key="take.answer.core").click()
    ran(page)
    assert state(page).subject == "core"
    assert f"q.{lang}.core.already_exists" in {box.key for box in page.button_group}


@pytest.mark.parametrize(("functions", "said", "offered"), [(22, "93% of the 500", True), (24, "510 resources", False)])
def test_a_stack_close_to_or_above_the_quota_is_said_where_projects_are_taken(
    functions: int, said: str, offered: bool
) -> None:
    draft = drafts.with_answer(drafts.new(), "component-1", "trigger", "request")
    for _ in range(functions - 1):
        draft, id = drafts.with_subject(draft, "component")
        draft = drafts.with_answer(draft, id, "trigger", "request")
    page = opened(r=str(pack(draft)), lang="en")
    page.button_group(key="tab").set_value("take")
    ran(page)
    times = len(blueprints.TARGETS) if offered else 1  # a refusal of all targets is said once
    assert len([w for w in page.warning if said in w.value]) == times
    assert any(button.key == "take.check" for button in page.button) == offered


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_who_may_do_what_is_said_where_projects_are_taken(lang: str) -> None:
    page = opened(s="scheduled-batch", lang=lang)
    page.button_group(key="tab").set_value("take")
    page.session_state["allowed"] = True
    ran(page)
    assert "`AggregateTaskRole`" in shown(page)
    assert "`dynamodb:GetItem`, `dynamodb:Query`" in shown(page)


def test_a_range_says_what_it_was_read_as_and_where_it_turns() -> None:
    page = opened(s="scheduled-batch", lang="en")
    draft = drafts.with_answer(state(page).draft or {}, "aggregate", "typical_run_s", "5 min")
    state(page).change(drafts.with_answer(draft, "aggregate", "packaging", "code"))
    page.text_input(key="q.en.aggregate.longest_run_s").set_value("10-40 min")
    ran(page)
    shown = [caption.value for caption in page.caption]
    assert any("10 min to 40 min" in words and "15 min" in words and "Lambda" in words for words in shown), shown
    page.text_input(key="q.en.aggregate.longest_run_s").set_value("40 minutes")
    ran(page)
    assert any(caption.value == "Interpreted as 40 min." for caption in page.caption)


def test_a_remark_of_a_file_is_shown_and_kept_when_its_answer_changes() -> None:
    page = opened(s="scheduled-batch", lang="en")
    draft = state(page).draft
    assert draft is not None
    job = drafts.part(draft, "aggregate")
    job["longest_run_s"] = {"value": "20 min", "remark": "the least that the word allows"}
    state(page).change(draft)
    ran(page)
    assert any("the least that the word allows" in caption.value for caption in page.caption)
    page.text_input(key="q.en.aggregate.longest_run_s").set_value("30 min")
    ran(page)
    written = drafts.part(state(page).draft or {}, "aggregate")["longest_run_s"]
    assert written == {"value": "30 min", "remark": "the least that the word allows"}


def test_a_link_of_schema_1_keeps_its_meaning() -> None:
    """In form 1 a component without a trigger was started by requests; the current form leaves that open."""
    page = opened(r=pack({"schema": 1, "components": [{"id": "api", "longest_run_s": "3 s"}]}), lang="en")
    draft = state(page).draft
    assert draft is not None
    assert draft["schema"] == 2
    assert drafts.answer(draft, "api", "trigger") == "request"
    assert "api.entry" in services(page)


def test_a_link_of_a_newer_schema_is_refused_with_the_known_ones() -> None:
    page = opened(r=pack({"schema": 3, "components": [{"id": "api"}]}), lang="en")
    assert state(page).draft is None
    assert 'schema: "3" must be one of: 1, 2' in shown(page).replace("\\", "")


@pytest.mark.parametrize("name", ["web-application", "async-coupling", "relational-web-app"])
def test_every_candidate_of_a_role_can_be_pinned(name: str) -> None:
    from advisor_ui.cached import book

    for key in services(opened(s=name, lang="en")):
        subject, role = key.split(".")
        page = opened(s=name, at=key, lang="en")
        offered = len(page.selectbox(key=f"pin.en.{subject}.{role}").options)
        assert offered == len(book().role(role).candidates) + 1, key


@pytest.mark.parametrize(("lang", "says"), [("en", "From a brief to a file"), ("ja", "要件からファイルへ")])
def test_how_a_file_is_written_can_be_read_where_files_are_opened(lang: str, says: str) -> None:
    page = opened(lang=lang)
    assert says not in shown(page)
    page.button(key="opener.reference").click()
    assert says in shown(ran(page))
    assert says not in shown(ran(page))


def test_a_count_is_asked_and_shown() -> None:
    draft = drafts.with_answer(story("async-coupling"), drafts.ids(story("async-coupling"))[0], "count", 12)
    page = opened(r=pack(draft), lang="en")
    page.session_state["tab"] = "all"
    assert "× 12" in shown(ran(page))


def test_projects_are_linted_on_request_and_their_proof_is_said() -> None:
    page = opened(s="scheduled-batch", lang="en")
    page.button_group(key="tab").set_value("take")
    ran(page)
    page.button(key="take.check").click()
    ran(page)
    said = [success.value for success in page.success]
    assert len(said) == len(blueprints.TARGETS)
    assert all("No findings." in words for words in said)


@pytest.mark.parametrize(
    ("answers", "allowed"),
    [({"human_approval": True}, "allowed: 0 to 2"), ({}, 'only allowed with "Human approval"')],
)
def test_a_wrong_answer_stays_on_the_page_where_its_question_no_longer_applies(
    answers: dict[str, Any], allowed: str
) -> None:
    flow = {"id": "work", "trigger": "schedule", "steps": 3, "steps_before_approval": 3, **answers}
    page = opened(r=pack({"schema": 2, "components": [flow]}), lang="en")
    assert any("Steps before the approval" in e.value and allowed in e.value for e in page.error)
    page.text_input(key="q.en.work.steps_before_approval").set_value("")
    ran(page)
    assert not page.error
