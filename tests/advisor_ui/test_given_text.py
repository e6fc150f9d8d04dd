"""What is given to the page as text: what is understood is kept, and the rest is named, in both languages."""

import json
import random
from typing import Any

import pytest

import rules
from advisor.book import Book
from advisor.requirements import SUBJECT_KINDS, RequirementsError, make_requirements
from advisor.requirements.reading import write_requirements
from advisor_ui.state import draft as drafts
from advisor_ui.state.given_text import draft_of
from advisor_ui.state.link import pack, unpack
from advisor_ui.state.partial_validation import validate
from advisor_ui.state.session import story
from advisor_ui.state.tolerant_reading import understood
from tests.advisor_ui.page import opened, ran
from tests.advisor_ui.test_flows import shown, state

LIST = """# Shop
- runs 20 min
- Kubernetes: no
* no GPU
API: Orders
1. authentication: sign-up
2. peak = 200 per second
Database: Order data
- volume: 200 GB
Worker
- reads from: Order data, Nowhere
Region: eu-west-1
We love pizza.
- Answer within: soon
"""

#: Sentences as clients write them, with all answers that they state.
SENTENCES: dict[str, dict[str, Any]] = {
    "Users sign in with Cognito.": {"authentication": "sign-up"},
    "Employees authenticate via Okta using OpenID Connect.": {"authentication": "existing-provider"},
    "Partners call the API with an API key.": {"trigger": ["request"], "exposure": "partner", "api_keys": True},
    "The service must not be reachable from the internet.": {"exposure": "private"},
    "We must comply with GDPR.": {"data_class": "regulated"},
    "Running costs must not exceed $500 per month.": {"budget_month_usd": "$500"},
    "RTO is 1 hour and RPO is 5 minutes.": {"recovery_time_s": "1 hour", "recovery_point_s": "5 minutes"},
    "The availability target is 99.95%.": {"availability_percent": "99.95%"},
    "It must scale to 2,000 requests per second.": {"rate_peak_rps": "2,000 requests per second"},
    "The load is spiky.": {"shape": "spiky"},
    "The report job runs every night at 2:00.": {"trigger": ["schedule"], "schedule_expression": "every night at 2:00"},
    "The import starts at 6:30 on weekdays.": {"trigger": ["schedule"], "schedule_expression": "weekdays at 6:30"},
    "Case records are kept for 7 years.": {"kept_s": "7 years"},
    "The invoices must be stored for 10 years and must not be changed or deleted.": {
        "access": "objects",
        "kept_s": "10 years",
        "immutable": True,
    },
    "Personal data is deleted after 90 days.": {"data_class": "regulated", "kept_s": "90 days"},
    "案件の記録は 7 年間保存する。": {"kept_s": "7 年間"},
    "個人データは 90 日後に削除する。": {"data_class": "regulated", "kept_s": "90 日"},
    "Users upload files up to 5 GB.": {"direct_uploads": True, "access": "objects", "item_bytes": "5 GB"},
    "We do not want to manage servers.": {"must": ["managed-only"]},
    "Messages must be processed in order per customer.": {"ordering": "per-key"},
    "No message may be lost or processed twice.": {"duplicates_ok": False},
    "Each order event goes to billing, shipping and analytics.": {"fan_out": "3"},
    "The consumer reads from an existing SQS queue of another team.": {"already_exists": True},
    "The event starts the function directly, without a queue in between.": {"direct_delivery": True},
    "Our outbound traffic must come from a static IP that the bank allows.": {"fixed_outgoing_ip": True},
    "固定の送信元 IP アドレスから外部の API を呼び出す。": {"fixed_outgoing_ip": True},
    "The API accepts calls only from registered IP addresses.": {"trigger": ["request"], "source_ips": True},
    "既存の Oracle データベースに接続する。": {"already_exists": True, "access": "relational", "database_engine": "oracle"},
    "The API reads from an existing MySQL database.": {
        "trigger": ["request"],
        "already_exists": True,
        "access": "relational",
        "database_engine": "mysql",
    },
    "Semantic search over the embeddings of our manuals.": {"access": "vectors"},
    "The vectors are in PostgreSQL with pgvector, for vector search with SQL.": {
        "access": "relational",
        "database_engine": "postgresql",
    },
    "マニュアルのベクトル検索を行う。": {"access": "vectors"},
    "Users must register before they order.": {"authentication": "sign-up"},
    "A typical task runs for 20 seconds.": {"typical_run_s": "20 seconds"},
    "Managers approve each request, which may take three days.": {"human_approval": True, "wait_s": "three days"},
    "利用者は Cognito でサインインする。": {"authentication": "sign-up"},
    "可用性は 99.95 % を目標とする。": {"availability_percent": "99.95 %"},
    "集計バッチは毎晩 2 時に実行する。": {"trigger": ["schedule"], "schedule_expression": "毎晩 2 時"},
    "顧客ごとに順序を守って処理する。": {"ordering": "per-key"},
    "ピーク時は毎秒 300 件、平均は毎秒 20 件。": {"rate_peak_rps": "毎秒 300 件", "rate_average_rps": "毎秒 20 件"},
    "メッセージの欠落や二重処理は許されない。": {"duplicates_ok": False},
    "使っていない間は費用がかからないこと。": {"must": ["nothing-while-idle"]},
    "個人情報を扱う。": {"data_class": "regulated"},
    "社内ネットワークからのみ利用する。": {"exposure": "private"},
    "1 件の処理は通常 20 秒程度。": {"typical_run_s": "20 秒程度"},
}  # fmt: skip
UNREAD = (
    "We might use Cognito later.",
    "Users sign in with Cognito and Okta.",
    "Traffic is steady during office hours and almost zero at night.",
    "The external payment provider accepts only 10 calls per second.",
    "The accounting system accepts at most 2 requests per second.",
    "The project takes 6 months.",
    "Log files are deleted after 30 days.",
    "将来は Okta で認証する予定。",
    "外部の決済サービスは毎秒 10 件までしか受け付けない。",
    "会計システムは毎秒 2 件まで。",
    "Users can register a complaint.",
    "利用者は苦情を登録し、担当者が確認する。",
    "Orders are approved automatically.",
    "Deployment to production must be approved.",
    "The old system costs $3,000 a month.",
    "現在は月額 3,000 ドルかかっている。",
    "Every customer gets at most 5 requests per second.",
    "Our support answers within 4 hours.",
    "Orders are shipped within 2 days on average.",
    "The old service was written in Java.",
    "1 冊 500 円の本を販売する。",
    "既存のデータベースは廃止する。",
)
NOTED = (
    ("All data has to remain in Japan.", "ap-northeast-1, ap-northeast-3"),
    ("EU 域内にデータを置く必要がある。", "eu-central-1"),
    ("費用は月 3 万円以内とする。", "in US dollars"),
    ("The system must survive the failure of an entire Region.", "RTO and RPO"),
    ("We know Kubernetes well.", "have no effect"),
    ("Failed messages should be retried for 24 hours.", "was read in part"),
)


