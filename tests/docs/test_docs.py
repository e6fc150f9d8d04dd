"""Documents say what is so: links lead somewhere, the rule shown is the rule, commands exist, records keep to MADR."""

import re
import runpy
from pathlib import Path

import pytest
from click import Group

import rules
from advisor_cli.main import cli

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
RECORDS = sorted((ROOT / "docs" / "adr").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_links_to_files_lead_to_files(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)\s]+)\)", page.read_text("utf-8")):
        assert (page.parent / target.split("#")[0]).exists(), target


def test_the_drawing_of_the_architecture_is_fresh(request: pytest.FixtureRequest) -> None:
    file, drawn = (
        ROOT / "docs" / "architecture.svg",
        runpy.run_path(str(ROOT / "docs" / "architecture.py"))["drawing"](),
    )
    if request.config.getoption("--accept"):
        file.write_bytes(drawn)
    assert file.read_bytes() == drawn, "docs/architecture.svg is old; run pytest tests/docs/test_docs.py --accept"


def test_a_rule_shown_in_the_readme_is_the_rule() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    shown = re.findall(r"<!-- (rules/\S+\.yaml) -->\n```yaml\n(.*?)```", readme, re.S)
    assert shown
    for path, content in shown:
        assert (ROOT / path).read_text("utf-8") == content, f"copy {path} into README.md"


@pytest.mark.parametrize("page", ["README.md", "docs/README.ja.md"])
def test_the_commands_of_the_readme_exist(page: str) -> None:
    lines = re.findall(r"advisor ([a-z]+(?:-[a-z]+)*)([^\n|`]*)", (ROOT / page).read_text("utf-8"))
    assert {"decide", "draw", "adr", "blueprint", "stories", "serve"} <= {command for command, _ in lines}
    for command, rest in lines:
        known = cli.commands[command]
        if isinstance(known, Group):
            known = known.commands[rest.split()[0]]
        options = {option for parameter in known.params for option in parameter.opts}
        stated = re.findall(r"(?<=\s)--?[a-z][a-z-]*", rest.split("#")[0])
        assert set(stated) <= options, f"advisor {command}"


def test_the_readme_counts_the_stories() -> None:
    assert f"`advisor stories` lists {len(rules.STORIES)}" in (ROOT / "README.md").read_text("utf-8")


def test_the_makefile_has_the_targets_that_documents_name() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    for page in PAGES:
        named = set(re.findall(r"`make ([a-z]+)`|^make ([a-z]+)", page.read_text("utf-8"), re.M))
        assert {word for pair in named for word in pair if word} <= targets, page.name


@pytest.mark.parametrize("record", RECORDS, ids=[record.stem for record in RECORDS])
def test_a_record_of_the_project_keeps_to_madr(record: Path) -> None:
    said = record.read_text("utf-8")
    assert re.match(
        r"---\nstatus: (proposed|accepted|rejected|deprecated|superseded by .+)\ndate: \d{4}-\d\d-\d\d\n", said
    )
    headings = re.findall(r"^##+ (.*)$", said, re.M)
    options = re.findall(
        r"^\* (.*)$", said[said.index("## Considered Options") : said.index("## Decision Outcome")], re.M
    )
    assert [h for h in headings if h in _MADR] == _MADR
    assert [h for h in headings if h not in _MADR] == options


_MADR = [
    "Context and Problem Statement",
    "Decision Drivers",
    "Considered Options",
    "Decision Outcome",
    "Consequences",
    "Confirmation",
    "Pros and Cons of the Options",
]


def test_records_are_numbered_without_gaps() -> None:
    assert [int(record.name[:4]) for record in RECORDS] == list(range(1, len(RECORDS) + 1))


def test_no_committed_text_names_a_registry_host_or_a_folder_of_one_machine() -> None:
    hosts = "pypi" + ".org/simple|files.python" + "hosted.org|registry.npm" + "js.org|deb.debian" + ".org"
    folders = "/wor" + "k/|/ho" + "me/[a-z]|/ro" + "ot/"
    suspects = ("*.txt", "*.toml", "*.md", "*.yml", "Makefile", ".ci/*", "*.json")
    for pattern in suspects:
        for file in ROOT.glob(pattern):
            if file.is_file():
                assert not re.search(f"{hosts}|{folders}", file.read_text("utf-8")), file.name
