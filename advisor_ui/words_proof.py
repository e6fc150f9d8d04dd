"""The texts of the evaluation panel in both languages: candidates, limits, sensitivity, conflicts."""

from advisor.text import Text

PROOF_WORDS = {
    "candidates": Text("Candidates compared", "候補の比較"),
    "candidates_key": Text(
        '"Preferences" is the sum of the points of the rules that favor a candidate, weighted by your priorities. Dots '
        "show the rating on each criterion. ◆ means that no other suitable candidate is at least as good "
        "on every criterion and better on one (Pareto optimal).",
        "「優先度スコア」は、候補を優先するルールの点数を、指定された優先事項で重み付けした合計です。丸印"
        "は評価軸ごとの評価です。◆ はパレート最適な候補です（すべての評価軸でこれと同等以上で、1 つ以上の軸で上回る候補がほかにないもの）。",
    ),
    "candidate": Text("Candidate", "候補"),
    "candidate_proof": Text("Candidate in detail", "候補の詳細"),
    "verdict": Text("Result", "判定"),
    "reason": Text("Reason", "理由"),
    "as_above": Text("as above", "同上"),
    "preferences": Text("Preferences", "優先度スコア"),
    "tie": Text("tie", "同点"),
    "semicolon": Text("; ", "、"),
    "rules_spoke": Text("Rules applied", "適用されたルール"),
    "rules_spoke_none": Text("No rule applies to this candidate.", "適用されたルールはありません。"),
    "rules_silent": Text("Rules not applied", "適用されなかったルール"),
    "would_speak": Text("applies if: {when}", "適用される条件: {when}"),
    "ratings": Text("Basis of the ratings", "評価点の根拠"),
    "limits": Text("Limits and headroom", "上限・下限と余裕"),
    "limits_none": Text(
        "No limit is known that applies to the requirements of this part.",
        "この要素の要件に適用される既知の上限・下限はありません。",
    ),
    "limits_more": Text("Limits with more headroom", "余裕の大きい上限・下限"),
    "limit": Text("Limit", "上限・下限"),
    "value": Text("This design", "この構成"),
    "headroom": Text("Usage and headroom", "使用量と余裕"),
    "why_not": Text("When would this service be chosen?", "このサービスが採用される条件"),
    "searching": Text("Searching…", "検索中…"),
    "apply": Text("Apply", "適用"),
    "applied": Text("Changed: {what}", "変更: {what}"),
    "fixed_costs": Text("Charges without any usage", "利用がなくても発生する料金"),
    "price_source": Text("source", "出典"),
    "links_supposed": Text(
        "Connected automatically, as an assumption: {links}.", "仮定として自動で接続しました: {links}。"
    ),
    "links_confirm": Text("Connections are right", "接続は正しい"),
    "links_refuse": Text("Do not connect", "接続しない"),
    "links_refused": Text("Assumed connections removed", "仮定した接続を削除"),
    "link_assumed": Text("Assumed, not confirmed: {parts}.", "仮定（未確認）: {parts}。"),
    "area_regions": Text(
        '"{written}" is an area, and a workload runs in one Region of it. Choose the Region. If the data must stay there, also '
        'answer "{residency}" with "{answer}".',
        "「{written}」は地域です。ワークロードは 1 つのリージョンで動作します。リージョンを選択してください。データを外に出せない場合は、「{residency}」にも「{answer}」と回答してください。",
    ),
    "area_choose": Text("Regions in this area", "この地域のリージョン"),
    "part_added": Text('"{name}" added', "「{name}」を追加"),
    "one_link": Text('"{source}" {verbs} "{target}"', "「{source}」→「{target}」（{verbs}）"),
    "link_separator": Text("; ", "、"),
    "verb_separator": Text(" and ", "・"),
    "renamed_other": Text(
        '"{name}", which is no longer selected, was renamed "{words}".',
        "選択を外した「{name}」の名前を「{words}」に変更しました。",
    ),
    "left_open": Text("Understood as: no answer yet.", "「未回答」と解釈しました。"),
    "left_as_assumed": Text(
        "Understood as: no answer yet. The design uses the assumption ({value}).",
        "「未回答」と解釈しました。設計には仮定の値を使用します（{value}）。",
    ),
    "removed": Text('"{name}" removed with its answers and connections', "「{name}」を回答と接続ごと削除"),
    "undo": Text("Undo", "元に戻す"),
    "tab_flips": Text("What if", "変わる条件"),
    "stability": Text("Stability", "安定度"),
    "flips_of": Text("Effect of other answers: {name}", "回答を変えた場合の影響: {name}"),
    "flips_none": Text(
        "No change to a single answer about this part leads to another service.",
        "この要素に関する回答を 1 つだけ変えても、選定されるサービスは変わりません。",
    ),
    "changes_in": Text(
        "{share} of other answers change a service",
        "別の回答の {share} でサービスが変化",
    ),
    "now": Text("now {value}", "現在 {value}"),
    "slider_help": Text(
        "Each position is a range of answers with the same result. Moving the slider sets the "
        "answer to the question.",
        "各目盛りは、結果が同じになる回答の範囲です。スライダーを動かすと、その値が質問への回答になります。",
    ),
    "answer": Text("Answer", "回答"),
    "outcome": Text("Outcome", "結果"),
    "and_more": Text("and {count} more", "ほか {count} 件"),
    "flip_points": Text("All values at which another service is selected for this part", "この要素に別のサービスが選定される値の一覧"),
    "next_question": Text("Next question", "次の質問"),
    "correct_one": Text(
        "Assumptions. Select those that do not apply to you.",
        "仮定（実際と異なるものを選択してください）",
    ),
    "accept_rest": Text("Accept the assumptions of {part} ({count})", "「{part}」の仮定をまとめて確定（{count} 件）"),
    "accept_others": Text("Accept the other {count} assumptions of {part}", "「{part}」の残り {count} 件を仮定のまま確定"),
    "and_others": Text("{part} and {count} more", "{part} ほか {count} 要素"),
    "same_result": Text("{value} (same result: {range})", "{value}（結果が同じ範囲: {range}）"),
    "rest_accepted": Text("{part}: {count} assumptions accepted", "{part}: 仮定 {count} 件を確定"),
    "asked_together": Text("Related questions ({count})", "関連する質問（{count} 件）"),
    "more_below": Text("More in the list of questions: {count}.", "他の {count} 件は質問の一覧にあります。"),
    "as_assumed": Text("As assumed", "仮定のまま"),
    "no_requirement": Text("No requirement", "要件なし"),
    "to_question": Text("Go to the question", "質問へ移動"),
    "not_now": Text("Not now", "後で"),
    "more_options": Text("{part}: select all that apply", "{part}: 当てはまるものをすべて選択してください"),
    "all_later": Text(
        "You have postponed all open questions that can change the decision.",
        "選定を変える可能性のある質問は、すべて後回しになっています。",
    ),
    "ask_again": Text("Ask again", "もう一度表示"),
    "add_example": Text("Add an example", "例を追加"),
    "example_added": Text("{title}: {count} parts added", "「{title}」の要素を {count} 個追加しました"),
    "example_too_many": Text(
        '"{title}" was not added: a workload can have at most {most} parts of each kind.',
        "「{title}」は追加されませんでした。同じ種類の要素は {most} 個までです。",
    ),
    "link_to": Text('Link to "{name}"', "「{name}」に接続"),
    "add_linked_channel": Text("Add a channel and link it", "チャネルを追加して接続"),
    "linked": Text("{component} linked to {target}", "{component} と {target} を接続しました"),
    "link_none": Text("No connection needed", "接続は不要"),
    "more_dangling": Text(
        "Other parts without a connection: {count}.",
        "ほかに、接続されていない要素が {count} 件あります。",
    ),
    "carried": Text("Assumptions that affect the decision ({count})", "選定に影響する仮定（{count} 件）"),
    "carried_help": Text(
        "Another answer to one of these questions can lead to another service. Select a question to answer it "
        "here.",
        "次の質問への回答によっては、選定されるサービスが変わります。選択すると、ここで回答できます。",
    ),
    "conflict_sets": Text("Smallest sets of conflicting requirements", "両立しない要件の最小の組"),
    "ways_out": Text("Smallest changes that resolve the conflict", "競合を解消する最小の変更"),
    "conflict_instead": Text("Common alternatives", "よく採られる代替案"),
    "price": Text("Trade-off:", "トレードオフ:"),
}  # fmt: skip

#: The links of a component as verbs, by field.
LINK_VERBS = {
    "reads": Text("reads", "読み取り"),
    "writes": Text("writes", "書き込み"),
    "publishes": Text("sends to", "送信"),
    "listens_to": Text("receives from", "受信"),
    "calls": Text("calls", "呼び出し"),
}
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
    "outside": Text("To an external system", "外部システムへの連携"),
    "caller": Text("From an external system", "外部システムからの受信"),
}
#: Of a channel that carries records.
STREAM_TITLE = Text("Stream", "ストリーム")
#: What a system outside AWS is called in the diagram until it has a name.
OUTSIDE_SYSTEM = Text("External system", "外部システム")
