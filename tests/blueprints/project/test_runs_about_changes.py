"""The parts of a run that a change of a store starts share the changed item, and do not all read the whole store."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from tests.blueprints.project.test_results_beside_items import TARGETS, files_of, source

INGEST: dict[str, Any] = {
    "id": "ingest", "parallel_items": 40, "combined_result": True, "retries": True, "longest_run_s": "10 min",
    "reads": ["masters"], "writes": ["renditions"],
}  # fmt: skip
UPLOADED = {"trigger": "event", "event_source": "s3-object", "listens_to": "masters"}
UPLOAD: dict[str, Any] = {
    "id": "upload", "trigger": "request", "authentication": "sign-up", "direct_uploads": True, "writes": ["masters"],
}  # fmt: skip
ARRIVING = {"trigger": "message", "listens_to": "arrivals"}
NIGHTLY = {"trigger": "schedule"}
ARRAY = {"packaging": "container-image", "job_queue": True, "longest_run_s": "40 min"}
WARNING = "each-message-goes-over-a-store"


def answers(target: str = "sam", access: str = "objects", **ingest: Any) -> dict[str, Any]:
    language = "nodejs" if target == "cdk-typescript" else "python"
    first = UPLOAD if access == "objects" else {**UPLOAD, "direct_uploads": False, "reads": ["masters"]}
    return {
        "components": [
            {**one, "language": language} for one in ({**first, "publishes": ["arrivals"]}, {**INGEST, **ingest})
        ],
        "channels": [{"id": "arrivals", "carries": "work"}],
        "stores": [{"id": "masters", "access": access}, {"id": "renditions", "access": "objects"}],
    }


def flat(book: Book, target: str, **ingest: Any) -> str:
    return (
        source(files_of(answers(target, **ingest), book, target), target, "ingest", "service").lower().replace("_", "")
    )


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("more", [{}, ARRAY], ids=["map", "array"])
def test_an_upload_is_divided_and_not_the_bucket(book: Book, target: str, more: dict[str, Any]) -> None:
    """Each upload started forty parts that read all files, so that n uploads were the work of n × n."""
    made = flat(book, target, **UPLOADED, **more)
    assert "readpart(" not in made
    assert "partof(message)" in made
    assert "masters.get(" in made


@pytest.mark.parametrize("target", TARGETS)
def test_a_changed_row_is_divided_and_not_the_table(book: Book, target: str) -> None:
    files = files_of(answers(target, access="key-value", trigger="event", listens_to="masters"), book, target)
    made, read = (source(files, target, "ingest", name).lower().replace("_", "") for name in ("service", "message"))
    assert "readpart(" not in made
    assert "masters.get(about)" in made
    assert "partofrun(started," in read


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("more", [NIGHTLY, ARRIVING], ids=["schedule", "message"])
def test_the_parts_of_other_runs_share_the_items_of_the_store(book: Book, target: str, more: dict[str, Any]) -> None:
    assert "readpart(" in flat(book, target, **more)


@pytest.mark.parametrize(
    ("more", "warned"), [(ARRIVING, 1), (UPLOADED, 0), (NIGHTLY, 0), ({**ARRIVING, "reads": []}, 0)]
)
def test_messages_that_each_go_over_a_store_are_named(book: Book, more: dict[str, Any], warned: int) -> None:
    found = advise(make_requirements(answers(**more)), book).decision.warnings
    named = [one.sentence for one in found if one.id == WARNING]
    assert len(named) == warned
    assert all("`listens_to: masters`" in said for one in named for said in (one.en, one.ja))