def english(sentences: Any) -> list[str]:
    return [sentence.en for sentence in sentences]


def test_a_pasted_list_is_read_line_by_line_and_the_rest_is_named(book: Book) -> None:
    draft, left_out = draft_of(LIST.encode())
    orders, worker = drafts.ids(draft, ("component",))
    assert drafts.titled(draft["title"], "en") == "Shop"
    assert drafts.answer(draft, orders, "longest_run_s") == "20 min", "lines before the first part are about it"
    assert drafts.answer(draft, orders, "kubernetes") == "none"
    assert drafts.answer(draft, orders, "gpu") is False
    assert drafts.answer(draft, orders, "trigger") == ["request"]
    assert drafts.name(draft, orders, "ja") == "Orders"
    assert drafts.answer(draft, orders, "authentication") == "sign-up"
    (store,) = drafts.ids(draft, ("store",))
    assert drafts.answer(draft, worker, "reads") == [store] == drafts.answer(draft, orders, "reads")
    assert draft["workload"] == {"region": "eu-west-1"}
    assert english(left_out) == [
        'Line 13: "We love pizza." could not be interpreted.',
        'Line 11: unknown part "Nowhere"; no link was added.',
    ]
    assert [*validate(draft, book).problems] == [(orders, "response_s")], (
        "a wrong answer is said at the only part that has the question"
    )


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("最長の実行時間：20 分", "longest_run_s", "20 分"),
        ("・GPU なし", "gpu", False),
        ("- WAF", "waf", True),
        ("- needs a GPU: yes", "gpu", True),
        ("- needs a pony: yes", None, None),
        ("500 orders per second at peak", "rate_peak_rps", "500 orders per second"),
        ("毎秒 500 件", "rate_average_rps", "毎秒 500 件"),
        ("The price is 5 USD per month", None, None),
        ("Each job takes 40 min", "longest_run_s", "40 min"),
        ("The meeting takes place on Monday", None, None),
        ("We use a REST API", "protocol", "http"),
        ("We do not use WebSocket", None, None),
        ("関数は使わない", "must", ["no-functions"]),
        ("Kubernetes は使わない", "kubernetes", "none"),
        ("caching = yes", "caching", True),
        ("Kubernetes: house standard", "kubernetes", "house-standard"),
        ("Trigger: a request, a schedule", "trigger", ["request", "schedule"]),
        ("longest_run_s: 3", "longest_run_s", "3"),
        ("Longest rum: 3 h", "longest_run_s", "3 h"),
        ("memory 2 GB", "memory_mib", "2 GB"),
        ("Takes up to 40 s.", "longest_run_s", "40 s"),
    ],
)
def test_one_line(line: str, field: str | None, value: object) -> None:
    if field is None:
        with pytest.raises(RequirementsError):
            draft_of(line.encode())
        return
    draft, left_out = draft_of(line.encode())
    assert not left_out
    assert drafts.answer(draft, "component-1", field) == value


