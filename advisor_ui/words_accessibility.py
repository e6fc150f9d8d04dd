"""The texts for assistive technology, and those on a lost connection, in both languages."""

from advisor.text import Text

ACCESSIBILITY_WORDS = {
    "skip_diagram": Text("Skip the diagram", "構成図をスキップ"),
    "skip_to_content": Text("Skip to main content", "本文へ移動"),
    "help_for": Text("Help for {field}", "{field}のヘルプ"),
    "region_questions": Text("Questions", "質問"),
    "region_decision": Text("Decision", "決定"),
    "region_diagram": Text("Architecture diagram", "構成図"),
    "region_rulebook": Text("Decision rules", "判定ルール"),
    "region_gallery": Text("Examples", "例の一覧"),
    "connection_lost": Text(
        "The connection to the server was lost. Your answers are saved in the URL of this page, and text "
        "that you are entering stays in its field. The page reconnects automatically.",
        "サーバーとの接続が切れました。回答はこのページの URL に保存され、入力中の内容は入力欄に残ってい"
        "ます。自動的に再接続します。",
    ),
    "connection_lost_title": Text("Connection lost", "接続が切れました"),
    "connection_back": Text(
        "The connection was restored. No answers were lost.", "接続が回復しました。回答は失われていません。"
    ),
    "verdict_change": Text("{role} of {name}: {old} → {new}", "「{name}」の{role}: {old} → {new}"),
    "verdict_none": Text("none", "なし"),
    "verdict_unchanged": Text("The selected services stay the same.", "選定されるサービスは変わりません。"),
}
