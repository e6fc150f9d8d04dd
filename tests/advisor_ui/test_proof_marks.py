"""Proven or not stands at the button of each project, in both languages, as the certificate has it."""

from typing import Any, get_args

import pytest

from advisor.text import LANGS, Lang
from advisor_ui import cached
from advisor_ui.results.proof_marks import badge, meaning
from advisor_ui.state.link import pack
from advisor_ui.state.session import story
from blueprints import TARGETS
from blueprints.certificate.record import Status
from tests.advisor_ui.page import opened, ran
from tests.advisor_ui.test_flows import conflict, shown

TIERS = [
    {"id": "lint", "title": "Linted.", "result": "passed"},
    {"id": "deploy", "title": "Deployed.", "result": "failed"},
]


def certificate(status: str, **more: Any) -> dict[str, Any]:
    return {"status": status, "proven_up_to": "deploy", "parts": [], "tiers": TIERS[:1], **more}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("status", get_args(Status))
def test_each_status_has_a_mark_of_its_own(status: str, lang: Lang) -> None:
    marks = {other: badge(certificate(other), lang) for other in get_args(Status)}
    assert len(set(marks.values())) == len(marks)
    assert len({meaning(certificate(other), lang) for other in marks}) == len(marks)
    assert ("green" in marks[status]) == (status == "proven")


def test_only_a_proof_of_the_whole_says_proven() -> None:
    assert (
        "Projects with the same services, connections and settings passed every verification level up to deploy."
        in meaning(certificate("proven"), "en")
    )
    assert "Failed: deploy." in meaning(certificate("partly", tiers=TIERS), "en")
    parts = [{"part": "sqs", "proven_up_to": "delete"}, {"part": "ecs", "proven_up_to": None}]
    told = meaning(certificate("unknown", proven_up_to=None, parts=parts), "en")
    assert "1 of the 2 services and connections in this design were verified in other projects" in told
    assert "サービスと接続（計 2 件）のうち、1 件" in meaning(
        certificate("changed", proven_up_to=None, parts=parts), "ja"
    )


@pytest.mark.parametrize("lang", LANGS)
def test_the_downloads_say_at_each_project_what_its_certificate_says(lang: Lang) -> None:
    page = opened(s="scheduled-batch", lang=lang)
    page.session_state["tab"] = "take"
    ran(page)
    said = [element.value for element in page.markdown]
    for target in TARGETS:
        of_target = cached.certificate(story("scheduled-batch"), target.id, lang)
        assert badge(of_target, lang) in said
        assert any(meaning(of_target, lang) in words for words in said)
    page.session_state["proof_tiers"] = True
    ran(page)
    told = "\n".join(element.value for element in page.markdown)
    assert all(f"**{tier}**" in told for tier in ("lint", "security", "deploy", "delete"))


def test_a_design_in_conflict_has_no_marks() -> None:
    page = opened(r=str(pack(conflict())), lang="en")
    page.session_state["tab"] = "take"
    assert "-badge[:material/verified" not in shown(ran(page))
    assert "Verification levels" not in [expander.label for expander in page.expander]
