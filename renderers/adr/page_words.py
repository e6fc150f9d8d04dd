"""The fixed texts of the two pages of a decision record, in both languages."""

from advisor.text import Text

#: Heads of the axes: short ones, since the columns hold one letter each.
HEADS = {
    "suitability": Text("Fit", "適合性"),
    "operations": Text("Ops", "運用"),
    "cost": Text("Cost", "コスト"),
    "latency": Text("Latency", "レイテンシー"),
    "portability": Text("Portable", "可搬性"),
    "simplicity": Text("Simple", "単純さ"),
    "reliability": Text("Reliable", "信頼性"),
}
PAGE_WORDS = {
    "title": Text("Architecture of the workload", "ワークロードのアーキテクチャ"),
    "titled": Text("{title}: AWS services", "{title}: 利用する AWS サービス"),
    "status": Text(
        "Status: proposed, not yet accepted. Decided as of {date} with rule book {book}.",
        "状態: 提案中（未承認）。{date} 時点の情報とルールブック {book} で判断しました。",
    ),
    "picture": Text("Architecture: {title}", "構成図: {title}"),
    "draw": Text(
        "The architecture is too large for this page. Draw it with `advisor draw FILE -o ARCHITECTURE.svg`, and run "
        "`advisor adr` with `--picture ARCHITECTURE.svg`.",
        "構成図はこのページに収まりません。`advisor draw FILE -o ARCHITECTURE.svg` で描き、"
        "`advisor adr` に `--picture ARCHITECTURE.svg` を付けて実行してください。",
    ),
    "context": Text("Context and Problem Statement", "コンテキストと課題"),
    "question": Text(
        "Which AWS services does each part need? The parts: {parts}.",
        "各部分に、どの AWS サービスが必要か。対象: {parts}。",
    ),
    "drivers": Text("Decision Drivers", "決定要因"),
    "no_drivers": Text(
        "No answer rules anything out; what is simplest to run is preferred.",
        "候補を絞り込む回答はありません。運用が最も簡単なものを優先します。",
    ),
    "part": Text("Part", "要素"),
    "answer": Text("Answer", "回答"),
    "decides": Text("Decides", "決まること"),
    "excludes": Text("{role}: excludes {names}", "{role}: {names}を除外"),
    "leads": Text("{role}: {chosen}", "{role}: {chosen}"),
    "leads_out": Text("{role}: {chosen} (excludes {names})", "{role}: {chosen}（{names}を除外）"),
    "and_more": Text("{names} and {count} more", "{names}ほか {count} 件"),
    "more_answers": Text(
        "Further answers, which decide less: {count}.", "ほかに、影響がより小さい回答が {count} 件あります。"
    ),
    "options": Text("Considered Options", "検討した選択肢"),
    "legend": Text(
        "Points of the rule book: ◎ 3 or more, ○ 2, △ 1, × 0, – not rated; more is better. A source is linked by the day on which it was read.",
        "ルールブックの評価点: ◎ 3 点以上、○ 2 点、△ 1 点、× 0 点、– 評価なし。点が高いほど良い評価です。出典のリンクには確認日を記しています。",
    ),
    "option": Text("Option", "選択肢"),
    "reason": Text("Result and reason", "結果と理由"),
    "for": Text("**{name}** ({role}: {parts})", "**{name}**（{role}: {parts}）"),
    "chosen": Text("**Chosen.** {reason}", "**採用。**{reason}"),
    "pinned": Text("**Chosen, as requested.** {reason}", "**指定により採用。**{reason}"),
    "more_options": Text(
        "Further options, which were not chosen either: {count}. The appendix has the reason for each.",
        "ほかに、採用しなかった選択肢が {count} 件あります。それぞれの理由は付録に記載しています。",
    ),
    "nothing": Text("Nothing to choose from.", "選択の余地がある役割はありません。"),
    "outcome": Text("Decision Outcome", "決定内容"),
    "chosen_for": Text(
        "Chosen for each part, with the answers that influenced the choice most:",
        "各部分で採用したサービスと、選定に最も影響した回答です。",
    ),
    "service_of": Text("{service} ({role})", "{service}（{role}）"),
    "chosen_is": Text("**{part}**: {services}.", "**{part}**: {services}。"),
    "chosen_because": Text(
        "**{part}**: {services}, because of {answers}.", "**{part}**: {services}。理由: {answers}。"
    ),
    "consequences": Text("Consequences", "影響"),
    "good": Text("Good, because {sentence}", "良い点: {sentence}"),
    "bad": Text("Bad, because {sentence}", "悪い点: {sentence}"),
    "of_part": Text("Bad, because of a risk in {part}: {sentence}", "注意点（{part}）: {sentence}"),
    "no_consequences": Text("The rule book names no consequence.", "ルールブックに記載された影響はありません。"),
    "more_bad": Text(
        "Further drawbacks in the appendix: {count}.", "ほかに {count} 件の注意点を付録に記載しています。"
    ),
    "confirmation": Text("Confirmation", "確認方法"),
    "confirm_proof": Text(
        "`VERIFICATION.md` of the generated project lists the proof tiers that projects of this shape have passed; "
        "deploy the project to a test account, run its tests, and measure the assumptions below.",
        "生成されたプロジェクトの `VERIFICATION.md` に、同じ形のプロジェクトが合格した検証段階を記載しています。"
        "検証用アカウントにデプロイして付属のテストを実行し、下記の前提条件を実測します。",
    ),
    "confirm_preflight": Text(
        "`advisor preflight FILE` checks quotas, Regions and names in the target account, read-only, before deployment.",
        "デプロイ前に `advisor preflight FILE` で、対象アカウントのクォータ、リージョン、名前を読み取り専用で確認します。",
    ),
    "confirm_recheck": Text(
        "`advisor decide FILE --as-of {date}` repeats this decision; `advisor recheck` compares a saved decision "
        "with the current rule book.",
        "`advisor decide FILE --as-of {date}` で同じ決定を再現できます。`advisor recheck` は、保存した決定を最新のルールブックと比べます。",
    ),
    "more": Text("More Information", "補足情報"),
    "triggers": Text("What would change the decision", "決定を見直す条件"),
    "triggers_intro": Text(
        "Review the decision when one of these is reached. Its alarm in the generated project fires earlier, "
        "at 80% of the threshold or of a setting such as a timeout. Check triggers without an alarm at each review.",
        "次のいずれかに達したら、決定を見直します。生成されたプロジェクトのアラームは、しきい値またはタイムアウトなどの設定値の 80% で通知します。"
        "アラームのない条件は、定期レビューで確認してください。",
    ),
    "trigger": Text("Trigger", "条件"),
    "triggered": Text("{part}: {question}: {threshold}", "{part}: {question}が{threshold}"),
    "now": Text("Now", "現在"),
    "then": Text("Then", "変わること"),
    "signal": Text("Signal", "検知"),
    "alarm": Text("Alarm `{alarm}` at {at}", "アラーム `{alarm}`（{at}）"),
    "no_alarm": Text("–", "–"),
    "alarms": Text("{alarm} and {count} more", "{alarm}ほか {count} 件"),
    "no_triggers": Text("No other single answer changes a service.", "1 つの回答を変えても、サービスは変わりません。"),
    "more_triggers": Text(
        "Further triggers in the appendix: {count}.", "ほかに {count} 件の条件を付録に記載しています。"
    ),
    "assumptions": Text("Assumptions", "前提条件"),
    "assumptions_intro": Text(
        "These questions were not answered. The defaults carry the decision:",
        "次の質問は未回答です。決定は、これらの既定値を前提にしています。",
    ),
    "assumed": Text("Assumed", "仮定した値"),
    "asked": Text("Question", "質問"),
    "otherwise": Text("Would change with", "結論が変わる回答"),
    "no_assumptions": Text("The decision does not depend on any assumption.", "決定を左右する前提条件はありません。"),
    "more_assumptions": Text(
        "Further assumptions in the appendix, of less consequence: {count}.",
        "ほかに、影響がより小さい {count} 件を付録に記載しています。",
    ),
    "open": Text("Open questions", "未決事項"),
    "open_decider": Text(
        "Who accepts this decision, and by when (`decision-makers` above)?",
        "意思決定者（冒頭の `decision-makers`）と期限が未定です。",
    ),
    "open_first": Text(
        "Answer first: {part}: {question} (assumed: {assumed}).",
        "最初に確認する質問: {part}・{question}（仮定: {assumed}）。",
    ),
    "ask_full": Text(
        "The appendix, with every answer and every option: `advisor adr FILE --full`.",
        "すべての回答と選択肢を含む付録は `advisor adr FILE --full` で出力できます。",
    ),
    "source": Text("{date}", "{date}"),
    "cited": Text(" ({link})", "（{link}）"),
    "comma": Text(", ", "、"),
    "semicolon": Text("; ", "；"),
    "colon": Text(": ", ": "),
}
