"""The design document: its sections in both languages, what is open, its sources, and the text of a person that stays text."""

import re
from collections.abc import Iterator

import pytest

import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from advisor.text import LANGS, Lang
from advisor.vocabulary import FIELDS
from advisor_document import SECTIONS, UnknownSection, document
from advisor_document.context import OPEN
from advisor_document.model import Block, Diagram, Document, Items, Line, Paragraph, Section, Span, Table
from advisor_document.titles import TITLES
from advisor_document.writers import markdown

CHAPTERS = [id for id in SECTIONS if id not in ("cover", "sources")]


def blocks(found: Document) -> Iterator[Block]:
    yield from found.cover
    for section in found.sections:
        yield from of_section(section)


def of_section(section: Section) -> Iterator[Block]:
    yield from section.blocks
    for part in section.parts:
        yield from of_section(part)


def lines(block: Block) -> Iterator[Line]:
    if isinstance(block, Paragraph):
        yield block.line
    elif isinstance(block, Items):
        yield from block.lines
    elif isinstance(block, Table):
        yield from (line for row in block.rows for cell in row for line in cell)


def spans(found: Document) -> Iterator[Span]:
    yield from (span for block in blocks(found) for line in lines(block) for span in line)


def rows(found: Document, section: str) -> list[list[str]]:
    (chapter,) = [one for one in found.sections if one.id == section]
    tables = [block for block in of_section(chapter) if isinstance(block, Table)]
    return [
        [" ".join(span.text for line in cell for span in line) for cell in row]
        for table in tables
        for row in table.rows
    ]


@pytest.mark.parametrize("name", rules.STORIES)
@pytest.mark.parametrize("lang", LANGS)
def test_every_story_has_all_sections_and_none_is_empty(name: str, lang: Lang, designs: dict[str, Design]) -> None:
    found = document(designs[name], lang)
    assert [section.id for section in found.sections] == CHAPTERS
    assert [section.title for section in found.sections] == [TITLES[id].in_(lang) for id in CHAPTERS]
    for section in found.sections:
        parts = [section, *section.parts]
        assert all(part.title and (part.blocks or part.parts) for part in parts), section.id
    for block in blocks(found):
        assert isinstance(block, Diagram) or [*lines(block)], block
        if isinstance(block, Table):
            assert {len(row) for row in block.rows} == {len(block.heads)} == {len(block.widths)}
            assert all(any(row) for row in block.rows) or block.blank
    for span in spans(found):
        assert span.text
        assert "{" not in span.text or span.code, span.text


@pytest.mark.parametrize("lang", LANGS)
def test_every_source_that_is_cited_is_listed_and_every_listed_one_is_cited(
    lang: Lang, designs: dict[str, Design]
) -> None:
    found = document(designs["web-application"], lang)
    cited = {number for span in spans(found) for number in span.notes}
    assert cited == {note.number for note in found.notes} == {*range(1, len(found.notes) + 1)}
    assert all(note.url.startswith("https://") for note in found.notes)
    written = markdown.write(found).decode()
    assert {int(n) for n in re.findall(r"(?<!^)\[\^(\d+)\](?!:)", written)} == cited


def test_a_japanese_document_links_japanese_pages_and_marks_the_others(designs: dict[str, Design]) -> None:
    notes = document(designs["web-application"], "ja").notes
    japanese = [note for note in notes if "/ja_jp/" in note.url or "/jp/" in note.url]
    assert any("lambda" in note.url for note in japanese)
    assert not [note for note in japanese if "英語" in note.words]
    assert all("英語" in note.words for note in notes if note not in japanese)
    assert [note for note in notes if "pypi.org" in note.url and "AWS 以外のサイト" in note.words]
    assert not [note for note in document(designs["web-application"], "en").notes if "/ja_jp/" in note.url]


