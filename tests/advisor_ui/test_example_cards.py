"""The cards of the gallery that are made with the package: equal to what would be drawn, never stale, only for our own book."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import rules
from advisor.advise import advise
from advisor.book import dated
from advisor_ui import cached, example_cards
from advisor_ui.drawing import draw, thumbnail
from advisor_ui.example_cards import MADE, Cards, digest, made_cards
from renderers.theme import THEMES
from tests.advisor_ui.page import opened

CARDS = Path(example_cards.__file__).parent / MADE


@pytest.fixture(scope="module")
def cards() -> Cards:
    made = made_cards()
    assert made is not None, "`make advisor_ui/example_cards.json` makes them anew"
    return made


@pytest.fixture
def another_day() -> Iterator[None]:
    cached.use_book(dated(rules.load_book(), "2026-11-25"))
    yield
    cached.use_book(None)


@pytest.mark.parametrize(
    ("name", "lang", "theme"), [("web-application", "ja", "dark"), ("mass-messages", "en", "light")]
)
def test_a_picture_that_is_shipped_is_the_one_that_would_be_drawn(
    cards: Cards, name: str, lang: str, theme: str
) -> None:
    design = advise(rules.load_story(name), rules.load_book())
    assert cards.pictures[lang][theme][name] == thumbnail(draw(design, lang, theme, "right"))  # type: ignore[arg-type]
    assert cards.words[lang][name] == example_cards.card(design, lang)  # type: ignore[arg-type]


def test_every_story_has_a_picture_in_both_languages_and_themes(cards: Cards) -> None:
    for lang in ("en", "ja"):
        assert tuple(cards.words[lang]) == rules.STORIES
        for theme in THEMES:
            assert tuple(cards.pictures[lang][theme]) == rules.STORIES
            assert sum(map(len, cards.pictures[lang][theme].values())) < 500_000


def test_a_picture_holds_nothing_that_is_read_or_focused(cards: Cards) -> None:
    for svg in cards.pictures["en"]["light"].values():
        assert not [mark for mark in ("<text", "<title", "<desc", "tabindex", "role=", "aria-", "data-") if mark in svg]
        assert "<path" in svg
        assert "<use" in svg


def test_cards_of_other_files_are_not_used(cards: Cards, tmp_path: Path) -> None:
    assert made_cards(tmp_path) is None, "none are there"
    made = json.loads(CARDS.read_text("utf-8"))
    (tmp_path / MADE).write_text(json.dumps(made), "utf-8")
    assert made_cards(tmp_path) == cards
    (tmp_path / MADE).write_text(json.dumps(made | {"digest": "0" * 32}), "utf-8")
    assert made_cards(tmp_path) is None


@pytest.mark.parametrize(
    "path",
    [
        "rules/stories/web-application.yaml",
        "rules/roles.yaml",
        "renderers/svg.py",
        "renderers/icons/lambda.yaml",
        "advisor/advise.py",
    ],
)
def test_the_digest_covers_whatever_a_picture_is_made_from(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before, read = digest(), Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda file: read(file) + (b" " if str(file).endswith(path) else b""))
    assert digest() != before


def test_another_day_or_book_is_drawn_as_it_decides(cards: Cards, another_day: None) -> None:
    assert cached.made_cards() is None
    page = opened(lang="en")
    assert not page.exception
    assert cached.thumbnail("web-application", "en", "light"), "drawn by the page"


def test_the_gallery_of_our_own_book_draws_nothing(cards: Cards, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cached.made_cards() == cards
    monkeypatch.setattr(cached, "draw_thumbnail", lambda *_: pytest.fail("a picture was drawn"))
    monkeypatch.setattr(cached, "validated", lambda *_: pytest.fail("a story was decided"))
    opened(lang="ja")
