"""The command line: what it prints, its exit codes, and that an output is whole or absent."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner, Result

import advisor_document
import blueprints
import renderers
import rules
from advisor.text import Text
from advisor_cli.main import cli
from tests.advisor.strategies import CONFLICT


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(cli, list(arguments), input=stdin)


def refused(result: Result, code: int = 2) -> str:
    """The one sentence or more on standard error, with nothing that looks like a fault."""
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    assert "Internal error" not in result.output
    assert result.stderr.endswith("\n")
    return result.stderr


@pytest.fixture
def batch(tmp_path: Path) -> str:
    file = tmp_path / "batch.yaml"
    file.write_bytes(rules.story_bytes("scheduled-batch"))
    return str(file)


@pytest.mark.parametrize("name", rules.STORIES)
def test_decide_prints_every_story_as_the_promised_json(name: str) -> None:
    result = run("decide", "-", stdin=rules.story_bytes(name))
    assert result.exit_code == 0
    held = json.loads(result.stdout)
    assert held["schema"] == 2
    assert held["services"] == sorted(set(held["services"]))
    assert set(held) >= {"as_of", "book", "subjects", "assumptions", "warnings", "conflicts"}
    for subject in held["subjects"]:
        assert subject["kind"] in ("component", "channel", "store")
        for choice in subject["choices"]:
            told = {"role", "service", "pinned", "because", "rejected", "violates", "tied", "pareto"}
            assert set(choice) == told
            assert all(isinstance(sentence, str) for sentence in choice["because"])
            assert all(set(rejected) == {"service", "because"} for rejected in choice["rejected"])


def test_the_proof_is_printed_when_it_is_asked_for_and_only_as_json(batch: str) -> None:
    small, whole = json.loads(run("decide", batch).stdout), json.loads(run("decide", batch, "--proof").stdout)
    assert all(choice["proof"] for subject in whole["subjects"] for choice in subject["choices"])
    assert {"budgets", "carried_by"} <= set(whole) - set(small)
    assert "--proof: the text format does not contain the evaluation" in refused(
        run("decide", batch, "--proof", "--format", "text")
    )
    assert "--proof: 全候補の判定の根拠は、テキスト形式では" in refused(
        run("decide", batch, "--proof", "--format", "text", "--lang", "ja")
    )


def test_services_hold_those_that_only_the_graph_knows() -> None:
    given = "components: [{id: api}]\nchannels:\n  - {id: news, carries: event, fan_out: 3, routing: true, pins: {messaging: sns}}\n"
    assert {"sns", "sqs"} <= set(json.loads(run("decide", "-", stdin=given).stdout)["services"])


def test_decide_speaks_both_languages_as_json_and_text(batch: str) -> None:
    assert "15 min" in run("decide", batch).stdout
    assert "15 分" in run("decide", batch, "--lang", "ja").stdout
    text = run("decide", batch, "--format", "text", "--lang", "ja").stdout
    assert "コンピューティング: Amazon ECS" in text
    assert run("decide", batch, "--format", "text").stdout.startswith("As of ")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["decide"], "FILE"),
        (["decide", "nowhere.yaml"], '"nowhere.yaml" cannot be read: the file or folder does not exist'),
        (["decide", "."], "this is a folder"),
        (["decide", "-", "--lang", "de"], '--lang: "de" must be one of: en, ja.'),
        (["decide", "-", "--format", "xml"], '--format: "xml" must be one of: json, text.'),
        (["decide", "-", "--as-of", "yesterday"], '"yesterday" is not a valid date; use YYYY-MM-DD'),
        (["decide", "-", "--as-of", "2026-13-01"], "is not a valid date"),
        (["decide", "-", "--book", "nowhere"], '--book: "nowhere" cannot be read: the file or folder does not exist'),
        (["stories", "cinderella"], '"cinderella" must be one of: web-application'),
        (
            ["blueprint", "-", "--target", "terraform", "-o", "x.zip"],
            '"terraform" must be one of: sam, cdk-python, cdk-typescript',
        ),
        (["completion", "powershell"], '"powershell" must be one of'),
        (["serve", "--port", "99999"], "99999"),
        (["serve", "--workers", "0"], '--workers: "0" must be a whole number from 1 to 64.'),
        (["serve", "--workers", "many"], '"many" must be a whole number'),
        (["nonsense"], "nonsense"),
    ],
)
def test_bad_input_is_one_sentence_that_says_what_is_allowed(arguments: list[str], says: str) -> None:
    assert says in refused(run(*arguments, stdin="components: [{id: a}]"))


def test_every_problem_of_a_file_is_named() -> None:
    given = "components:\n  - {id: a, gpu: 3, trigger: never}\n"
    said = refused(run("decide", "-", stdin=given)).splitlines()
    assert len(said) == 2
    assert "components.a.gpu" in "".join(said)
    japanese = refused(run("decide", "-", "--lang", "ja", stdin=given))
    assert "使える値" in japanese


@pytest.mark.parametrize(
    "arguments",
    [
        ["draw", "-", "-o", "{folder}/x.svg"],
        ["adr", "-", "-o", "{folder}/x.md"],
        ["document", "-", "-o", "{folder}/x.md"],
        ["blueprint", "-", "--target", "sam", "-o", "{folder}/x.zip"],
        ["iam", "-"],
        ["iam", "-", "--format", "json"],
        ["preflight", "-"],
    ],
)
def test_what_fits_nowhere_is_exit_3_with_the_conflict_in_sentences_and_no_file(
    arguments: list[str], tmp_path: Path
) -> None:
    filled = [argument.format(folder=tmp_path) for argument in arguments]
    said = run(*filled, stdin=json.dumps(CONFLICT))
    conflict, *ways, price = refused(said, 3).splitlines()
    assert said.stdout == ""
    assert conflict == (
        'job: no service fits the role "Entry". These answers conflict: "Largest response" (50 MiB) and "Response caching" (yes).'
    )
    assert ways[:2] == ["  Alternative: Largest response: 10 MiB", "  Alternative: Response caching: no"]
    assert ways[2].startswith("  Alternative: Direct download from S3")
    assert price.startswith("    Trade-off: ")
    assert list(tmp_path.iterdir()) == []
    japanese = refused(run(*filled, "--lang", "ja", stdin=json.dumps(CONFLICT)), 3)
    assert "次の要件は両立しません: 「最大レスポンスサイズ: 50 MiB」「応答キャッシュ: 必要」。" in japanese


def test_each_set_of_answers_that_exclude_each_other_is_a_line() -> None:
    channel = {"id": "x", "delay_s": "5 d", "message_bytes": "5 MiB"}
    twice = {"components": [{"id": "part"}], "channels": [channel]}
    lines = refused(run("iam", "-", stdin=json.dumps(twice)), 3).splitlines()
    assert lines[1:3] == ["  Cannot be met: Intentional delay: 5 days", "  Cannot be met: Largest message: 5 MiB"]


def test_decide_prints_a_conflict_in_either_format_with_exit_3() -> None:
    decided = run("decide", "-", stdin=json.dumps(CONFLICT))
    assert decided.exit_code == 3
    assert json.loads(decided.stdout)["conflicts"]
    text = run("decide", "-", "--format", "text", stdin=json.dumps(CONFLICT))
    assert text.exit_code == 3
    assert 'Conflicting requirements\n  - job: no service fits the role "Entry".' in text.stdout
    assert "\n    Alternative: Response caching: no\n" in text.stdout


def test_what_a_target_cannot_express_is_exit_4_and_names_where(
    batch: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gap = blueprints.Unsupported("aggregate.compute", Text("It cannot.", "できません。"))

    def fail(*_: object, **__: object) -> dict[str, bytes]:
        raise gap

    monkeypatch.setattr(blueprints, "build", fail)
    monkeypatch.setattr(blueprints, "check", lambda *_: (gap,))
    result = run("blueprint", batch, "--target", "sam", "-o", str(tmp_path / "x.zip"))
    assert "aggregate.compute: It cannot." in refused(result, 4)
    assert json.loads(result.stdout)["unsupported"] == [{"where": "aggregate.compute", "reason": "It cannot."}]
    assert not (tmp_path / "x.zip").exists()


def test_a_missing_tool_is_exit_5(batch: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> bytes:
        raise renderers.ToolMissing(Text.same("Install graphviz to draw in the classic style."))

    monkeypatch.setattr(renderers, "draw", fail)
    assert "Install graphviz" in refused(run("draw", batch, "-o", str(tmp_path / "x.svg"), "--style", "classic"), 5)


@pytest.mark.parametrize("command", [("draw", "-o", "x.svg"), ("blueprint", "--target", "sam", "-o", "x.zip")])
def test_a_layout_that_does_not_come_is_an_error_in_both_languages(
    command: tuple[str, ...], batch: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> bytes:
        raise renderers.LayoutFailed(Text("No layout came.", "レイアウトが得られませんでした。"))

    for name in ("draw", "draw_readable", "draw_titled"):
        monkeypatch.setattr(renderers, name, fail)
    name, *options, out = command
    asked = (name, batch, *options, str(tmp_path / out))
    assert "No layout came." in refused(run(*asked), 1)
    assert "レイアウトが得られませんでした。" in refused(run(*asked, "--lang", "ja"), 1)
    assert not (tmp_path / out).exists()


def test_a_fault_of_the_program_is_a_sentence_too(batch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("boom\nmore")

    monkeypatch.setattr(rules, "load_book", fail)
    result = run("decide", batch)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "Report this message: RuntimeError, test_cli.py" in result.stderr


@pytest.mark.parametrize("suffix", [".svg", ".png", ".pdf", ".drawio", ".drawio.svg", ".pptx", ".html", ".mmd", ".py"])
def test_draw_writes_what_the_suffix_says(suffix: str, batch: str, tmp_path: Path) -> None:
    out = tmp_path / f"picture{suffix}"
    result = run("draw", batch, "-o", str(out), "--lang", "ja", "--theme", "dark")
    assert result.exit_code == 0, result.output
    starts = {
        ".svg": b"<svg",
        ".png": b"\x89PNG",
        ".pdf": b"%PDF",
        ".drawio": b"<mxfile",
        ".drawio.svg": b"<svg content=",
        ".pptx": b"PK",
        ".html": b"<!doctype html>",
        ".mmd": b"flowchart",
        ".py": b'"""',
    }
    assert starts[suffix] in out.read_bytes()[:200]


