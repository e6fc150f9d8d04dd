"""The sentences of what is generated: records, documents of projects, words of the page, diagrams and help of the command line."""

import io
import re
from collections.abc import Iterator
from zipfile import ZipFile

import click
from click.testing import CliRunner

from advisor.design import Design
from advisor.text import LANGS, Lang
from advisor_bundle import project_zip
from advisor_bundle.record import decision_record
from advisor_cli.main import cli
from advisor_ui.words import SECTIONS, WORDS
from tests.words.sentences import JAPANESE, Sentence

#: The words of a user stand in all of it; a story has them in both languages.
TARGETS = ("sam", "cdk-python", "cdk-typescript")


def of_the_record(name: str, design: Design) -> Iterator[Sentence]:
    """Yield the decision record of a design, line by line."""
    for lang in LANGS:
        yield from _lines("record", f"{name} DECISION.md", lang, decision_record(design, lang, full=True).decode())


def of_the_project(name: str, design: Design, target: str) -> Iterator[Sentence]:
    """Yield every document of a project, line by line."""
    for lang in LANGS:
        with ZipFile(io.BytesIO(project_zip(design, target, lang))) as packed:
            for path in packed.namelist():
                if path.endswith(".md") and path != "DECISION.md":
                    yield from _lines("projects", f"{name} {target} {path}", lang, packed.read(path).decode())


def of_the_diagram(name: str, design: Design) -> Iterator[Sentence]:
    """Yield the words of a picture: names and notes of nodes, labels and steps of connections, states, groups."""
    architecture = design.architecture
    for node in architecture.nodes:
        for text in (node.title, node.note, node.heading):
            yield from (Sentence("diagrams", f"{name} {node.id}", lang, text.in_(lang)) for lang in LANGS)
    for edge in architecture.edges:
        for text in (edge.label, edge.sentence):
            yield from (Sentence("diagrams", f"{name} {edge.id}", lang, text.in_(lang)) for lang in LANGS)


def of_the_page() -> Iterator[Sentence]:
    """Yield the words of the page itself."""
    for words in (SECTIONS, WORDS):
        for key, text in words.items():
            yield from (Sentence("page", f"page words: {key}", lang, text.in_(lang)) for lang in LANGS)


def of_the_command_line() -> Iterator[Sentence]:
    """Yield the help of the command line and of each command, in both languages."""
    assert isinstance(cli, click.Group)
    for command in ([], *([name] for name in cli.commands)):
        for lang in LANGS:
            environment = {"LANG": "ja_JP.UTF-8" if lang == "ja" else "C.UTF-8", "LC_ALL": "", "LANGUAGE": ""}
            told = CliRunner().invoke(cli, [*command, "--help"], env=environment)
            assert told.exit_code == 0, told.output
            yield from _lines("cli", " ".join(["advisor", *command, "--help"]), lang, told.output)


def _lines(place: str, where: str, lang: Lang, text: str) -> Iterator[Sentence]:
    """Yield the lines of a document without its blocks of code; a line of the other language is none of it."""
    without_code = re.sub(r"```.*?```", lambda block: "\n" * block[0].count("\n"), text, flags=re.DOTALL)
    for number, line in enumerate(without_code.splitlines(), 1):
        if line.strip() and (lang == "ja" or not JAPANESE.search(line)):
            yield Sentence(place, f"{where} ({lang}):{number}", lang, line)
