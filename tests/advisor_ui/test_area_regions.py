"""A country or area that is written as the Region is answered with its Regions, of which one is picked."""

import pytest

from advisor.text import Lang, Text
from advisor.vocabulary.region_names import region_title
from advisor.vocabulary.regions import REGIONS
from advisor_ui.questions.fields import field_of
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import WORKLOAD
from advisor_ui.state.line_meanings import meanings_file, regions_of_area
from advisor_ui.words import say
from tests.advisor_ui.page import opened, ran
from tests.advisor_ui.test_flows import state

AREAS = [
    ("en", "EU", "eu-central-1"),
    ("en", "Europe", "eu-west-1"),
    ("en", "Germany", "eusc-de-east-1"),
    ("en", "Japan", "ap-northeast-3"),
    ("ja", "日本", "ap-northeast-1"),
    ("ja", "欧州", "eu-north-1"),
    ("ja", "ＥＵ", "eu-central-1"),
]


@pytest.mark.parametrize(("lang", "written", "picked"), AREAS)
def test_an_area_offers_its_regions(lang: Lang, written: str, picked: str) -> None:
    page = opened(s="new", at=WORKLOAD, lang=lang)
    state(page).open_section(WORKLOAD, "region")
    ran(page)
    key = f"q.{lang}.{WORKLOAD}.region"
    page.text_input(key=key).set_value(written)
    ran(page)
    assert not page.error
    title = field_of(WORKLOAD, "data_stays").title.in_(lang)
    assert [info.value for info in page.info if written in info.value and title in info.value]
    pills = next(group for group in page.get("button_group") if group.key == f"{key}.area")
    assert pills.label == say("area_choose", lang)
    assert region_title(picked).in_(lang) in pills.options
    pills.set_value(picked)
    ran(page)
    assert drafts.answer(state(page).draft or {}, WORKLOAD, "region") == picked
    assert not [info.value for info in page.info if title in info.value]


def test_what_is_no_area_is_refused_as_before() -> None:
    page = opened(s="new", at=WORKLOAD, lang="en")
    state(page).open_section(WORKLOAD, "region")
    ran(page)
    page.text_input(key=f"q.en.{WORKLOAD}.region").set_value("Atlantis")
    ran(page)
    assert len(page.error) == 1
    assert regions_of_area("Atlantis") == regions_of_area("") == ()


def test_a_region_has_its_name_in_the_language() -> None:
    assert region_title("eu-central-1") == Text("eu-central-1 (Frankfurt)", "eu-central-1（フランクフルト）")
    assert region_title("eusc-de-east-1").en == "eusc-de-east-1 (AWS European Sovereign Cloud)"
    assert region_title("xx-test-1") == Text.same("xx-test-1")


def test_every_region_of_an_area_is_one_that_is_known() -> None:
    for place in meanings_file()["places"]:
        assert {*place["regions"]} <= {*REGIONS}