@pytest.mark.parametrize("line", ["Must survive the failure of an Availability Zone", "AZ の障害でも継続すること"])
def test_the_failure_of_a_zone_is_stated_in_a_sentence(line: str) -> None:
    draft, left_out = draft_of(line.encode())
    assert (draft["workload"], left_out) == ({"zone_failure": True}, ())


@pytest.mark.parametrize("line", SENTENCES, ids=str)
def test_a_sentence_is_read_by_its_meaning(line: str) -> None:
    draft, left_out = draft_of(line.encode())
    stated = {
        field: value
        for part in (draft.get("workload", {}), *(one for kind in SUBJECT_KINDS for one in draft.get(f"{kind}s", ())))
        for field, value in part.items()
        if field not in ("id", "title", "summary", "publishes", "reads", "writes")
    }
    assert (stated, left_out) == (SENTENCES[line], ())


@pytest.mark.parametrize("line", UNREAD)
def test_a_wish_a_doubt_and_what_has_two_meanings_are_not_read(line: str) -> None:
    with pytest.raises(RequirementsError):
        draft_of(line.encode())


@pytest.mark.parametrize(("line", "said"), NOTED)
def test_a_requirement_that_needs_another_answer_says_which(line: str, said: str) -> None:
    try:
        _, left_out = draft_of(line.encode())
    except RequirementsError as refused:
        left_out = refused.problems
    assert any(said in sentence.en for sentence in left_out)
    assert all(sentence.ja for sentence in left_out)


def test_a_sentence_does_not_replace_an_earlier_answer() -> None:
    draft, left_out = draft_of(b"A conversion takes up to 45 minutes.\nAn import takes 2 hours.")
    assert drafts.answer(draft, "component-1", "longest_run_s") == "45 minutes"
    assert [sentence.en for sentence in left_out] == [
        'Line 2: "An import takes 2 hours.": an earlier line answers "Longest run" differently; the first answer was kept.'
    ]


def test_a_nightly_job_is_not_the_api_of_the_lines_before() -> None:
    draft, _ = draft_of(b"API: Orders\nThe report is created every night at 2:00.\nUsers upload photos up to 20 MB.")
    api, job = drafts.ids(draft, ("component",))
    assert drafts.answer(draft, api, "trigger") == ["request"]
    assert drafts.answer(draft, job, "trigger") == ["schedule"]
    assert drafts.answer(draft, job, "schedule_expression") == "every night at 2:00"
    (store,) = drafts.ids(draft, ("store",))
    assert drafts.answer(draft, store, "item_bytes") == "20 MB"