def test_requirements_that_nobody_answered_are_open(designs: dict[str, Design], book: Book) -> None:
    found = document(designs["scheduled-batch"], "en")
    quality = {(part, title): value for _, part, title, value in rows(found, "non-functional-requirements")}
    assert quality["Whole workload", "Recovery time objective (RTO)"] == "To be decided"
    assert quality["Aggregation", "Longest run"] == "40 min"
    assert quality["Whole workload", "Operating team"].startswith("To be decided (assumed: ")
    still_open = [row[2] for row in rows(found, "open-points")]
    assert "Requirement not specified: Recovery time objective (RTO)" in still_open
    raw = {"workload": {"recovery_time_s": "4 h", "availability_percent": 99.9}, "components": [{"id": "a"}]}
    stated = document(advise(make_requirements(raw), book), "ja")
    values = {row[2]: row[3] for row in rows(stated, "non-functional-requirements")}
    assert values["目標復旧時間（RTO）"] == "4 時間"
    assert values["目標復旧時点（RPO）"] == OPEN.ja == "未定"
    assert not [row for row in rows(stated, "open-points") if "目標復旧時間（RTO）" in row[2]]


def test_a_quota_without_headroom_is_to_be_checked(designs: dict[str, Design]) -> None:
    for lang, words in (("en", "To be checked"), ("ja", "要確認")):
        quotas = rows(document(designs["business-process-integration"], lang), "quotas")  # type: ignore[arg-type]
        set_here = {"Set to the load", "負荷に合わせて設定"}
        assert {row[5] for row in quotas if row[4] == "0%"} - set_here == {words}
        assert words not in {row[5] for row in quotas if row[4] != "0%"}


def test_failures_backups_and_roll_backs_are_those_of_the_stack(designs: dict[str, Design]) -> None:
    found = document(designs["web-application"], "en")
    failures = rows(found, "failures")
    assert [row for row in failures if row[1] == "A step fails" and "up to 3 times" in row[2]]
    operations = rows(found, "operations")
    assert ["Amazon DynamoDB (Items)", "Continuous backup (point-in-time recovery)", "Retained"] in operations
    rolled = [row for row in rows(found, "migration") if row[0].startswith("AWS Lambda")]
    said = "more than 1% of the invocations of the most recently released version fail"
    assert rolled[0][2] == f'Alarm "Application API: {said}"'
    shares = [row for row in operations if row[2:3] == ["Errors / Invocations"]]
    assert [row[3] for row in shares] == ["more than 1% Sum over 5 min", "more than 1% Sum over 1 min"]


@pytest.mark.parametrize("left_out", SECTIONS)
def test_any_section_can_be_left_out(left_out: str, designs: dict[str, Design]) -> None:
    found = document(designs["scheduled-batch"], "en", [left_out])
    assert [section.id for section in found.sections] == [id for id in CHAPTERS if id != left_out]
    assert bool(found.cover) == (left_out != "cover")
    assert bool(found.notes) == (left_out != "sources")
    written = markdown.write(found).decode()
    assert f'"{TITLES[left_out].en}"' not in written, "it points at a section that is not there"
    assert "[^" not in written or left_out != "sources"


def test_an_unknown_section_names_the_allowed_ones(designs: dict[str, Design]) -> None:
    with pytest.raises(UnknownSection) as raised:
        document(designs["scheduled-batch"], "en", ["prices"])
    assert all(id in raised.value.text.en and id in raised.value.text.ja for id in SECTIONS)


def test_what_cannot_be_generated_is_an_open_point(book: Book) -> None:
    raw = {"components": [{"id": "a", "trigger": "message", "listens_to": "c", "pins": {"compute": "lambda-microvms"}}],
           "channels": [{"id": "c"}]}  # fmt: skip
    found = document(advise(make_requirements(raw), book), "en")
    assert [row for row in rows(found, "open-points") if row[2].startswith("No project can be generated. ")]


