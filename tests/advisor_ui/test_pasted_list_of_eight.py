"""A list of eight requirements as a first visitor pastes it: what is read is right, and of the rest it is said why, once."""

import pytest

from advisor.text import Lang
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import WORKLOAD
from advisor_ui.state.given_text import Given, given

LISTS: dict[Lang, str] = {
    "en": """Audiologists book hearing aid repairs on a web page and sign in with the company's Entra ID.
About 40 repairs an hour on weekdays from 9 to 18, three times that in December.
Each booking is stored with its history; one booking is about 3 KB.
Customers get an e-mail when their repair is finished; it may go out up to 5 minutes later.
Every night at 2:00 the spare parts stock is sent to the ERP in our own data centre over a private line (Direct Connect).
Photos of the devices, up to 8 MB each, are kept for 7 years.
The patients' health data must stay in Germany.
It must go live by 1 April 2027 and cost less than 400 euros per month.""",
    "ja": """補聴器の修理を販売店の担当者が Web ページから予約し、会社の Entra ID でサインインする
平日9時から18時に1時間あたり約40件、12月はその3倍
予約は履歴とともに保存する。1件は約3KB
修理が終わったら顧客にメールを送る。5分程度遅れてもよい
毎晩2時に部品の在庫を自社データセンターの基幹システムへ専用線（Direct Connect）経由で送る
機器の写真（1枚最大8MB）を7年間保管する
患者の健康情報は日本国内に置くこと
2027年4月1日までに本番稼働し、費用は月5万円以内""",
}


@pytest.fixture(params=LISTS)
def read(request: pytest.FixtureRequest) -> tuple[Lang, Given]:
    return request.param, given(LISTS[request.param].encode())


def test_what_a_list_states_is_answered(read: tuple[Lang, Given]) -> None:
    draft = read[1].draft
    site, job = drafts.ids(draft, ("component",))
    assert drafts.answer(draft, site, "static_site")
    assert drafts.answer(draft, site, "authentication") == "existing-provider"
    assert "40" in drafts.answer(draft, site, "rate_average_rps")
    assert drafts.answer(draft, job, "trigger") == ["schedule"]
    (photos,) = drafts.ids(draft, ("store",))
    assert drafts.answer(draft, photos, "access") == "objects"
    assert {drafts.answer(draft, photos, field)[0] for field in ("item_bytes", "kept_s")} == {"8", "7"}
    (mails,) = drafts.ids(draft, ("channel",))
    assert drafts.answer(draft, mails, "destinations") == [{"kind": "customer-email"}]
    assert drafts.answer(draft, WORKLOAD, "data_stays")
    assert drafts.answer(draft, WORKLOAD, "data_class") == "regulated"


def test_an_answer_is_said_in_the_words_of_its_question(read: tuple[Lang, Given]) -> None:
    said = [line.sentence.in_(read[0]) for line in read[1].read]
    own = {"en": "Data residency: within the Region only", "ja": "データの保管場所: リージョン内のみ"}[read[0]]
    assert any(own in one for one in said), said


def test_a_delay_of_a_mail_is_no_run(read: tuple[Lang, Given]) -> None:
    draft = read[1].draft
    assert all(drafts.answer(draft, id, "longest_run_s") is None for id in drafts.ids(draft))


def test_a_deadline_and_a_private_line_are_explained_once(read: tuple[Lang, Given]) -> None:
    said = [one.in_(read[0]) for one in read[1].left_out]
    line = [one for one in said if "Direct Connect" in one]
    assert len(line) == 1, line
    assert "VPC" in line[0]
    date = [one for one in said if "2027" in one]
    assert len(date) == 1, date
    assert ("Current standard platform" if read[0] == "en" else "社内の標準基盤") in date[0]


def test_a_time_of_day_parts_no_phrase_and_lists_are_written_as_in_the_language(read: tuple[Lang, Given]) -> None:
    said = [one.in_(read[0]) for one in (*read[1].left_out, *(line.sentence for line in read[1].read))]
    assert not any('"00' in one or ", ." in one or "; ." in one for one in said)
    assert read[0] == "en" or any("「9時から、18時に」" in one for one in said)


@pytest.mark.parametrize(
    "text",
    [
        "The report must be finished by 6:00 on 1 April.",
        "Orders are delivered before the end of March.",
        "毎月1日までに請求書を送る。",
    ],
)
def test_a_date_of_the_business_is_no_deadline_of_the_project(text: str) -> None:
    said = [one.en for one in given(f"An API\n{text}".encode()).left_out]
    assert not any("no answer holds a date" in one for one in said)
