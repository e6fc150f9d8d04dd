"""What the axes are called on which candidates are rated, and on which of them one rates higher than another."""

from collections.abc import Mapping

from advisor.text import Text

AXIS_TITLES = {
    "suitability": Text("suitability", "適合度"),
    "operations": Text("low operational effort", "運用負荷の軽さ"),
    "cost": Text("cost", "コスト"),
    "latency": Text("latency", "レイテンシー"),
    "portability": Text("portability", "可搬性"),
    "simplicity": Text("simplicity", "単純さ"),
    "reliability": Text("reliability", "信頼性"),
}


def higher_on(first: Mapping[str, int], other: Mapping[str, int]) -> list[Text]:
    """Return the axes on which a candidate rates higher than another, by their ratings."""
    return [AXIS_TITLES[axis] for axis, band in first.items() if band > other.get(axis, 0)]
