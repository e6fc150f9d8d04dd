"""The pairwise rows: taken from the vocabulary, each of them an architecture that every target can be made of."""

import yaml

from advisor.book import Book
from advisor.vocabulary import FIELDS
from prove.cases.factors import SKIPPED, factors
from prove.cases.pairwise import FILE, covered, designed, possible, requirements

ROWS = [
    {name: tuple(level) if isinstance(level, list) else level for name, level in row.items()}
    for row in yaml.safe_load(FILE.read_text("utf-8"))
]


def test_every_choice_and_flag_of_the_vocabulary_is_a_factor() -> None:
    known = {one.id for one in factors()}
    for subject, fields in FIELDS.items():
        for field in fields:
            if field.kind in ("choice", "flag") and not {field.id, f"{subject}.{field.id}"} & SKIPPED:
                assert f"{subject}.{field.id}" in known


def test_the_rows_hold_every_level_and_most_pairs_that_exclude_nothing() -> None:
    known = factors()
    held = set().union(*(covered(row, known) for row in ROWS))
    wanted = possible(known)
    assert len(held & wanted) / len(wanted) > 0.6
    levels = {end for pair in held for end in pair}
    assert {(one.id, level) for one in known for level in one.levels} - levels <= UNREACHED


#: What no architecture that can be generated has yet, or what rules out everything else of these small workloads.
UNREACHED: set[tuple[str, object]] = {
    ("component.event_source", "table-change"),
    ("channel.migrates_from", "rabbitmq-jms"),
    ("component.protocol", "tcp-udp"),
    ("channel.keeps_clients", True),
    ("channel.destinations", ("data-lake",)),
}


def test_a_row_whose_answers_exclude_each_other_is_no_case(book: Book) -> None:
    assert designed({"component.longest_run_s": "0 s"}, book) is None
    assert designed({"component.caching": True, "component.response_bytes": "50 MiB"}, book) is None


def test_who_is_at_the_other_end_of_the_channel_follows_from_the_trigger() -> None:
    (work, other) = requirements({"component.trigger": "message"})["components"]
    assert (work["listens_to"], other["publishes"]) == ("news", ["news"])
    (work, other) = requirements({"component.trigger": "schedule"})["components"]
    assert (work["publishes"], other["listens_to"]) == (["news"], "news")