def test_draw_for_a_page_writes_each_sheet(tmp_path: Path) -> None:
    story = run("stories", "web-application").stdout
    (tmp_path / "web.yaml").write_text(story, encoding="utf-8")
    result = run("draw", str(tmp_path / "web.yaml"), "-o", str(tmp_path / "web.svg"), "--size", "16:9")
    assert result.exit_code == 0, result.output
    written = sorted(path.name for path in tmp_path.glob("*.svg"))
    assert written == [*(f"web-{number}.svg" for number in range(1, len(written))), "web.svg"]
    assert len(written) > 2
    assert b'href="web-1.svg"' in (tmp_path / "web.svg").read_bytes()


def test_a_view_is_drawn_and_all_of_them_at_once(batch: str, tmp_path: Path) -> None:
    assert run("draw", batch, "-o", str(tmp_path / "whole.svg")).exit_code == 0
    assert run("draw", batch, "-o", str(tmp_path / "one.svg"), "--view", "security", "--lang", "ja").exit_code == 0
    assert "AggregateTaskRole" in (tmp_path / "one.svg").read_text("utf-8")
    assert run("draw", batch, "-o", str(tmp_path / "one.pdf"), "--view", "network", "--size", "a4").exit_code == 0
    assert run("draw", batch, "-o", str(tmp_path / "all.svg"), "--view", "all").exit_code == 0
    assert (tmp_path / "all.svg").read_bytes() == (tmp_path / "whole.svg").read_bytes()
    assert len(list(tmp_path.glob("all-*.svg"))) == 6


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_an_unknown_view_names_those_that_there_are(batch: str, tmp_path: Path, lang: str) -> None:
    said = refused(run("draw", batch, "-o", str(tmp_path / "x.svg"), "--view", "costs", "--lang", lang))
    assert "--view" in said
    for name in ("overview", "detail", "network", "security", "failure", "decision", "all"):
        assert name in said
    assert not (tmp_path / "x.svg").exists()
    said = refused(run("draw", batch, "-o", str(tmp_path / "x.svg"), "--view", "all", "--size", "a4", "--lang", lang))
    assert "--view all" in said


