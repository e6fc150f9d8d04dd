"""Text as people write it: several parts in one line, what stands beside a part, and what is left of it."""

from typing import Any, NamedTuple

import pytest

from advisor_ui.state import draft as drafts
from advisor_ui.state.given_text import draft_of, given
from tests.advisor_ui.page import opened, ran

_LINKS = ("reads", "writes", "publishes", "listens_to", "calls")
_STRUCTURE = ("id", "title", "trigger", "static_site", "access", "carries", "destinations", *_LINKS)
_DB = "Relational database"


class Case(NamedTuple):
    """A text, the answers of its parts besides those of their kind, some of their links, and words that are named as unread."""

    text: str
    parts: dict[str, dict[str, Any]]
    links: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


SHOP = (
    "API writes " + _DB,
    "Worker writes " + _DB,
    "Nightly job reads " + _DB,
    "Worker listens_to Queue",
    "API publishes Queue",
)
REPORTED = {
    "shop": Case(
        "A shop with a web app, an API, a queue worker, a nightly job of about 40 minutes and a relational database.\n"
        "About 30,000 users a month.",
        {"Web application": {}, "API": {"rate_average_rps": "About 30,000 users a month"}, "Worker": {}, "Queue": {},
         "Nightly job": {"longest_run_s": "about 40 minutes"}, _DB: {}},
        SHOP,
    ),
    "shop-ja": Case(
        "月3万人が使うECサイト。Webアプリ、API、注文を処理するキューワーカー、毎晩の売上集計バッチ（約40分）、リレーショナルデータベースがあり、\n"
        "外部の倉庫システムへ通知する。\n注文は数千件/日",
        {"Web application": {}, "API": {"rate_average_rps": "月3万人"}, "Worker": {}, "Queue": {},
         "Nightly job": {"longest_run_s": "約40分"}, _DB: {}, "To an external system": {}},
        (*SHOP, "API publishes To an external system"), ("注文は数千件/日",),
    ),
    "lines": Case(
        "Web application\nAPI\nWorker\nNightly job\nLongest run: 40 min\nDatabase: Orders\nQueue: jobs\n"
        "Average rate: 30,000 users a month",
        {"Web application": {}, "API": {"rate_average_rps": "30,000 users a month"}, "Worker": {}, "jobs": {},
         "Nightly job": {"longest_run_s": "40 min"}, "Orders": {}},
        ("API writes Orders", "Worker writes Orders", "Nightly job reads Orders", "Worker listens_to jobs", "API publishes jobs"),
    ),
    "intake": Case(
        "A service reads incoming documents.\nPDF, up to 25 MB\na few thousand a day\nwithin 3 business days",
        {"Component 1": {"rate_average_rps": "a few thousand a day"}, "Files": {"item_bytes": "25 MB"}}, (),
        ("A service reads incoming documents", "within 3 business days"),
    ),
}  # fmt: skip
#: Texts that were written before the reader could read several parts in one line.
OWN = {
    "booking": Case(
        "Booking site: a web application, an API and a relational database.\nAbout 5,000 visitors a day.",
        {"Web application": {}, "API": {"rate_average_rps": "About 5,000 visitors a day"}, _DB: {}},
        ("API reads " + _DB, "API writes " + _DB), ("Booking site",),
    ),
    "images": Case(
        "We need an API, a worker that resizes images in up to 3 minutes, file storage and a queue.",
        {"API": {}, "Worker": {"longest_run_s": "3 minutes"}, "Files": {}, "Queue": {}},
        ("API writes Files", "Worker writes Files", "Worker listens_to Queue"),
    ),
    "hourly": Case(
        "An hourly batch job (10 minutes), a key-value table and an API. We like cats.",
        {"Hourly batch job": {"longest_run_s": "10 minutes", "schedule_expression": "hourly"}, "Key-value table": {}, "API": {}},
        ("API writes Key-value table", "Hourly batch job reads Key-value table"), ("We like cats",),
    ),
    "ambiguous": Case(
        "API\nWorker\nQueue: mails\nDatabase: Customers\nLongest run: 2 min\nVolume: 20 GB",
        {"API": {}, "Worker": {}, "mails": {}, "Customers": {"volume_bytes": "20 GB"}},
        ("Worker listens_to mails", "API publishes mails", "Worker writes Customers", "API reads Customers"),
        ("Longest run: 2 min",),
    ),
    "staff": Case(
        "Employees use a website. The nightly job takes about 2 hours and reads a relational database.\n"
        "It must be nice to look at.",
        {"Web application": {}, "Nightly job": {"longest_run_s": "about 2 hours"}, _DB: {}},
        ("Nightly job reads " + _DB,), ("It must be nice to look at",),
    ),
    "booking-ja": Case(
        "予約サイト。Webアプリ、API、リレーショナルデータベース。1日5,000人が利用する。",
        {"Web application": {}, "API": {"rate_average_rps": "1日5,000人"}, _DB: {}},
        ("API reads " + _DB, "API writes " + _DB), ("予約サイト",),
    ),
    "images-ja": Case(
        "APIと、画像を変換するワーカー（最長3分）、ファイル保管、キューが必要。",
        {"API": {}, "Worker": {"longest_run_s": "3分"}, "Files": {}, "Queue": {}},
        ("API writes Files", "Worker writes Files", "Worker listens_to Queue"),
    ),
    "hourly-ja": Case(
        "1時間ごとのバッチ（10分）、キーバリューテーブル、APIがある。猫が好き。",
        {"バッチ": {"longest_run_s": "10分", "schedule_expression": "1時間ごと"}, "Key-value table": {}, "API": {}},
        ("API writes Key-value table", "バッチ reads Key-value table"), ("猫が好き",),
    ),
    "ambiguous-ja": Case(
        "API\nワーカー\nキュー: メール\nデータベース: 顧客\n最長の実行時間: 2分\nデータ量: 20 GB",
        {"API": {}, "Worker": {}, "メール": {}, "顧客": {"volume_bytes": "20 GB"}},
        ("Worker listens_to メール", "API publishes メール", "Worker writes 顧客", "API reads 顧客"),
        ("最長の実行時間: 2分",),
    ),
    "report-ja": Case(
        "APIとデータベース。\n夜間バッチは約2時間かかり、データベースを読む。\n注文は数百件/日\n3営業日以内に承認する",
        {"API": {"rate_average_rps": "数百件/日"}, _DB: {}, "Nightly job": {"longest_run_s": "約2時間"}},
        ("API writes " + _DB, "Nightly job reads " + _DB), ("3営業日以内",),
    ),
}  # fmt: skip
#: Texts that were written after it could, and were read at once but for small words.
LATER = {
    "nested": Case(
        "- API\n  - 100 requests per second\n  - response time: 1 s\n- Worker\n  - takes up to 10 min\n- Queue\n"
        "  - message size: 100 KB\n- Relational database\n  - 50 GB",
        {"API": {"rate_average_rps": "100 requests per second", "response_s": "1 s"}, "Worker": {"longest_run_s": "10 min"},
         "Queue": {"message_bytes": "100 KB"}, _DB: {"volume_bytes": "50 GB"}},
        ("Worker listens_to Queue", "API writes " + _DB),
    ),
    "plus": Case("Web API + worker + queue + DB", {"API": {}, "Worker": {}, "Queue": {}, _DB: {}}, SHOP[:2]),
    "weekly": Case(
        "We have 2,000 customers per day. There's an API. There's also a weekly report job that takes 1 hour.",
        {"API": {"rate_average_rps": "2,000 customers per day"},
         "Weekly report job": {"longest_run_s": "1 hour", "schedule_expression": "weekly"}},
    ),
    "claims-ja": Case(
        "APIとワーカーとDB。ワーカーは1件あたり最大5分かかる。APIは1秒以内に応答すること。DBの容量は500GB。",
        {"API": {"response_s": "1秒"}, "Worker": {"longest_run_s": "5分"}, "Queue": {}, _DB: {"volume_bytes": "500GB"}},
        ("Worker writes " + _DB, "API writes " + _DB),
    ),
    "sent-ja": Case(
        "ワーカーが処理してデータベースに登録し、結果を外部の会計システムに送信する。1日数千件。",
        {"Worker": {"rate_average_rps": "1日数千件"}, "Queue": {}, _DB: {}, "To an external system": {}},
        ("Worker publishes To an external system", "Worker writes " + _DB),
    ),
}  # fmt: skip
CASES = REPORTED | OWN | LATER


