"""docs/writing-a-rule.md is run: its pack is laid over our book, its errors are provoked, its commands are called."""

import re
from pathlib import Path

import pytest
from click import Group
from click.testing import CliRunner

import rules
from advisor.advise import advise
from advisor.book import Book, BookError
from advisor.book.condition import holds
from advisor.explanation.wording import because_words, example_values
from advisor.requirements.reading import read_requirements
from advisor_cli.main import cli

PAGE = (Path(__file__).parents[2] / "docs" / "writing-a-rule.md").read_text("utf-8")
FILES = dict(re.findall(r"<!-- file: (\S+) -->\n```yaml\n(.*?)```", PAGE, re.S))
RULE = "house/security/no-public-function-urls.yaml"
ERRORS = re.findall(r"^\| `([^`]+)` \| `([^`]+)` \| `([^`]+)` \|$", PAGE, re.M)


def laid(folder: Path, files: dict[str, str] = FILES) -> Path:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, "utf-8")
    return folder / "house"


def entry(book: Book) -> str | None:
    return (
        advise(read_requirements(FILES["slow-report.yaml"].encode()), book).decision.subject("report").service("entry")
    )


def test_the_folder_shown_is_the_folder_made(tmp_path: Path) -> None:
    house = laid(tmp_path)
    drawn = re.search(r"```text\n(house/\n.*?)```", PAGE, re.S)
    assert drawn is not None
    names = {line.strip().rstrip("/") for line in drawn[1].splitlines()}
    assert names == {"house", *(part for path in house.rglob("*") for part in [path.name])}


def test_the_pack_changes_what_it_says(tmp_path: Path, book: Book) -> None:
    ours, house = book, rules.open_book(laid(tmp_path))
    assert entry(ours) == "lambda-function-url"
    assert entry(house) == "alb"
    rule = next(rule for rule in house.rules if rule.id == "no-public-function-urls")
    assert rule.topic == "security"
    assert because_words(house, rule).en in " ".join(PAGE.replace("*", "").split())
    for example in rule.fires:
        assert holds(rule.when, example_values(house, rule, dict(example)))
    for example in rule.quiet:
        assert not holds(rule.when, example_values(house, rule, dict(example)))


def test_what_is_not_approved_says_so(tmp_path: Path) -> None:
    house = rules.open_book(laid(tmp_path))
    decision = advise(read_requirements(FILES["slow-report.yaml"].encode()), house).decision
    chosen = next(choice for choice in decision.subject("report").choices if choice.role == "compute")
    against = next(one for one in chosen.rejected if one.service == "eks")
    assert "The platform team has not approved it for production." in [r.sentence.en for r in against.because]


@pytest.mark.parametrize(("instead", "wrote", "told"), ERRORS, ids=[wrote for _, wrote, _ in ERRORS])
def test_an_error_says_what_the_page_says(instead: str, wrote: str, told: str, tmp_path: Path) -> None:
    assert instead in FILES[RULE]
    with pytest.raises(BookError) as wrong:
        rules.open_book(laid(tmp_path, {**FILES, RULE: FILES[RULE].replace(instead, wrote)}))
    said, wanted = str(wrong.value), f"security/no-public-function-urls.yaml: {told}"
    assert said == wanted or (told.endswith("…") and said.startswith(wanted.rstrip("…")))


@pytest.mark.parametrize("line", re.findall(r"^advisor (decide .+)$", PAGE, re.M))
def test_the_decision_is_the_one_shown(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laid(tmp_path)
    monkeypatch.chdir(tmp_path)
    ran = CliRunner().invoke(cli, line.split())
    assert ran.exit_code == 0, ran.output
    assert "Application Load Balancer" in ran.output
    assert "Policy SEC-12" in ran.output


def test_the_check_is_a_command_with_these_options() -> None:
    """What it proves has tests of its own; a pack takes it too long for this one."""
    (line,) = re.findall(r"^advisor (rules check .+)$", PAGE, re.M)
    group = cli.commands["rules"]
    assert isinstance(group, Group)
    options = {option for parameter in group.commands["check"].params for option in parameter.opts}
    assert set(re.findall(r"--[a-z-]+", line)) <= options
