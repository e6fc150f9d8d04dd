"""A pasted list with a title in each line: a job by its nights, what a title names, and lines after the list about none of its parts."""

import pytest

from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import WORKLOAD, Raw
from advisor_ui.state.given_text import given
from advisor_ui.state.reading_record import Given

_REQUESTS_JA = """社内の申請を Web 画面から受け付ける
申請 API: 申請を登録する
通知: 申請イベントごとにメールを送る
集計: 毎晩、申請を集計する
申請は RDB に保存する
承認まで3日待つことがある
1日に数百件"""


def _parts(text: str) -> dict[str, Raw]:
    draft = given(text.encode()).draft
    return {drafts.name(draft, id, "en"): drafts.part(draft, id) for id in drafts.ids(draft)}


def _left(read: Given) -> list[str]:
    return [sentence.en for sentence in read.left_out]


@pytest.mark.parametrize(
    ("line", "schedule", "run"),
    [
        ("・集計: 毎晩、申請を集計する", "毎晩", None),
        ("・集計: 毎晩2時に売上をまとめる", "毎晩2時", None),
        ("・集計: 毎晩1時に前日の注文を集計(４０分くらい)", "毎晩1時", "40分くらい"),
        ("- Rollup: every night at 2am, approx 45 mins", "every night at 2 am", "approx 45 mins"),
        ("- Rollup: nightly, ~45 min", "nightly", "~45 min"),
    ],
)
def test_a_title_with_its_nights_is_a_job_of_that_name(line: str, schedule: str, run: str | None) -> None:
    ((name, job),) = _parts(line).items()
    assert name in ("集計", "Rollup")
    assert job["trigger"] == ["schedule"]
    assert job["schedule_expression"] == schedule
    assert job.get("longest_run_s") == run


@pytest.mark.parametrize(
    "line",
    [
        "API: 毎日1,000件処理する",
        "API: 夜間は処理が少ない",
        "API\nLoad: peak every day at 9:00",
        "API\n処理: 毎日9時がピーク",
    ],
)
def test_a_day_of_a_rate_and_a_part_of_the_day_are_no_schedule(line: str) -> None:
    ((_, api),) = _parts(line).items()
    assert api["trigger"] == ["request"]
    assert "schedule_expression" not in api


@pytest.mark.parametrize(
    ("line", "schedule"),
    [("売上集計バッチ：毎朝５時、約１時間", "毎朝5時"), ("Totals batch: weekdays at 7:00, ~1 h", "weekdays at 7:00")],
)
def test_a_title_that_names_a_job_has_the_time_of_its_line(line: str, schedule: str) -> None:
    ((_, job),) = _parts(line).items()
    assert job["schedule_expression"] == schedule
    assert job["longest_run_s"] in ("約1時間", "~1 h")


@pytest.mark.parametrize("mark", ["①", "⑳", "（１）", "１．", "2）", "■ ", "◆", "◎"])
def test_the_mark_of_an_item_is_no_word_of_its_title(mark: str) -> None:
    assert [*_parts(f"{mark}注文API: 注文を受け付けるAPI")] == ["注文API"]


@pytest.mark.parametrize("line", ["Items in a NoSQL db", "商品はNoSQLデータベースに保存する", "NoSQL DB: 商品"])
def test_a_database_without_sql_is_no_relational_one(line: str) -> None:
    draft = given(f"API\n{line}".encode()).draft
    (store,) = drafts.ids(draft, ("store",))
    assert drafts.answer(draft, store, "access") == "key-value"


def test_nines_alone_are_an_availability() -> None:
    assert drafts.part(given(b"An API\n24x7, four nines").draft, WORKLOAD)["availability_percent"] == "99.99%"


def test_an_email_to_customers_needs_no_particle() -> None:
    draft = given("注文API\n注文確定時に顧客へメール送信".encode()).draft
    (channel,) = drafts.ids(draft, ("channel",))
    assert drafts.answer(draft, channel, "destinations") == [{"kind": "customer-email"}]


def test_a_line_after_a_list_of_titles_is_about_none_of_its_parts() -> None:
    parts = _parts(_REQUESTS_JA)
    assert [name for name, part in parts.items() if "wait_s" in part] == []
    assert [name for name, part in parts.items() if "rate_average_rps" in part] == []
    left = _left(given(_REQUESTS_JA.encode()))
    assert all(
        any(said in one and "several parts" in one for one in left) for said in ("承認まで3日待つ", "1日に数百件")
    )


def test_an_indented_line_is_about_the_title_above_it() -> None:
    parts = _parts("- Order API: takes orders by an API\n- Billing: a worker\n  - takes up to 3 min\n- Stock: a worker")
    assert {name: part.get("longest_run_s") for name, part in parts.items() if part.get("longest_run_s")} == {
        "Billing": "3 min"
    }


def test_a_line_below_the_only_title_is_still_about_its_part() -> None:
    parts = _parts("API\nOrders: an API\nup to 500 ms response time\nWorker")
    assert "response_s" in parts["Orders"]


def test_a_wait_for_an_approval_is_an_approval_by_a_person() -> None:
    ((_, api),) = _parts("申請 API: 申請を登録する API\n承認まで3日待つことがある").items()
    assert api["human_approval"] is True
    assert api["wait_s"] == "3日"


@pytest.mark.parametrize("line", ["Invoice worker: gets orders from a queue", "Invoice worker: 注文キューから取る"])
def test_a_title_that_names_a_worker_is_one_with_the_queue_that_it_reads(line: str) -> None:
    parts = _parts(f"Order API\n{line}")
    assert parts["Invoice worker"]["trigger"] == ["message"]
    assert [one["id"] for one in parts.values() if "carries" in one] == [parts["Invoice worker"]["listens_to"]]


def test_abbreviations_are_read_as_their_words() -> None:
    read = given(b"React SPA\nOrders: RDBMS, ~200 GB\navail. 99.9%\nbudget $2k/mo\nEU only")
    parts = {drafts.name(read.draft, id, "en"): drafts.part(read.draft, id) for id in drafts.ids(read.draft)}
    assert parts["Web application"]["static_site"] is True
    assert parts["Orders"]["volume_bytes"] == "~200 GB"
    workload = drafts.part(read.draft, WORKLOAD)
    assert workload["availability_percent"] == "99.9%"
    assert workload["budget_month_usd"] == "$2k"
    assert workload["data_stays"] is True
