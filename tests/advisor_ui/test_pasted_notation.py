"""Pasted requirements in the notation of notes and tables: abbreviations, bounds, growth and averages, each as its writer meant it."""

from typing import Any

import pytest

from advisor.requirements import SUBJECT_KINDS
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import WORKLOAD
from advisor_ui.state.given_text import draft_of, given


def answers(text: str) -> dict[str, Any]:
    """Return the answers that a text is read as, of all its parts."""
    draft, _ = draft_of(text.encode())
    parts = [drafts.part(draft, id) for id in (*drafts.ids(draft, SUBJECT_KINDS), WORKLOAD)]
    return {field: value for part in parts for field, value in part.items()}


def left(text: str) -> list[str]:
    """Return the sentences on what was not read."""
    return [sentence.en for sentence in draft_of(text.encode())[1]]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("Nightly batch @ 01:30", {"schedule_expression": "Nightly at 01:30"}),
        ("夜間バッチ @ 1:30", {"schedule_expression": "夜間 1:30"}),
        ("夜間バッチは1:30に開始", {"schedule_expression": "夜間 1:30"}),
        ("Nightly export to the warehouse at 2:30am", {"schedule_expression": "Nightly at 2:30 am"}),
        ("Nightly job\nWeekdays 7:00", {"schedule_expression": "Weekdays 7:00"}),
        ("日次バッチ：平日18:30、所要45分", {"schedule_expression": "平日18:30", "longest_run_s": "45分"}),
        ("20 req/s on average, 100 at peak", {"rate_average_rps": "20 req/s", "rate_peak_rps": "100 req/s"}),
        ("API: 200 rps at peak, 50 average", {"rate_average_rps": "50 rps", "rate_peak_rps": "200 rps"}),
        ("API, 平均20rps、ピーク時100", {"rate_average_rps": "20rps", "rate_peak_rps": "100rps"}),
        ("Worker, 100 jobs per minute, spikes to 500 jobs per minute", {"rate_peak_rps": "500 jobs per minute"}),
        ("Queue worker, 4 vCPU and 16 GiB of memory", {"vcpu": "4 vCPU", "memory_mib": "16 GiB"}),
        ("ワーカーは4コア、メモリ8GB", {"vcpu": "4コア", "memory_mib": "8GB"}),
        ("API, 20 req/s on average, takes 5 seconds", {"typical_run_s": None, "longest_run_s": "5 seconds"}),
        ("Batch runs M-F 18:30 JST", {"schedule_expression": "M-F 18:30", "time_zone": "Asia/Tokyo"}),
        ("A nightly job Mon-Sat at 23:30", {"schedule_expression": "Mon-Sat at 23:30"}),
        ("A monthly report on the 1st at 6 am JST", {"schedule_expression": "monthly on the 1st at 6 am"}),
        (
            "毎月1日の朝6時に売上を集計するバッチ、最長40分",
            {"schedule_expression": "毎月1日の朝6時", "longest_run_s": "40分"},
        ),
        ("バッチは月〜金の18時半に実行", {"schedule_expression": "月〜金の18時半"}),
        ("日曜の夜10時に集計するバッチ", {"schedule_expression": "日曜の夜10時"}),
        ("夜間バッチ：毎日AM2:00", {"schedule_expression": "毎日午前2:00"}),
        ("Postgres, approx. 100 GB", {"database_engine": "postgresql", "volume_bytes": "approx. 100 GB"}),
        ("Queue worker: max 3 min per msg", {"longest_run_s": "3 min"}),
        ("画像は1ファイル最大10MBで、7年間保管する", {"item_bytes": "10MB", "kept_s": "7年間"}),
        ("The Docker image has 3.5 GB.", {"package_bytes": "3.5 GB"}),
        ("Files: avg 3 MB, max 200 MB", {"item_bytes": "200 MB"}),
        ("ファイル受信：平均3MB／最大200MB", {"item_bytes": "200MB"}),
        ("RTO：2時間、RPO：15分", {"recovery_time_s": "2時間", "recovery_point_s": "15分"}),
        ("RTO:4h, RPO:15min", {"recovery_time_s": "4h", "recovery_point_s": "15min"}),
        ("API: 50 TPS avg, 300 TPS pk", {"rate_average_rps": "50 TPS", "rate_peak_rps": "300 TPS"}),
        ("API：平常時20TPS、ピーク150TPS", {"rate_average_rps": "20TPS", "rate_peak_rps": "150TPS"}),
        ("API: 40 rps sustained, 200 rps peak", {"rate_average_rps": "40 rps", "rate_peak_rps": "200 rps"}),
        ("注文は1日8千件でセール時は5倍になる。", {"rate_average_rps": "1日8千件", "rate_peak_rps": None}),
        ("Nightly job: avg 20 min", {"typical_run_s": "20 min", "longest_run_s": None}),
        ("Photos are kept for 7 yrs.", {"kept_s": "7 yrs"}),
        ("写真は半年間保管する。", {"kept_s": "6か月"}),
        (
            "Report job: every Monday at 6 am London time",
            {"schedule_expression": "every Monday at 6 am", "time_zone": "Europe/London"},
        ),
        ("夜間バッチ：毎日6時（ロンドン時間）", {"schedule_expression": "毎日6時", "time_zone": "Europe/London"}),
    ],
)
def test_notes_are_read_as_what_they_state(text: str, stated: dict[str, Any]) -> None:
    assert {field: answers(text).get(field) for field in stated} == stated


