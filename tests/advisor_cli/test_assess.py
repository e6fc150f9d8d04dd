"""`advisor assess`: a table in, a table out; wrong rows are named and skipped, and nothing is left half-written."""

import csv
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import rules
from advisor.assessing.results import Assessor
from advisor.assessing.rows import Reader
from advisor.assessing.tables import TableError, open_table
from advisor.book import dated
from advisor.explanation.engine import decide
from advisor.requirements import make_requirements
from advisor.vocabulary import FIELDS
from advisor_cli.main import cli
from tests.advisor.strategies import raw_requirements

BOOK = rules.load_book()


def assess(table: str | bytes, *options: str) -> tuple[list[dict[str, str]], Result]:
    """The rows of the result, and the result of the command."""
    result = CliRunner().invoke(cli, ["assess", "-", "-o", "-", *options], input=table)
    assert "Traceback" not in result.output
    assert "fault of the program" not in result.output
    return list(csv.DictReader(io.StringIO(result.stdout))), result


def test_each_row_comes_to_what_a_requirements_file_comes_to() -> None:
    rows, result = assess("id,trigger,longest_run_s\napi,request,2\nnight,schedule,20 min\n")
    assert (result.exit_code, result.stderr) == (0, "")
    for row, raw in zip(
        rows, ({"trigger": "request", "longest_run_s": 2}, {"trigger": "schedule", "longest_run_s": 1200}), strict=True
    ):
        decided = decide(make_requirements({"components": [{"id": row["id"], **raw}]}), BOOK)
        choices = {c.role: c.service for c in decided.subjects[0].choices}
        assert {role: row[role] for role in choices} == choices
        assert all(not row[role.id] for role in BOOK.roles if role.id not in choices)
        assert row["warnings"] == ";".join(w.id for w in decided.warnings)


@pytest.mark.parametrize("cell", ["request;message", '"request, message"', "message;request;"])
def test_a_cell_can_hold_several_triggers(cell: str) -> None:
    (row,), result = assess(f"id,trigger\napi,{cell}\n")
    assert (result.exit_code, result.stderr) == (0, "")
    assert row["entry"] == "api-gateway-http"


def test_a_row_that_nothing_starts_has_no_entry() -> None:
    (silent, called), _ = assess("id,trigger,protocol\nrelay,,\napi,,http\n")
    assert (silent["entry"], called["entry"]) == ("", "api-gateway-http")


def test_the_columns_are_the_rows_names_then_the_roles() -> None:
    rows, _ = assess("title,id\nThe API,api\n")
    assert list(rows[0]) == [
        "id",
        "kind",
        "title",
        *(r.id for r in BOOK.roles),
        "holds_conflict",
        "turns",
        "warnings",
        "errors",
    ]
    assert (rows[0]["id"], rows[0]["kind"], rows[0]["title"]) == ("api", "component", "The API")


def test_rows_of_one_workload_are_linked_and_decided_together() -> None:
    table = (
        "workload,kind,id,trigger,listens_to,publishes,destinations,workload.operations\n"
        "shop,component,api,request,,orders;news,,platform\n"
        "shop,component,worker,message,orders,,,\n"
        "shop,channel,orders,,,,,\n"
        "shop,channel,news,,,,email;email;sms,\n"
        "other,channel,orders,,,,,\n"
    )
    rows, result = assess(table)
    assert result.exit_code == 0, result.stderr
    decided = decide(
        make_requirements(
            {
                "workload": {"operations": "platform"},
                "components": [
                    {"id": "api", "trigger": "request", "publishes": ["orders", "news"]},
                    {"id": "worker", "trigger": "message", "listens_to": "orders"},
                ],
                "channels": [
                    {"id": "orders"},
                    {"id": "news", "destinations": [{"kind": "email"}, {"kind": "email"}, {"kind": "sms"}]},
                ],
            }
        ),
        BOOK,
    )
    for row in rows[:4]:
        for choice in decided.subject(row["id"]).choices:
            assert row[choice.role] == choice.service


def test_a_row_without_a_workload_is_one_of_its_own() -> None:
    rows, result = assess("id,kind,publishes\napi,component,orders\norders,channel,\n")
    assert result.exit_code == 1
    assert 'line 2: publishes: the workload has no "orders" to link to; allowed are -.' in result.stderr
    assert rows[1]["messaging"] == "sqs"


