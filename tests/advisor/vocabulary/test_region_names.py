"""Regions by name: read where a Region is asked for, and only where one is meant."""

from typing import Any

import pytest

from advisor.requirements import RequirementsError, make_requirements
from advisor.requirements.answers import answers_of
from advisor.text import LANGS, Lang
from advisor.vocabulary.region_names import _NAMES, region_named, regions_in
from advisor.vocabulary.regions import REGIONS
from advisor_ui.questions.fields import field_of, words_echo
from advisor_ui.state.draft import WORKLOAD
from advisor_ui.state.given_text import given


def workload(region: str) -> dict[str, Any]:
    return {"workload": {"region": region}, "components": [{"id": "a"}]}


@pytest.mark.parametrize(
    ("words", "region"),
    [
        ("Tokyo", "ap-northeast-1"),
        ("東京", "ap-northeast-1"),
        ("東京リージョン", "ap-northeast-1"),
        ("Asia Pacific (Tokyo)", "ap-northeast-1"),
        (" ireland ", "eu-west-1"),
        ("Europe (Frankfurt) Region", "eu-central-1"),
        ("US East (N. Virginia)", "us-east-1"),
        ("オレゴン", "us-west-2"),
        ("Canada (Central)", "ca-central-1"),
        ("Canada West (Calgary)", "ca-west-1"),
        ("カナダ（中部）", "ca-central-1"),
        ("Mexico (Central)", "mx-central-1"),
        ("Israel (Tel Aviv)", "il-central-1"),
        ("アジアパシフィック（タイ）", "ap-southeast-7"),
        ("台北", "ap-east-2"),
        ("Malaysia", "ap-southeast-5"),
        ("New Zealand", "ap-southeast-6"),
        ("AWS GovCloud (US-West)", "us-gov-west-1"),
    ],
)
def test_a_region_by_its_name_is_its_code(words: str, region: str) -> None:
    assert region_named(words) == region
    assert answers_of(make_requirements(workload(words))).workload["region"] == region


@pytest.mark.parametrize("words", ["Japan", "日本", "Europe", "US East", "Canada", "Narnia", "Tokyo and Osaka"])
def test_what_names_no_single_region_is_refused_with_an_example(words: str) -> None:
    assert region_named(words) is None
    with pytest.raises(RequirementsError) as refused:
        make_requirements(workload(words))
    assert "ap-northeast-1" in refused.value.problems[0].en


def test_every_region_but_those_of_isolated_partitions_has_a_name() -> None:
    assert {region for region in REGIONS if region not in _NAMES and "-iso" not in region} == set()


def test_a_name_within_a_longer_word_names_no_region() -> None:
    assert regions_in("リージョンはタイムアウトと関係しない") == set()
    assert regions_in("リージョンはタイです") == {"ap-southeast-7"}


def test_names_belong_to_regions_and_to_one_each() -> None:
    names = [name for of_region in _NAMES.values() for name in of_region]
    assert _NAMES.keys() <= set(REGIONS)
    assert len(names) == len(set(names))


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_says_which_region_was_read(lang: Lang) -> None:
    field = field_of("workload", "region")
    assert "ap-northeast-3" in words_echo(field, "大阪", lang, WORKLOAD)
    assert words_echo(field, "ap-northeast-3", lang, WORKLOAD) == ""


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("An API.\nEverything runs in the Tokyo Region.", "ap-northeast-1"),
        ("An API.\nThe region is Ireland.", "eu-west-1"),
        ("API を作る。\n東京リージョンを使う。", "ap-northeast-1"),
        ("An API.\nUse the Tokyo Region or the Osaka Region.", None),
        ("An API for the Tokyo office.", None),
    ],
)
def test_a_region_in_pasted_requirements(text: str, region: str | None) -> None:
    draft, _, _ = given(text.encode())
    stated = draft.get("workload", {}).get("region")
    assert (region_named(stated or "") or stated) == region
    assert regions_in("an office in Tokyo") == set()