def test_a_service_that_was_asked_for_and_does_not_fit_is_a_risk_without_an_owner_yet(book: Book) -> None:
    pinned = {"id": "job", "trigger": "message", "longest_run_s": "20 min", "pins": {"compute": "lambda"}}
    found = document(advise(make_requirements({"components": [pinned]}), book), "en")
    (risk,) = [row for row in rows(found, "risks") if "although it does not meet the requirements" in row[2]]
    assert risk[3:] == ["", ""]
    assert [row for row in rows(found, "premises") if row[:2] == ["job", "Specified service: Compute"]]


def test_an_answer_of_every_kind_of_subject_is_a_functional_or_a_non_functional_requirement(
    designs: dict[str, Design],
) -> None:
    for design in designs.values():
        found = document(design, "en")
        names = {row[0] for row in rows(found, "functional-requirements")}
        names |= {row[2] for row in rows(found, "non-functional-requirements")}
        names |= {"Source of messages or changes"} if "Source of messages" in names else set()
        names |= {"Secrets"} if "Use of secrets, such as credentials" in names else set()
        names |= {row[1] for row in rows(found, "premises")} | {row[1] for row in rows(found, "migration")}
        for kind, subject in design.requirements.subjects():
            for id in subject.stated:
                title = next(field.title.en for field in FIELDS[kind] if field.id == id)
                assert title in names or id in ("migrates_from", "count"), id


def test_a_large_threshold_is_written_out(designs: dict[str, Design]) -> None:
    thresholds = [row[3] for row in rows(document(designs["relational-web-app"], "en"), "operations") if len(row) == 4]
    assert "more than 204.8 TiB Maximum over 5 min" in thresholds
    assert not [threshold for threshold in thresholds if "e+" in threshold]


def test_a_failure_lists_only_the_alarms_that_detect_it(designs: dict[str, Design]) -> None:
    failures = [row for design in designs.values() for row in rows(document(design, "en"), "failures")]
    too_long = [row for row in failures if row[1] == "Processing takes too long"]
    assert any("errors" in row[3] for row in too_long)
    assert not any("throttled" in row[3] for row in too_long)
    stopped = [row for row in failures if row[1] == "A step fails"]
    assert any("failed executions" in row[3] for row in stopped)
    assert not any("timed-out" in row[3] for row in stopped)


def test_a_stopped_run_of_a_queue_says_that_the_message_comes_again(designs: dict[str, Design]) -> None:
    found = rows(document(designs["async-coupling"], "en"), "failures")
    too_long = next(row for row in found if row[1] == "Processing takes too long" and "Process B" in row[0])
    assert "delivered again after the visibility timeout" in too_long[2]


def test_an_assessment_of_quotas_is_explained_only_if_the_table_has_it(designs: dict[str, Design]) -> None:
    for design in designs.values():
        found = document(design, "en")
        intro = markdown.write(found).decode().partition("The load is calculated")[2].partition("\n")[0]
        assessments = {row[5] for row in rows(found, "quotas")}
        assert ("Set to the load" in intro) == ("Set to the load" in assessments)
        assert ("To be checked" in intro) == ("To be checked" in assessments)


def test_a_topic_reports_what_it_could_not_deliver(designs: dict[str, Design]) -> None:
    found = rows(document(designs["async-coupling"], "en"), "failures")
    assert any(row[0].startswith("Amazon SNS") and "cannot be delivered" in row[1] for row in found)
    assert not any(row[0].startswith("Amazon SNS") and "processed" in row[1] for row in found)


def test_a_name_has_one_pair_of_brackets_and_never_repeats_its_service(designs: dict[str, Design]) -> None:
    found = rows(document(designs["data-processing"], "en"), "permissions")
    names = [name for row in found for name in (row[0], row[2])]
    assert any(name.startswith("AWS Step Functions (Standard, workflow)") for name in names)
    assert any(name.startswith("Amazon EventBridge Pipes ValidatePipeRole") for name in names)
    assert not [name for name in names if ") (" in name]
