"""What one more service takes in the rule book: one catalogue file and one row of icons, and no file is edited."""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import renderers
import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements.reading import read_requirements
from renderers import icons

SERVICE = """\
id: ledger-store
name: {en: Amazon Ledger Store, ja: Amazon Ledger Store}
note: {en: ledger, ja: 台帳}
lifecycle: available
solves: {en: It keeps entries that nobody can change., ja: 変更できない記録を保持します。}
not_when: {en: It is not the answer when entries change., ja: 記録を変更する場合には向きません。}
roles:
  store:
    rank: 15
    bands: {operations: 3, cost: 1, latency: 2, portability: 0, simplicity: 2, reliability: 3}
    never_better: [item_bytes]
connections:
  - from: lambda
    verb: read-write
    label: {en: append, ja: 追記}
    sentence: {en: "{source} appends entries to the ledger", ja: "{source}が台帳に追記する"}
    flow: data
    actions: [ledger:AppendEntry]
reading:
  - title: {en: Keeping a ledger, ja: 台帳とは}
    url: {en: 'https://docs.aws.amazon.com/ledger/', ja: 'https://docs.aws.amazon.com/ja_jp/ledger/'}
"""
ICON = """\
file: architecture-service/AmazonDynamoDB.svg
category: database
diagrams: aws.database.Dynamodb
note: "no icon for ledgers: a table's"
"""
REQUIREMENTS = """\
components:
  - id: api
    trigger: request
    reads: [entries]
    writes: [entries]
stores:
  - id: entries
    access: key-value
    pins: {store: ledger-store}
"""


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the rule book and the rows of icons, with one more file in each; nothing else differs."""
    ours = {"rules": Path(rules.__file__).parent, "icons": Path(icons.__file__).parent}
    for name, folder in ours.items():
        shutil.copytree(folder, tmp_path / name, ignore=shutil.ignore_patterns("*.py", "__pycache__", rules.COMPILED))
    before = digests(tmp_path)
    (tmp_path / "rules" / "services" / "ledger-store.yaml").write_text(SERVICE, "utf-8")
    (tmp_path / "icons" / "ledger-store.yaml").write_text(ICON, "utf-8")
    monkeypatch.setattr(icons, "ROWS", tmp_path / "icons")
    _forget_rows()
    yield tmp_path
    _forget_rows()
    after = digests(tmp_path)
    assert {path: after[path] for path in before} == before
    assert sorted(after.keys() - before.keys()) == ["icons/ledger-store.yaml", "rules/services/ledger-store.yaml"]


def _forget_rows() -> None:
    icons.table.cache_clear()
    icons.icon.cache_clear()


@pytest.fixture
def opened(tree: Path) -> Book:
    return rules.open_book(tree / "rules")


@pytest.fixture
def design(opened: Book) -> Design:
    return advise(read_requirements(REQUIREMENTS.encode()), opened)


def test_it_is_a_candidate_at_its_rank(opened: Book) -> None:
    role, ours = opened.role("store"), rules.load_book().role("store")
    assert role.candidates == (ours.candidates[0], "ledger-store", *ours.candidates[1:])
    assert role.bands["ledger-store"]["cost"] == 1
    assert ("ledger-store", "item_bytes") in role.never_better


def test_it_is_weighed_where_nothing_is_pinned_and_chosen_where_it_is(design: Design, opened: Book) -> None:
    assert design.decision.subject("entries").service("store") == "ledger-store"
    open_choice = advise(read_requirements(REQUIREMENTS[: REQUIREMENTS.index("    pins")].encode()), opened)
    assert "ledger-store" in {proof.service for proof in open_choice.proof("entries", "store")}


def test_its_connection_has_the_words_and_actions_of_its_file(design: Design) -> None:
    (edge,) = [edge for edge in design.architecture.edges if edge.target == "entries.store"]
    assert edge.actions == ("ledger:AppendEntry",)
    assert edge.label.ja == "追記"
    assert edge.sentence.en.endswith("appends entries to the ledger")


@pytest.mark.parametrize("suffix", [".svg", ".mmd", ".py"])
def test_it_is_drawn(design: Design, suffix: str) -> None:
    assert "Amazon Ledger Store" in renderers.draw(design, suffix).decode()
    assert icons.icon("ledger-store").file.endswith("AmazonDynamoDB.svg")
