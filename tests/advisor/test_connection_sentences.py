"""Sentences on connections name each node once."""

import pytest

from advisor.architecture import Node
from advisor.graph_builder.sentences import connection_sentence
from advisor.text import Text

SENTENCE = Text("{source} reads and writes the {target} queue", "{source}が{target}のキューを読み書きする")


def node(role: str, note: Text) -> Node:
    return Node(f"one.{role}", "lambda", "service", "one", role, Text.same("AWS Lambda"), note, icon="lambda")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (Text("Orders", "注文"), Text('"API" reads and writes the "Orders" queue', "「API」が「注文」のキューを読み書きする")),
        (Text("Work Queue", "作業キュー"), Text('"API" reads and writes the "Work Queue"', "「API」が「作業キュー」を読み書きする")),
        (Text("Queue", "キュー"), Text('"API" reads and writes the "Queue"', "「API」が「キュー」を読み書きする")),
        (Text("Requeue", "キュー A"), Text('"API" reads and writes the "Requeue" queue', "「API」が「キュー A」のキューを読み書きする")),
    ],
)  # fmt: skip
def test_a_name_that_ends_with_the_kind_of_its_node_does_not_repeat_it(name: Text, expected: Text) -> None:
    assert connection_sentence(SENTENCE, node("compute", Text.same("API")), node("queue", name)) == expected


def test_only_names_from_the_requirements_are_in_quotation_marks() -> None:
    api = Node(
        "one.entry",
        "alb",
        "service",
        "one",
        "entry",
        Text.same("Application Load Balancer"),
        Text.same("API"),
        icon="alb",
    )
    expected = Text(
        'The Application Load Balancer reads and writes the "Orders" queue',
        "Application Load Balancer が「注文」のキューを読み書きする",
    )
    assert connection_sentence(SENTENCE, api, node("queue", Text("Orders", "注文"))) == expected
