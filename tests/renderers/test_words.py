"""Texts are cleaned, measured and wrapped as a reader expects."""

from dataclasses import replace

import pytest

from advisor.text import EMPTY
from renderers.katakana import divided
from renderers.words import balance, clean, shown_note, width, wrap
from tests.renderers import samples
from tests.renderers.samples import node


def test_control_and_direction_characters_go_and_spaces_join() -> None:
    assert clean("a\x00b\n\tc \u202ed\ud800 \ufffe") == "a b c d"
    assert clean("日本語 👩‍👩‍👧") == "日本語 👩‍👩‍👧"


def test_japanese_is_as_wide_as_it_is_high() -> None:
    assert width("東京都", 10) == pytest.approx(30)
    assert width("iii", 10) < width("WWW", 10) < 30
    assert width("abc", 10, bold=True) > width("abc", 10)


@pytest.mark.parametrize(
    "text", ["many words in one line", "とても長い日本語の文章をここに書きます。", "W" * 80, "a/" * 60, "x"]
)
def test_no_line_is_wider_than_the_limit(text: str) -> None:
    for most in (1, 2, 9):
        for line in (*wrap(text, 90, 12, most=most), *balance(text, 90, 12, most=most)):
            assert width(line, 12) <= 90


def test_lines_break_where_phrases_end() -> None:
    lines = balance("ブラウザーがサインインしてトークンを受け取る", 250, 12.5)
    assert lines == ("ブラウザーがサインインして", "トークンを受け取る")
    for line in wrap("これは、「括弧」と、句読点の、ための、文章です。", 60, 12, most=20):
        assert line[0] not in "、。」"
        assert line[-1] != "「"


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    assert wrap("one two three four five six seven", 60, 12, most=2)[-1].endswith("…")
    assert wrap("", 60, 12) == ()


@pytest.mark.parametrize(
    "text", ["Amazon API Gateway (HTTP API) invokes it", "Amazon API Gateway（HTTP API）が呼び出す"]
)
@pytest.mark.parametrize("limit", [120.0, 150.0, 200.0, 265.0])
def test_short_brackets_and_names_of_services_stay_on_one_line(text: str, limit: float) -> None:
    lines = balance(text, limit, 12.5, False, 4)
    assert any("HTTP API" in line for line in lines)
    assert not any(line.endswith("Amazon") for line in lines)


def test_a_long_compound_of_katakana_is_divided_between_its_words() -> None:
    assert wrap("パートナーソリューション", 150, 13) == ("パートナー", "ソリューション")
    assert wrap("アプリケーションサービス", 130, 13) == ("アプリケーション", "サービス")
    assert wrap("ヴァヴィヴゥヴェヴォヴァヴィヴゥ", 150, 13) == ("ヴァヴィヴゥヴェ", "ヴォヴァヴィヴゥ")
    assert wrap("オリジンアクセスコントロール", 118, 12) == ("オリジンアクセス", "コントロール")
    assert wrap("プライベートサブネット（2 AZ）", 112, 12.5) == ("プライベート", "サブネット", "（2 AZ）")
    assert wrap("バスケットボールニュース", 112, 12.5) == ("バスケットボール", "ニュース")
    assert wrap("AWS Step Functions（標準ワークフロー）", 112, 12.5) == (
        "AWS Step",
        "Functions（標準",
        "ワークフロー）",
    )


def test_the_known_words_cover_most_of_a_compound() -> None:
    assert divided("リレーショナルデータベースエンジン").between == {7, 13}
    assert divided("スキーマ").between == set()
    assert divided("データバスケットボール").unknown == set(range(4, 11))


def test_what_is_shortened_keeps_its_spaces() -> None:
    assert wrap("CloudWatch Logs, DynamoDB, ECR, OpenSearch Serverless, S3", 132, 12)[-1].startswith(
        "OpenSearch Server"
    )


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        ("決定通知書作成（シート 4）", 132, ("決定通知書作成", "（シート 4）")),
        (
            "2. ランキング更新、マッチメイキング ほか 1 件",
            132,
            ("2. ランキング更新、", "マッチメイキング", "ほか 1 件"),
        ),
        ("Decision letters, sheet 3", 132, ("Decision letters,", "sheet 3")),
        ("「分析」が「スコア履歴」に書き込む", 110, ("「分析」が", "「スコア履歴」に", "書き込む")),
        ('It reads the "Calendar sync" queue', 130, ("It reads the", '"Calendar sync"', "queue")),
    ],
)
def test_names_and_references_stay_whole_and_a_reference_has_its_own_line(
    text: str, limit: float, lines: tuple[str, ...]
) -> None:
    assert balance(text, limit, 13) == lines


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        ("失敗したときは最大 185 回再試行します", 150, ("失敗したときは", "最大 185 回再試行します")),
        ("失敗したときは最大 185 回再試行します", 80, ("失敗したとき", "は最大 185 回", "再試行します")),
        ("最大 185 回再試行", 60, ("最大", "185 回", "再試行")),
        ("1 時間以内に再接続する", 60, ("1 時間", "以内に", "再接続する")),
        ("呼び出しは 15 分まで、29 秒以内に応答", 100, ("呼び出しは", "15 分まで、", "29 秒以内に応答")),
        ("最大 10,000 件/秒を 2 秒で", 120, ("最大 10,000 件/秒を", "2 秒で")),
        ("合計 256 KiB まで", 60, ("合計", "256 KiB", "まで")),
        ("at most 1,024 MiB of memory", 120, ("at most 1,024 MiB", "of memory")),
        ("Amazon Route 53 レコード", 80, ("Amazon", "Route 53", "レコード")),
        ("Python 3.13 ランタイム", 100, ("Python 3.13", "ランタイム")),
    ],
)
def test_a_number_stays_with_what_it_counts(text: str, limit: float, lines: tuple[str, ...]) -> None:
    assert balance(text, limit, 12, False, 9) == lines


def test_a_number_leaves_what_it_counts_rather_than_cost_text() -> None:
    text = "失敗したときは最大 185 回再試行します"
    assert len(wrap(text, 120, 12, most=9)) == 3
    assert wrap(text, 120, 12, most=2) == ("失敗したときは最大", "185 回再試行します")


def test_a_note_that_repeats_the_title_is_not_shown() -> None:
    balancer = node("a.entry", "alb", samples.text("Application Load Balancer"), samples.text("load balancer"))
    assert shown_note(balancer) == EMPTY
    assert shown_note(replace(balancer, note=samples.text("internal"))).en == "internal"