def test_a_large_design_is_drawn_on_sheets_unless_one_diagram_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renderers.sheets, "is_large", lambda _: True)
    story = tmp_path / "process.yaml"
    story.write_bytes(rules.story_bytes("business-process-integration"))
    assert run("draw", str(story), "-o", str(tmp_path / "sheets.mmd")).exit_code == 0
    assert run("draw", str(story), "-o", str(tmp_path / "one.mmd"), "--size", "single").exit_code == 0
    assert list(tmp_path.glob("sheets-*.mmd"))
    assert [path.name for path in tmp_path.glob("one*")] == ["one.mmd"]


@pytest.mark.parametrize("name", ["picture.bmp", "picture"])
def test_draw_refuses_a_suffix_that_it_cannot_write(name: str, batch: str, tmp_path: Path) -> None:
    said = refused(run("draw", batch, "-o", str(tmp_path / name)))
    assert ".svg" in said
    assert not (tmp_path / name).exists()


def test_a_hyphen_is_standard_output(batch: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("adr", batch, "-o", "record.md").exit_code == 0
    printed = run("adr", batch, "-o", "-")
    assert printed.stdout_bytes == Path("record.md").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["batch.yaml", "record.md"]


def test_adr_writes_a_record(batch: str, tmp_path: Path) -> None:
    out = tmp_path / "0001.md"
    assert run("adr", batch, "-o", str(out)).exit_code == 0
    pages = out.read_text("utf-8")
    assert pages.startswith("---\nstatus: proposed\n")
    assert run("adr", batch, "-o", str(out), "--full", "--picture", "batch.svg").exit_code == 0
    full = out.read_text("utf-8")
    assert "(batch.svg)" in full
    assert len(full.splitlines()) > 2 * len(pages.splitlines())


@pytest.mark.parametrize("suffix", [".md", ".html", ".pdf", ".docx"])
def test_document_writes_each_format(suffix: str, batch: str, tmp_path: Path) -> None:
    out = tmp_path / f"design{suffix}"
    result = run("document", batch, "-o", str(out), "--lang", "ja", "--without", "architecture", "--without", "options")
    assert result.exit_code == 0, result.output
    assert out.stat().st_size > 10_000


def test_document_says_which_formats_and_sections_there_are(batch: str, tmp_path: Path) -> None:
    out = tmp_path / "design.odt"
    assert ".md, .html, .pdf, .docx" in refused(run("document", batch, "-o", str(out)))
    said = refused(run("document", batch, "-o", str(tmp_path / "x.md"), "--without", "prices", "--lang", "ja"))
    assert "--without: 「prices」という章はありません" in said
    assert "open-points" in said
    assert not [*tmp_path.glob("design*"), *tmp_path.glob("x.md")]


def test_every_section_of_the_document_is_in_the_help() -> None:
    said = run("document", "--help").output
    assert all(id in said for id in advisor_document.SECTIONS)


@pytest.mark.parametrize("target", [target.id for target in blueprints.TARGETS])
def test_blueprint_writes_a_zip(target: str, batch: str, tmp_path: Path) -> None:
    import zipfile

    out = tmp_path / "project.zip"
    result = run("blueprint", batch, "--target", target, "-o", str(out), "--lang", "ja")
    assert result.exit_code == 0, result.output
    names = zipfile.ZipFile(out).namelist()
    assert {"ARCHITECTURE.svg", "DECISION.md", "requirements.yaml"} <= set(names)


@pytest.mark.parametrize(("functions", "code", "said"), [(19, 0, "81% of the 500"), (24, 4, "510 resources")])
def test_a_stack_close_to_or_above_the_quota_is_said(functions: int, code: int, said: str, tmp_path: Path) -> None:
    out = tmp_path / "project.zip"
    components = "".join(f"  - {{id: service-{number}, trigger: request}}\n" for number in range(functions))
    result = run("blueprint", "-", "--target", "sam", "-o", str(out), stdin=f"components:\n{components}".encode())
    assert (result.exit_code, out.exists()) == (code, code == 0), result.output
    assert said in result.stderr


def test_help_names_every_target() -> None:
    assert all(target.id in run("blueprint", "--help").stdout for target in blueprints.TARGETS)


@pytest.mark.parametrize("command", sorted(cli.commands))
def test_every_command_explains_itself_with_an_example(command: str) -> None:
    said = run(command, "--help").stdout
    assert "Example" in said
    assert f"advisor {command}" in said


def test_an_output_that_cannot_be_written_leaves_nothing(batch: str, tmp_path: Path) -> None:
    said = refused(run("adr", batch, "-o", str(tmp_path / "nowhere" / "x.md")))
    assert 'cannot be written: the folder "' in said
    assert 'nowhere" does not exist.' in said
    assert [path.name for path in tmp_path.iterdir()] == ["batch.yaml"]


def test_an_output_is_replaced_as_a_whole_and_keeps_its_mode(
    batch: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "x.md"
    out.write_text("before")
    out.chmod(0o640)
    assert run("adr", batch, "-o", str(out)).exit_code == 0
    assert out.stat().st_mode & 0o777 == 0o640
    whole = out.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    assert "No space left" in refused(run("adr", batch, "-o", str(out), "--lang", "ja"))
    assert out.read_bytes() == whole
    assert sorted(path.name for path in tmp_path.iterdir()) == ["batch.yaml", "x.md"]


def test_schema_is_a_json_schema() -> None:
    held = json.loads(run("schema").stdout)
    assert held["$schema"].startswith("https://json-schema.org/")
    assert "components" in held["properties"]


def test_the_schema_lists_the_pins_of_every_role() -> None:
    defined = json.loads(run("schema").stdout)["$defs"]
    book = rules.load_book()
    for kind in ("component", "channel", "store"):
        pins = defined[kind.capitalize()]["properties"]["pins"]
        assert pins["additionalProperties"] is False
        allowed = {role: pin["enum"] for role, pin in pins["properties"].items()}
        assert allowed == {role.id: list(role.candidates) for role in book.roles_of(kind)}
    assert (
        "alb: Application Load Balancer"
        in defined["Component"]["properties"]["pins"]["properties"]["entry"]["description"]
    )
    assert "--book: " in refused(run("schema", "--book", "nowhere"))


def test_upgrade_writes_the_current_form(tmp_path: Path) -> None:
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text("schema: 1\n# by hand\ncomponents:\n  - {id: api, longest_run_s: 3}\n")
    done = run("upgrade", str(old), "-o", str(new))
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "Added api.trigger: request, which was the default in schema version 1.\n"
    (api,) = yaml.safe_load(new.read_text())["components"]
    assert new.read_text().startswith("schema: 2\ncomponents:\n- id: api\n  longest_run_s: 3 s\n")
    assert (api.keys(), api["trigger"] in ("request", ["request"])) == ({"id", "longest_run_s", "trigger"}, True)
    assert run("upgrade", str(old)).stdout_bytes == new.read_bytes()
    assert json.loads(run("decide", str(old)).stdout) == json.loads(run("decide", str(new)).stdout)


def test_upgrade_leaves_a_file_of_the_current_form_as_it_is(tmp_path: Path) -> None:
    for content in ("schema: 2\n# by hand\ncomponents: [{id: api}]\n", "components: [{id: api}]\n"):
        file = tmp_path / "new.yaml"
        file.write_text(content)
        done = run("upgrade", str(file))
        assert (done.exit_code, done.stdout, done.stderr) == (0, content, "")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (
            "schema: 3\n",
            'schema: "3" must be one of: 1, 2. A file with a higher number requires a newer version of this tool.',
        ),
        ("[1, 2]", "The file must contain keys such as `components`."),
        ("schema: 1\n", "components: must contain at least one component"),
        ("schema: 1\ncomponents: [{id: api, colour: red}]\n", "components.api.colour: unknown key"),
    ],
)
def test_upgrade_refuses_nonsense_in_one_sentence(content: str, says: str, tmp_path: Path) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text(content)
    said = refused(run("upgrade", str(file), "-o", str(tmp_path / "out.yaml")))
    assert said.startswith(says)
    assert not (tmp_path / "out.yaml").exists()
    assert "nowhere.yaml" in refused(run("upgrade", "nowhere.yaml"))


