"""What the axes are called on which candidates are rated."""

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