@pytest.mark.parametrize(
    ("text", "field", "words"),
    [
        ("MySQL 5 GB per day", "volume_bytes", "5 GB per"),
        ("MySQL, 5 GB/day", "volume_bytes", "5 GB/day"),
        ("Database: growing 5 GB/mo", "volume_bytes", "growing 5 GB/mo"),
        ("データベースは毎日5GB増える", "volume_bytes", "5GB"),
        ("Files: avg 3 MB", "item_bytes", "avg 3 MB"),
        ("画像は平均3MBでアップロードする", "item_bytes", "3MB"),
        ("夜間バッチ：1時30分", "longest_run_s", "1時30分"),
        ("Batch window 22:00-04:00", "schedule_expression", "Batch window 22:00-04:00"),
        ("バッチ時間帯 22:00～翌5:00", "schedule_expression", "22:00"),
        ("API: 95% of requests within 1 s", "response_s", "95% of requests within 1 s"),
        ("API：95%が1秒以内", "response_s", "95%が1秒以内"),
        ("API: p95 < 1 s", "response_s", "p95 < 1 s"),
        ("Orders are processed within 5 seconds by a queue worker", "longest_run_s", "includes the wait"),
        ("A REST API with 20 req/s on average, processed within 5 seconds", "longest_run_s", "includes the wait"),
        ("A REST API with 20 req/s on average, processed within 5 seconds", "typical_run_s", "includes the wait"),
        ("ワーカーが動く。注文は5秒以内に処理される。", "longest_run_s", "includes the wait"),
        ("Web app for 3,000 users, RDS PostgreSQL 200 GB", "rate_average_rps", "3,000 users"),
        ("10,000 devices call an API, send 1 KB every 10 s", "request_bytes", "1 KB"),
        ("Nightly job at 2:30 am CET", "time_zone", "2:30 am CET"),
        ("The import starts at 18:30 local time every day", "time_zone", "18:30 local time"),
    ],
)
def test_what_answers_no_question_is_named_and_stands_in_none(text: str, field: str, words: str) -> None:
    text = f"{text}\nRegion: eu-west-1"
    assert field not in answers(text)
    assert any(words in sentence for sentence in left(text)), left(text)


