"""Scripted architects: what they know decides as their source did, and two of them use the real page."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from advisor.book import Book, dated
from advisor.requirements import make_requirements
from advisor.requirements.answers import answers_of
from advisor.text import LANGS, Lang
from advisor.verdict import decide_workload
from benchmarks.architects.pace import Pace
from benchmarks.architects.personas import Persona, personas
from benchmarks.architects.report import figures, is_right, table
from benchmarks.architects.talk import Talk, interview
from benchmarks.decisions import _case
from benchmarks.priors import is_counted
from tests.advisor_ui.server import WIDE, open_page, running_browser, running_server

ROOT = Path(__file__).parents[2]
ALL = {persona.id: persona for persona in personas()}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("persona", ALL.values(), ids=ALL)
def test_all_that_an_architect_knows_decides_as_his_source(persona: Persona, lang: Lang, book: Book) -> None:
    verdict = decide_workload(answers_of(make_requirements(persona.requirements(lang))), dated(book))
    assert persona.wrong(verdict.services) == []
    assert persona.roles >= 1
    assert persona.wrong({}), "no verdict is not the source's"


@pytest.mark.parametrize("persona", ALL.values(), ids=ALL)
def test_an_architect_tells_of_his_source_what_it_says(persona: Persona) -> None:
    file = persona.source.get("file")
    if file is None:
        assert "aws.amazon.com" in persona.source["url"], "without a file the source is AWS itself"
        return
    raw = yaml.safe_load((ROOT / file).read_text("utf-8"))
    assert persona.source["url"] == raw["source"]["url"]
    if "blind" in Path(file).parent.name and "readings" in raw:
        accepts = {tuple(sorted(part.accepts.items())) for part in _case(raw).parts}
        own = {
            tuple(sorted((role, tuple(services)) for role, services in roles.items()))
            for roles in persona.decided.values()
        }
        assert own == accepts
    else:
        assert not is_counted(Path(file).stem)
        assert {part: {r: s[0] for r, s in roles.items()} for part, roles in persona.decided.items()}.items() <= _roles(
            raw["expects"]
        ).items()
        assert persona.rejected == {part: roles for part, roles in raw["rejects"].items() if part in persona.parts}


def _roles(expects: dict[str, Any]) -> dict[str, Any]:
    return {part: dict(roles) for part, roles in expects.items()}


def test_an_architect_does_not_know_one_in_four_by_the_seed_but_knows_his_reasons() -> None:
    asked = [(p, part, field) for p in ALL.values() for part, known in p.answers.items() for field in known]
    unknown = [[p.says(part, field, "en", seed) is None for p, part, field in asked] for seed in (1, 1, 2)]
    assert unknown[0] == unknown[1] != unknown[2]
    assert 0.15 < sum(unknown[0]) / len(asked) < 0.35
    for persona in ALL.values():
        for part, known in persona.reasons.items():
            assert all(persona.says(part, field, "ja", seed) is not None for field in known for seed in range(5))
    reasons = [(p, part, field) for p in ALL.values() for part, known in p.reasons.items() for field in known]
    assert 0.1 < sum(p.says(part, f, "en", 1, forgets=True) is None for p, part, f in reasons) / len(reasons) < 0.4


def test_time_grows_with_clicks_keys_and_words_that_were_not_read_before() -> None:
    pace = Pace("en")
    pace.read("check\nwhat starts the work")
    once = pace.seconds
    pace.read("what starts the work")
    assert pace.seconds == once == pytest.approx(60 * 4 / 238)
    pace.click()
    assert pace.seconds - once == pytest.approx(1.35 + 1.1 + 0.2)
    japanese = Pace("ja")
    japanese.type("20分")
    assert (japanese.clicks, japanese.keys) == (1, 5)


def test_a_dead_end_is_not_right_and_is_in_the_table() -> None:
    stuck = Talk("thumbnails", "en", questions=3, dead_ends=["no end"])
    right = Talk("thumbnails", "ja", questions=5)
    assert not is_right(stuck)
    assert is_right(right)
    assert figures([stuck, right])["right"] == "1 of 2"
    assert figures([stuck, right])["questions"] == 4
    assert "no end" in table([stuck])
    assert "2 of 2" in table([right])


@pytest.fixture(scope="module")
def page_of(chromium: Path) -> Iterator[Any]:
    """Open the page in a fresh profile of one browser."""
    with running_server() as (url, _), running_browser(chromium) as browser:

        def opened(lang: Lang) -> Any:
            page = browser.new_context(viewport=WIDE, reduced_motion="reduce").new_page()
            open_page(page, f"{url}/?lang={lang}")
            return page

        yield opened


@pytest.mark.parametrize(("id", "lang"), [("payment-states", "en"), ("nightly-ranking", "ja")])
def test_an_architect_comes_to_the_verdict_of_his_source_on_the_real_page(id: str, lang: Lang, page_of: Any) -> None:
    talk = interview(page_of(lang), ALL[id], lang, seed=1)
    assert (talk.wrong, talk.dead_ends, talk.reasked) == ([], [], [])
    assert talk.ended in ("good enough", "nothing left to ask")
    assert 1 <= talk.questions <= 15
    assert talk.minutes > 0
