"""The texts on provided input, and on the parts of it that were not understood, in both languages."""

from advisor.text import Text

READING_WORDS = {
    "left_key": Text(
        "{where}: unknown question, ignored{near}.", "{where}: 質問項目として定義されていないため、無視しました{near}。"
    ),
    "nearest": Text("; the nearest is {near}", "（近いもの: {near}）"),
    "left_shape": Text(
        "{where}: not an answer or a part, ignored.", "{where}: 回答または要素として解釈できないため、無視しました。"
    ),
    "left_because": Text("{where}: ignored; {why}.", "{where}: 無視しました。{why}。"),
    "left_part": Text(
        '{kind} "{name}" was ignored: a workload can have at most {most} parts of each kind.',
        "{kind}「{name}」は無視しました。同じ種類の要素は {most} 個までです。",
    ),
    "renamed_part": Text(
        '{where}: "{id}" is not a valid ID or is already in use. The ID of this part is now {new}.',
        "{where}: 「{id}」は ID として無効か、既に使われています。この要素の ID を {new} に変更しました。",
    ),
    "left_more": Text("More entries that were ignored: {count}.", "ほかに {count} 件を無視しました。"),
    "left_line": Text(
        'Line {number}: "{line}" could not be interpreted.', "{number} 行目: 「{line}」は解釈できませんでした。"
    ),
    "left_line_unsupported": Text('Line {number}: "{line}": {why}.', "{number} 行目: 「{line}」: {why}。"),
    "left_twice": Text(
        'Line {number}: "{line}": an earlier line answers "{question}" differently; the first answer was kept.',
        "{number} 行目: 「{line}」: 「{question}」には前の行に別の回答があるため、先の回答を残しました。",
    ),
    "left_unknown": Text(
        'Line {number}: "{line}": no answer yet to "{question}"; the question stays open.',
        "{number} 行目: 「{line}」: 「{question}」は未回答のままにしました。",
    ),
    "left_product": Text(
        'Line {number}: "{line}" is named, but none of the answers that were read contains it. Check the answers, and correct them if necessary.',
        "{number} 行目: 「{line}」を表す回答は読み取っていません。回答を確認し、必要に応じて修正してください。",
    ),
    "left_conflict": Text(
        "Line {number}: a longest run of {line}, and in line {other} a response within {response}, were read for one part ({part}). "
        "If these are two parts, write each below the name of its part.",
        "{number} 行目: 1 つの要素（{part}）について、最長の実行時間（{line}）と、{other} 行目の応答時間（{response}）を読み取りました。"
        "別の要素であれば、それぞれの要素の名前の下に書いてください。",
    ),
    "left_rest": Text(
        'Line {number}: "{line}" was read in part; not read: "{rest}". Check the answers and add what is missing.',
        "{number} 行目: 「{line}」は一部だけを読み取りました（未反映: 「{rest}」）。回答を確認し、不足している内容を追加してください。",
    ),
    "left_order_of_files": Text(
        'Line {number}: "{line}" was not read: notifications of new files come in no guaranteed order, and the workload has no queue. '
        "To keep an order, let the component that the files start send to a queue with an order, and a worker receive from it.",
        "{number} 行目: 「{line}」は読み取っていません。新しいファイルの通知は順序が保証されず、ワークロードにキューがありません。"
        "順序を守るには、ファイルで起動するコンポーネントから順序付きのキューに送信し、ワーカーで受信してください。",
    ),
    "left_several": Text(
        'Line {number}: "{line}" was not read: it can be about several parts or about none of them ({parts}). Write it below the name of its part.',
        "{number} 行目: 「{line}」は読み取っていません。どの要素（{parts}）についての内容か判断できません。該当する要素の名前の下に書いてください。",
    ),
    "read_line": Text('Line {number}: "{line}" → {what}', "{number} 行目: 「{line}」→ {what}"),
    "read_part": Text(
        'Line {number}: "{line}" → {what} (not used: "{rest}")',
        "{number} 行目: 「{line}」→ {what}（未反映: 「{rest}」）",
    ),
    "note_residency": Text(
        'Line {number}: "{line}": in this area: {regions}. Unless another Region is stated, the first of them is used. "Data residency" was set to "within the Region only".',
        "{number} 行目: 「{line}」: 該当するリージョンは {regions} です。別のリージョンの指定がなければ、先頭のリージョンを使います。「データの保管場所」は「リージョン内のみ」としました。",
    ),
    "note_other_currency": Text(
        'Line {number}: "{line}": state an amount in US dollars as the monthly cost limit.',
        "{number} 行目: 「{line}」: 月額コストの上限は、米ドルの金額で回答してください。",
    ),
    "note_region_failure": Text(
        'Line {number}: "{line}": the design uses one Region. State how long an outage and a loss of data may last (RTO and RPO).',
        "{number} 行目: 「{line}」: 設計の対象は 1 つのリージョンです。障害時に許容できる停止時間とデータ損失の期間（RTO と RPO）を回答してください。",
    ),
    "note_skills": Text(
        'Line {number}: "{line}": the skills of a team have no effect on the decision. If this is your standard platform, answer "Current standard platform".',
        "{number} 行目: 「{line}」: チームの経験は判断に使いません。標準の基盤であれば、「社内の標準基盤」として回答してください。",
    ),
    "note_notice": Text(
        'Line {number}: "{line}": no question asks for the deadline of a notification. Let an event or a message start the component that '
        'sends it, answer its "Longest run" and "Start time limit", and compare their sum with the deadline.',
        "{number} 行目: 「{line}」: 通知の期限を表す質問はありません。通知を送るコンポーネントをイベントまたはメッセージで起動し、"
        "「最長の実行時間」と「起動時間の上限」を回答して、その合計を期限と比べてください。",
    ),
    "note_processed_within": Text(
        'Line {number}: "{line}": this time includes the wait for the start, so it is not stored as the longest run. Answer "Longest run" '
        'and "Start time limit", and compare their sum with the time.',
        "{number} 行目: 「{line}」: この時間には起動までの待ち時間も含まれるため、最長の実行時間としては記録していません。"
        "「最長の実行時間」と「起動時間の上限」を回答して、その合計をこの時間と比べてください。",
    ),
    "note_private_line": Text(
        'Line {number}: "{line}": the project does not contain a private line or VPN (AWS Direct Connect, AWS Site-to-Site VPN). If it '
        'ends in an existing VPC, answer "Existing infrastructure" with "A VPC" and "All compute in a VPC" with yes.',
        "{number} 行目: 「{line}」: 専用線や VPN（AWS Direct Connect、AWS Site-to-Site VPN）はプロジェクトに含まれません。既存の VPC に接続して"
        "いる場合は、「既存のリソース」に「VPC」、「全コンピューティングリソースの VPC 内への配置」に「はい」と回答してください。",
    ),
    "note_deadline": Text(
        'Line {number}: "{line}": no question asks for a date, and no date changes the decision. If there is little time, answer "Current '
        'standard platform" with what your organization runs already.',
        "{number} 行目: 「{line}」: 期日を表す質問はなく、期日によって選定は変わりません。準備期間が短い場合は、「社内の標準基盤」に、現在"
        "運用している基盤を回答してください。",
    ),
    "note_call_outside": Text(
        'Line {number}: "{line}": a synchronous call of another system is left to the program of the component. Include its time in '
        '"Longest run", and answer "Secrets" and "Fixed outgoing IP address". If the answer is not needed at once, or the rate is limited, '
        "send messages through a channel with this system as its destination.",
        "{number} 行目: 「{line}」: 他システムの同期呼び出しは、コンポーネントのプログラムで実装します。呼び出しの時間を「最長の実行時間」に含め、"
        "「シークレット」と「固定の送信元 IP アドレス」にも回答してください。応答をすぐに必要としない場合や、レートの上限がある場合は、そのシステムを"
        "宛先とするチャネルでメッセージを送ります。",
    ),
    "note_percentile": Text(
        'Line {number}: "{line}": the question is about p99, so a time of another percentile is not stored. State the time that 99% of the requests must meet.',
        "{number} 行目: 「{line}」: 応答時間は p99 で回答するため、ほかのパーセンタイルの時間は記録していません。99% のリクエストが満たすべき時間を書いてください。",
    ),
    "note_time_zone": Text(
        'Line {number}: "{line}": this abbreviation stands for several time zones or leaves daylight saving time open, so no time zone is stored. State the zone by its name, such as Europe/Berlin.',
        "{number} 行目: 「{line}」: この略称は複数のタイムゾーンを表すか、夏時間の有無が決まらないため、タイムゾーンは記録していません。Europe/Berlin のような名前で書いてください。",
    ),
    "note_gpu_memory": Text(
        'Line {number}: "{line}": no question asks for the memory of a GPU; "Memory" is that of the program.',
        "{number} 行目: 「{line}」: GPU のメモリを表す質問はありません。「メモリ」はプログラムのメモリです。",
    ),
    "note_dead_letters": Text(
        'Line {number}: "{line}": a dead-letter queue is no part of its own. The design adds one where messages can fail.',
        "{number} 行目: 「{line}」: デッドレターキューは独立した要素ではありません。メッセージの処理に失敗し得る箇所には、設計が追加します。",
    ),
    "note_saml": Text(
        'Line {number}: "{line}": endpoints accept OpenID Connect only. If the identity provider supports it, choose the existing identity provider.',
        "{number} 行目: 「{line}」: エンドポイントが対応する方式は OpenID Connect だけです。ID プロバイダーが対応していれば、「既存の ID プロバイダー」を選択してください。",
    ),
    "left_line_link": Text(
        'Line {number}: unknown part "{line}"; no link was added.',
        "{number} 行目: 「{line}」という要素がないため、接続を追加しませんでした。",
    ),
    "no_line": Text(
        'No requirement was recognized. Write sentences, or one answer per line, for example "Longest run: 20 min".',
        "要件を読み取れませんでした。文で書くか、「最長の実行時間: 20 分」のように 1 行に 1 つの回答を書いてください。",
    ),
}

