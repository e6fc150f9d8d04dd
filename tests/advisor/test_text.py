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


def test_brackets_say_nothing_twice_in_either_language() -> None:
    standard = Text("AWS Step Functions (Standard)", "AWS Step Functions（標準ワークフロー）")
    found = bracketed(standard, Text("workflow", "ワークフロー"))
    assert found == Text("AWS Step Functions (Standard, workflow)", "AWS Step Functions（標準ワークフロー）")
    assert bracketed(Text.same("Bus (event bus)"), Text.same("bus")).en == "Bus (event bus)"
    assert bracketed(standard, Text("orders", "注文")).ja == "AWS Step Functions（標準ワークフロー、注文）"
