"""The text alternative of a picture names each connection once, and its parts by names that tell them apart."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from advisor.architecture import Architecture
from advisor.design import Design
from renderers.layout import describe
from renderers.sheets.division import units
from renderers.sheets.overview import overviews
from tests.renderers.samples import CLOUD, edge, node, text


def test_a_sentence_that_names_both_ends_stands_alone(designs: Mapping[str, Design]) -> None:
    said = describe(designs["scheduled-batch"].architecture, "ja")
    assert "。3. 「集計」が「売上」のテーブルを読み取る。" in said
    assert "から Amazon DynamoDB（売上）へ" not in said


def test_a_sentence_that_does_not_name_both_ends_follows_them(designs: Mapping[str, Design]) -> None:
    said = describe(designs["scheduled-batch"].architecture, "ja")
    assert (
        "AWS Fargate（集計）から Amazon CloudWatch へ（メトリクスとログ）: メトリクスとログを Amazon CloudWatch に送る"
        in said
    )


def test_dead_letter_queues_have_the_names_of_what_they_belong_to(designs: Mapping[str, Design]) -> None:
    said = describe(designs["async-coupling"].architecture, "ja")
    parts = said.partition("。")[0]
    assert parts.count("デッドレターキュー（") == parts.count("デッドレターキュー")


def test_japanese_has_one_form_of_colons_and_no_gaps_before_particles(designs: Mapping[str, Design]) -> None:
    for design in designs.values():
        said = describe(design.architecture, "ja")
        assert "：" not in said
        assert "） から" not in said
        assert "） の" not in said


@pytest.mark.parametrize(
    ("verbs", "words"),
    [
        (("read",), "AWS Lambda（集計）が Amazon RDS（台帳）のデータを読み取る"),
        (("write",), "AWS Lambda（集計）が Amazon RDS（台帳）にデータを書き込む"),
        (("read", "write"), "AWS Lambda（集計）が Amazon RDS（台帳）のデータを読み書きする"),
        (("write", "write"), "AWS Lambda（集計）が Amazon RDS（台帳）にデータを書き込む"),
    ],
)
def test_an_overview_says_what_is_only_read_or_only_written(verbs: tuple[str, ...], words: str) -> None:
    program = node("sums.compute", "lambda", text("AWS Lambda"), text("Sums", "集計"), group="cloud")
    other = node("news.compute", "lambda", text("AWS Lambda"), text("News", "通知"), group="cloud")
    store = replace(
        node("ledger.store", "rds", text("Amazon RDS"), text("Ledger", "台帳"), group="cloud"), role="store"
    )
    edges = tuple(
        replace(edge(program.id, verb, store.id, text(verb), "data", n), id=f"e{n}") for n, verb in enumerate(verbs)
    )
    architecture = Architecture(
        (program, other, store), (*edges, edge(other.id, "read", store.id, text("read"), "data")), (CLOUD,)
    )
    shown = next(overviews(architecture, [[unit] for unit in units(architecture)], "ja"))
    assert words in describe(shown, "ja").replace("、シート 1", "")
