"""Names with additions in brackets."""

import pytest

from advisor.text import Text, bracketed


@pytest.mark.parametrize(
    ("name", "addition", "said"),
    [
        ("AWS Lambda", "Orders", "AWS Lambda (Orders)"),
        ("Users", "internet (assumed)", "Users (internet, assumed)"),
        ("Amazon API Gateway (HTTP API)", "endpoint", "Amazon API Gateway (HTTP API, endpoint)"),
        ("AWS Lambda", "", "AWS Lambda"),
    ],
)
def test_a_name_has_one_pair_of_brackets(name: str, addition: str, said: str) -> None:
    def japanese(words: str) -> str:
        return words.replace(" (", "（").replace(")", "）").replace(", ", "、")

    found = bracketed(Text(name, japanese(name)), Text(addition, japanese(addition)))
    assert found == Text(said, japanese(said))
