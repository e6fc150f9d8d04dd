"""Help pages and usage errors: both languages, with what is allowed and an example."""

import re
import unicodedata

import click
import pytest
from click.testing import CliRunner, Result

import rules
from advisor_cli.help import help_language, japanese_help, japanese_option, japanese_texts, wrapped
from advisor_cli.main import cli

_JAPANESE = re.compile("[\u3041-\u30ff\u4e00-\u9fff]")


def run(*arguments: str, **locale: str) -> Result:
    environment = {"LC_ALL": None, "LC_MESSAGES": None, "LANG": None, **locale}
    return CliRunner(env=environment).invoke(cli, list(arguments))


def paths(group: click.Group = cli, parents: str = "") -> list[tuple[str, click.Command]]:
    found: list[tuple[str, click.Command]] = []
    for name, command in group.commands.items():
        path = f"{parents} {name}".strip()
        found += [(path, command), *(paths(command, path) if isinstance(command, click.Group) else [])]
    return found


@pytest.mark.parametrize(("path", "command"), [("", cli), *paths()])
def test_every_command_and_option_is_explained_in_japanese(path: str, command: click.Command) -> None:
    assert _JAPANESE.search(japanese_texts(path)["help"])
    page = run(*path.split(), "--help", LANG="ja_JP.UTF-8").stdout
    assert page.startswith("使い方: cli " + path)
    assert "例:\n    " in page
    names = {max(param.opts, key=len) for param in command.params if isinstance(param, click.Option)}
    assert all(name in page and _JAPANESE.search(japanese_option(path, name)) for name in names)
    assert set(japanese_texts(path).get("options", {})) <= names
    assert "Show " not in page
    assert "required" not in page


def test_the_japanese_table_has_no_command_that_does_not_exist() -> None:
    assert set(japanese_help()["commands"]) == {"advisor", *(path for path, _ in paths())}


