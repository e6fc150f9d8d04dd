"""Every word of the page exists in both languages, and every word that is used exists."""

import re
from pathlib import Path
from typing import get_args

from advisor.text import LANGS
from advisor.vocabulary import FIELDS
from advisor_ui.state.rulebook_state import FILTERS
from advisor_ui.words import DIAGRAM_WORDS, SECTIONS, WORDS
from blueprints.certificate.record import Status

UI = Path(__file__).parents[2] / "advisor_ui"
WORDED = {
    "words.py",
    "words_accessibility.py",
    "words_decision.py",
    "words_downloads.py",
    "words_drawing.py",
    "words_proof.py",
    "words_reading.py",
    "words_start.py",
}
SOURCE = "\n".join(path.read_text("utf-8") for path in sorted(UI.glob("**/*.py")) if path.name not in WORDED)


def test_every_word_is_in_both_languages() -> None:
    for key, text in {**WORDS, **SECTIONS}.items():
        for lang in LANGS:
            assert text.in_(lang).strip(), f"advisor_ui/words.py: '{key}' has no {lang} text"


def test_placeholders_are_the_same_in_both_languages() -> None:
    for key, text in WORDS.items():
        found = [sorted(re.findall(r"{(\w+)", text.in_(lang))) for lang in LANGS]
        assert found[0] == found[1], f"advisor_ui/words.py: '{key}' differs in its placeholders"


def test_every_word_that_is_used_exists_and_every_word_is_used() -> None:
    used = set(re.findall(r"""say\(\s*["'](\w+)["']""", SOURCE))
    assert used <= set(WORDS), used - set(WORDS)
    made = {f"{name}_{kind}" for name in ("add", "new") for kind in ("component", "channel", "store")}
    made |= {f"take_{what}_note" for what in ("diagram", "record", "project")}
    made |= set(DIAGRAM_WORDS) | {"among_facts", "among_rules"}
    made |= {f"proof_{status}{means}" for status in get_args(Status) for means in ("", "_means")}
    made |= {f"result_{result}" for result in ("passed", "failed", "not_run", "not_for_this_target")}
    made |= {f"filter_{name}" for names in FILTERS.values() for name in names}
    quoted = set(re.findall(r"""["'](\w+)["']""", SOURCE))
    assert not set(WORDS) - quoted - made, "words that nobody uses"


def test_every_section_of_the_vocabulary_has_a_title() -> None:
    sections = {field.section for fields in FIELDS.values() for field in fields}
    assert sections <= set(SECTIONS)


def test_no_other_module_holds_japanese_but_the_words() -> None:
    allowed = WORDED | {
        "query.py",
        "stories.py",
        "draft.py",
        "link.py",
        "session.py",
        "partial_validation.py",
        "page.py",
    }
    for path in UI.glob("**/*.py"):
        if path.name not in allowed:
            assert not re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", path.read_text("utf-8")), path.name