#: Words of the page where text is given to it.
GIVING_WORDS = {
    "paste_title": Text("Or paste requirements", "または要件を貼り付ける"),
    "paste_hint": Text(
        "For example: An API, a worker and a database. / Longest run: 20 min",
        "例: API、ワーカー、データベースがある。 / 最長の実行時間: 20 分",
    ),
    "paste_button": Text("Read requirements", "読み取る"),
    "paste_problem": Text("The requirements could not be read:", "要件を読み取れませんでした。"),
    "left_out": Text(
        "Check the following, and all answers: a sentence may say more than was read.",
        "次の内容と、すべての回答を確認してください。文の一部は読み取れていない可能性があります。",
    ),
    "read_title_line": Text("Read, line by line ({count})", "行ごとの読み取り結果（{count} 件）"),
    "read_answer": Text("{question}: {value}", "{question}: {value}"),
    "read_of": Text("{name} ({answers})", "{name}（{answers}）"),
    "read_title": Text("title", "タイトル"),
    "read_links": Text("Connections: {links}", "接続: {links}"),
    "spread_known": Text(
        'Spread evenly over {hours} a day, the answer to "Hours per day": {rate}.',
        "「1 日の稼働時間」の回答（{hours}）に均等に分けた値です: {rate}。",
    ),
    "spread_day": Text(
        'Spread evenly over 24 h: {rate}. If the load comes in fewer hours, answer "Hours per day".',
        "24 時間に均等に分けた値です: {rate}。負荷がより短い時間に集中する場合は、「1 日の稼働時間」も回答してください。",
    ),
    "spread_channel": Text(
        "Spread evenly over 24 h: {rate}. If the messages come in fewer hours, state the peak per second.",
        "24 時間に均等に分けた値です: {rate}。メッセージがより短い時間に集中する場合は、ピーク時の 1 秒あたりの件数を書いてください。",
    ),
    "spread_hour": Text("Spread evenly over the hour: {rate}.", "1 時間に均等に分けた値です: {rate}。"),
    "stored_as": Text('Stored as "{question}": {value}.', "「{question}」の回答として記録しました: {value}。"),
    "stored_instead": Text(
        'Stored as "{question}": {value}, in place of {before}.',
        "「{question}」の回答を {before} から {value} に変更しました。",
    ),
    "part_separator": Text(", ", "、"),
    "correct_read": Text("Correct: {names}", "修正: {names}"),
    "seen": Text("Close", "閉じる"),
}

