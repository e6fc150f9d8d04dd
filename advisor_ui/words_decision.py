"""The words of searching the rule book, of what is proven at the downloads, of snapshots, and of what carries a verdict."""

from advisor.text import Text

DECISION_WORDS = {
    "search_example": Text("such as: Lambda 15 minutes", "例: Lambda 15 分"),
    "among_facts": Text("Among the facts", "事実の検索結果"),
    "among_rules": Text("Among the rules", "ルールの検索結果"),
    "show_all": Text("Show all {count}", "{count} 件をすべて表示"),
}
