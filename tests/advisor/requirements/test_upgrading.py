"""Forms of the requirements file: form 1 keeps its meaning, and is written as the current form."""

from typing import Any

import pytest
from hypothesis import given, settings

from advisor.requirements import RequirementsError, make_requirements
from advisor.requirements.reading import plain, read_requirements, write_requirements
from advisor.requirements.upgrading import CURRENT, added, upgraded
from tests.advisor.strategies import raw_requirements

OLD: dict[str, Any] = {
    "schema": 1,
    "components": [{"id": "api", "longest_run_s": "3 s"}, {"id": "job", "trigger": "schedule"}],
}
#: The answer as one option, or where several may be given as the only one of them.
REQUEST = ("request", ("request",))


def test_form_1_meant_a_request_where_nothing_was_said() -> None:
    api, job = make_requirements(OLD).of_kind("component")
    assert api.answer("trigger") in REQUEST
    assert job.answer("trigger") not in REQUEST
    assert list(added(OLD)) == ["api.trigger: request"]


@pytest.mark.parametrize("form", [{}, {"schema": 2}], ids=["no schema", "schema 2"])
def test_the_current_form_leaves_open_what_is_not_said(form: dict[str, Any]) -> None:
    raw = {**form, "components": [{"id": "api"}]}
    (api,) = make_requirements(raw).of_kind("component")
    assert api.answer("trigger") is None
    assert upgraded(raw) is raw
    assert list(added(raw)) == []


def test_the_data_that_was_given_is_left_as_it_is() -> None:
    before = {**OLD, "components": [dict(c) for c in OLD["components"]]}
    upgraded(OLD)
    assert before == OLD


def test_what_is_written_is_of_the_current_form() -> None:
    assert write_requirements(make_requirements(OLD)).startswith(b"schema: 2\n")
    assert plain(make_requirements(OLD))["schema"] == CURRENT


@settings(max_examples=60, deadline=None)
@given(raw_requirements())
def test_every_file_of_form_1_means_the_same_when_it_is_written_anew(raw: dict[str, Any]) -> None:
    old = {**raw, "schema": 1}
    try:
        made = make_requirements(old)
    except RequirementsError:
        return
    assert all(component.answer("trigger") for component in made.of_kind("component"))
    assert upgraded(upgraded(old)) == upgraded(old)
    if made.components:
        assert read_requirements(write_requirements(made)) == made
