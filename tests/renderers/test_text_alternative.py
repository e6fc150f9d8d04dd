"""The text alternative of a picture names each connection once, and its parts by names that tell them apart."""

from collections.abc import Mapping

from advisor.design import Design
from renderers.layout import describe


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
