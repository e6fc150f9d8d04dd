"""The words of the page's view of the proof, in both languages: candidates, limits, what would change it, conflicts."""

from advisor.text import Text

PROOF_WORDS = {
    "candidates": Text("Candidates compared", "候補の比較"),
    "candidates_key": Text(
        "Preferences: what the rules that favour a candidate count for it, weighted by your priorities. Dots: its band on each axis. "
        "◆: no other candidate that fits is as good on every axis and better on one.",
        "選好: その候補を優先するルールの評価を、優先事項で重み付けした値。点: 各評価軸での段階。"
        "◆: すべての軸で同等以上かつ 1 つ以上で上回る候補が、適合する中に他にありません。",
    ),
    "candidate": Text("Candidate", "候補"),
    "candidate_proof": Text("Candidate in detail", "候補の詳細"),
    "verdict": Text("Verdict", "判定"),
    "reason": Text("Why", "理由"),
    "as_above": Text("as above", "同上"),
    "preferences": Text("Preferences", "選好"),
    "tie": Text("tie", "同点"),
    "semicolon": Text("; ", "、"),
    "rules_spoke": Text("What spoke", "適用されたルール"),
    "rules_spoke_none": Text("No rule spoke for or against it.", "適用されたルールはありません。"),
    "rules_silent": Text("Rules that could have spoken and did not", "適用されなかったルール"),
    "would_speak": Text("would speak if: {when}", "適用される条件: {when}"),
    "limits": Text("Limits and what is left of them", "上限・下限と余裕"),
    "limits_none": Text("No limit bounds what is known here.", "分かっている値を制限する上限・下限はありません。"),
    "limits_more": Text("Limits with more room", "余裕の大きい上限・下限"),
    "limit": Text("Limit", "上限・下限"),
    "value": Text("Here", "この構成"),
    "headroom": Text("Taken, and what is left", "使用分と余裕"),
    "why_not": Text("What would it take to choose it?", "これが選ばれるには"),
    "searching": Text("Searching…", "探しています…"),
    "apply": Text("Apply", "適用"),
    "applied": Text("Changed: {what}", "変更しました: {what}"),
    "undo": Text("Undo", "元に戻す"),
    "tab_flips": Text("What if", "変わる条件"),
    "stability": Text("Stability", "安定度"),
    "flips_of": Text("What another answer would change: {name}", "答えを変えると変わること: {name}"),
    "flips_none": Text(
        "No other answer to a single question about this part changes any service.",
        "この要素への答えを 1 つだけ変えても、サービスは変わりません。",
    ),
    "changes_in": Text("{share} of answers change it", "答えの {share} で変わる"),
    "now": Text("now {value}", "現在 {value}"),
    "slider_help": Text(
        "Each stop is a stretch of answers that the rule book cannot tell apart. Moving it answers the question.",
        "目盛りは、ルールブックが区別しない答えの範囲です。動かすと回答になります。",
    ),
    "answer": Text("Answer", "答え"),
    "outcome": Text("Outcome", "結果"),
    "and_more": Text("and {count} more", "ほか {count} 件"),
    "flip_points": Text("All flip points of this part", "この要素の結論が変わる点の一覧"),
    "next_question": Text("Next question", "次の質問"),
    "correct_one": Text("What is assumed; pick what differs", "仮定している内容（異なるものを選択）"),
    "accept_rest": Text("Accept the rest of this part ({count})", "この要素の残りを仮定のまま確定（{count}）"),
    "rest_accepted": Text("{part}: {count} assumptions accepted", "{part}: 仮定 {count} 件を確定"),
    "asked_together": Text("Together with it", "一緒に回答"),
    "more_below": Text("{count} more are among the questions.", "ほかの {count} 件は質問の一覧にあります。"),
    "as_assumed": Text("As assumed", "仮定のまま"),
    "no_requirement": Text("No requirement", "要件なし"),
    "to_question": Text("Go to it", "質問へ移動"),
    "not_now": Text("Not now", "後で"),
    "more_options": Text("{part}: pick more where they apply", "{part}: ほかにも当てはまるものを選べます"),
    "all_later": Text(
        "Every open question that can change the verdict was put off.", "結論を変えうる質問はすべて後回しにされています。"
    ),
    "ask_again": Text("Ask again", "もう一度表示"),
    "add_example": Text("Add an example", "例を追加"),
    "example_added": Text("{title}: {count} parts added", "「{title}」の要素を {count} 個追加"),
    "example_too_many": Text(
        '"{title}" was not added: a workload has at most {most} parts of a kind.',
        "「{title}」は追加していません。1 種類の要素は {most} 個までです。",
    ),
    "link_to": Text("Link to {name}", "「{name}」とつなぐ"),
    "add_linked_channel": Text("Add a channel and link it", "チャネルを追加してつなぐ"),
    "linked": Text("{component} linked to {target}", "{component} と {target} をつなぎました"),
    "more_dangling": Text("{count} more parts are not used; they are listed under the warnings.", "ほかに、使われていない要素が {count} 件あります（警告の一覧に表示）。"),
    "carried": Text("Assumptions that carry the verdict", "結論を支えている仮定"),
    "carried_help": Text(
        "Another answer to one of these changes a service. Pick one to answer it here.",
        "これらの答えが変わるとサービスが変わります。選ぶとここで回答できます。",
    ),
    "conflict_sets": Text("Smallest sets that exclude each other", "両立しない条件の最小の組"),
    "ways_out": Text("Smallest changes that resolve it", "解消する最小の変更"),
    "conflict_instead": Text("What architects do instead", "よく採られる代替案"),
    "price": Text("Price:", "代償:"),
}  # fmt: skip

#: What typical parts are called, by their key in the menu of parts.
PART_TITLES = {
    "web-app": Text("Web application", "Web アプリケーション"),
    "api": Text("API", "API"),
    "worker": Text("Worker", "ワーカー"),
    "job": Text("Nightly job", "夜間バッチ"),
    "database": Text("Relational database", "リレーショナルデータベース"),
    "table": Text("Key-value table", "キーバリューテーブル"),
    "files": Text("Files", "ファイル"),
    "queue": Text("Queue", "キュー"),
    "event": Text("Event", "イベント"),
    "outside": Text("To an outside system", "外部システムへの連携"),
    "caller": Text("From an outside system", "外部システムからの受付"),
}
#: What a system outside AWS is called in the diagram until it has a name.
OUTSIDE_SYSTEM = Text("Outside system", "外部システム")