def links(draft: drafts.Raw) -> set[str]:
    """Return the links of a draft as words, with the English names of their ends."""
    found = set()
    for _, part in drafts.subjects(draft):
        for field in _LINKS:
            value = part.get(field) or ()
            for target in [value] if isinstance(value, str) else value:
                found.add(f"{drafts.name(draft, part['id'], 'en')} {field} {drafts.name(draft, target, 'en')}")
    return found


@pytest.mark.parametrize("name", CASES)
def test_a_text_is_read_for_the_right_parts_and_what_is_left_is_named(name: str) -> None:
    case = CASES[name]
    draft, left_out = draft_of(case.text.encode())
    read = {
        drafts.name(draft, part["id"], "en"): {field: value for field, value in part.items() if field not in _STRUCTURE}
        for _, part in drafts.subjects(draft)
    }
    assert read == case.parts
    assert set(case.links) <= links(draft)
    for lang in ("en", "ja"):
        said = [sentence.in_(lang) for sentence in left_out]
        assert all(any(words in one for one in said) for words in case.unread), said
    assert len(left_out) == len(case.unread), [sentence.en for sentence in left_out]


def test_what_was_read_is_said_line_by_line_with_its_part() -> None:
    text = "A shop with an API and a nightly job of about 40 minutes.\nDatabase: Orders\nWe love pizza."
    draft, left_out, read = given(text.encode())
    assert [line.sentence.en for line in read] == [
        'Line 1: "A shop with an API" → API (not used: "shop")',
        'Line 1: "a nightly job of about 40 minutes" → Nightly job (Longest run: about 40 minutes)',
        'Line 2: "Database: Orders" → Orders (Access: Relational (SQL, joins))',
        'Connections: "API" reads and writes "Orders"; "Nightly job" reads "Orders"',
    ]
    assert all(line.sentence.ja for line in read)
    (job,) = (id for id, field in read[1].places if field == "longest_run_s")
    assert drafts.name(draft, job, "en") == "Nightly job"
    assert [sentence.en for sentence in left_out] == ['Line 3: "We love pizza." could not be interpreted.']


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("An email worker and an image worker behind an API.", ["API", "Worker", "Worker 2"]),
        ("An API and a database. The API writes to the database, and a worker reads the database.", ["API", "Worker"]),
        ("An API without a queue. No worker is needed.", ["API"]),
        ("The API calls an external payment API.", ["API"]),
        ("APIがある。キューは使わない。ワーカーは不要。", ["API"]),
    ],
)
def test_a_part_that_is_named_again_is_the_same_and_one_that_is_denied_is_none(text: str, parts: list[str]) -> None:
    draft, _ = draft_of(text.encode())
    assert sorted(drafts.name(draft, id, "en") for id in drafts.ids(draft, ("component",))) == parts


