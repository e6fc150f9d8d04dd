"""The words on what is given to the page as text, and on what of it was not understood, in both languages."""

from advisor.text import Text

READING_WORDS = {
    "left_key": Text(
        "{where}: there is no such question, so it was left out{near}.",
        "{where}: この質問はないため、読み飛ばしました{near}。",
    ),
    "nearest": Text("; the nearest is {near}", "（近いもの: {near}）"),
    "left_shape": Text(
        "{where}: this cannot be read as an answer or a part, so it was left out.",
        "{where}: 回答や要素として読み取れないため、読み飛ばしました。",
    ),
    "left_because": Text("{where}: it was left out; {why}.", "{where}: 読み飛ばしました。{why}。"),
    "left_part": Text(
        '{kind} "{name}" was left out: a workload has at most {most} parts of a kind.',
        "{kind}「{name}」は読み飛ばしました。1 種類の要素は {most} 個までです。",
    ),
    "renamed_part": Text(
        '{where}: "{id}" cannot be the id of a part, or is that of another; the part has the id {new} now.',
        "{where}: 「{id}」は id に使えないか、ほかの要素と重複しています。この要素の id を {new} にしました。",
    ),
    "left_more": Text("{count} more were left out.", "ほかに {count} 件を読み飛ばしました。"),
    "left_line": Text(
        'Line {number}: "{line}" was not understood.', "{number} 行目: 「{line}」は読み取れませんでした。"
    ),
    "left_line_link": Text(
        'Line {number}: no part is called "{line}", so it was not linked.',
        "{number} 行目: 「{line}」という要素がないため、つないでいません。",
    ),
    "no_line": Text(
        "None of the lines names a part or a question. Write lines such as: Longest run: 20 min",
        "要素や質問の名前が書かれた行がありません。「最長の実行時間: 20 分」のように書いてください。",
    ),
}

#: Words of the page where text is given to it.
GIVING_WORDS = {
    "paste_title": Text("Or paste requirements", "または要件を貼り付ける"),
    "paste_hint": Text(
        "A line for each: Longest run: 20 min / Kubernetes: no / Database: Orders",
        "1 行に 1 件。例: 最長の実行時間: 20 分 / Kubernetes: 不要 / データベース: 注文",
    ),
    "paste_button": Text("Read them", "読み取る"),
    "paste_problem": Text("The requirements were not read:", "要件を読み取れませんでした。"),
    "left_out": Text(
        "What was understood is open. The rest is named here:",
        "読み取れた内容で開きました。それ以外は次のとおりです。",
    ),
    "seen": Text("Got it", "確認しました"),
}
