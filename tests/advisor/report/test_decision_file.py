"""The decision file: small, complete with its proof when asked, and as its published schema says."""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, get_type_hints

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator, ValidationError, validators

import rules
from advisor import design
from advisor.advise import advise
from advisor.book import Book, dated
from advisor.design import Design
from advisor.report import decision_types
from advisor.report.decision_file import decision_file, to_json, with_proof
from advisor.report.decision_report import dumps
from advisor.report.decision_types import decision_schema
from advisor.report.records import proof_data
from advisor.report.replay import DECIDING, pack, unpack
from advisor.requirements import make_requirements
from advisor.text import Lang
from advisor.verdict import proof
from advisor_cli.main import cli
from tests.advisor.strategies import CONFLICT, raw_requirements
from tests.rules.test_ways_out import EXAMPLES

LANGS: tuple[Lang, Lang] = ("en", "ja")
KIB = 1024
#: What the proof of a ground holds that a recheck does not compare.
_UNCOMPARED = ("origin", "met", "headroom")


def schemas(schema: Any) -> Iterator[dict[str, Any]]:
    """Every object schema in a schema, with those of the definitions."""
    if isinstance(schema, dict):
        if schema.get("type") == "object" and "properties" in schema:
            yield schema
        for held in schema.values():
            yield from schemas(held)
    if isinstance(schema, list):
        for held in schema:
            yield from schemas(held)


def strict() -> Draft202012Validator:
    """The published schema, with nothing allowed that it does not name."""
    schema = deepcopy(decision_schema())
    for found in schemas(schema):
        found["additionalProperties"] = False
    return validators.extend(Draft202012Validator, {"$ref": unless_valid_before})(schema)


#: The definition and the value, as JSON, of what was found valid: most grounds stand many times, in one file and in many.
VALID: set[tuple[str, str]] = set()


def unless_valid_before(validator: Any, ref: str, value: Any, schema: Any) -> Iterator[ValidationError]:
    """Validate by a definition of the one schema that is validated here, each value once."""
    key = (ref, json.dumps(value))
    if key in VALID:
        return
    errors = list(validator._validate_reference(ref=ref, instance=value))
    if not errors:
        VALID.add(key)
    yield from errors


STRICT = strict()


def plain(value: Any) -> Any:
    return json.loads(json.dumps(value))


def conforms(made: Design, lang: Lang) -> None:
    for form in (decision_file(made, lang), with_proof(made, lang)):
        assert [error.message for error in STRICT.iter_errors(plain(form))] == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", rules.STORIES)
def test_a_story_of_two_components_takes_at_most_60_kib_and_its_proof_far_more(
    name: str, lang: Lang, designs: dict[str, Design]
) -> None:
    small, whole = (len(to_json(designs[name], lang, proof=asked).encode()) for asked in (False, True))
    components = len(designs[name].requirements.of_kind("component"))
    # A letter takes three bytes in Japanese, so its sentences take somewhat more.
    assert small <= {"en": 60, "ja": 70}[lang] * KIB * max(1, components / 2)
    assert small < whole / 12


@pytest.mark.parametrize("name", rules.STORIES)
def test_both_forms_of_every_story_are_as_the_schema_says(name: str, designs: dict[str, Design]) -> None:
    for lang in LANGS:
        conforms(designs[name], lang)