@pytest.mark.parametrize(
    ("line", "schedule", "zone"),
    [
        ("The report runs every day at 9:00 JST.", "every day at 9:00", "Asia/Tokyo"),
        ("Jobs run at 03:00 Europe/Berlin time every day.", "at 03:00 every day", "Europe/Berlin"),
        ("We import the file daily at 06:30 (UTC).", "daily at 06:30", "UTC"),
        ("毎朝6時（日本時間）に集計バッチを実行する。", "毎朝6時", "Asia/Tokyo"),
        ("毎日9時JSTに通知を送信する。", "毎日9時", "Asia/Tokyo"),
        ("The report runs every day at 9:00.", "every day at 9:00", None),
    ],
)
def test_a_schedule_is_read_with_its_time_zone(line: str, schedule: str, zone: str | None) -> None:
    draft, _ = draft_of(line.encode())
    (job,) = drafts.ids(draft, ("component",))
    assert drafts.answer(draft, job, "schedule_expression") == schedule
    assert drafts.answer(draft, job, "time_zone") == zone


def test_a_schedule_does_not_start_the_component_that_users_sign_in_to() -> None:
    draft, _ = draft_of(b"Users sign in with Cognito.\nThe report runs every night at 2:00.")
    api, job = drafts.ids(draft, ("component",))
    assert drafts.answer(draft, api, "authentication") == "sign-up"
    assert drafts.answer(draft, api, "trigger") is None
    assert drafts.answer(draft, job, "trigger") == ["schedule"]


def test_each_hard_requirement_stands_on_a_line_of_its_own() -> None:
    draft, _ = draft_of(b"No servers\n- no containers")
    assert drafts.answer(draft, "component-1", "must") == ["no-servers", "no-containers"]


@pytest.mark.parametrize("heading", ["Requirements:", "Workload:", "要件:"])
def test_a_list_under_a_heading_is_no_requirements_file(heading: str) -> None:
    draft, left_out = draft_of(f"{heading}\n- Kubernetes: no\n- We love pizza.\n".encode())
    assert drafts.answer(draft, "component-1", "kubernetes") == "none"
    assert [sentence.en for sentence in left_out] == ['Line 3: "We love pizza." could not be interpreted.']


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("We run it in the Tokyo Region.", "ap-northeast-1"),
        ("東京リージョンで運用する。", "ap-northeast-1"),
        ("東京リージョン以外を使う。", None),
        ("The backup goes to the Osaka Region.", None),
        ("バックアップを大阪リージョンに置く。", None),
        ("We migrate from the Tokyo Region.", None),
        ("Our users in the London region call the API.", None),
    ],
)
def test_a_region_of_something_else_is_not_the_one_of_the_workload(text: str, region: str | None) -> None:
    draft, _ = draft_of(f"API: Orders\n{text}\n".encode())
    assert draft.get("workload", {}).get("region") == region


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("Customer data must stay in the EU.", "eu-central-1"),
        ("顧客データは国内に保管する。", "ap-northeast-1"),
        ("Customer data must stay in the EU.\nRegion: eu-west-3", "eu-west-3"),
        ("Region: eu-west-1\nCustomer data must stay in the EU.", "eu-west-1"),
    ],
)
def test_data_that_must_stay_in_a_country_are_in_a_region_there(text: str, region: str) -> None:
    draft, _ = draft_of(f"API: Orders\n{text}\n".encode())
    assert draft["workload"] == {"data_stays": True, "region": region}


def test_a_region_is_found_in_a_sentence() -> None:
    draft, left_out = draft_of(b"All data must stay in eu-central-1.")
    assert (draft["workload"], left_out) == ({"data_stays": True, "region": "eu-central-1"}, ())


@pytest.mark.parametrize("line", ["Partners send files over SFTP", "取引先が SFTP でファイルを送る"])
def test_a_protocol_that_no_service_accepts_comes_with_its_alternatives(line: str, book: Book) -> None:
    with pytest.raises(RequirementsError) as refused:
        draft_of(line.encode())
    assert any("AWS Transfer Family" in problem.ja for problem in refused.value.problems)
    _, (left,) = draft_of(f"GPU: no\n{line}".encode())
    assert "an object in S3 start the component" in left.en
    draft, _ = draft_of(b"API: Orders\nProtocol: SFTP")
    ((_, problem),) = validate(draft, book).problems.items()
    assert "AWS Transfer Family" in problem.en


