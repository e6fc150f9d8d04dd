"""Requirements in one line: what a clause says is answered for its own subject, and what is not read is named."""

import pytest

from advisor_ui.state import draft as drafts
from advisor_ui.state.given_text import draft_of, given
from tests.advisor_ui.test_pasted_prose import links

ORDERS = (
    "受注システム: Web画面から受注、1日3万件、月末に5倍、在庫は基幹システム(オンプレ、専用線、1秒10回まで)へ照会、"
    "帳票PDFを夜間に作成しメールで送る、個人情報は国内のみ、7年保存、社員はEntra IDでサインイン"
)
ORDERS_EN = (
    "Order system: orders from a web page, 30,000 orders a day, five times as many at month end, stock is queried from the ERP "
    "(on-premises, leased line, at most 10 times per second), report PDFs are created at night and sent by email, personal data "
    "only in Japan, kept for 7 years, employees sign in with Entra ID"
)
PLANT = (
    "800台の装置から5秒ごとに計測値、異常は1分以内に担当へ通知、直近90日はグラフ、10年保管、運用は2人、"
    "夜間に集計バッチ 2時間以内"
)
PLANT_EN = (
    "Readings from 800 devices every 5 seconds, anomalies are notified to the operator within 1 minute, two people run it, "
    "a nightly batch within 2 hours"
)


def _runs(text: str) -> list[str]:
    draft, _ = draft_of(text.encode())
    runs = [drafts.answer(draft, id, "longest_run_s") for id in drafts.ids(draft, ("component",))]
    return [run for run in runs if run is not None]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        (ORDERS, []),
        (ORDERS_EN, []),
        (PLANT, ["2時間"]),
        (PLANT_EN, ["2 hours"]),
        ("API（1秒10回まで）とデータベース。", []),
        ("An API (at most 10 calls a second to the ERP) and a database.", []),
        ("夜間バッチの異常は1分以内に担当へ通知する。", []),
        ("Failures of the nightly job are notified within 5 minutes.", []),
        ("APIと夜間バッチ。夜間バッチは1時間以内。", ["1時間"]),
    ],
)
def test_the_time_of_another_subject_or_of_a_rate_is_no_run(text: str, runs: list[str]) -> None:
    assert _runs(text) == runs


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        (ORDERS, ("受注システム", "月末に5倍", "在庫は基幹システム(オンプレ、専用線、1秒10回まで)へ照会")),
        (ORDERS_EN, ("Order system", "five times as many", "stock is queried from the ERP")),
        (
            PLANT,
            (
                "800台の装置から5秒ごとに計測値",
                "異常は1分以内に担当へ通知",
                "直近90日はグラフ",
                "運用は2人",
            ),
        ),
        ("受注APIは1秒以内に応答し、在庫照会は毎秒10回まで", ("在庫照会は毎秒10回まで",)),
        ("API(オンプレ、専用線)は1秒以内に応答する。", ("オンプレ", "専用線")),
        ("The API (on-premises, leased line) answers within 1 s.", ("on-premises", "leased line")),
    ],
)
def test_what_nothing_was_taken_from_is_named(text: str, unread: tuple[str, ...]) -> None:
    _, left_out = draft_of(text.encode())
    for lang in ("en", "ja"):
        said = [sentence.in_(lang) for sentence in left_out]
        assert all(any(words in one for one in said) for words in unread), said


@pytest.mark.parametrize("text", [ORDERS, ORDERS_EN])
def test_a_report_that_is_made_at_night_and_mailed_is_a_job_with_a_bucket_and_a_destination(text: str) -> None:
    draft, _ = draft_of(text.encode())
    made = next(drafts.name(draft, id, "en") for id in drafts.ids(draft, ("store",)))
    assert {f"Nightly job writes {made}", "Nightly job publishes Email"} <= links(draft)
    assert not any(link.startswith("Web application writes") for link in links(draft))
    (channel,) = drafts.ids(draft, ("channel",))
    assert drafts.answer(draft, channel, "destinations") == [{"kind": "customer-email"}]
    assert drafts.answer(draft, "component-1", "authentication") == "existing-provider"


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("API: 注文\n国内のみ", True),
        ("API: 注文\n個人情報は国内", True),
        ("API: 注文\n個人情報は国内のみ", True),
        ("API: Orders\nPersonal data only in Japan", True),
        ("API: 注文\n国内のみで販売する", None),
        ("API: 注文\n商品の情報は国内の店舗に送る", None),
    ],
)
def test_data_that_is_in_a_country_only_stays_in_a_region_there(text: str, stays: bool | None) -> None:
    draft, _ = draft_of(text.encode())
    workload = draft.get("workload", {})
    assert (workload.get("data_stays"), workload.get("region")) == (stays, "ap-northeast-1" if stays else None)


def test_an_option_that_a_clause_refuses_is_none() -> None:
    text = (
        "A serverless API with intermittent load takes DynamoDB; RDS and Aurora Serverless are refused for their cost."
    )
    draft, _ = draft_of(text.encode())
    assert [drafts.answer(draft, id, "access") for id in drafts.ids(draft, ("store",))] == ["key-value"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Web画面から受注、データベースに保存、個人情報は国内のみ、7年保存、社員はEntra IDでサインイン", "7年"),
        ("APIとデータベース、10年保管", "10年"),
        ("APIとデータベース。注文は 7 年間の保存。", "7 年間"),
        ("An API with a database, personal data only in Japan, kept for 7 years", "7 years"),
        ("APIとデータベース、ログは7年保存", None),
        ("APIとデータベース、7年前から保存", None),
    ],
)
def test_how_long_data_is_kept_is_read_in_a_clause_of_its_own(text: str, kept: str | None) -> None:
    draft, left_out = draft_of(text.encode())
    (store,) = drafts.ids(draft, ("store",))
    assert drafts.answer(draft, store, "kept_s") == kept
    if kept:
        assert not any("could not be interpreted" in one.en for one in left_out if kept in one.en)