@pytest.mark.parametrize("text", ["API: 95% of requests within 1 s", "Database: 5 GB per day", "API：95%が1秒以内"])
def test_a_quantity_is_no_title(text: str) -> None:
    draft, _ = draft_of(text.encode())
    titles = [drafts.name(draft, id, lang) for id in drafts.ids(draft) for lang in ("en", "ja")]
    assert not any(
        one.isdigit() for title in titles for one in title.replace("Component 1", "").replace("コンポーネント 1", "")
    )


def test_a_batch_window_is_no_job() -> None:
    draft, _ = draft_of(b"API: orders\nBatch window 22:00-04:00 UTC")
    assert len(drafts.ids(draft, ("component",))) == 1


@pytest.mark.parametrize(
    ("text", "field", "value", "words"),
    [
        ("API: 300 TPS pk\nFiles: 5k CSVs/day", "rate_average_rps", None, "5k CSVs/day"),
        ("Files: 5k CSVs/day\nAPI: 50 TPS avg", "rate_average_rps", "50 TPS", "5k CSVs/day"),
        ("ピーク時スループット 100件/秒\nファイル受信 CSV 1日500件", "rate_average_rps", None, "1日500件"),
        ("API: orders\nMQ：1日50万件、1件あたり最大3分", "longest_run_s", None, "1件あたり最大3分"),
        ("API: orders\nQueue: max 10s per msg", "longest_run_s", None, "max 10s per msg"),
        (
            "Every Monday at 6 am a report is created.\nStock is reconciled every 15 minutes; the job runs for 3 minutes.",
            "longest_run_s",
            None,
            "the job runs for 3 minutes",
        ),
        (
            "毎週月曜9時に売上レポートを作成する。\n在庫は15分おきに同期する（1回3分程度）。",
            "longest_run_s",
            None,
            "1回3分程度",
        ),
        (
            "A report is created every Monday at 6 am.\nStock is imported every day at 7 am London time.",
            "time_zone",
            None,
            "7 am London time",
        ),
    ],
)
def test_what_is_said_of_another_part_is_not_given_to_the_one_that_is_there(
    text: str, field: str, value: str | None, words: str
) -> None:
    assert answers(text).get(field) == value
    assert any(words in sentence for sentence in left(text)), left(text)


@pytest.mark.parametrize("name", ["MQ", "Q"])
def test_the_rate_of_a_queue_is_that_of_its_channel(name: str) -> None:
    draft, _ = draft_of(f"API: 50 TPS avg\n{name}: ~2M msgs/d, 4 KB each".encode())
    assert drafts.answer(draft, "channel-1", "rate_average_rps") == "~2M msgs/d"
    assert drafts.answer(draft, "component-1", "rate_average_rps") == "50 TPS"


def test_a_load_that_gives_way_is_not_recorded_as_read() -> None:
    read = given(b"Files: 5k CSVs/day\nAPI: 50 TPS avg").read
    assert not any("5k CSVs" in line.sentence.en and "Average" in line.sentence.en for line in read)


@pytest.mark.parametrize(
    "text",
    [
        "40 rps sustained\nNightly export takes 20 min",
        "40 rps sustained\nNightly job\n- runs 20 min",
        "Users sign in with Okta\nNightly export takes 20 min",
        "毎秒40件\n夜間バッチは20分かかる",
    ],
)
def test_a_job_is_not_the_part_that_has_a_load_or_users(text: str) -> None:
    draft, _ = draft_of(text.encode())
    first, job = (drafts.part(draft, id) for id in drafts.ids(draft, ("component",)))
    assert "longest_run_s" not in first
    assert {"rate_average_rps", "authentication"}.isdisjoint(job)


def test_a_load_in_a_row_of_a_table_is_a_peak_and_no_number_of_a_day() -> None:
    assert answers("NFR-03\tPeak load\t1,500 req/min\tMust\nRegion: eu-west-1")["rate_peak_rps"] == "1,500 req/min"
