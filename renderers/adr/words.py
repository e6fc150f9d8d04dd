"""The fixed texts of the appendix of a decision record, in both languages."""

from advisor.text import Text
from renderers.adr.page_words import PAGE_WORDS

WORDS = {
    key: PAGE_WORDS[key]
    for key in (
        "part", "answer", "decides", "excludes", "leads", "leads_out", "trigger", "now", "then", "signal", "assumed", "now_assumed",
        "otherwise", "colon", "semicolon", "comma",
    )
} | {
    "appendix": Text("Appendix", "付録"),
    "answers": Text("All answers", "すべての回答"),
    "asked": Text("Question", "質問"),
    "answered": Text("Answer", "回答"),
    "workload": Text("Whole workload", "ワークロード全体"),
    "heading": Text("**{name}** ({kind})", "**{name}**（{kind}）"),
    "drivers": Text("All answers that affect the decision", "選定に影響するすべての回答"),
    "unmet": Text(": no service meets the requirements.", ": 適合するものがありません。"),
    "pinned": Text(" (specified)", "（指定）"),
    "warnings": Text("Warnings and answers given as a range", "注意点と、値を範囲で示した回答"),
    "warning": Text("{name}: {sentence}", "{name}: {sentence}"),
    "conflict": Text("Undecided: {sentence}", "未決定: {sentence}"),
    "triggers": Text("All review triggers", "見直し条件の一覧"),
    "threshold": Text("Threshold", "見直しの条件"),
    "carrying": Text("Assumptions that affect the decision", "選定に影響する仮定"),
    "assumptions": Text("All assumptions", "すべての仮定"),
    "pros": Text("Pros and Cons of the Options", "選択肢の長所と短所"),
    "chosen": Text("Chosen: {service}", "採用: {service}"),
    "sources": Text("Sources", "参考資料と出典"),
    "source": Text("source", "出典"),
    "source_elsewhere": Text("{title}", "{title}"),
    "made": Text(
        "The decision uses version {book} of the decision rules (sources read {period}). Cited sources state their own "
        "date.",
        "判定ルールの版 {book} に基づく決定です（出典の確認日は {period}）。出典を示した文には、その出典の確認日を付けています。",
    ),
    "cited": Text(" ({link}, read on {date})", "（{link}、{date} に確認）"),
}  # fmt: skip

FOR_AND_AGAINST = {
    "good": Text("Good, because {sentence}", "良い点: {sentence}"),
    "neutral": Text("Neutral, because {sentence}", "留意点: {sentence}"),
    "bad": Text("Bad, because {sentence}", "悪い点: {sentence}"),
    "excluded": Text("Bad, because {sentence}", "除外の理由: {sentence}"),
}