def as_in_a_file(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return requirements with a component, without which no file is read."""
    return raw if raw.get("components") else {**raw, "components": [{"id": "part"}]}


@pytest.mark.parametrize("raw", [CONFLICT, *EXAMPLES.values()], ids=["conflict", *EXAMPLES])
def test_both_forms_of_a_conflict_are_as_the_schema_says(raw: Mapping[str, Any], book: Book) -> None:
    made = advise(make_requirements(as_in_a_file(raw)), book)
    assert decision_file(made, "en")["conflicts"]
    conforms(made, "en")


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(raw=raw_requirements())
def test_both_forms_of_any_decision_are_as_the_schema_says(raw: dict[str, Any]) -> None:
    conforms(advise(make_requirements(as_in_a_file(raw)), rules.load_book()), "ja")


def test_the_schema_refuses_what_is_missing_or_unknown(book: Book) -> None:
    made = advise(make_requirements({"stores": [{"id": "data"}]}), book)
    for form in (decision_file(made, "en"), with_proof(made, "en")):
        whole = plain(form)
        for key in whole:
            assert not STRICT.is_valid({name: held for name, held in whole.items() if name != key}), key
            assert not STRICT.is_valid({**whole, key: {"something": "else"}}), key
        assert not STRICT.is_valid({**whole, "more": 1})
        for wrong in ({"role": 3}, {"because": "one sentence"}, {"service": 1}, {"rejected": [{"service": "ecs"}]}):
            changed = deepcopy(whole)
            changed["subjects"][0]["choices"][0].update(wrong)
            assert not STRICT.is_valid(changed), wrong


def test_the_schema_is_printed_with_titles_and_descriptions() -> None:
    schema = json.loads(CliRunner().invoke(cli, ["schema", "--output"]).stdout)
    Draft202012Validator.check_schema(schema)
    assert schema == plain(decision_schema())
    own = {name: held for name, held in schema["$defs"].items() if hasattr(decision_types, name)}
    assert {"DecisionFile", "ProvenDecisionFile", "ChoiceData", "Requirements"} <= set(own)
    for name, held in own.items():
        assert held["title"], name
        assert held["description"], name
    assert set(schema["$defs"]["DecisionFile"]["properties"]) == set(get_type_hints(decision_types.DecisionFile))


def test_the_schema_holds_the_one_of_the_requirements() -> None:
    schema = decision_schema()
    asked = json.loads(CliRunner().invoke(cli, ["schema"]).stdout)
    held = schema["$defs"]["DecisionFile"]["properties"]["requirements"]["$ref"].removeprefix("#/$defs/")
    assert schema["$defs"][held]["properties"] == asked["properties"]


def test_no_proof_is_worked_out_where_none_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("a proof was worked out")

    monkeypatch.setattr(design, "prove", fail)
    monkeypatch.setattr(proof, "prove", fail)
    story = rules.story_bytes("scheduled-batch")
    for options in ([], ["--format", "text"]):
        assert CliRunner().invoke(cli, ["decide", "-", *options], input=story).exit_code == 0
    proven = CliRunner().invoke(cli, ["decide", "-", "--proof"], input=story)
    assert "a proof was worked out" in proven.stderr


def test_what_is_printed_with_the_proof_holds_all_that_is_printed_without(designs: dict[str, Design]) -> None:
    for made in designs.values():
        small, whole = plain(decision_file(made, "en")), plain(with_proof(made, "en"))
        stated = [flip for flip in whole["flips"] if flip.pop("stated")]
        for flip in stated:
            assert flip.pop("changes")
        assert small["flips"] == stated
        for choice in (choice for subject in whole["subjects"] for choice in subject["choices"]):
            assert choice.pop("proof")
        assert {key: held for key, held in small.items() if key not in ("flips", "replay")}.items() <= whole.items()


def compared(made: Design) -> dict[tuple[str, str], dict[str, Any]]:
    """What a recheck compares of the whole proof of a design."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for subject in made.decision.subjects:
        for choice in subject.choices:
            proofs = plain([proof_data(one) for one in made.proof(subject.id, choice.role)])
            found[(subject.id, choice.role)] = {one["service"]: _compared(one) for one in proofs}
    return found


def _compared(candidate: dict[str, Any]) -> dict[str, Any]:
    grounds = [dict(ground) for ground in candidate["grounds"] if ground["effect"] in DECIDING]
    for ground in grounds:
        ground.pop("axis", None)
        ground["source"] = ground["source"] if ground["spoke"] else None
        ground["conditions"] = [
            {key: held for key, held in one.items() if key not in _UNCOMPARED} for one in ground["conditions"]
        ]
    return {"service": candidate["service"], "bands": candidate["bands"], "grounds": grounds}


def rested(made: Design) -> dict[tuple[str, str], dict[str, Any]]:
    """The same, of what a saved decision rests on; a source that no recheck would cite is left out on both sides."""
    found: dict[tuple[str, str], dict[str, Any]] = plain_keys(unpack(pack(made.verdict, made.book)))
    for candidates in found.values():
        for candidate in candidates.values():
            for ground in candidate["grounds"]:
                ground["source"] = ground["source"] if ground["spoke"] else None
    return found


def plain_keys(held: Mapping[Any, Any]) -> dict[Any, Any]:
    return {key: plain(value) for key, value in held.items()}


@pytest.mark.parametrize("name", rules.STORIES)
def test_what_a_story_rests_on_is_its_proof_as_far_as_a_recheck_compares_it(
    name: str, designs: dict[str, Design]
) -> None:
    assert rested(designs[name]) == compared(designs[name])


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(raw=raw_requirements())
def test_what_any_decision_rests_on_is_its_proof_as_far_as_a_recheck_compares_it(raw: dict[str, Any]) -> None:
    made = advise(make_requirements(raw), rules.load_book())
    assert rested(made) == compared(made)


def test_what_an_early_decision_rests_on_holds_services_that_were_not_there_yet(book: Book) -> None:
    made = advise(make_requirements({"components": [{"id": "api"}]}), dated(book, "2015-01-01"))
    assert any(
        ground["kind"] == "launch" for one in rested(made).values() for c in one.values() for ground in c["grounds"]
    )
    assert rested(made) == compared(made)


@pytest.mark.parametrize(
    "value",
    [
        {}, [], None, "語", 1.5, [[]], {"a": {}}, {"a": [1, 2, {"b": [True, None]}]}, [{"x": "y" * 300}], ("a", ("b",)),
        {"long": ["z" * 90] * 4, "short": [1, 2]}, [[["deep", [1]]]],
    ],
)  # fmt: skip
def test_json_is_laid_out_in_short_lines_and_says_the_same(value: Any) -> None:
    text = dumps(value)
    assert json.loads(text) == plain(value)
    assert text.endswith("\n")
    for line in text.splitlines():
        assert len(line) <= 300 or '"yyy' in line


def test_what_fits_a_line_stands_in_one() -> None:
    assert dumps({"field": "b", "source": {"url": "c"}}) == '{"field": "b", "source": {"url": "c"}}\n'
    assert dumps([{"x": {"y": 1}}]) == '[\n  {"x": {"y": 1}}\n]\n'
    wide = {"items": [{"id": "i" * 90, "n": n} for n in range(3)]}
    assert dumps(wide).splitlines()[2] == '    {"id": "' + "i" * 90 + '", "n": 0},'
