"""The fixed texts of the reference of the requirements file, in both languages."""

from advisor.text import Text

KINDS = {
    "workload": Text("Workload", "ワークロード"),
    "component": Text("Component", "コンポーネント"),
    "channel": Text("Channel", "チャネル"),
    "store": Text("Store", "ストア"),
}
#: What each part of a file is, and the key that it stands under.
ABOUT = {
    "workload": Text(
        "`workload`: answers that apply to all parts. These keys go directly under `workload:`, not in a list.",
        "`workload`: すべての要素に当てはまる回答です。リストではなく、`workload:` の直下に書きます。",
    ),
    "component": Text(
        "`components`: each entry processes something, such as a service, a job, a function or a "
        "workflow. A file has 1 to 60 components.",
        "`components`: 処理を行うもの（サービス、ジョブ、関数、ワークフローなど）を 1 件ずつ書きます。1 "
        "ファイルに 1～60 件です。",
    ),
    "channel": Text(
        "`channels`: each entry carries messages or events from senders to receivers, without making the "
        "sender wait. A file has at most 60 channels.",
        "`channels`: 送信側から受信側へメッセージやイベントを運ぶものを書きます。送信側は受信側を待ちませ"
        "ん。60 件までです。",
    ),
    "store": Text(
        "`stores`: each entry holds data that is kept after processing. A file has at most 60 stores.",
        "`stores`: 処理の終了後も残るデータを保持するものを書きます。60 件までです。",
    ),
}
#: The keys of a file and what they hold.
FRAME = {
    "schema": Text(
        "`2`. Files with schema version `1` can also be read, and `advisor upgrade` converts them.",
        "`2`。スキーマバージョン `1` のファイルも読み込めます。`advisor upgrade` で変換できます。",
    ),
    "title": Text("The name of the workload.", "ワークロードの名前。"),
    "summary": Text("The purpose of the workload, in one or two sentences.", "ワークロードの目的（1～2 文）。"),
    "workload": Text("Answers that apply to all parts.", "すべての要素に当てはまる回答。"),
    "components": Text(
        "The programs and other parts that do work. At least one entry.", "処理を行うプログラムなどの要素。1 件以上。"
    ),
    "channels": Text(
        "The queues, topics, event buses and streams between the parts. Optional.",
        "要素間のキュー、トピック、イベントバス、ストリーム。省略可。",
    ),
    "stores": Text("The data that is kept. Optional.", "保存するデータ。省略可。"),
}
ENTRY = {
    "id": Text(
        "Required. 1 to 32 lower-case letters, digits and non-consecutive hyphens, starting with a "
        "letter and unique in the file. Links refer to this ID.",
        "必須。英小文字で始まる 32 文字以内の英小文字、数字、ハイフン（連続不可）。ファイル内で一意。リン"
        "クはこの ID を指します。",
    ),
    "title": Text(
        "Its name in the diagram and in documents. If omitted, the ID is used.",
        "構成図や文書での名前。省略すると ID を使います。",
    ),
    "pins": Text(
        "Services that must be used, by role: see [Specified services](#pins).",
        "必ず使うサービス（選定項目ごと）。[サービスの指定](#pins)を参照。",
    ),
}
ANSWERS = {
    "choice": Text("one of the options", "選択肢のうち 1 つ"),
    "choices": Text(
        "a list of options; brackets can be omitted for a single option", "選択肢のリスト（1 つだけなら括弧は不要）"
    ),
    "flag": Text("`true` or `false`", "`true` または `false`"),
    "text": Text("text", "テキスト"),
    "link": Text("the id of a {targets}", "{targets}の id"),
    "links": Text("a list of ids of {targets}s", "{targets}の id のリスト"),
    "destinations": Text(
        "a list; each entry has a `kind` (one of the options) and may have a `title`",
        "リスト。各項目に `kind`（選択肢のうち 1 つ）を書きます。`title` も指定できます",
    ),
}
WORDS = {
    "not_one_number": Text(
        "If the brief does not state a single number, copy what it states:",
        "要件の数値が 1 つに定まらない場合は、書かれているとおりに書きます。",
    ),
    "bands_intro": Text(
        "Words stand for the following ranges, which this tool defines; they are not a standard. A word for a number "
        "can precede any unit: `a few hours`, `tens of GB`, `thousands per second`. The last column is the value that the "
        "diagram and the projects use. For words without such a value, they use the more demanding end of the range, and of a range with one end only, that end or, if it is left out, a value just beside it.",
        "次の表現は、それぞれ以下の範囲とみなします。範囲は本ツール独自の定義です。数を表す表現は単位の前に置けます"
        ": `数時間`、`数十GB`、`数千/秒`。最後の列は、構成図とプロジェクトに使う値です。値がない表現では、範囲のうち条件が最も厳しい値を使います。下端だけ、または上端だけの範囲では、その端（端を含まない場合は、端にごく近い値）を使います。",
    ),
    "word": Text("Word", "表現"),
    "stands_for": Text("Range", "範囲"),
    "drawn_for": Text("Value used", "使う値"),
    "demanding_end": Text.same("—"),
    "of_a_run": Text("for the time of a run: {value}", "実行時間では {value}"),
    "any_unit": Text("a number, before its unit", "数（単位の前に置く）"),
    "run_time": Text("how long a run takes", "実行時間"),
    "a_count": Text("a number of items", "件数"),
    "range_decided": Text(
        "A limit or range is evaluated for all of its values. The decision states whether the services "
        "are the same for every value, or at which value they change and to which services. The diagram "
        "and the projects use the typical value if one is stated. Otherwise, they use the value of a word in the table, and for all "
        "other ranges the more demanding end, or the only end. The decision states which value was used.",
        "上限・下限や範囲で指定された回答は、該当するすべての値について判定します。どの値でもサービスが変"
        "わらないか、どの値で何に変わるかを示します。構成図とプロジェクトには、通常の値が書かれていればその値を使います。なければ、表にある表現は表の値、"
        "その他の範囲は条件が最も厳しい値（端が 1 つだけの範囲では、その端）を使い、どの値を使ったかを示します。",
    ),
    "remarks": Text(
        "Any answer, not only a quantity, can have a remark: `longest_run_s: {value: hours, remark: the "
        'brief says "long"}`. Enclose a remark that contains a comma or a colon in quotes: `remark: "long, maybe days"`.',
        "数量に限らず、どの回答にも注記を付けられます: `longest_run_s: {value: hours, remark: 原文は「長い」}`。"
        '半角のコンマやコロンを含む注記は引用符で囲みます: `remark: "long, maybe days"`。',
    ),
    "title": Text("The requirements file", "要件ファイル"),
    "intro": Text(
        "This page describes how to state the requirements of a workload, so that services can be "
        "selected. A requirements file is a YAML file in UTF-8 that you write by hand. Every answer is "
        "optional. `advisor schema` prints the same reference as a JSON Schema for editors. This page is "
        "generated from the definitions of the questions and roles.",
        "ワークロードの要件を、サービスの選定に使える形で記述する方法です。要件ファイルは UTF-8 の YAML "
        "で、手で書きます。どの回答も省略できます。同じ内容の JSON スキーマは `advisor schema` で出力でき"
        "、エディターで使えます。このページは質問と選定項目の定義から生成しています。",
    ),
    "other": Text(
        "日本語版は [requirements-file.ja.md](requirements-file.ja.md) にあります。",
        "英語版は [requirements-file.md](requirements-file.md) にあります。",
    ),
    "contents": Text("Contents", "目次"),
    "phrases": Text("What to enter for common wording in briefs:", "要件によくある記述と、対応する回答の書き方:"),
    "phrase": Text("The brief says", "要件の記述"),
    "enter": Text("Enter", "回答の書き方"),
    "how_to": Text("From a brief to a file", "要件からファイルへ"),
    "frame": Text("The file", "ファイルの構成"),
    "key": Text("Key", "キー"),
    "holds": Text("Content", "内容"),
    "entry_intro": Text(
        "Each entry of `components`, `channels` and `stores` has the following keys, with its answers at "
        "the same level:",
        "`components`、`channels`、`stores` の各項目には次のキーがあり、回答も同じ階層に書きます。",
    ),
    "titles": Text(
        "A title or summary is a text of at most 300 characters, which is used in both languages, or one text for each language: "
        "`title: {en: Orders, ja: 注文}`. In the second form, both `en` and `ja` are required. Unknown keys are rejected. Comments (`# …`) are allowed.",
        "タイトルと概要は、両方の言語で使う 300 文字以内のテキスト 1 つ、または言語ごとのテキストです（"
        "`title: {en: Orders, ja: 注文}`）。言語ごとに書く場合は、`en` と `ja` の両方が必須です。定義されていないキーは使えません。コメント（`# …`）は書けます。",
    ),
    "quantities": Text("Quantities", "数量の書き方"),
    "quantities_intro": Text(
        "A quantity is a number with a unit. A number without a unit has the unit of the key (`_s` "
        "seconds, `_ms` milliseconds, `_bytes` bytes, `_mib` MiB, `_rps` per second, `_percent` "
        "percent). KB, MB and GB are interpreted as KiB, MiB and GiB.",
        "数量は単位付きの数値で書きます。単位がなければ、キーの単位とみなします（`_s` 秒、`_ms` ミリ秒、"
        "`_bytes` バイト、`_mib` MiB、`_rps` 毎秒、`_percent` パーセント）。KB、MB、GB はそれぞれ KiB、"
        "MiB、GiB とみなします。",
    ),
    "quantity_of": Text("Quantity", "種類"),
    "units": Text("Units", "使える単位"),
    "example": Text("Example", "例"),
    "no_unit": Text("none", "なし"),
    "asks": Text("**{title}.** {help}", "**{title}**。{help}"),
    "answer": Text("Answer", "回答"),
    "quantity": Text("{dimension} from {low} to {high}", "{dimension}（{low}～{high}）"),
    "quantity_up": Text("{dimension} up to {high}", "{dimension}（{high}{space}まで）"),
    "text_most": Text("text of at most {most} characters", "{most} 文字以内のテキスト"),
    "one_of": Text("one of {values}", "次のいずれか: {values}"),
    "unanswered": Text("Not answered", "未回答の場合"),
    "assumed": Text("{value}, shown as an assumption", "{value}（仮定として表示）"),
    "assumed_flag": Text("`{value}` ({answer}), shown as an assumption", "`{value}`（{answer}。仮定として表示）"),
    "follows": Text("taken from `{other}`", "`{other}` から決めます"),
    "open": Text("nothing is assumed", "何も仮定しません"),
    "applies": Text("Applies if", "対象となる条件"),
    "is": Text("`{field}` is {values}", "`{field}` が {values}"),
    "more": Text("`{field}` is more than {value}", "`{field}` が {value} より大きい"),
    "options": Text("Options", "選択肢"),
    "or": Text(" or ", " または "),
    "any_of": Text("one of {values}", "{values} のいずれか"),
    "and": Text(" and ", "、かつ "),
    "all_of": Text("all of these conditions are met: {conditions}", "{conditions}"),
    "semicolon": Text("; ", "、かつ "),
    "yes": Text("yes", "はい"),
    "no": Text("no", "いいえ"),
    "gap": Text(", ", "、"),
    "colon": Text(": ", ": "),
    "pins": Text("Specified services", "サービスの指定"),
    "pins_intro": Text(
        "If a stakeholder or your organization has already decided on a service, specify it for its "
        "role. It is then used even if it conflicts with an answer, and the requirements that it does "
        "not meet are listed. The services of other roles are selected so that it meets them, if that is possible. Specifying a service for a role, such as messaging, has no effect on a part that "
        "does not need that role. Do not specify services that the brief leaves open, except for [HTTPS without a domain](#how-to).",
        "関係者や組織が既にサービスを決めている場合は、選定項目にそのサービスを指定します。回答に反する"
        "場合も必ず採用し、満たさない要件を一覧で示します。ほかの選定項目では、可能であれば、指定したサービスが要件を満たすようにサービスを"
        "選びます。サービスを指定しても、その要素にない選定項目は"
        "追加されません。要件で決まっていないサービスは、[独自のドメインがない HTTPS](#how-to)の場合を除いて、指定しないでください。",
    ),
    "pins_of": Text("Roles of a {kind}", "{kind}の選定項目"),
    "role": Text("Role", "選定項目"),
    "services": Text("Services", "サービス"),
    "examples": Text("Two files, line by line", "2 つのファイルの例"),
    "brief": Text("The brief", "要件"),
    "file": Text("The file", "ファイル"),
}
#: The dimension of each base unit.
#: What stands in for a missing answer where neither a default nor one other answer does.
DERIVED_WHEN_MISSING = {
    ("channel", "aws_events"): Text(
        "`s3-object` if the only consumer reads exactly one store of objects, and does not write to it; otherwise nothing is assumed",
        "唯一のコンシューマーが読み取るオブジェクトのストアが 1 つだけで、そこに書き込まない場合は `s3-object`、それ以外は何も仮定しません",
    ),
    ("channel", "rate_average_rps"): Text(
        "taken from the components that publish to the channel; otherwise 1 per second (shown as an assumption)",
        "チャネルに発行するコンポーネントのレートとします。わからない場合は毎秒 1 件とします（仮定として表示）",
    ),
    ("component", "trigger"): Text(
        "derived from what the component listens to, a schedule, its callers, and answers about callers; "
        "if none of these is stated, the component is started on demand and has no endpoint, and `advisor "
        "next` shows this question first",
        "受信元、スケジュール、呼び出し元、呼び出しに関する回答から決めます。いずれもなければ「手動・SDK からの実行」"
        "（エンドポイントなし）とし、`advisor next` で最初に質問します",
    ),
    ("component", "exposure"): Text(
        "`private` if only components of the workload call it, otherwise `public` (shown as an assumption)",
        "ワークロード内のコンポーネントだけが呼び出す場合は `private`、それ以外は `public`（仮定として表示）",
    ),
    ("component", "whole_run_s"): Text(
        "the sum of the longest run and the longest wait", "最長の実行時間と最長の待ち時間の合計とします"
    ),
    ("component", "rate_average_rps"): Text(
        "calculated from the schedule, or taken from the channel or table that the component listens to; otherwise 1 per second, "
        "or 0.01 per second for an infrequent load (shown as an assumption)",
        "スケジュールから算出するか、受信元のチャネルやテーブルのレートとします。どちらもない場合は毎秒 1 件、負荷が散発的な場合は"
        "毎秒 0.01 件とします（仮定として表示）",
    ),
    ("component", "wait_s"): Text(
        "no wait, or a week if it waits for a callback or a person",
        "待ち時間なしとします。コールバックや人の応答を待つ場合は 1 週間とします",
    ),
}
DIMENSIONS = {
    "s": Text("a time", "時間"),
    "ms": Text("a time", "時間"),
    "h": Text("a time", "時間"),
    "B": Text("a size", "サイズ"),
    "MiB": Text("a size", "サイズ"),
    "per_s": Text("a rate", "レート"),
    "vcpu": Text("virtual processors", "vCPU 数"),
    "percent": Text("a share", "割合"),
    "usd": Text("an amount of money", "金額"),
    "count": Text("a whole number", "整数"),
}
