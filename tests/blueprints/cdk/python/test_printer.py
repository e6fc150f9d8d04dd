"""The printer: what it prints is valid Python that `ruff format` leaves alone, whatever the words in it are."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.text import Text
from blueprints.cdk.modules import cdk, sqs
from blueprints.cdk.python.literals import comment, docstring, formatted, pieces, quoted
from blueprints.cdk.python.printer import print_stack
from blueprints.cdk.tree import THIS, Do, Expr, Let, Ref, Section, Stack, Value, Words

NASTY = ('"""', "'''", "\\", "\n", "{x}", "\u2028", '"); import os; ("', "日本語の長い説明文", "a b", "%", "#", "\r")


def stack(*statements: Let | Do, title: str = "A stack") -> Stack:
    return Stack("Sample", Text.same(title), (Section("all", Text.same(title), statements),))


def strings(source: str) -> list[str]:
    return [n.value for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Constant) and isinstance(n.value, str)]


@given(st.text())
def test_a_literal_reads_back_as_the_text_it_was_made_of(text: str) -> None:
    assert ast.literal_eval(quoted(text)) == text
    joined = "\n".join(pieces([(text, False)], 40))
    assert ast.literal_eval(f"({joined})") == text


@given(st.text())
def test_words_around_an_expression_read_back(text: str) -> None:
    assert eval(formatted([(text, False), ("x", True)]), {"x": "!"}) == text + "!"


@given(st.text())
def test_comments_and_documentation_hold_any_words_and_nothing_else(text: str) -> None:
    assert all(line.startswith("# ") and line.isprintable() for line in comment(text, 8))
    tree = ast.parse("\n".join([*comment(text, 4), "class A:", *(f"    {line}" for line in docstring(text, 4))]))
    assert len(tree.body) == 1
    assert len(tree.body[0].body) == 1  # type: ignore[attr-defined]


_values = st.recursive(
    st.one_of(st.booleans(), st.integers(), st.text(max_size=90), st.sampled_from(NASTY)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.text(max_size=12), inner, max_size=4),
        st.dictionaries(st.sampled_from(["alpha", "beta", "gamma"]), inner, max_size=3).map(
            lambda options: sqs.CfnQueue.SomeProperty(**options)
        ),
        st.text(max_size=120).map(lambda text: Words(text, Ref("earlier").queue_arn, "/*")),
    ),
    max_leaves=12,
)


def test_the_formatter_changes_nothing(tmp_path: Path) -> None:
    """Many random trees in one file each, checked by one run of ruff."""

    @settings(max_examples=150, database=None, derandomize=True)
    @given(st.lists(_values, min_size=1, max_size=5), st.text(max_size=200))
    def write(values: list[Value], words: str) -> None:
        statements = [Let("earlier", sqs.Queue(THIS, "Earlier"))]
        statements += [Do(sqs.Queue(THIS, f"Q{n}", value=value), Text.same(words)) for n, value in enumerate(values)]
        file = tmp_path / f"s{len(list(tmp_path.iterdir()))}.py"
        file.write_text(print_stack(stack(*statements, title=words or "."), "en"), encoding="utf-8")

    write()
    run = [sys.executable, "-m", "ruff"]
    formatted_ = subprocess.run(
        [*run, "format", "--isolated", "--line-length", "120", "--diff", "."], cwd=tmp_path, capture_output=True
    )
    assert formatted_.returncode == 0, formatted_.stdout.decode()[:4000]
    checked = subprocess.run([*run, "check", "--isolated", "."], cwd=tmp_path, capture_output=True)
    assert checked.returncode == 0, checked.stdout.decode()[:4000]


@pytest.mark.parametrize("words", NASTY)
def test_words_of_a_user_stay_words(words: str) -> None:
    source = print_stack(stack(Do(cdk.CfnOutput(THIS, "A", description=words)), title=words), "en")
    assert words in strings(source)
    assert next(n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Import)).names[0].name == "aws_cdk"
    assert source.count("import os") == sum("import os" in text for text in strings(source))


def test_a_value_is_named_where_it_is_used_and_only_there() -> None:
    sections = (
        Section("one", Text.same("One"), (Let("a", sqs.Queue(THIS, "A")), Let("b", sqs.Queue(THIS, "B", q=Ref("a"))))),
        Section("two", Text.same("Two"), (Let("c", sqs.Queue(THIS, "C", q=Ref("b"))),)),
    )
    source = print_stack(Stack("S", Text.same("S"), sections), "en")
    assert 'a = sqs.Queue(self, "A")' in source
    assert 'self.b = sqs.Queue(self, "B", q=a)' in source
    assert '        sqs.Queue(self, "C", q=self.b)' in source


def test_a_name_that_is_not_there_yet_is_refused() -> None:
    with pytest.raises(ValueError, match="before it is made"):
        print_stack(stack(Do(sqs.Queue(THIS, "A", q=Ref("later"))), Let("later", sqs.Queue(THIS, "B"))), "en")
    with pytest.raises(ValueError, match="second time"):
        print_stack(stack(Let("a", sqs.Queue(THIS, "A")), Let("a", sqs.Queue(THIS, "B"))), "en")


def test_an_expression_has_no_members_of_its_own() -> None:
    expression: Expr = sqs.Queue
    assert not [name for name in dir(expression) if not name.startswith("_")]