def test_stories_lists_prints_and_covers() -> None:
    assert [line.split()[0] for line in run("stories").stdout.splitlines()] == list(rules.STORIES)
    assert run("stories", "graphql-api").stdout_bytes == rules.story_bytes("graphql-api")
    covered = run("stories", "--covers", "--lang", "ja")
    assert covered.exit_code == 0, covered.stderr
    assert "s1-web-application" in covered.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_what_the_shell_reads(shell: str) -> None:
    said = run("completion", shell).stdout
    assert "_ADVISOR_COMPLETE" in said


def test_another_rule_book_can_be_used(batch: str, tmp_path: Path) -> None:
    import shutil

    folder = tmp_path / "book"
    shutil.copytree(Path(rules.__file__).parent, folder)
    (folder / rules.COMPILED).unlink(missing_ok=True)
    mine = json.loads(run("decide", batch, "--book", str(folder)).stdout)
    assert mine == json.loads(run("decide", batch).stdout)
    (folder / "roles.yaml").write_text("roles: [")
    assert "--book: roles.yaml: Line 1" in refused(run("decide", batch, "--book", str(folder)))
    (folder / "roles.yaml").write_text("something: else\n")
    assert "roles.yaml: unknown key 'something'; allowed are roles" in refused(
        run("decide", batch, "--book", str(folder))
    )


