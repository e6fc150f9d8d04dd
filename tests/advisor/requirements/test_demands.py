"""Demands in a file: a list under `must`, one flag each in the engine, and words that are refused with the nearest."""

import jsonschema
import pytest

from advisor.requirements import Requirements, RequirementsError, make_requirements
from advisor.requirements.answers import answers_of, raw
from advisor.requirements.reading import read_requirements, write_requirements
from advisor.vocabulary import FIELDS
from advisor.vocabulary.demands import DEMANDS, MUST

WRITTEN = b"""
workload:
  must: [nothing-while-idle, no-servers]
  budget_month_usd: 500 USD
components:
- id: api
  must: [no-program-change]
  start_within_s: 5 s
stores:
- id: db
  must: no-clusters
"""


def test_a_list_of_demands_becomes_a_flag_for_each() -> None:
    answers = answers_of(read_requirements(WRITTEN))
    assert answers.workload == {
        "must.nothing-while-idle": True,
        "must.no-servers": True,
        "budget_month_usd": 500.0,
    }
    assert answers.subjects["api"].answers == {"must.no-program-change": True, "start_within_s": 5.0}
    assert answers.subjects["db"].answers == {"must.no-clusters": True}


def test_a_file_is_written_as_it_was_read() -> None:
    requirements = read_requirements(WRITTEN)
    written = write_requirements(requirements)
    assert b"must:" in written
    assert b"must." not in written
    assert read_requirements(written) == requirements


def test_answers_become_a_file_again_without_the_demands_that_were_taken_back() -> None:
    answers = answers_of(read_requirements(WRITTEN)).changed("", {"must.no-servers": False})
    assert make_requirements(raw(answers)).workload_answers[MUST] == ("nothing-while-idle",)
    answers = answers.changed("", {"must.nothing-while-idle": False})
    assert MUST not in make_requirements(raw(answers)).workload_answers


def test_the_schema_of_a_file_lists_the_words_for_each_kind() -> None:
    schema = Requirements.model_json_schema()
    allowed = schema["$defs"]["Store"]["properties"][MUST]["anyOf"][0]["items"]["enum"]
    assert allowed == [demand.word for demand in DEMANDS if "store" in demand.kinds]
    validator = jsonschema.Draft202012Validator(schema)
    assert validator.is_valid({"components": [{"id": "a", "must": ["spot"]}]})
    assert not validator.is_valid({"components": [{"id": "a", "must": ["spots"]}]})


@pytest.mark.parametrize(
    ("where", "value", "en", "ja"),
    [
        (
            "workload",
            ["no-server"],
            "is not a known demand; the nearest is no-servers (No servers).",
            "近いもの: no-servers（サーバーなし）。",
        ),
        (
            "workload",
            ["xyz"],
            "must be one of: nothing-while-idle (No charges while idle), no-hourly-entry (No fixed",
            "使えません",
        ),
        ("workload", 3, "must be a list of at most 100 entries.", "リスト"),
        (
            "component",
            [["spot"]],
            "is not a known demand; the nearest is spot (Runs on Spot capacity).",
            "近いもの: spot（スポットで実行）。",
        ),
        ("component", {"spot": True}, "must be a list", "リスト"),
        (
            "store",
            ["no-functions"],
            "must be one of: nothing-while-idle (No charges while idle), predictable-cost (Predictable cost),",
            "使えません",
        ),
        ("channel", ["spot"], "must be one of: ", "使えません"),
    ],
)
def test_a_word_that_is_no_demand_is_refused(where: str, value: object, en: str, ja: str) -> None:
    parts = {"components": [{"id": "it"}], "workload": {}}
    parts |= {"workload": {MUST: value}} if where == "workload" else {f"{where}s": [{"id": "it", MUST: value}]}
    with pytest.raises(RequirementsError) as caught:
        make_requirements(parts if where in ("workload", "component") else {**parts, "components": [{"id": "c"}]})
    (problem,) = caught.value.problems
    assert en in problem.en
    assert ja in problem.ja
    assert problem.en.startswith("workload.must: " if where == "workload" else f"{where}s.it.must: ")


@pytest.mark.parametrize("key", ["must.no-servers", "musts", "no-servers"])
def test_a_demand_is_written_under_must_only(key: str) -> None:
    with pytest.raises(RequirementsError, match="unknown key"):
        make_requirements({"components": [{"id": "it", key: True}]})


@pytest.mark.parametrize(
    ("budget", "says"),
    [
        ("-1", "cannot be negative"),
        ("12 EUR", "in US dollars"),
        ("12 CHF", "must be one of: USD"),
        (1e12, "not between"),
    ],
)
def test_a_ceiling_of_cost_is_a_sum_of_dollars(budget: object, says: str) -> None:
    with pytest.raises(RequirementsError, match=says):
        make_requirements({"workload": {"budget_month_usd": budget}, "components": [{"id": "it"}]})


def test_the_question_says_what_each_demand_means() -> None:
    for kind, fields in FIELDS.items():
        must = next(field for field in fields if field.id == MUST)
        for demand in DEMANDS:
            assert (kind in demand.kinds) == (demand.reading.en in must.help.en) == (demand.reading.ja in must.help.ja)
