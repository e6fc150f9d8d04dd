"""The rule book on the page: addresses, search, filters, and ids that nobody knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from advisor.book import Book
from advisor.explanation.wording import because_words
from advisor.text import LANGS, Lang
from advisor_ui.rulebook.index import entries, index, options, search
from advisor_ui.rulebook.query import read_query
from advisor_ui.state.rulebook_state import FILTERS, RulebookState, from_address, to_address
from tests.advisor_ui.page import opened, ran

KINDS = ("rule", "fact")


def shown(page: AppTest) -> str:
    kinds = ("title", "markdown", "error", "warning", "info", "caption")
    return "\n".join(str(element.value) for kind in kinds for element in page.get(kind))


@pytest.mark.parametrize("lang", LANGS)
def test_a_rule_has_an_address(lang: Lang, book: Book) -> None:
    rule = next(rule for rule in book.rules if rule.id == "lambda-is-not-privileged")
    page = opened(rule=rule.id, lang=lang)
    said = shown(page)
    assert f"## {rule.id}" in said
    assert because_words(book, rule).in_(lang) in said
    assert rule.source.url in said
    assert page.query_params["rule"] in (rule.id, [rule.id])


def test_a_fact_has_an_address_with_its_values_by_date(book: Book) -> None:
    said = shown(opened(fact="sqs-message-size", lang="en"))
    assert "## sqs-message-size" in said
    assert "256 KiB; 1 MiB (in effect since 2025-08-04)" in said
    assert book.facts["sqs-message-size"].source.checked in said


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"rule": "no-such-rule"}, "There is no rule"),
        ({"rule": "lambda-is-not-priviledged"}, "Did you mean one of these?"),
        ({"rule": "sqs-message-size"}, "?fact=sqs-message-size"),
        ({"fact": "<script>alert(1)</script>"}, "There is no fact"),
        ({"fact": "x" * 5000}, "There is no fact"),
        ({"rule": "規則 **b** [a](javascript:x) :red[x] $x$ \x00"}, "There is no rule"),
        ({"book": "rules", "topic": "nonsense", "effect": "explode", "q": "((("}, "No matches"),
        ({"rule": "lambda-is-not-privileged", "r": "broken"}, "## lambda-is-not-privileged"),
        ({"book": "facts", "kind": "nonsense", "service": "\U0001f98a"}, "found"),
    ],
)
def test_nonsense_gets_a_sentence(params: dict[str, str], words: str) -> None:
    assert words in shown(opened(lang="en", **params))


def test_search_and_filters_narrow_the_list_and_stand_in_the_address() -> None:
    page = opened(book="rules", lang="en")
    before = shown(page)
    page.text_input(key="rulebook.words.rule").set_value("privileged")
    ran(page)
    assert "lambda-is-not-privileged" in shown(page)
    assert len(shown(page)) < len(before)
    page.selectbox(key="rulebook.rule.role.en").set_value("engine")
    ran(page)
    assert "lambda-is-not-privileged" not in shown(page)
    assert "no-privileged-on-fargate" in shown(page)
    assert page.query_params["q"] in ("privileged", ["privileged"])
    assert page.query_params["role"] in ("engine", ["engine"])
    page.button_group(key="rulebook.kind").set_value("fact")
    ran(page)
    assert "role" not in page.query_params
    assert page.query_params["q"] in ("privileged", ["privileged"]), "what was searched for is searched for there too"
    assert page.text_input(key="rulebook.words.fact").value == "privileged"


def test_an_entry_opens_beside_the_search_that_found_it() -> None:
    page = opened(book="rules", lang="en", q="Why not Lambda", role="compute")
    session = page.session_state["session"]
    session.follow(from_address({"rule": "lambda-is-not-privileged", "lang": "en"}))
    ran(page)
    assert page.text_input(key="rulebook.words.rule").value == "Why not Lambda"
    assert session.rulebook.filtered("role") == "compute"
    assert "## lambda-is-not-privileged" in shown(page)
    session.follow(from_address({"fact": "lambda-timeout-max", "lang": "en"}))
    ran(page)
    assert page.text_input(key="rulebook.words.fact").value == "Why not Lambda"
    assert session.rulebook.filters == ()
    session.follow(from_address({"book": "rules", "role": "compute", "lang": "en"}))
    assert session.rulebook.words == "", "the rules of a role are all shown"
    session.show_rulebook(None)
    session.follow(from_address({"rule": "lambda-is-not-privileged", "lang": "en"}))
    assert session.rulebook.words == ""


def test_the_book_opens_over_a_design_and_leads_back_to_it() -> None:
    page = opened(s="scheduled-batch", lang="ja")
    page.button(key="to_book").click()
    ran(page)
    assert "判定ルール" in shown(page)
    assert page.query_params["s"] in ("scheduled-batch", ["scheduled-batch"])
    page.button(key="back").click()
    ran(page)
    assert "book" not in page.query_params
    page.button(key="to_book").click()
    ran(page)
    page.text_input(key="rulebook.words.rule").set_value("Why not Lambda")
    ran(page)
    page.button(key="back").click()
    ran(page)
    page.button(key="to_book").click()
    ran(page)
    assert page.text_input(key="rulebook.words.rule").value == "Why not Lambda", "what was searched for is still there"
    page.button(key="back").click()
    ran(page)
    assert page.text_input(key="q.ja.aggregate.longest_run_s").value


def test_reasons_and_warnings_lead_to_their_rule() -> None:
    said = shown(opened(s="scheduled-batch", at="aggregate.compute", lang="en"))
    assert "?rule=long-work-in-a-container&lang=en" in said
    assert "?fact=lambda-timeout-max&lang=en" in said


@pytest.mark.parametrize("kind", KINDS)
def test_every_filter_value_finds_something_and_every_entry_is_found_by_its_id(kind: str) -> None:
    of: RulebookState = RulebookState("fact" if kind == "fact" else "rule")
    for name in FILTERS[of.kind]:
        for value in options(of.kind, name):
            assert search(of.with_filter(name, value)), (name, value)
    for entry in index(of.kind):
        assert entry in search(RulebookState(of.kind, words=entry.id))


@pytest.mark.parametrize("lang", LANGS)
def test_every_rule_and_fact_can_be_worded(lang: Lang, book: Book) -> None:
    told = entries(lang)
    for rule in book.rules:
        assert all(line.strip() or line == "" for line in told.rule(rule))
    for fact in book.facts.values():
        assert all(line.strip() or line == "" for line in told.fact(fact))


@given(
    st.dictionaries(st.sampled_from(["book", "rule", "fact", "q", "topic", "kind", "service"]), st.text(max_size=99))
)
def test_any_address_is_read_and_comes_back(params: dict[str, str]) -> None:
    state = from_address(params)
    if state is not None:
        search(state)
        assert from_address(to_address(state)) == state


@pytest.mark.parametrize(
    ("words", "kind", "best"),
    [
        ("Why not Lambda above 15 minutes", "fact", "lambda-timeout-max"),
        ("Lambda 15 分", "fact", "lambda-timeout-max"),
        ("Lambda で 15 分を超える処理ができないのはなぜ", "fact", "lambda-timeout-max"),
        ("ＬＡＭＢＤＡ 900 秒", "fact", "lambda-timeout-max"),
        ("lambda 0.25 h", "fact", "lambda-timeout-max"),
        ("Why not Lambda above 15 minutes", "rule", "lambda-typical-run-too-long"),
        ("WebSocket 2 hours", "fact", "apigw-ws-duration"),
        ("SQS message size", "fact", "sqs-message-size"),
        ("Fargate ephemeral storage of 200 GB", "fact", "fargate-ephemeral"),
    ],
)
def test_a_question_finds_the_entry_by_words_and_by_quantities_in_any_unit(words: str, kind: str, best: str) -> None:
    found = search(RulebookState("fact" if kind == "fact" else "rule", words=words))
    assert found[0].id == best
    assert found == search(RulebookState("fact" if kind == "fact" else "rule", words=words))


def test_a_quantity_is_not_found_as_a_number_of_another_unit() -> None:
    assert search(RulebookState("fact", words="Lambda 15 seconds"))[0].id != "lambda-timeout-max"
    assert "lambda-timeout-max" not in [entry.id for entry in search(RulebookState("fact", words="15 seconds"))]
    assert read_query("15 minutes") == read_query("900 s") == read_query("15 分間")
    assert read_query("0.5 GiB") == read_query("512MB") != read_query("512 KB")


def test_a_question_asked_among_the_rules_shows_the_fact_first() -> None:
    for lang, words in (("en", "Why not Lambda above 15 minutes"), ("ja", "Lambda 15 分")):
        page = opened(book="rules", lang=lang, q=words)
        said = shown(page)
        assert f"[lambda-timeout-max](?fact=lambda-timeout-max&lang={lang})" in said
        assert said.index("[lambda-timeout-max]") < said.index("[lambda-typical-run-too-long]")
        page.button(key="rulebook.others").click()
        ran(page)
        assert page.query_params["book"] in ("facts", ["facts"])
        assert page.text_input(key="rulebook.words.fact").value == words