def test_a_wrong_option_lists_the_labels_that_the_page_shows(book: Book) -> None:
    ((_, problem),) = validate({"components": [{"id": "api", "trigger": "wish"}]}, book).problems.items()
    assert problem.en.startswith('Trigger: "wish" must be one of: A request, A schedule, ')
    assert problem.ja.startswith("起動方法: 「wish」は使えません。使える値: リクエスト、スケジュール、")
    with pytest.raises(RequirementsError) as refused:
        make_requirements({"components": [{"id": "api", "trigger": "wish"}]})
    (in_a_file,) = refused.value.problems
    assert "request (A request), schedule (A schedule)" in in_a_file.en
    assert "request（リクエスト）、schedule（スケジュール）" in in_a_file.ja


def test_a_question_of_a_channel_makes_one_that_the_component_publishes_to() -> None:
    draft, _ = draft_of(b"- fan-out: 3\n- ordering: in order per key")
    assert drafts.answer(draft, "component-1", "publishes") == ["channel-1"]
    assert drafts.answer(draft, "channel-1", "ordering") == "per-key"


def test_a_file_with_parts_too_many_keeps_sixty_and_names_the_others() -> None:
    components = [{"id": f"c-{number}", "calls": ["c-60"]} for number in range(60)]
    file = {"components": [*components, {"id": "c-60", "title": "The last"}]}
    draft, left_out = draft_of(json.dumps(file).encode())
    assert len(draft["components"]) == 60
    assert "calls" not in draft["components"][0], "what was left out is linked to by nobody"
    (sentence,) = left_out
    assert sentence.en == 'Component "The last" was ignored: a workload can have at most 60 parts of each kind.'
    assert "60 個まで" in sentence.ja


def test_what_is_wrong_in_a_file_is_named_and_the_rest_is_kept(book: Book) -> None:
    file = b"""
    schema: 2
    colour: red
    workload: {regoin: eu-west-1, region: eu-west-1}
    components:
    - {id: api, longest_run: 3, longest_run_s: soon, trigger: request, writes: [My Store], pins: [1]}
    - {id: api, title: [x]}
    - 7
    stores: [{id: My Store, access: objects}]
    channels: {id: x}
    """
    draft, left_out = draft_of(file)
    assert drafts.ids(draft) == ["api", "component-2", "store-1"]
    assert drafts.answer(draft, "api", "writes") == ["store-1"], "a link follows the part whose id was changed"
    assert draft["workload"] == {"region": "eu-west-1"}
    named = "\n".join(english(left_out))
    for words in (
        "colour",
        "workload.regoin",
        "nearest is region",
        "api.longest_run",
        "api.pins",
        "components.3",
        "channels",
    ):
        assert words in named
    assert [*validate(draft, book).problems] == [("api", "longest_run_s")]


def test_a_file_that_is_right_is_opened_as_ever() -> None:
    for name in rules.STORIES:
        assert draft_of(write_requirements(rules.load_story(name))) == (story(name), ())


@pytest.mark.parametrize(
    "content", [b"", b" \n", b"\xff\xfe", b"components: [", b"{", b"x" * 1_000_001, b"- a\n- b: [", b"hello"]
)
def test_what_says_nothing_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(RequirementsError) as refused:
        draft_of(content)
    assert all(problem.en and problem.ja for problem in refused.value.problems)


def test_what_is_neither_a_list_nor_a_file_is_refused_for_both_reasons() -> None:
    with pytest.raises(RequirementsError) as refused:
        draft_of(b"a: &a [x, x]\nb: [*a, *a]\n")
    said = "\n".join(english(refused.value.problems))
    assert "No requirement was recognized" in said
    assert "aliases" in said


def test_a_link_of_an_older_form_keeps_its_meaning_and_names_what_is_unknown_today() -> None:
    old = {"schema": 1, "components": [{"id": "api", "cheap": True, "memory_mib": "lots"}], "stores": [{"id": "s"}]}
    page = opened(r=str(pack(old)), lang="en")
    draft = state(page).draft
    assert draft is not None
    assert drafts.answer(draft, "api", "trigger") == "request"
    assert drafts.answer(draft, "s", "shape") == "spiky"
    assert "api.cheap: unknown question" in shown(page)
    assert "Memory:" in shown(page), "a wrong answer is said where it was given"
    page.button(key="left_out_seen").click()
    ran(page)
    assert "api.cheap" not in shown(page)


def test_a_link_of_a_newer_form_is_refused_with_a_sentence() -> None:
    page = opened(r=str(pack({"schema": 9, "components": [{"id": "api"}]})), lang="en")
    assert "requires a newer version" in shown(page)


