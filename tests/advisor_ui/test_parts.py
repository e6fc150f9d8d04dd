"""The parts of the page that know no browser: drafts, links, validation, settings and the server."""

import ast
import re
import socket
import subprocess
import sys
import time
import unicodedata
import urllib.request
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import blueprints
import rules
from advisor.book import Book
from advisor.requirements import RequirementsError, make_requirements
from advisor.text import Lang
from advisor_ui.questions.naming import from_title, with_name
from advisor_ui.serve import PortTaken, serve, server_flags
from advisor_ui.state import draft as drafts
from advisor_ui.state.link import pack, unpack
from advisor_ui.state.partial_validation import validate
from advisor_ui.state.session import of_requirements, story
from tests.advisor_ui.server import ROOT, free_port


@pytest.mark.parametrize("name", rules.STORIES)
def test_a_story_fits_a_link_and_comes_back(name: str) -> None:
    packed = pack(story(name))
    assert packed is not None
    assert len(packed) < 2000
    assert drafts.checked(unpack(packed)) == story(name)


@given(st.text(max_size=300))
def test_any_link_is_read_or_refused(words: str) -> None:
    with suppress(RequirementsError):
        drafts.checked(unpack(words))


def test_a_link_that_unfolds_to_gigabytes_is_refused() -> None:
    bomb = urlsafe_b64encode(zlib.compress(b" " * 5_000_000, 9)).decode().rstrip("=")
    with pytest.raises(RequirementsError):
        unpack(bomb)


@pytest.mark.parametrize("name", rules.STORIES)
def test_a_settled_story_is_the_story(name: str, book: Book) -> None:
    validated = validate(story(name), book)
    assert not validated.problems
    assert validated.design.requirements == rules.load_story(name)
    assert of_requirements(validated.design.requirements) == story(name)


def test_wrong_answers_are_set_aside_one_by_one(book: Book) -> None:
    draft = story("scheduled-batch")
    for field, value in {"longest_run_s": "soon", "trigger": "wish", "gpu": "maybe", "reads": ["nothing"]}.items():
        draft = drafts.with_answer(draft, "aggregate", field, value)
    draft = drafts.with_answer(draft, drafts.WORKLOAD, "region", "the moon")
    draft = drafts.with_pin(draft, "aggregate", "compute", "abacus")
    found = set(validate(draft, book).problems)
    wrong = {("aggregate", f) for f in ("longest_run_s", "trigger", "gpu", "reads", "pins")}
    assert found == wrong | {("workload", "region")}


def test_parts_that_wait_for_each_other_are_named(book: Book) -> None:
    draft, other = drafts.with_subject(drafts.new(), "component")
    draft = drafts.with_answer(draft, "component-1", "calls", [other])
    draft = drafts.with_answer(draft, other, "calls", ["component-1"])
    assert ("component-1", "calls") in validate(draft, book).problems


def test_a_removed_part_takes_its_links_along(book: Book) -> None:
    draft = drafts.without_subject(story("async-coupling"), "completed")
    assert "completed" not in drafts.key(draft)
    assert not validate(draft, book).problems


def test_drafts_are_never_changed_in_place() -> None:
    draft = story("web-application")
    before = drafts.key(draft)
    drafts.with_answer(draft, "api", "gpu", True)
    drafts.with_title(draft, "api", "x", "ja")
    drafts.with_pin(draft, "api", "compute", "ecs")
    drafts.with_subject(draft, "store")
    drafts.without_subject(draft, "items")
    assert drafts.key(draft) == before


def test_a_title_is_changed_in_one_language_only() -> None:
    draft = drafts.with_title(story("web-application"), "api", "Front", "en")
    assert drafts.name(draft, "api", "en") == "Front"
    assert drafts.name(draft, "api", "ja") == "アプリケーション API"


@pytest.mark.parametrize(
    ("title", "id"),
    [
        ("Order intake", "order-intake"),
        ("Bücher & Zeitschriften", "bucher-zeitschriften"),
        ("3rd party: today's orders", "party-todays-orders"),
        ("注文 API", "order-api"),
        ("注文の受付", "order-intake"),
        ("商品別売上データ", "product-sales-data"),
        ("ｶｰﾄの取り消し２", "cart-cancellation-2"),
        ("鈴木の注文", "order"),
        ("鈴木", ""),
        ("ブログ", ""),
        ("自動画像認識 API", "api"),
        ("2026", ""),
        ("x", ""),
        ("The one that takes every order of the whole day", "the-one-that-takes-every-order"),
        ("a" * 40, "a" * 32),
        ("Taken", "taken-2"),
        ("Workload", "workload-2"),
    ],
)
def test_an_id_is_made_of_a_title(title: str, id: str) -> None:
    assert from_title(title, {"taken", "workload"}) == id


@given(st.text(max_size=60), st.sets(st.sampled_from(["orders", "orders-2", "a" * 32]), max_size=3))
def test_whatever_a_title_is_its_id_is_one_that_a_file_may_hold(title: str, taken: set[str]) -> None:
    id = from_title(title, taken)
    assert id not in taken
    if id:
        make_requirements({"components": [{"id": id}]})


@pytest.mark.parametrize("name", rules.STORIES)
def test_japanese_titles_of_the_stories_give_ids_of_their_own(name: str) -> None:
    titles = [str(subject["title"]["ja"]) for _, subject in drafts.subjects(story(name))]
    given: list[str] = []
    for title in titles:
        given.append(from_title(title, given))
    assert all(given), dict(zip(titles, given, strict=True))
    assert not [id for id in given if id[-1].isdigit()]