@pytest.mark.parametrize(
    ("arguments", "locale", "language"),
    [
        (("decide", "-h"), {}, "en"),
        (("decide", "-h"), {"LANG": "ja_JP.UTF-8"}, "ja"),
        (("decide", "-h"), {"LANG": "ja_JP.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        (("decide", "-h"), {"LANG": "C", "LC_MESSAGES": "ja_JP.UTF-8"}, "ja"),
        (("decide", "-h"), {"LANG": "ja_JP.UTF-8", "LC_ALL": ""}, "ja"),
        (("decide", "-h", "--lang", "en"), {"LANG": "ja_JP.UTF-8"}, "en"),
        (("decide", "--lang=ja", "-h"), {}, "ja"),
        (("--lang", "ja", "decide", "-h"), {}, "ja"),
        (("decide", "-h", "--lang", "de"), {"LANG": "ja_JP.UTF-8"}, "ja"),
        (("decide", "-h", "--lang"), {}, "en"),
    ],
)
def test_help_follows_the_option_then_the_locale(
    arguments: tuple[str, ...], locale: dict[str, str], language: str
) -> None:
    assert help_language(arguments, locale) == language


def test_output_is_english_whatever_the_locale_and_follows_the_option_before_the_command() -> None:
    assert "Web application with a nightly batch" in run("stories", LANG="ja_JP.UTF-8").stdout
    assert _JAPANESE.search(run("--lang", "ja", "stories").stdout)
    assert not _JAPANESE.search(run("--lang", "ja", "stories", "--lang", "en").stdout)


@pytest.mark.parametrize(
    ("arguments", "english", "japanese"),
    [
        (
            ["draw", "batch.yaml"],
            "Missing option -o/--output. Example: advisor draw batch.yaml -o batch.svg",
            "オプション -o/--output を指定してください。例: advisor draw batch.yaml -o batch.svg",
        ),
        (
            ["blueprint", "batch.yaml"],
            "Missing option --target. Example: advisor blueprint batch.yaml --target sam -o batch.zip",
            "オプション --target を指定してください。例: advisor blueprint batch.yaml --target sam -o batch.zip",
        ),
        (
            ["decide"],
            "Missing argument FILE. Example: advisor decide batch.yaml > batch.json",
            "引数 FILE を指定してください。例: advisor decide batch.yaml > batch.json",
        ),
        (
            ["blueprint", "batch.yaml", "--target", "sam"],
            "Missing option -o/--output or --lint. Examples: -o batch.zip, --lint, or both.",
            "オプション -o/--output か --lint、または両方を指定してください。例: -o batch.zip、--lint",
        ),
        (
            ["blueprint", "-", "--target", "pulumi", "-o", "x.zip"],
            '--target: "pulumi" must be one of: sam, cdk-python, cdk-typescript.',
            "--target: 「pulumi」は使えません。使える値: sam、cdk-python、cdk-typescript。",
        ),
        (
            ["decide", "-", "--fromat", "text"],
            'Unknown option "--fromat". Did you mean --format?',
            "オプション「--fromat」はありません。「--format」の誤りではありませんか。",
        ),
        (
            ["show", "x", "--zzz"],
            'Unknown option "--zzz". Allowed: --lang, --book, --help.',
            "オプション「--zzz」はありません。使える値: --lang、--book、--help。",
        ),
        (
            ["decode"],
            'Unknown command "decode". Did you mean decide?',
            "コマンド「decode」はありません。「decide」の誤り",
        ),
        (
            ["rules", "chek"],
            'Unknown command "chek". Did you mean check?',
            "コマンド「chek」はありません。「check」の誤り",
        ),
        (["decide", "-", "--as-of"], "Option --as-of requires a value.", "オプション --as-of には値が必要です。"),
        (
            ["decide", "-", "--proof=1"],
            "Option --proof does not take a value.",
            "オプション --proof に値は指定できません。",
        ),
        (
            ["serve", "--port", "99999"],
            '--port: "99999" must be a whole number from 1 to 65,535.',
            "--port: 「99999」は使えません。1～65,535 の範囲の整数で指定してください。",
        ),
        (
            ["decide", "-", "--as-of", "2026-02-30"],
            '--as-of: "2026-02-30" is not a valid date; use YYYY-MM-DD, such as 2026-11-25.',
            "--as-of: 「2026-02-30」は正しい日付ではありません。2026-11-25 のような YYYY-MM-DD の形式で指定してください。",
        ),
        (
            ["adr", "a.yaml", "b.yaml", "-o", "x.md"],
            "Unexpected argument: b.yaml. Example: advisor adr batch.yaml -o docs/adr/0007-batch.md --lang ja",
            "余分な引数があります: b.yaml。例: advisor adr",
        ),
        (
            ["stories", "fable"],
            'NAME: "fable" must be one of: web-application',
            "NAME: 「fable」は使えません。使える値:",
        ),
    ],
)
def test_a_usage_error_says_what_is_wrong_and_what_is_allowed(
    arguments: list[str], english: str, japanese: str
) -> None:
    for locale, expected in (("C", english), ("ja_JP.UTF-8", japanese)):
        result = run(*arguments, LANG=locale)
        assert result.exit_code == 2
        assert result.stderr.startswith(expected), result.stderr


@pytest.mark.parametrize(
    "text",
    [
        "キューの可視性タイムアウトは、Lambda 関数のタイムアウトの 6 倍以上にします。",
        "形式（.md など）は、「OUT」の拡張子（.md、.pdf）で決まります。",
    ],
)
def test_a_japanese_line_is_within_its_width_and_ends_with_no_opening_bracket(text: str) -> None:
    text = text * 4
    lines = wrapped(text, 30)
    assert all(line[-1] not in "（「" for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    for line in lines:
        assert line[0] not in "、。"
        assert sum(2 if unicodedata.east_asian_width(letter) in "FWA" else 1 for letter in line) <= 32


def test_a_wrong_service_is_answered_with_the_services_that_its_name_holds() -> None:
    story = rules.story_bytes("web-application")
    said = CliRunner().invoke(cli, ["why-not", "-", "ecs-fargate", "--lang", "ja"], input=story).output
    assert "「ecs」「fargate」「eks-fargate」の誤りではありませんか。" in said