def test_every_command_that_reads_the_book_takes_another_and_a_day() -> None:
    no_book = {"upgrade", "completion"}
    for name, command in cli.commands.items():
        options = {option for parameter in command.params for option in parameter.opts}
        if name not in no_book and not isinstance(command, click.Group):
            assert "--book" in options, name
            assert "--as-of" in options or name in ("show", "schema"), name


def test_the_page_can_decide_by_a_pack_as_of_a_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from advisor_ui import cached, serve

    (tmp_path / "approved.yaml").write_text("services: [sns]\nbecause: {en: a, ja: b}\n")
    monkeypatch.setattr(serve, "serve", lambda _port, dated, _workers: cached.use_book(dated))
    try:
        assert run("serve", "--book", str(tmp_path), "--as-of", "2026-01-01").exit_code == 0
        shown = cached.validated({"channels": [{"id": "work"}]}).design
        assert (shown.as_of, shown.decision.subject("work").service("messaging")) == ("2026-01-01", "sns")
    finally:
        cached.use_book(None)
    assert "--book: " in refused(run("serve", "--book", str(tmp_path / "nowhere")))


def test_a_taken_port_is_bad_input() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"--port: port {port} is already in use. Choose another" in refused(run("serve", "--port", str(port)))


def process(*arguments: str, **options: object) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "advisor", *arguments]
    return subprocess.run(command, capture_output=True, timeout=60, check=False, **options)  # type: ignore[call-overload,no-any-return]


