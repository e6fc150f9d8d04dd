"""The fixed words of a decision record, in both languages."""

from advisor.text import Text

WORDS = {
    "title": Text("Architecture of the workload", "ワークロードのアーキテクチャ"),
    "titled": Text("{title}: AWS services", "{title}: 利用する AWS サービス"),
    "context": Text("Context and Problem Statement", "コンテキストと課題"),
    "question": Text(
        "Which AWS services does each part of this workload need? These answers were given:",
        "このワークロードの各部分に、どの AWS サービスが必要か。回答は次のとおりです。",
    ),
    "asked": Text("Question", "質問"),
    "answered": Text("Answer", "回答"),
    "workload": Text("Whole workload", "ワークロード全体"),
    "heading": Text("**{name}** ({kind})", "**{name}**（{kind}）"),
    "drivers": Text("Decision Drivers", "決定要因"),
    "driver": Text("{name}: {question}: {answer}", "{name}: {question}は「{answer}」"),
    "no_drivers": Text(
        "No answer rules anything out; what is simplest to run is preferred.",
        "候補を絞り込む回答はありません。運用が最も簡単なものを優先します。",
    ),
    "options": Text("Considered Options", "検討した選択肢"),
    "outcome": Text("Decision Outcome", "決定内容"),
    "outcome_intro": Text("Chosen for each part, with the reasons:", "各部分で選んだものと、その理由です。"),
    "chosen_because": Text(". {because}", "。{because}"),
    "unmet": Text(": nothing fits.", ": 適合するものがありません。"),
    "pinned": Text(" (asked for)", "（指定）"),
    "consequences": Text("Consequences", "影響"),
    "no_consequences": Text("Nothing was assumed, and there is nothing to warn about.", "仮定も注意点もありません。"),
    "warning": Text("Bad, because of a risk in {name}: {sentence}", "注意点（{name}）: {sentence}"),
    "violates": Text(
        "Bad, because {service} was asked for in {name} although it does not fit: {sentence}",
        "悪い点（{name}）: 指定された{service}は条件に合いません。{sentence}",
    ),
    "conflict": Text("Bad, because it is undecided: {sentence}", "未決定: {sentence}"),
    "assumed": Text("Neutral, because it was assumed for {name}: {sentence}", "仮定（{name}）: {sentence}"),
    "confirmation": Text("Confirmation", "確認方法"),
    "confirm": Text(
        "Run `advisor decide` on the same requirements with `--as-of {date}`: the same rule book comes to the same "
        "services, and a newer one shows what has changed since. Deploy the generated project to a test account, run "
        "its tests, and compare the assumptions above with what is measured there.",
        "同じ要件ファイルに `advisor decide --as-of {date}` を実行します。同じルールブックなら同じサービスになり、"
        "新しいルールブックなら変わった点が分かります。生成されたプロジェクトを検証用アカウントにデプロイしてテストを実行し、"
        "上記の仮定を実測値と比べてください。",
    ),
    "pros": Text("Pros and Cons of the Options", "選択肢の長所と短所"),
    "more": Text("More Information", "補足情報"),
    "reading": Text("Further reading:", "参考資料:"),
    "made": Text(
        "Decided with rule book {book}, as of {date}. Each source bears the day on which it was read.",
        "ルールブック {book} により、{date} 時点の情報で判断しました。各出典には確認日を記しています。",
    ),
    "source": Text("source", "出典"),
    "cited": Text(" ({link}, read {date})", "（{link}、{date} 確認）"),
    "gap": Text(" ", ""),
    "colon": Text(": ", ": "),
    "comma": Text(", ", "、"),
}

FOR_AND_AGAINST = {
    "good": Text("Good, because {sentence}", "良い点: {sentence}"),
    "neutral": Text("Neutral, because {sentence}", "中立: {sentence}"),
    "bad": Text("Bad, because {sentence}", "悪い点: {sentence}"),
}
