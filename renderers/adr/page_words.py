"""The fixed texts of the two pages of a decision record, in both languages."""

from advisor.text import Text

#: Heads of the axes: short ones, since the columns hold one letter each.
HEADS = {
    "suitability": Text("Fit", "適合度"),
    "operations": Text("Operations", "運用"),
    "cost": Text("Cost", "コスト"),
    "latency": Text("Latency", "レイテンシー"),
    "portability": Text("Portability", "可搬性"),
    "simplicity": Text("Simplicity", "単純さ"),
    "reliability": Text("Reliability", "信頼性"),
}
PAGE_WORDS = {
    "title": Text("Architecture of the workload", "ワークロードのアーキテクチャ"),
    "titled": Text("{title}: AWS services", "{title}: 利用する AWS サービス"),
    "status": Text(
        "Status: proposed. Made with the selection tool `advisor` (decision rules {book}) as of {date}.",
        "状態: 提案中（未承認）。AWS サービスを判定ルール（版 {book}）で選定するツール `advisor` による、{date}時点の提案です。",
    ),
    "picture": Text("Architecture: {title}", "構成図: {title}"),
    "draw": Text(
        "The architecture diagram is a separate file: `ARCHITECTURE.svg` of the project (`advisor draw` also writes it).",
        "構成図は別ファイルです。プロジェクトの `ARCHITECTURE.svg` を参照してください（`advisor draw` でも作成できます）。",
    ),
    "context": Text("Context and Problem Statement", "コンテキストと課題"),
    "no_summary": Text("Background: to be added.", "背景: 未定（要記入）。"),
    "question": Text(
        "Which AWS services should these components, channels and data stores use: {parts}?",
        "次の要素（コンポーネント、チャネル、データストア）で使用する AWS サービスを決定します: {parts}。",
    ),
    "drivers": Text("Decision Drivers", "決定要因"),
    "no_drivers": Text(
        "No answer excludes a service. The services with the least operational effort are preferred.",
        "候補を除外する回答はありません。運用負荷が最も低いサービスを優先します。",
    ),
    "part": Text("Part", "要素"),
    "answer": Text("Answer", "回答"),
    "decides": Text("Effect", "選定への影響"),
    "excludes": Text("{role}: excludes {names}", "{role}: {names}を除外"),
    "leads_also": Text(' ("{assumed}" assumed)', "（「{assumed}」の仮定も影響）"),
    "leads": Text("{role}: {chosen} chosen{also}", "{role}: {chosen}を採用{also}"),
    "leads_out": Text("{role}: {chosen} chosen{also}; excludes {names}", "{role}: {chosen}を採用{also}、{names}を除外"),
    "and_more": Text("{names} and {count} more", "{names}ほか {count} 件"),
    "more_answers": Text(
        "Further answers: {count} ({where}).",
        "ほかに {count} 件の回答があります（{where}）。",
    ),
    "limits": Text(
        "Further requirements of the workload or a part:",
        "そのほかの要件を、ワークロード全体または要素ごとに示します。",
    ),
    "outcome_parts": Text("**{part}**", "**{part}**"),
    "limits_of": Text("**{part}** – {limits}.", "**{part}**: {limits}。"),
    "more_limits": Text(
        "Parts with further requirements: {count} ({where}).", "要件のある要素がほかに {count} 件あります（{where}）。"
    ),
    "options": Text("Considered Options", "検討した選択肢"),
    "legend": Text(
        "More points are better; – means not rated. Suitable options are compared by the rules that prefer them for a "
        "part{priorities}, then by total points. Each such rule adds a point{fit}. Dates state when the source was read.",
        "評価点: ◎ 3 点以上（4 点以上は点数を併記）、○ 2 点、△ 1 点、× 0 点、– 評価なし。点が高いほど良い評価です。"
        "要素の回答に応じて選択肢を優先する判定ルールに該当すると 1 点増えるため、同じサービスでも要素によって評価点が異なります。{fit}"
        "要件を満たす選択肢は、まず、該当した判定ルールの数{priorities}で比べます。同数の場合は、全評価点の合計で比べます。"
        "日付は出典の確認日で、出典にリンクしています。",
    ),
    "by_priorities": Text(
        " and by the stated priorities ({names})",
        "に優先事項（{names}）の評価点を加えた値（優先事項に関する判定ルールは 3 倍に数えます）",
    ),
    "fit": Text("; “Fit” is their number", "「適合度」は、該当した判定ルールの数です。"),
    "option": Text("Option", "選択肢"),
    "reason": Text("Result and reason", "結果と理由"),
    "for": Text("**{name}**<br>{role}: {parts}", "**{name}**<br>{role}: {parts}"),
    "chosen": Text("**Chosen.** {reason}", "**採用。**{reason}"),
    "more_options": Text(
        "Other options not chosen: {count} ({where}).",
        "採用しなかった選択肢と理由がほかに {count} 件あります（{where}）。",
    ),
    "nothing": Text("There is only one option for every role.", "どの選定項目も、選択肢は 1 つだけです。"),
    "outcome": Text("Decision Outcome", "決定内容"),
    "chosen_for": Text(
        "Services, and the most influential answers:",
        "各要素で採用するサービスと、選定に最も影響した回答です。",
    ),
    "service_of": Text("{role}: {service}", "{role}は{service}"),
    "chosen_is": Text("{parts} – {services}.", "{parts}: {services}。"),
    "chosen_because": Text(
        "{parts} – {services}. Based on {answers}.",
        "{parts}: {services}。決め手となった回答は{answers}です。",
    ),
    "answer_of": Text('"{question}: {answer}"', "「{question}: {answer}」"),
    "between_answers": Text(", ", ""),
    "consequences": Text("Consequences", "影響"),
    "good": Text("Good, because {sentence}", "良い点: {sentence}"),
    "bad": Text("Bad, because {sentence}", "悪い点: {sentence}"),
    "of_part": Text("Risk in {part}: {sentence}", "注意点（{part}）: {sentence}"),
    "exceeded": Text("Limit exceeded in {part}: {sentence}", "上限超過・要対応（{part}）: {sentence}"),
    "no_consequences": Text(
        "The decision rules state no consequences for these services.",
        "判定ルールに、これらのサービスの影響は記載されていません。",
    ),
    "more_bad": Text("More drawbacks: {count} ({where}).", "ほかに注意点が {count} 件あります（{where}）。"),
    "confirmation": Text("Confirmation", "確認方法"),
    "confirm_proof": Text(
        "`VERIFICATION.md` lists the checks that reference projects of `advisor` with the same services and connections have passed. Deploy this "
        "project to a test account, run its tests, and measure its run times under load.",
        "`VERIFICATION.md` には、本プロジェクトと同じサービスと接続で構成した `advisor` の検証用プロジェクトでの検証結果を記載しています。"
        "本プロジェクト自体は未検証です。検証用アカウントにデプロイし、付属のテストを実行して、想定する負荷での処理時間を実測してください。",
    ),
    "confirm_preflight": Text(
        "Before deployment, `advisor preflight requirements.yaml` compares the design with the quotas and resources of the target "
        "account (read-only).",
        "デプロイ前に `advisor preflight requirements.yaml` を実行すると、対象アカウントのクォータ、リージョンの対応状"
        "況、リソース名の重複を確認できます（読み取り専用）。",
    ),
    "confirm_recheck": Text(
        "`advisor decide requirements.yaml --as-of {date} > decision.json` repeats and saves this decision. `advisor recheck decision.json` "
        "compares it with the current rules.",
        "`advisor decide requirements.yaml --as-of {date} > decision.json` で同じ決定を再現し、保存できます。その後は `advisor recheck "
        "decision.json` で、最新の判定ルールにより再評価できます。",
    ),
    "more": Text("More Information", "補足情報"),
    "triggers": Text("What would change the decision", "決定を見直す条件"),
    "triggers_intro": Text(
        "Review the decision when one of these conditions applies. An alarm “at 8 s of 10 s” fires above 8 s. 10 s is the first column's "
        "value or a lower setting of this stack. Check conditions without an alarm (–) regularly.",
        "次のいずれかに該当したら、決定を見直します。アラームは事前の警告です。「10 秒に対し 8 秒」は、8 秒を超えると通知することを表します。10 秒は「条件」列の値です。"
        "本設計の設定値（タイムアウトなど）のほうが小さい場合は、その設定値です。アラームのない条件は、定期レビューで確認してください。",
    ),
    "trigger": Text("Condition", "条件"),
    "triggered": Text('"{question}" of {part}: {threshold}', "{part}の「{question}」: {threshold}"),
    "now": Text("Current answer", "現在の回答"),
    "now_assumed": Text("{now} (assumed)", "{now}（仮定）"),
    "then": Text("New selection", "選定の変更"),
    "signal": Text("Alarm", "アラーム"),
    "alarm": Text("`{alarm}` ({metric}) at {at} of {limit}", "`{alarm}`（{metric}、{limit}に対し{at}）"),
    "either": Text("{metric}, request or response", "{metric}、リクエストまたはレスポンス"),
    "batch": Text("{metric}, batch of {count}", "{metric}、{count} 件のバッチ"),
    "no_alarm": Text("–", "–"),
    "more_changes": Text("{changes}<br>and {count} more", "{changes}<br>ほか {count} 件"),
    "alarms": Text("{alarm} and {count} more alarms", "{alarm}ほか {count} 件"),
    "alarm_more": Text("{alarm} and {count} more alarm", "{alarm}ほか {count} 件"),
    "no_triggers": Text(
        "No change to a single answer leads to another service.",
        "回答を 1 つだけ変えても、選定されるサービスは変わりません。",
    ),
    "more_triggers": Text("More conditions: {count} ({where}).", "ほかに条件が {count} 件あります（{where}）。"),
    "assumptions": Text("Assumptions", "仮定"),
    "assumptions_intro": Text(
        "The decision relies on these answers:",
        "次の質問は未回答です。決定は仮定した値に基づいています。",
    ),
    "assumed": Text("Assumed", "仮定した値"),
    "asked": Text("Question", "質問"),
    "otherwise": Text("Answer that changes the decision", "選定が変わる回答"),
    "no_assumptions": Text("The decision does not depend on any assumption.", "選定に影響する仮定はありません。"),
    "more_assumptions": Text(
        "Less influential assumptions: {count} ({where}).",
        "ほかに、影響がより小さい仮定が {count} 件あります（{where}）。",
    ),
    "open": Text("Open questions", "未決事項"),
    "open_decider": Text(
        "Who accepts this decision (`decision-makers` in the header of this file), and by when?",
        "意思決定者（冒頭の `decision-makers`）と承認の期限が未定です。",
    ),
    "open_first": Text(
        'Confirm the assumptions above, beginning with "{question}: {assumed}" ({part}).',
        "上記の仮定を、{part}の「{question}: {assumed}」から順に確認してください。",
    ),
    "open_first_unanswered": Text(
        'Confirm the assumptions above, and first answer "{question}" of {part}.',
        "最初に{part}の「{question}」に回答し、続いて上記の仮定を確認してください。",
    ),
    "open_exceeded": Text(
        "How are the exceeded limits resolved ({parts})?",
        "上限を超える負荷（{parts}、「影響」を参照）への対応が未定です。",
    ),
    "in_appendix": Text("listed in the appendix", "付録に記載"),
    "left_out": Text("in the full record", "完全版に記載"),
    "ask_full": Text(
        "This is a summary of the full record, which `advisor adr requirements.yaml --full -o full-record.md` writes.",
        "本書は要約版です。すべての回答、選択肢、注意点、仮定を含む完全版は、`advisor adr requirements.yaml --full --lang ja -o "
        "full-record.md` で作成し、承認時に添付してください。",
    ),
    "source": Text("{date}", "{date}"),
    "source_elsewhere": Text("{title}, {date}", "{title}、{date}"),
    "cited": Text(" ({link})", "（{link}）"),
    "comma": Text(", ", "、"),
    "semicolon": Text.same("<br>"),
    "colon": Text(": ", ": "),
}