def test_a_real_process_reads_standard_input_and_prints_utf_8_in_any_locale() -> None:
    bare = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONPATH": os.getcwd()}
    done = process("decide", "-", "--lang", "ja", input=rules.story_bytes("scheduled-batch"), env=bare)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "集計" in done.stdout.decode("utf-8")


def test_a_real_process_ends_with_its_exit_code_and_one_sentence() -> None:
    done = process("decide", "nowhere.yaml")
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.count(b"\n") == 1


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f'"{sys.executable}" -m advisor stories --covers 2>err | head -n 1; cat err; rm err'
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60, check=False)
    assert done.stdout.count(b"\n") == 1
    assert b"Error" not in done.stdout + done.stderr


def test_two_files_are_drawn_side_by_side(batch: str, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_bytes(rules.story_bytes("event-driven-job"))
    out = tmp_path / "both.svg"
    result = run("draw", batch, "--beside", str(other), "-o", str(out), "--lang", "ja", "--view", "overview")
    assert result.exit_code == 0, result.output
    assert "both-1.svg" in out.read_text("utf-8")
    assert "変更前：定期実行のバッチ処理" in (tmp_path / "both-1.svg").read_text("utf-8")
    for options in (("--size", "a4"), ("--view", "all"), ("--style", "classic"), ("--layout", batch)):
        assert "--beside" in refused(run("draw", batch, "--beside", str(other), "-o", str(out), *options), 2)
    assert ".pptx, .html." in refused(run("draw", batch, "--beside", str(other), "-o", str(tmp_path / "x.mmd")), 2)
    assert "standard input" in refused(run("draw", "-", "--beside", "-", "-o", str(out)), 2)


def test_a_drawing_loads_no_generator() -> None:
    code = "import sys, renderers; print(*sorted(sys.modules))"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = made.stdout.split()
    heavy = (
        "blueprints.certificate",
        "blueprints.generation",
        "blueprints.cdk.python",
        "blueprints.sam",
        "jinja2",
        "pypdf",
        "pptx",
    )
    assert not [name for name in loaded if name.startswith(heavy)]
