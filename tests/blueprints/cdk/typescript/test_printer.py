"""The printer: whatever the words of a user are, they are what the program's strings say, and nothing else."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.text import Text
from blueprints.cdk.modules import cdk, ec2, iam, sqs
from blueprints.cdk.tree import THIS, Do, Expr, Let, ProjectPath, ProjectText, Ref, Section, Stack, Value, Words
from blueprints.cdk.typescript.literals import comment, documentation, quoted, template
from blueprints.cdk.typescript.printer import print_stack, print_table
from tests.blueprints.cdk.typescript.conftest import Run

NASTY = (
    "${", "$", "{x}", "`", "*/", "/*", "//", "\\", "\\u0041", "\n", "\r", "\u2028", "\u2029", "'", '"', "\0" + "1", "\ud800",
    "</script>", "'); process.exit(3); ('", "`); process.exit(3); (`", "${process.exit(3)}", "日本語の長い説明文", "\U0001f600", "__proto__",
)  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=20)), max_size=6).map("".join)


def stack(*statements: Let | Do, title: str = "A stack") -> Stack:
    return Stack("Sample", Text.same(title), (Section("all", Text.same(title), statements),))


def printed(value: Value) -> str:
    """Return a value as the printer lays it out, in a table."""
    return print_table("TABLE", "unknown", {"value": value})


def test_what_is_read_back_is_what_was_written(tmp_path: Path, node: Run) -> None:
    """Many random texts in one program, run once: literals, templates, keys, comments between them."""
    wanted: list[object] = []
    lines: list[str] = []

    @settings(max_examples=300, database=None, derandomize=True, deadline=None)
    @given(texts, texts, st.dictionaries(texts, texts, max_size=3))
    def write(text: str, other: str, mapping: dict[str, str]) -> None:
        wanted.append([text, f"{text}!{other}", dict(mapping)])
        lines.extend([*comment(text, 0), *documentation(other, 0)])
        words = template([(text[:1], False), (text[1:], False), ("mark", True), (other, False)])
        table = printed(mapping).removeprefix("export const TABLE: unknown = ").rstrip().removesuffix(";")
        lines.append(f"found.push([{quoted(text)}, {words}, ({table}).value]);")

    write()
    # Half a character cannot be in a file: it has to be written as its number.
    source = "const mark = '!'; const found = [];\n" + "\n".join(lines) + "\nconsole.log(JSON.stringify(found));\n"
    (tmp_path / "words.ts").write_text(source, encoding="utf-8")
    ended = node(tmp_path, "tsx", "words.ts")
    assert ended.returncode == 0, ended.stderr[-2000:]
    assert json.loads(ended.stdout) == wanted


@given(texts)
def test_comments_hold_any_words_and_nothing_else(text: str) -> None:
    assert all(line.startswith("// ") and line.isprintable() for line in comment(text, 8))
    inside = "\n".join(documentation(text, 0))
    assert inside.startswith("/**")
    assert inside.endswith(" */")
    assert inside.count("*/") == 1


def test_structs_are_literals_and_classes_are_made() -> None:
    statement = iam.PolicyStatement(sid="A", actions=["a:B"])
    subnets = ec2.SubnetSelection(subnet_type=ec2.SubnetType.PUBLIC)
    source = print_stack(stack(Do(sqs.Queue(THIS, "Q", policy=statement, vpc_subnets=subnets))), "en")
    assert "policy: new iam.PolicyStatement({ sid: 'A', actions: ['a:B'] })" in source
    assert "vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC }" in source


def test_used_values_are_named_and_unused_structs_are_left_out() -> None:
    unused = Let("subnets", ec2.SubnetSelection(subnet_type="PUBLIC"))
    statements = (Let("a", sqs.Queue(THIS, "A")), Let("b", sqs.Queue(THIS, "B", q=Ref("a").queue_arn)), unused)
    source = print_stack(stack(*statements), "en")
    assert "    const a = new sqs.Queue(this, 'A');\n    new sqs.Queue(this, 'B', { q: a.queueArn });\n" in source
    assert "subnetType" not in source


def test_files_of_the_project_are_named_from_its_root() -> None:
    queue = sqs.Queue(THIS, "A", path=ProjectPath("src/a"), text=ProjectText("a.js"), name=Words("x-", cdk.Aws.REGION))
    source = print_stack(stack(Do(queue)), "en")
    assert "const PROJECT = path.join(__dirname, '..');" in source
    assert "path: path.join(PROJECT, 'src/a')" in source
    assert "text: readFileSync(path.join(PROJECT, 'a.js'), 'utf8')" in source
    assert "name: `x-${cdk.Aws.REGION}`" in source


def test_a_name_that_is_not_there_yet_is_refused() -> None:
    with pytest.raises(ValueError, match="before it is made"):
        print_stack(stack(Do(sqs.Queue(THIS, "A", q=Ref("later"))), Let("later", sqs.Queue(THIS, "B"))), "en")
    with pytest.raises(ValueError, match="second time"):
        print_stack(stack(Let("a", sqs.Queue(THIS, "A")), Let("a", sqs.Queue(THIS, "B"))), "en")


@pytest.mark.parametrize("value", [None, True, False, 0, 1, 2.5, [], {}, [{}]])
def test_plain_values(value: Value) -> None:
    wanted = {None: "undefined"}.get(value, json.dumps(value)) if value is None else json.dumps(value)
    assert f"value: {wanted}" in printed(value)


def test_what_cannot_be_printed_is_an_error() -> None:
    with pytest.raises(TypeError):
        print_stack(stack(Do(sqs.Queue(THIS, "A", value=Expr()))), "en")
