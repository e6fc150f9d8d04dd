"""How firm a verdict is, as sentences: its stability, and whether it holds for every open question and range."""

from advisor.sensitivity.analysis import Analysis
from advisor.text import Text


def stability_words(analysis: Analysis) -> Text:
    """Return the stability of a verdict in words."""
    others = sum(swept.others for swept in analysis.swept)
    unchanged = others - sum(swept.changing for swept in analysis.swept)
    return Text(
        (
            f"For each question, every other answer was tried, one at a time. {unchanged:,} of "
            f"{others:,} answers leave all services unchanged."
        ),
        (
            f"1 回に 1 つの質問だけを取り上げ、その回答を他のすべての値に変えて確認しました。{others:,} 通りのうち "
            f"{unchanged:,} 通りでは、どのサービスも変わりません。"
        ),
    )


def firmness(analysis: Analysis) -> Text:
    """Return in a sentence whether a verdict holds for every open question and for all values of its ranges."""
    if analysis.holds is False and not analysis.carried_by:
        return _TURNS
    return HOLDS[analysis.holds]


_TURNS = Text(
    "The decision changes within a range that you stated. State a narrower range to obtain one decision.",
    "回答された範囲の途中で選定が変わります。範囲を狭めると選定が定まります。",
)
HOLDS = {
    True: Text(
        "No answer to the open questions changes the decision.", "未回答の質問にどう答えても選定は変わりません。"
    ),
    False: Text(
        "Part of the decision relies on assumptions: answers to open questions can change it.",
        "選定の一部は仮定に基づいており、未回答の質問への回答によって変わる可能性があります。",
    ),
    None: Text(
        "No single open question changes the decision. It was not determined whether several answers together can change it.",
        "未回答の質問のうち、その回答だけで選定が変わるものはありません。複数の回答が組み合わさった場合に変わるかどうかは確"
        "認していません。",
    ),
}
