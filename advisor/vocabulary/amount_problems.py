"""Why a text is no answer to a question for a quantity, where more can be said than how a quantity is written."""

import re
import unicodedata

from advisor.text import Text
from advisor.vocabulary.amount_roles import HIGHEST, USUAL
from advisor.vocabulary.field import Field
from advisor.vocabulary.units import EXAMPLES, example

_NEGATIVE = re.compile(r"\s*[-\u2212]\s*[0-9]")
_MULTIPLE = re.compile(
    r"[0-9]+(?:\.[0-9]+)?\s*(?:倍|-?fold\b|x$|times(?! ?(?:/|per\b|an?\b|in\b|every\b|each\b)))|\b(?:double|twofold|tenfold)\b",
    re.IGNORECASE,
)
_OTHER_MONEY = re.compile(
    r"[¥￥€£]|円|ユーロ|ポンド|\b(?:jpy|yen|eur|euros?|gbp|pounds?)\b|(?<=[0-9])(?:jpy|yen|eur|gbp)\b", re.IGNORECASE
)
_MONTHLY = re.compile(
    r"^(?:月額|毎月|月に?|monthly)\s*|\s*(?:/\s*(?:月|month)|(?:per|a|each|every) month|monthly)$", re.IGNORECASE
)

_PERCENTILE = re.compile(
    r"\bp ?(?!99(?![.0-9]))[0-9]{2}(?:\.[0-9]+)?\b|\b(?!99)[0-9]{2}(?:th|パーセンタイル)|\bmedian\b|中央値",
    re.IGNORECASE,
)


def reason_of_question(text: str, field: Field) -> Text | None:
    """Return why a quantity is one of another question: a peak as an average, another percentile as p99; None if it is not."""
    said = unicodedata.normalize("NFKC", text)
    if field.id == "rate_average_rps" and HIGHEST.search(said) and not USUAL.search(said):
        return Text(
            'this is a peak; state it as the answer to "Peak rate" (rate_peak_rps)',
            "ピークの値です。ピーク時の値を答える質問（rate_peak_rps）の回答として書いてください",
        )
    if field.id == "latency_ms" and (other := _PERCENTILE.search(said)):
        return Text(
            f'the question is about p99, not "{other[0]}"; state the time that 99% of the requests must meet',
            f"p99 についての質問です（「{other[0]}」ではありません）。99% のリクエストが満たすべき時間を書いてください",
        )
    return None


def reason_against(text: str, field: Field) -> Text | None:
    """Return why a text is no quantity: it is negative, a multiple of another one, or in another currency; None if it is none of these."""
    said = unicodedata.normalize("NFKC", text)
    if field.unit == "usd" and _OTHER_MONEY.search(said):
        shown = " ".join(text.split())
        return Text(
            f'state the amount in US dollars, such as "{EXAMPLES["usd"]}"; no exchange rate is applied to "{shown}"',
            f"米ドルの金額で書いてください（例: 「{EXAMPLES['usd']}」）。為替レートを持たないため、「{shown}」は換算しません",
        )
    if _NEGATIVE.match(said):
        return Text("a quantity cannot be negative", "負の値は使えません")
    if multiple := _MULTIPLE.search(said):
        shown, sample = multiple[0].strip(), example(field.unit) or Text("", "")
        return Text(
            f'"{shown}" is a multiple; write the quantity itself, such as "{sample.en}"',
            f"「{shown}」は倍率です。値そのものを書いてください（例: 「{sample.ja}」）",
        )
    return None


def without_month(text: str, field: Field) -> str:
    """Return a sum of money without the words that say that it is one of each month, which the question says already."""
    return _MONTHLY.sub("", text.strip()).strip() if field.unit == "usd" else text