#: What people write in a field when they have no answer yet, without a full stop, and without the words before and after it.
UNKNOWN = frozenset(
    (
        "don't know", "dont know", "do not know", "didn't know", "dunno", "not known", "unknown", "not sure", "unsure", "no idea",
        "no clue", "unclear", "tbd", "tba", "tbc", "n/a", "na", "n.a", "n. a", "not applicable", "not available", "to be decided", "to be defined",
        "to be determined", "to be clarified", "to be confirmed", "to be discussed", "not decided", "undecided", "not defined",
        "not clear", "not determined", "open", "depends", "it depends", "hard to say", "difficult to say", "can't say", "cannot say",
        "can't tell", "cannot tell", "haven't decided", "have not decided", "have no idea", "have no clue", "don't have a number",
        "?", "??", "???", "-", "--", "…", "...", "don't know that", "do not know that", "no answer", "no information", "no data",
        "わからない", "分からない", "判らない", "わかりません", "分かりません", "判りません", "わからん", "わかりかねます", "分かりかねます", "知らない", "知りません", "不明", "未定",
        "未確定", "未決定", "未回答", "未検討", "未調査", "検討中", "確認中", "調査中", "調整中", "要確認", "要検討", "要調査", "決まっていない",
        "決まっていません", "決めていない", "決めていません", "決まってない", "これから決める", "これから決めます", "後で決める", "後で決めます",
        "なんとも言えない", "なんとも言えません", "何とも言えない", "何とも言えません", "場合による", "場合によります", "回答なし", "該当なし",
        "情報なし", "はっきりしない", "はっきりしません", "把握していない", "把握していません", "見当がつかない", "見当がつきません",
    )
)  # fmt: skip
#: What stands before and after these words and adds nothing to them.
BEFORE_UNKNOWN = (
    "sorry", "well", "honestly", "actually", "currently", "still", "we", "i", "really", "at the moment", "right now", "yet", "that is",
    "that's", "this is", "it is", "it's", "is", "are", "am", "i'm", "we're", "まだ", "よく", "現時点では", "現時点で", "現段階では", "今のところ", "今は", "現在", "ちょっと", "正直",
    "まったく", "全く", "全然", "詳しくは", "詳細は", "特に", "私には", "はっきりとは", "はっきり", "正確には",
)  # fmt: skip
AFTER_UNKNOWN = (
    "yet", "this", "that", "it", "later", "at the moment", "at this point", "right now", "for now", "so far", "today", "really", "sorry", "exactly", "either", "です", "でした",
    "ですね", "かな", "と思います", "な状態です", "状態です", "んです", "のです", "ので", "けど", "ところです",
)  # fmt: skip