_PRIVATE, _CALL, _NOTICE = "AWS Direct Connect", "synchronous call of another system", "deadline of a notification"


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("API: Orders\nThe ERP is called synchronously over Direct Connect", [_PRIVATE, _CALL]),
        ("API: 注文\n基幹システムを同期で呼び出す。専用線で接続。", [_CALL, _PRIVATE]),
        ("API: 注文\n在庫は基幹システム(オンプレ、専用線)へ照会", [_PRIVATE, _CALL]),
        ("API: Orders\nWithin 30 seconds of the event, the customer is told", [_NOTICE]),
        ("API: 注文\nイベント発生から30秒以内に顧客へ通知", [_NOTICE]),
        ("API: Orders\nReachable only over the VPN", []),
        ("API: 注文\n社内ネットワークからVPN経由のみ", []),
        ("API: Orders\nCustomers are told by email", []),
    ],
)
def test_what_no_question_holds_is_listed_once_with_what_to_do(text: str, notes: list[str]) -> None:
    _, left_out = draft_of(text.encode())
    said = [one.en for one in left_out]
    found = [note for one in said for note in (_PRIVATE, _CALL, _NOTICE) if note in one]
    assert found == notes
    if notes:
        assert not any("could not be interpreted" in one for one in said), "it is explained, and not reported again"


def test_beside_an_explained_phrase_the_others_are_reported() -> None:
    _, left_out = draft_of(b"API: Orders\nFrobnication happens somewhere, all over a leased line")
    said = [one.en for one in left_out]
    assert any('"Frobnication happens somewhere" could not be interpreted' in one for one in said)
    assert not any('leased line" could not be interpreted' in one for one in said)


@pytest.mark.parametrize(
    "text", ["API: 注文\n月 5 万円以内", "APIとデータベース、月5万円以内", "API: Orders\nat most 50,000 yen per month"]
)
def test_a_monthly_amount_in_another_currency_is_asked_for_in_dollars_and_not_converted(text: str) -> None:
    draft, left_out = draft_of(text.encode())
    assert "budget_month_usd" not in draft.get("workload", {})
    assert ["US dollars" in one.en for one in left_out] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "MQTT devices send readings every 5 seconds to a worker",
        "800台のMQTTデバイスから計測値を受信するワーカー",
        "API: Orders\nMQTT devices",
    ],
)
def test_devices_that_use_mqtt_have_the_alternatives_also_where_the_rest_is_read(text: str) -> None:
    _, left_out = draft_of(text.encode())
    assert sum("AWS IoT Core" in one.en for one in left_out) == 1


@pytest.mark.parametrize(
    "words",
    [
        "users sign in with Okta",
        "users sign in with Google",
        "users log in via Auth0",
        "staff sign in with Microsoft Entra ID",
        "customers sign in via Azure AD B2C",
        "利用者はGoogleでログイン",
        "利用者はMicrosoftアカウントでサインイン",
        "ログインはAzure AD B2C",
        "社員はEntra IDでサインイン",
        "Okta認証",
    ],
)
def test_a_named_identity_provider_is_an_existing_provider(words: str) -> None:
    draft, _ = draft_of(f"Web app, {words}".encode())
    assert drafts.answer(draft, "component-1", "authentication") == "existing-provider"


def test_users_who_only_sign_in_have_accounts_of_the_workload() -> None:
    draft, _ = draft_of(b"Web app, users sign in with a password")
    assert drafts.answer(draft, "component-1", "authentication") == "sign-up"


@pytest.mark.parametrize(
    "text",
    [
        "A web app, an API and a database, employees sign in with Entra ID, at most 50,000 yen per month",
        "Web画面とAPIとデータベース、社員はEntra IDでサインイン、月5万円以内",
    ],
)
def test_users_sign_in_to_the_only_site_and_not_to_the_api_that_its_pages_call(text: str) -> None:
    draft, left_out = draft_of(text.encode())
    site, api = drafts.ids(draft, ("component",))
    assert drafts.answer(draft, site, "static_site")
    assert drafts.answer(draft, site, "authentication") == "existing-provider"
    assert drafts.answer(draft, api, "authentication") is None
    assert not any("Entra" in one.en for one in left_out)


def test_a_clause_that_could_be_about_several_parts_is_said_once() -> None:
    text = "An API, another API and a database, employees sign in with Okta, customers are told within 30 seconds"
    _, left_out = draft_of(text.encode())
    said = [one.en for one in left_out if "Okta" in one.en]
    assert len(said) == 1, said
    assert said[0].startswith('Line 1: "employees sign in with Okta" was not read: it can be about several parts')


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            "An API and a database, stock is queried from the ERP over a leased line, personal data only in Japan, kept for 7 years",
            '"personal data only in Japan, kept for 7 years"',
        ),
        (
            "APIとデータベース、在庫は基幹システム(オンプレ)へ照会、個人情報は国内のみ、7年保存",
            '"個人情報は国内のみ、7年保存"',
        ),
    ],
)
def test_what_is_listed_as_read_names_no_phrase_that_was_not(text: str, read: str) -> None:
    said = [line.sentence.en for line in given(text.encode()).read]
    assert any(read in one for one in said), said
