"""The shorter steps of the YAML printer write what PyYAML's own steps write."""

import random

import pytest
import yaml

from blueprints.sam import printer
from blueprints.values import Att, Fn, Ref

LETTERS = "ab c  \n\t:#-?!'\"{}[]&*|>%@`,あ髙 \u2028\x85é0123~=."
WORDS = ("a", "yes", "1e3", "word", "null", "2026-12-01", "0o7")


class PyYaml(printer._Dumper):
    """The printer without its shorter steps."""

    anchor_node = yaml.SafeDumper.anchor_node
    serialize_node = yaml.SafeDumper.serialize_node
    prepare_tag = yaml.SafeDumper.prepare_tag
    write_plain = yaml.SafeDumper.write_plain


def written(value: object, dumper: type[yaml.SafeDumper]) -> str:
    return str(yaml.dump(value, Dumper=dumper, sort_keys=False, allow_unicode=True, width=printer.WIDTH))


def drawn(by: random.Random, depth: int = 0) -> object:
    kind = by.randrange(9)
    if depth > 4 or kind < 4:
        odd = "".join(by.choice(LETTERS) for _ in range(by.randrange(160)))
        sentence = " ".join(by.choice(WORDS) for _ in range(by.randrange(60)))
        return by.choice([odd, odd[:12], sentence, sentence, 7, None, True, 1.5])
    if kind < 6:
        return [drawn(by, depth + 1) for _ in range(by.randrange(4))]
    if kind == 6:
        return by.choice([Ref("A"), Att("A", "Arn"), Fn("Join", ["", ["a"]]), Fn("Base64", " ".join(WORDS * 9))])
    return {f"{by.choice(WORDS)} {number}": drawn(by, depth + 1) for number in range(by.randrange(4))}


@pytest.mark.parametrize("seed", range(8))
def test_every_value_is_written_as_by_pyyaml(seed: int) -> None:
    by = random.Random(seed)
    for _ in range(60):
        value = drawn(by)
        assert printer.to_yaml(value) == written(value, PyYaml)


@pytest.mark.parametrize("length", range(printer.WIDTH - 12, printer.WIDTH + 4))
def test_a_text_that_reaches_the_width_is_broken_where_pyyaml_breaks_it(length: int) -> None:
    for last in ("b", "bc", "b c"):
        value = {"key": "a" * length + f" {last}", "list": ["a" * (length - 4) + f" {last}"]}
        assert printer.to_yaml(value) == written(value, PyYaml)