@pytest.mark.parametrize("part", [{"id": "A B"}, {"id": "a", "colour": 1}])
def test_a_link_with_something_wrong_in_it_is_opened_without_that(part: dict[str, Any]) -> None:
    page = opened(r=str(pack({"components": [part]})), lang="en")
    assert state(page).draft is not None
    assert len(state(page).left_out) == 1
    assert not page.error


@pytest.mark.parametrize(("lang", "said"), [("en", "could not be interpreted"), ("ja", "解釈できませんでした")])
def test_the_page_opens_a_pasted_list_and_names_the_rest(lang: str, said: str) -> None:
    page = opened(lang=lang)
    page.text_area(key="paste").set_value("Kubernetes: no\nWe love pizza.")
    page.button(key="paste_go").click()
    ran(page)
    assert said in shown(page)
    assert "pizza" in shown(page)
    draft = state(page).draft
    assert draft is not None
    assert drafts.answer(draft, "component-1", "kubernetes") == "none"


def test_a_pasted_text_of_which_nothing_is_understood_opens_nothing() -> None:
    page = opened(lang="en")
    page.text_area(key="paste").set_value("We love pizza.")
    page.button(key="paste_go").click()
    ran(page)
    assert "No requirement was recognized" in shown(page)
    assert state(page).draft is None


WORDS = ("Kubernetes", "no", ":", "GPU", "20 min", "API", "reads", "Worker", "なし", "- ", "#", "\n", "[", "{", "components:", "\x00",
         "💥", "a" * 500, "true", "99 %", "id", "=", "\ud800", "peak", "Database: x", "'", "destinations: email, nobody", "calls: API")  # fmt: skip


@pytest.mark.parametrize("seed", range(60))
def test_nonsense_is_read_or_refused_and_never_more(seed: int, book: Book) -> None:
    chance = random.Random(seed)
    text = "".join(chance.choice((" ", "")) + chance.choice(WORDS) for _ in range(chance.randrange(1, 60)))
    try:
        draft, left_out = draft_of(text.encode("utf-8", "replace"))
    except RequirementsError:
        return
    assert all(sentence.en and sentence.ja for sentence in left_out)
    validate(draft, book)


def _noise(chance: random.Random, depth: int) -> Any:
    if depth == 0:
        return chance.choice([None, True, 1, -1.5, "x", "api", "", "My Store", [], {}, "\ud800"])
    if chance.random() < 0.5:
        return [_noise(chance, depth - 1) for _ in range(chance.randrange(4))]
    keys = [
        "id",
        "title",
        "calls",
        "reads",
        "destinations",
        "pins",
        "kind",
        "value",
        "remark",
        "trigger",
        "remarks",
        "x",
    ]
    return {chance.choice(keys): _noise(chance, depth - 1) for _ in range(chance.randrange(6))}


@pytest.mark.parametrize("seed", range(150))
def test_a_link_with_nonsense_in_it_is_read_or_refused_and_never_more(seed: int, book: Book) -> None:
    chance = random.Random(seed)
    raw = {
        key: _noise(chance, chance.randrange(4))
        for key in ("components", "channels", "stores", "workload", "title", "y")
    }
    raw["components"] = [raw["components"], {"id": "api", **dict.fromkeys(("calls", "pins"), raw["channels"])}]
    try:
        draft, left_out = understood(
            unpack(str(pack(raw))) if "\ud800" not in json.dumps(raw, ensure_ascii=False) else raw
        )
    except RequirementsError:
        return
    assert left_out
    validate(draft, book)


@pytest.mark.parametrize("seed", range(6))
def test_the_page_shows_what_is_left_of_nonsense(seed: int) -> None:
    chance = random.Random(seed)
    raw = {key: _noise(chance, 3) for key in ("channels", "stores", "workload")}
    raw["components"] = [{"id": "api", **_noise_of(chance)}]
    page = opened(r=json_packed(raw), lang="en")
    assert state(page).draft is not None
    ran(page)


def _noise_of(chance: random.Random) -> dict[str, Any]:
    fields = ("longest_run_s", "trigger", "calls", "reads", "gpu", "must", "kubernetes", "pins", "title", "listens_to")
    return {field: _noise(chance, 2) for field in fields}


def json_packed(raw: dict[str, Any]) -> str:
    return str(pack(json.loads(json.dumps(raw).replace("\\ud800", "?"))))
