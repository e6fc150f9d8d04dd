"""A text that is no YAML is refused in the words of each language."""

import re

import pytest

from advisor.requirements.model import RequirementsError
from advisor.requirements.reading import read_plain


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: [1, 2}", "「,」または「]」が必要な位置に「}」があります"),
        ("a: b: c", "この位置には「キー: 値」を書けません"),
        ("a:\n  b: 1\n c: 2", "前の行と字下げが合わない位置に「キー: 値」があります"),
        ("a: @x", "引用符で囲まない値は「@」で始められません"),
        ("a:\n\tb: 1", "字下げと値の前にタブは使えません"),
        ("a: 'x", "引用符が閉じられないまま、内容が終わっています"),
        ('a: "\\q"', "「\\q」は不明なエスケープ文字です"),
    ],
)
def test_a_problem_of_the_parser_is_said_in_japanese(text: str, words: str) -> None:
    with pytest.raises(RequirementsError) as refused:
        read_plain(text.encode())
    (problem,) = refused.value.problems
    assert words in problem.ja
    assert not re.search("[a-z]{4}", problem.ja)
    assert not re.search("[ぁ-ん]", problem.en)


def test_a_duplicate_id_is_the_only_problem_said() -> None:
    """The other checks find a part by its id, and would say of the second what holds of the first."""
    from advisor.requirements.reading import read_requirements

    part = "{id: x, trigger: request, human_approval: true, steps_before_approval: 1}"
    with pytest.raises(RequirementsError) as refused:
        read_requirements(f"components: [{part}, {{id: x, steps_before_approval: 1}}]".encode())
    assert [problem.en for problem in refused.value.problems] == ['x: duplicate id "x".']
