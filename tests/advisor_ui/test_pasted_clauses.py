"""Requirements in one line: what a clause says is answered for its own subject, and what is not read is named."""

import pytest

from advisor_ui.state import draft as drafts
from advisor_ui.state.given_text import draft_of
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
        (ORDERS, ("受注システム", "月末に5倍", "在庫は基幹システム(オンプレ、専用線、1秒10回まで)へ照会", "7年保存")),
        (ORDERS_EN, ("Order system", "five times as many", "stock is queried from the ERP")),
        (
            PLANT,
            (
                "800台の装置から5秒ごとに計測値",
                "異常は1分以内に担当へ通知",
                "直近90日はグラフ",
                "10年保管",
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
