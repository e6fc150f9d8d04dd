"""Texts are put together of words and values: whatever the words are, only the values are references."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprints.sam.printer import substituted, to_yaml
from blueprints.values import (
    REGION,
    Att,
    FileText,
    Fn,
    Image,
    Joined,
    MachineImage,
    ManagedPolicy,
    Named,
    Ref,
    SecretValue,
    Value,
    account_root,
    arn,
    joined,
)
from blueprints.values.json_text import JsonText, Layout
from blueprints.values.spelling import spelled

LAYOUTS: tuple[Layout, ...] = ("spaced", "compact", "lines")
GIVEN = {"A": "value of a", "B.Arn": "value of b"}
_BITS = ("${A}", "${B.Arn}", "${!A}", "${", "$", "{", "}", "!", "A", '"', "\\", "\n", "ü")
_WORDS = st.lists(st.sampled_from(_BITS), max_size=4).map("".join)
_PARTS = st.one_of(_WORDS, st.sampled_from([Ref("A"), Att("B", "Arn"), Named("C", Fn("If", ["C"])), Fn("Eight", [])]))


def filled(text: str, given: Mapping[str, str]) -> str:
    """Return what CloudFormation makes of the text of a `Sub`."""
    return re.sub(r"\$\{(!|[A-Za-z0-9:.]+\})", lambda one: "${" if one[1] == "!" else given[one[1][:-1]], text)


def read(value: Value) -> str:
    """Return what CloudFormation makes of a text: as it stands, or as a `Sub`."""
    if not isinstance(value, Joined):
        return str(value)
    text, named = substituted(value)
    return filled(text, {**GIVEN, **{name: type(one).__name__ for name, one in named.items()}})


def _plain(part: Value) -> str:
    return part if isinstance(part, str) else read(joined(part))


@given(st.lists(_PARTS, max_size=6))
def test_words_stay_words_and_values_are_put_in(parts: list[Value]) -> None:
    assert read(joined(*parts)) == "".join(_plain(part) for part in parts)


@given(
    st.recursive(
        st.one_of(
            st.none(), st.booleans(), st.integers(), _WORDS, st.lists(_PARTS, max_size=3).map(lambda p: joined(*p))
        ),
        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_WORDS, inner, max_size=3)),
        max_leaves=8,
    ),
    st.sampled_from(LAYOUTS),
)
def test_a_json_text_reads_as_its_tree(tree: Any, layout: Layout) -> None:
    assert json.loads(read(JsonText(tree, layout).text)) == _values(tree)


def _values(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: _values(one) for key, one in tree.items()}
    if isinstance(tree, list):
        return [_values(one) for one in tree]
    return read(tree) if isinstance(tree, str | Joined) else tree


def test_a_json_text_may_hold_another_and_values_in_its_keys() -> None:
    inner = JsonText({"table": Ref("A"), "words": 'say "${x}"'})
    found = json.loads(read(JsonText({joined(Ref("A"), ":aud"): inner}).text))
    assert json.loads(found["value of a:aud"]) == {"table": "value of a", "words": 'say "${x}"'}


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        ("spaced", '{"a": [1, {"b": true}], "c": ["x", "y"]}'),
        ("compact", '{"a":[1,{"b":true}],"c":["x","y"]}'),
        ("lines", '{\n "a": [1, {"b": true}],\n "c": [\n  "x",\n  "y"\n ]\n}'),
    ],
)
def test_layouts(layout: Layout, expected: str) -> None:
    assert JsonText({"a": [1, {"b": True}], "c": ["x", "y"]}, layout).text == expected


def test_strings_alone_are_a_string() -> None:
    assert joined("a", "", "b") == "ab"
    assert joined("a", joined("b", Ref("A")), "") == Joined(("ab", Ref("A")))
    assert joined() == ""
    with pytest.raises(TypeError):
        joined("a", ["b"])


def test_what_cannot_stand_in_its_place_gets_a_name_once() -> None:
    first, second = Fn("Select", [0, ["a"]]), Fn("Select", [1, ["a"]])
    text, named = substituted(Joined((first, "-", second, "-", Fn("Select", [0, ["a"]]), "-", Named("Role", Ref("R")))))
    assert text == "${Value1}-${Value2}-${Value1}-${Role}"
    assert named == {"Value1": first, "Value2": second, "Role": Ref("R")}
    with pytest.raises(ValueError, match="Role"):
        substituted(Joined((Named("Role", Ref("A")), Named("Role", Ref("B")))))


def test_a_value_is_spelled_as_inside_a_text() -> None:
    assert spelled(joined(Att("Table", "Arn"), "/*")) == "${Table.Arn}/*"
    assert spelled("no ${reference}") == "no ${!reference}"
    with pytest.raises(TypeError):
        spelled(Fn("Select", [0, []]))
    with pytest.raises(TypeError):
        spelled(Named("Role", Ref("R")))


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (ManagedPolicy("service-role/X"), "!Sub arn:${AWS::Partition}:iam::aws:policy/service-role/X"),
        (Image("Repository", Ref("ImageTag")), "!Sub ${Repository.RepositoryUri}:${ImageTag}"),
        (MachineImage("/aws/image"), "resolve:ssm:/aws/image"),
        (SecretValue(Ref("Key")), "!Sub '{{resolve:secretsmanager:${Key}}}'"),
        (FileText("a.js", "code"), "code"),
        (JsonText({"a": 1}), """'{"a": 1}'"""),
        (JsonText({"a": Ref("A")}), """!Sub '{"a": "${A}"}'"""),
        (JsonText({"a": "${A}"}), """'{"a": "${A}"}'"""),
        (arn("sns", "topic"), "!Sub arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:topic"),
        (arn("s3", Ref("B"), region="", account=""), "!Sub arn:${AWS::Partition}:s3:::${B}"),
        (account_root(Ref("Other")), "!Sub arn:${AWS::Partition}:iam::${Other}:root"),
        (joined("x-", Named("N", REGION)), "!Sub\n  - x-${N}\n  - N: !Ref AWS::Region"),
    ],
)
def test_the_printer_alone_writes_cloudformation(value: Value, printed: str) -> None:
    assert to_yaml({"Value": value}) == f"Value: {printed}\n"