def test_a_phrase_of_which_a_number_is_left_is_named_with_the_number() -> None:
    _, left_out = draft_of(b"An API. A clerk approves each document within 3 business days.")
    assert [sentence.en for sentence in left_out] == [
        'Line 1: "A clerk approves each document within 3 business days." was read in part; not read: "3 business days".'
        " Check the answers and add what is missing."
    ]


@pytest.mark.parametrize(("lang", "said"), [("en", "Read, line by line"), ("ja", "行ごとの読み取り結果")])
def test_the_page_lists_what_was_read_until_it_is_closed(lang: str, said: str) -> None:
    page = opened(lang=lang)
    page.text_area(key="paste").set_value("An API and a database")
    page.button(key="paste_go").click()
    ran(page)
    assert any(said in one.label for one in page.expander)
    page.button(key="left_out_seen").click()
    ran(page)
    assert not any(said in one.label for one in page.expander)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("An API stores orders in a table. Two part-time engineers run the system.", "on-demand"),
        ("Devices upload files, 3 TB in all. An API reads them.", "item_bytes"),
    ],
)
def test_a_sentence_about_something_else_is_no_answer(text: str, wrong: str) -> None:
    assert wrong not in str(draft_of(text.encode())[0])


def test_a_web_dashboard_is_a_part_of_its_own() -> None:
    text = "A web dashboard where operators sign in with our existing identity provider. A monthly report job."
    web, job = draft_of(text.encode())[0]["components"]
    assert (web["trigger"], web["authentication"], job["trigger"]) == (["request"], "existing-provider", ["schedule"])
    assert "authentication" not in job