def test_what_nothing_fits_names_its_roles() -> None:
    rows, result = assess("id,caching,response_bytes\njob,true,50 MiB\n")
    assert result.exit_code == 0
    assert (rows[0]["entry"], rows[0]["holds_conflict"], rows[0]["errors"]) == ("", "entry", "")


def test_a_pin_is_used_and_what_it_violates_is_a_warning() -> None:
    rows, _ = assess("id,longest_run_s,pins.compute\njob,20 min,lambda\n")
    assert rows[0]["compute"] == "lambda"
    assert "lambda-timeout" in rows[0]["warnings"]


WRONG = {
    "a unit": ("memory_mib\n2 Gib\n", 'line 2: memory_mib: "2 Gib": unit "Gib" must be one of: B, KiB'),
    "a choice": (
        "trigger\nnever\n",
        'line 2: trigger: "never" must be one of: request (A request), schedule (A schedule)',
    ),
    "a flag": ("gpu\nmaybe\n", 'line 2: gpu: "maybe" must be true or false.'),
    "a range": ("longest_run_s\n0\n", 'line 2: longest_run_s: "0" is not between 1 ms and 366 days.'),
    "a comma": ('longest_run_s\n"0,5"\n', "line 2: longest_run_s: write numbers without a comma, such as 1500 or 0.5."),
    "an id": ("id\nThe API\n", 'line 2: id: "The API" is not a valid id: use 1 to 32 lower-case letters'),
    "a kind": ("kind\nthing\n", 'line 2: kind: "thing" must be one of: component, channel, store.'),
    "another kind": (
        "kind,gpu\nstore,true\n",
        "line 2: gpu: this question does not apply to a store; leave the cell empty.",
    ),
    "order": ("typical_run_s,longest_run_s\n9,3\n", "line 2: typical_run_s: 9 s is more than the longest run of 3 s."),
    "cells": ("id\na,b\n", "line 2: row: the row has 2 cells, but the header has 1."),
    "a pin": ("pins.compute\nlamda\n", 'line 2: pins.compute: "lamda" must be one of: lambda, ecs'),
    "a pin elsewhere": (
        "kind,pins.compute\nstore,lambda\n",
        "line 2: pins.compute: there is no such role for a store.",
    ),
    "a region": (
        "workload.region\nNarnia\n",
        "line 2: workload.region: ",
    ),
    "a list": (
        "workload.priorities\ncost;speed\n",
        'line 2: workload.priorities: "speed" must be one of: low-operations (Low operational effort)',
    ),
    "a destination": (
        "kind,destinations\nchannel,email;fax\n",
        'line 2: destinations: "fax" must be one of: queue (Queue)',
    ),
    "an id twice": ("workload,id\nw,a\nw,a\n", 'line 3: id: duplicate id "a".'),
    "two answers": (
        "workload,id,workload.estate\nw,a,none\nw,b,containers\n",
        "line 3: workload.estate: this answer differs from line 2. A workload has only one answer to each question.",
    ),
    "a cycle": (
        "workload,id,calls\nw,a,b\nw,b,a\n",
        'line 2: calls: "a" waits for itself, through "b"; use a channel between them.',
    ),
    "a silent store": (
        "workload,id,kind,trigger,listens_to,access\nw,a,component,event,b,\nw,b,store,,,relational\n",
        'line 2: listens_to: the store "b" (Access: Relational (SQL, joins)) reports no events;',
    ),
    "a skipped target": (
        "workload,id,kind,reads,access\nw,a,component,b,\nw,b,store,,graph\n",
        'line 2: reads: the row "b" is skipped, so there is nothing to link to.',
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_row_is_named_with_what_is_allowed_and_skipped(case: str) -> None:
    table, says = WRONG[case]
    rows, result = assess(table)
    assert result.exit_code == 1
    assert says in result.stderr
    assert len(rows) == table.count("\n") - 1
    skipped = [row for row in rows if row["errors"]]
    assert skipped
    assert not any(row["compute"] or row["store"] or row["messaging"] for row in skipped)
    japanese = assess(table, "--lang", "ja")[1].stderr
    assert "行目: " in japanese
    assert "\ufffd" not in japanese


def test_the_other_rows_are_decided_and_the_count_is_said() -> None:
    rows, result = assess("id,longest_run_s\na,1\nb,soon\nc,1\n")
    assert [bool(row["compute"]) for row in rows] == [True, False, True]
    assert result.stderr.endswith("1 of 3 rows have errors and were not evaluated. See the column `errors` in OUT.\n")


REFUSED = {
    "nothing": ("", "Line 1: the header is missing."),
    "an unknown column": ("id,longest_run\n", 'header: unknown column "longest_run"; did you mean "longest_run_s".'),
    "a column of nothing": ("id,,gpu\n", 'header: unknown column ""; allowed are id, kind, workload, title'),
    "a column twice": ("id,gpu,gpu\n", 'header: duplicate column "gpu".'),
    "another encoding": ("id,title\n".encode("utf-16"), "Line 1: the file is not UTF-8 text"),
    "an open quotation mark": ('id\n"a' + "x" * 200_000, "Line 2: the row cannot be read"),
    "an endless line": ("id\n" + "x" * 1_100_000, "Line 2: the line has more than 1,000,000 characters."),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_table_that_cannot_be_read_is_one_sentence_and_exit_2(case: str, tmp_path: Path) -> None:
    table, says = REFUSED[case]
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(table if isinstance(table, bytes) else table.encode())
    result = CliRunner().invoke(cli, ["assess", str(source), "-o", str(out)])
    assert result.exit_code == 2, result.output
    assert says in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_files_that_are_not_there_are_named(tmp_path: Path) -> None:
    for arguments in (
        ["nowhere.csv", "-o", str(tmp_path / "x")],
        ["-", "-o", str(tmp_path / "no" / "x")],
        [".", "-o", "-"],
    ):
        result = CliRunner().invoke(cli, ["assess", *arguments], input="id\na\n")
        assert result.exit_code == 2
        assert "cannot be" in result.stderr
        assert result.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "table",
    [
        "id;trigger\r\na;schedule\r\n",
        "id\ttrigger\na\tschedule\n",
        "sep=;\nid;trigger\na;schedule\n",
        "\ufeffid,trigger\na,schedule\n",
        '"id","trigger"\n\n"a","schedule"\n,\n',
        " id , trigger \n a , schedule \n",
        "id,trigger,,\na,schedule,,\n",
    ],
)
def test_what_a_spreadsheet_saves_is_read(table: str) -> None:
    result = CliRunner().invoke(cli, ["assess", "-", "-o", "-"], input=table.encode())
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert len(lines) == 2
    assert "eventbridge-scheduler" in lines[1]
    assert result.stdout_bytes.startswith(b"\xef\xbb\xbf") == table.startswith("\ufeff")


def test_line_numbers_are_those_of_the_file() -> None:
    table = 'sep=;\nid;title;gpu\n\na;"two\nlines";x\nb;;x\n'
    assert [line.split(":")[0] for line in assess(table)[1].stderr.splitlines()[:2]] == ["line 4", "line 6"]


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_no_cell_of_the_result_is_taken_for_a_formula(title: str) -> None:
    held = io.StringIO()
    csv.writer(held).writerows([["id", "title", "workload", "gpu"], ["a", title, title, title]])
    rows, _ = assess(held.getvalue())
    assert (rows[0]["title"], rows[0]["workload"]) == (f"'{title}", f"'{title}")
    assert all(cell[:1] not in ("=", "+", "-", "@") for cell in rows[0].values())


def test_the_result_replaces_a_file_only_as_a_whole(tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    out.write_text("before")
    source.write_text('id\na\nb\n"' + "x" * 200_000)
    assert CliRunner().invoke(cli, ["assess", str(source), "-o", str(out)]).exit_code == 2
    assert out.read_text() == "before"
    source.write_text("id\na\n")
    assert CliRunner().invoke(cli, ["assess", str(source), "-o", str(source)]).exit_code == 0
    assert source.read_text().startswith("id,kind,compute")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv"]


def test_progress_is_shown_when_asked_for(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text("id\n" + "a\n" * 4001)
    result = CliRunner().invoke(cli, ["assess", str(source), "-o", str(tmp_path / "x"), "--progress"])
    assert "\r2,000 rows" in result.stderr
    assert result.stderr.endswith("\r4,001 rows (100 %)\n")


def test_a_workload_without_end_is_refused_as_it_comes() -> None:
    rows, result = assess("workload,id\n" + "".join(f"w,a{n}\n" for n in range(300)))
    assert sum(bool(row["compute"]) for row in rows) == 60
    assert [row["id"] for row in rows] == [f"a{n}" for n in range(300)]
    assert "line 62: workload: a workload can have at most 60 rows of each kind." in result.stderr


def test_a_pack_and_a_day_can_be_given(tmp_path: Path) -> None:
    table = "id,kind,message_bytes\nwork,channel,512 KiB\n"
    assert assess(table)[0][0]["messaging"] == "sqs"
    assert assess(table, "--as-of", "2025-01-01")[0][0]["messaging"] != "sqs"
    (tmp_path / "approved.yaml").write_text("services: [sns]\nbecause: {en: a, ja: b}\n")
    assert assess("id,kind\nwork,channel\n", "--book", str(tmp_path))[0][0]["messaging"] == "sns"


def cells(raw: dict[str, Any], kind: str) -> dict[str, str]:
    """A subject of a requirements file as the cells of a row."""
    found = {}
    for key, value in raw.items():
        items = (
            [item["kind"] if isinstance(item, dict) else str(item) for item in value] if isinstance(value, list) else []
        )
        text = ";".join(items) if isinstance(value, list) else str(value)
        found[key] = text
    return {"kind": kind, "workload": "w", **found}


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(raw_requirements())
def test_any_workload_comes_to_the_same_as_its_requirements_file(raw: dict[str, Any]) -> None:
    rows = [cells(subject, kind) for kind in ("component", "channel", "store") for subject in raw[f"{kind}s"]]
    if not rows:
        return
    rows[0] |= {
        f"workload.{key}": value for key, value in cells(raw["workload"], "").items() if key not in ("kind", "workload")
    }
    header = list(dict.fromkeys(key for row in rows for key in row))
    assessor = Assessor(Reader(header, BOOK), dated(BOOK), "en")
    lines = [(2 + n, [row.get(name, "") for name in header]) for n, row in enumerate(rows)]
    decided = decide(make_requirements(raw), BOOK)
    for row, result in assessor.results(lines):
        assert not row.problems
        held = dict(zip(assessor.columns, result, strict=True))
        for choice in decided.subject(row.id).choices:
            assert held[choice.role] == (choice.service or "")


@settings(max_examples=150)
@given(st.binary(max_size=80) | st.text(max_size=80).map(str.encode))
def test_no_bytes_are_a_fault(noise: bytes) -> None:
    names = ["id", "kind", "workload", "longest_run_s", "publishes", "workload.priorities"]
    try:
        table = open_table(io.BytesIO(",".join(names).encode() + b"\n" + noise))
        for _, result in Assessor(Reader(table.header, BOOK), dated(BOOK), "ja").results(table.rows):
            assert len(result) == 3 + len(BOOK.roles) + 4
    except TableError as error:
        assert error.text.en.startswith("Line ")  # noqa: PT017


def test_every_question_can_be_a_column() -> None:
    names = [f.id for kind in ("component", "channel", "store") for f in FIELDS[kind]]
    names = ["id", *dict.fromkeys(names), *(f"workload.{f.id}" for f in FIELDS["workload"])]
    assert Reader(names, BOOK).header == tuple(names)


def test_memory_does_not_grow_with_the_table(tmp_path: Path) -> None:
    """The peak of a real process with twenty times the rows is hardly higher."""
    peaks = []
    for count in (1000, 20_000):
        source = tmp_path / f"{count}.csv"
        with source.open("w") as file:
            file.write("id,title,longest_run_s,memory_mib\n")
            file.writelines(f"a{n},Title {n},{1 + n % 977},{1 + n % 1009}\n" for n in range(count))
        script = (
            "import resource, sys; from advisor_cli.main import cli; cli(['assess', sys.argv[1], '-o', sys.argv[2]], "
            "standalone_mode=False)"
        )
        code = "import atexit, resource\natexit.register(lambda: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))\n"
        done = subprocess.run(
            [sys.executable, "-c", code + script, str(source), str(tmp_path / "out.csv")],
            capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": os.getcwd()},
        )  # fmt: skip
        peaks.append(int(done.stdout))
    assert peaks[1] < peaks[0] + 40_000