def test_every_word_of_titles_is_written_as_it_is_looked_up_and_gives_an_id() -> None:
    words = yaml.safe_load((ROOT / "advisor_ui/questions/title_words.yaml").read_text("utf-8"))
    for word, english in words.items():
        assert unicodedata.normalize("NFKC", word) == word
        assert from_title(word, ()) == english
        if english:
            make_requirements({"components": [{"id": english}]})


def test_a_japanese_title_names_a_part_of_the_page() -> None:
    draft, store = drafts.with_subject(drafts.new(), "store")
    draft, named = with_name(draft, store, "受注データ", "ja")
    assert (named, drafts.name(draft, named, "ja")) == ("order-data", "受注データ")
    assert with_name(draft, named, "Orders", "en")[1] == "order-data"


def test_a_part_that_the_page_numbered_is_called_after_its_first_title_that_can_be_an_id() -> None:
    draft, store = drafts.with_subject(drafts.new(), "store")
    draft = drafts.linked(draft, "component-1", "writes", store, many=True)
    draft, same = with_name(draft, store, "鈴木", "ja")
    assert (same, drafts.name(draft, store, "ja")) == ("store-1", "鈴木")
    draft, orders = with_name(draft, store, "Orders", "en")
    assert (orders, drafts.answer(draft, "component-1", "writes")) == ("orders", ["orders"])
    assert drafts.part(draft, "orders")["title"] == {"en": "Orders", "ja": "鈴木"}
    draft, still = with_name(draft, orders, "Order book", "en")
    assert (still, drafts.name(draft, orders, "en")) == ("orders", "Order book")


def test_a_second_name_replaces_the_first_in_both_languages_and_a_translation_does_not() -> None:
    draft, store = drafts.with_subject(drafts.new(), "store")
    names: tuple[tuple[str, Lang, tuple[str, str]], ...] = (
        ("人事 Oracle", "ja", ("人事 Oracle", "人事 Oracle")),
        ("勤怠集計DB", "ja", ("勤怠集計DB", "勤怠集計DB")),
        ("Attendance", "en", ("Attendance", "勤怠集計DB")),
        ("Attendance data", "en", ("Attendance data", "勤怠集計DB")),
    )
    for words, lang, titles in names:
        draft, store = with_name(draft, store, words, lang)
        title = drafts.part(draft, store)["title"]
        assert (drafts.titled(title, "en"), drafts.titled(title, "ja")) == titles


@pytest.mark.parametrize(("lang", "other"), [("en", "ja"), ("ja", "en")])
def test_the_first_name_of_a_new_part_is_its_name_in_both_languages(lang: Lang, other: Lang) -> None:
    draft, id = with_name(drafts.new(), "component-1", "Document reader / 書類", lang)
    assert drafts.name(draft, id, other) == "Document reader / 書類"
    draft, id = with_name(draft, id, "書類", other)
    assert drafts.name(draft, id, lang) == "Document reader / 書類", "each language has its own from then on"


def test_an_id_that_somebody_wrote_stays() -> None:
    for id, title in (("api", "Front"), ("component-1", "Mine")):
        written = drafts.checked({"components": [{"id": id, "title": title}]})
        draft, same = with_name(written, id, "Order intake", "en")
        assert (same, drafts.name(draft, id, "en")) == (id, "Order intake")


def test_a_project_of_the_page_is_called_after_its_titles(book: Book) -> None:
    draft, store = drafts.with_subject(drafts.new(), "store")
    draft = drafts.with_answer(
        drafts.linked(draft, "component-1", "writes", store, many=True), "component-1", "trigger", "schedule"
    )
    numbered = blueprints.build(validate(draft, book).design, "cdk-python", lang="en", extras={})
    assert {"src/component-1/store_1.py"} <= set(numbered)
    draft, intake = with_name(draft, "component-1", "Order intake", "en")
    draft, _ = with_name(draft, store, "Orders", "en")
    named = blueprints.build(validate(draft, book).design, "cdk-python", lang="en", extras={})
    assert {f"src/{intake}/store_orders.py", "tests/test_order_intake.py"} <= set(named)
    assert not [path for path, content in named.items() if "component-1" in path or b"component_1" in content]


def test_checkout_and_package_have_the_same_settings() -> None:
    assert (ROOT / ".streamlit/config.toml").read_text() == (ROOT / "advisor_ui/streamlit.toml").read_text()


def test_the_server_tells_nobody_and_shows_no_traceback() -> None:
    flags = server_flags(8501)
    assert flags["browser.gatherUsageStats"] is False
    assert flags["client.showErrorDetails"] == "none"
    assert flags["server.address"] == "localhost"
    assert flags["theme.dark.backgroundColor"]


def test_a_taken_port_is_said_in_one_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken) as stopped:
            serve(port)
    assert str(port) in str(stopped.value)
    assert "\n" not in str(stopped.value)


def test_serve_prints_its_address_and_answers(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "advisor", "serve", "--port", str(port)]
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == f"http://localhost:{port}"
        for _ in range(100):
            try:
                with urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=2) as answer:
                    assert answer.status == 200
                break
            except OSError:
                assert process.poll() is None
                time.sleep(0.2)
        else:
            pytest.fail("the server did not answer")
    finally:
        process.terminate()
        process.wait(20)


def _modules() -> Iterator[Path]:
    yield from (ROOT / "advisor_ui").glob("**/*.py")


@pytest.mark.parametrize("path", list(_modules()), ids=lambda p: p.name)
def test_a_module_is_small_and_holds_no_state_or_style(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 250
    assert "unsafe_allow_html" not in text
    assert not re.search(r"<style|<script", text)
    for node in ast.parse(text).body:
        assert not (isinstance(node, ast.Assign) and isinstance(node.value, ast.List | ast.Set)), path
