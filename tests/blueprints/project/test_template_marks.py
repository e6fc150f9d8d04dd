"""No file of a project contains a mark of the template that it was made from."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import PurePosixPath

import pytest

import blueprints
import rules
from advisor.design import Design
from advisor.text import LANGS, Lang
from advisor_bundle.record import decision_record
from blueprints.plan import plan_for

_MARKS = re.compile(r"\{\{|\{%|\{#")
#: A placeholder of a sentence, such as {name}; code spans and blocks may contain braces.
_PLACEHOLDER = re.compile(r"\{[a-z_]+(\.[a-z_]+)*\}")
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


@cache  # targets, languages and stories have most files in common
def marks(path: str, text: str) -> list[str]:
    """Return the lines of a file with unrendered marks. Some languages of generated files use the same marks."""
    suffix = PurePosixPath(path).suffix
    if path.startswith(".github/"):
        text = text.replace("${{", "")
    if path == "Makefile":  # the format of `docker image inspect`
        text = text.replace("{{index .RepoDigests 0}}", "")
    text = text.replace("{{resolve:", "")  # a dynamic reference of CloudFormation
    lines = spoken(text) if suffix == ".py" else text.splitlines()
    return [line for line in lines if _MARKS.search(line)] + (
        _PLACEHOLDER.findall(_CODE.sub("", text)) if suffix == ".md" else []
    )


def spoken(text: str) -> list[str]:
    """Return the strings and comments of Python code; in the source of an f-string, two braces stand for one."""
    strings = [node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)]
    comments = [
        one.string for one in tokenize.generate_tokens(io.StringIO(text).readline) if one.type == tokenize.COMMENT
    ]
    return [*(one for one in strings if isinstance(one, str)), *comments]


def texts(design: Design, lang: Lang) -> Iterator[tuple[str, str]]:
    """Yield each text file of a design: the project in every target that can express it, and both forms of the record."""
    plan = plan_for(design)
    for target in (target.id for target in blueprints.TARGETS if not blueprints.unsupported(plan, target.id)):
        for path, content in blueprints.build(design, target, lang=lang, extras={}, plan=plan).items():
            yield path, content.decode("utf-8")
    for full in (True, False):
        yield "DECISION.md", decision_record(design, lang, full=full, picture="ARCHITECTURE.svg", plan=plan).decode()


def test_a_mark_is_found() -> None:
    assert marks("tests/test_api.py", 'call(\'{"name": "desk"{{ more }}}\')')
    assert marks("README.md", "The alarm {name} rings.")
    assert not marks("README.md", "Run `stack {name}`.")
    assert not marks(".github/workflows/deploy.yml", "role: ${{ vars.ROLE }}")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("story", rules.STORIES)
def test_no_file_of_a_story_contains_a_template_mark(designs: Mapping[str, Design], story: str, lang: Lang) -> None:
    assert not [(path, line) for path, text in texts(designs[story], lang) for line in marks(path, text)]


def test_no_file_of_rarer_services_contains_a_template_mark(
    project_contents: Mapping[str, Mapping[str, bytes]],
) -> None:
    found = {
        f"{name}/{path}": marks(path, text.decode())
        for name, files in project_contents.items()
        for path, text in files.items()
    }
    assert {file: lines for file, lines in found.items() if lines} == {}
