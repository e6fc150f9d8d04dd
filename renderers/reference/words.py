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
        "`workload`: what holds for all parts. These keys stand under `workload:`, not in a list.",
        "`workload`: 全体に当てはまる回答です。リストではなく、`workload:` の下に直接書きます。",
    ),
    "component": Text(
        "`components`: each entry does work, such as a service, a job, a function or a workflow. A file has 1 to 60.",
        "`components`: 処理を行うもの（サービス、ジョブ、関数、ワークフローなど）を 1 件ずつ書きます。1 ファイルに 1～60 件です。",
    ),
    "channel": Text(
        "`channels`: each entry carries messages or events from senders to receivers, and no sender waits for a receiver. At most 60.",
        "`channels`: 送信側から受信側へメッセージやイベントを運ぶものを書きます。送信側は受信側を待ちません。60 件までです。",
    ),
    "store": Text(
        "`stores`: each entry holds data that is kept after processing. At most 60.",
        "`stores`: 処理が終わったあとも残るデータを保持するものを書きます。60 件までです。",
    ),
}
#: The keys of a file and what they hold.
FRAME = {
    "schema": Text(
        "`2`. A file of form `1` is read too; `advisor upgrade` writes it anew.",
        "`2`。形式 `1` のファイルも読み込めます。`advisor upgrade` で新しい形式に変換できます。",
    ),
    "title": Text("What the workload is called.", "ワークロードの名前。"),
    "summary": Text("One or two sentences on what it is for.", "目的を 1～2 文で。"),
    "workload": Text("Answers that hold for all parts.", "全体に当てはまる回答。"),
    "components": Text("A list; at least one entry.", "リスト。1 件以上。"),
    "channels": Text("A list; may be missing.", "リスト。なくてもよい。"),
    "stores": Text("A list; may be missing.", "リスト。なくてもよい。"),
}
ENTRY = {
    "id": Text(
        "Required. 1 to 32 lower-case letters, digits and single hyphens, a letter first; unique in the file. Links name it.",
        "必須。英小文字で始まる 32 文字以内の英小文字・数字・単独のハイフン。ファイル内で一意。リンクはこの id を指します。",
    ),
    "title": Text(
        "Its name in the diagram and in documents. If omitted, the ID is used.",
        "構成図や文書での名前。なければ id を使います。",
    ),
    "pins": Text(
        "Services that must be used, by role: see [Pins](#pins).",
        "必ず使うサービス（役割ごと）。[サービスの指定](#pins)を参照。",
    ),
}
ANSWERS = {
    "choice": Text("one of the options", "選択肢のうち 1 つ"),
    "choices": Text("a list of options; a single option needs no brackets", "選択肢のリスト（1 つだけなら括弧は不要）"),
    "flag": Text("`true` or `false`", "`true` または `false`"),
    "text": Text("text", "テキスト"),
    "link": Text("the id of a {targets}", "{targets}の id"),
    "links": Text("a list of ids of {targets}s", "{targets}の id のリスト"),
    "destinations": Text(
        "a list; each entry has a `kind` (one of the options) and may have a `title`",
        "リスト。各項目に `kind`（選択肢のうち 1 つ）を書き、`title` を添えられます",
    ),
}
WORDS = {
    "not_one_number": Text(
        "Where a brief gives no single number, write what it gives:",
        "要件に 1 つの数値がない場合は、書かれているとおりに書きます。",
    ),
    "bands_intro": Text(
        "Words stand for these magnitudes; the edges are a reading of this product, not a standard. A word of magnitude goes before "
        "any unit: `a few hours`, `tens of GB`, `thousands per second`.",
        "語は次の大きさを表します。境界はこの製品の読み方で、標準ではありません。大きさの語は単位の前に置けます: `数時間`、`数十GB`、`数千/秒`。",
    ),
    "word": Text("Word", "語"),
    "stands_for": Text("Stands for", "表す大きさ"),
    "any_unit": Text("any number, before its unit", "任意の数（単位の前）"),
    "run_time": Text("how long a run takes", "実行時間"),
    "a_count": Text("a number of items", "件数"),
    "range_decided": Text(
        "A bound or a range is decided for all of its values: either the services are the same for every one, or the decision says at "
        "which value they change, and to what. The diagram and the projects are made for the typical value where one is stated, else for "
        "the more demanding of the stated ends; the decision says which.",
        "上限・下限や範囲は、そのすべての値について判定します。どの値でもサービスが変わらないか、どの値で何に変わるかを示します。図とプロジェクトは、通常の値が"
        "書かれていればその値、なければ要求の厳しい側の端によって作り、どちらによるかを示します。",
    ),
    "remarks": Text(
        'Any answer, not only a quantity, may carry a remark: `longest_run_s: {value: hours, remark: the brief says "long"}`.',
        "数量に限らず、どの回答にも注記を付けられます: `longest_run_s: {value: hours, remark: 原文は「長い」}`。",
    ),
    "title": Text("The requirements file", "要件ファイル"),
    "intro": Text(
        "How to write down the requirements of a workload, so that services can be decided on. A file is YAML in UTF-8, "
        "written by hand; every answer may be left out. This page is made from the vocabulary and the catalogue of roles; "
        "`advisor schema` gives editors the same as a JSON Schema.",
        "ワークロードの要件を、サービスの選定に使える形で書く方法です。ファイルは UTF-8 の YAML で、手で書きます。"
        "どの回答も省略できます。このページは語彙と役割の一覧から生成しています。同じ内容の JSON スキーマは `advisor schema` で出力できます。",
    ),
    "other": Text(
        "日本語版は [requirements-file.ja.md](requirements-file.ja.md) にあります。",
        "The same in English: [requirements-file.md](requirements-file.md).",
    ),
    "contents": Text("Contents", "目次"),
    "how_to": Text("From a brief to a file", "要件からファイルへ"),
    "frame": Text("The file", "ファイルの構成"),
    "key": Text("Key", "キー"),
    "holds": Text("What it holds", "内容"),
    "entry_intro": Text(
        "Each entry of `components`, `channels` and `stores` has these keys, and its answers beside them:",
        "`components`、`channels`、`stores` の各項目には次のキーがあり、回答を同じ階層に書きます。",
    ),
    "titles": Text(
        "A title or summary is one text of at most 300 characters, or one in each language: `title: {en: Orders, ja: 注文}`. "
        "Unknown keys are refused; comments (`# …`) are allowed.",
        "タイトルと概要は 300 文字以内のテキスト 1 つ、または言語ごとのテキストです（`title: {en: Orders, ja: 注文}`）。"
        "不明なキーは使えません。コメント（`# …`）は書けます。",
    ),
    "quantities": Text("Quantities", "数量の書き方"),
    "quantities_intro": Text(
        "A quantity is a number with a unit, or a bare number in the unit of the key (`_s` seconds, `_ms` milliseconds, "
        "`_bytes` bytes, `_mib` MiB, `_rps` per second, `_percent` percent). KB, MB and GB are taken as KiB, MiB and GiB.",
        "数量は単位付きの数値で書きます。単位がなければ、キーの単位とみなします（`_s` 秒、`_ms` ミリ秒、`_bytes` バイト、"
        "`_mib` MiB、`_rps` 毎秒、`_percent` パーセント）。KB、MB、GB はそれぞれ KiB、MiB、GiB として扱います。",
    ),
    "quantity_of": Text("Quantity", "種類"),
    "units": Text("Units", "使える単位"),
    "example": Text("Example", "例"),
    "no_unit": Text("none", "なし"),
    "asks": Text("**{title}.** {help}", "**{title}**。{help}"),
    "answer": Text("Answer", "回答"),
    "quantity": Text("{dimension} from {low} to {high}", "{dimension}（{low}～{high}）"),
    "quantity_up": Text("{dimension} up to {high}", "{dimension}（{high}まで）"),
    "text_most": Text("text of at most {most} characters", "{most} 文字以内のテキスト"),
    "one_of": Text("one of {values}", "次のいずれか: {values}"),
    "unanswered": Text("Not answered", "未回答の場合"),
    "assumed": Text("{value}, listed as an assumption", "{value}（仮定として示します）"),
    "follows": Text("taken from `{other}`", "`{other}` から決めます"),
    "open": Text("nothing is assumed", "何も仮定しません"),
    "applies": Text("Only where", "対象となる条件"),
    "is": Text("`{field}` is {values}", "`{field}` が {values}"),
    "options": Text("Options", "選択肢"),
    "or": Text(" or ", " または "),
    "and": Text(" and ", " かつ "),
    "yes": Text("yes", "はい"),
    "no": Text("no", "いいえ"),
    "gap": Text(", ", "、"),
    "colon": Text(": ", ": "),
    "pins": Text("Pins", "サービスの指定"),
    "pins_intro": Text(
        "Where a stakeholder or your organisation has decided on a service already, pin it to its role. It is then used even where an "
        "answer speaks against it, and what it violates is listed. A role that a part does not have is not filled by a pin. "
        "Pin nothing that the brief leaves open.",
        "関係者や組織がすでにサービスを決めている場合は、役割にそのサービスを指定します。回答に反する場合も必ず採用し、満たさない条件を一覧で示します。"
        "指定しても、その要素にない役割は追加されません。要件で決まっていないものは指定しないでください。",
    ),
    "pins_of": Text("Roles of a {kind}", "{kind}の役割"),
    "role": Text("Role", "役割"),
    "services": Text("Services", "サービス"),
    "examples": Text("Two files, line by line", "2 つのファイルの例"),
    "brief": Text("The brief", "要件"),
    "file": Text("The file", "ファイル"),
}
#: The dimension of each base unit.
#: What stands in for a missing answer where neither a default nor one other answer does.
DERIVED_WHEN_MISSING = {
    ("component", "trigger"): Text(
        "derived from what it listens to, from a schedule, from who calls it and from answers about callers; without any of them it is "
        "started on demand, without an endpoint, and asked for first",
        "受信元、スケジュール、呼び出し元、呼び出しに関する回答から決めます。いずれもなければオンデマンド（エンドポイントなし）とし、最初に質問します",
    ),
    ("component", "exposure"): Text(
        "`private` where only components of the workload call it, else `public`, listed as an assumption",
        "ワークロード内のコンポーネントだけが呼び出す場合は `private`、それ以外は `public`（仮定として示します）",
    ),
    ("component", "whole_run_s"): Text(
        "the longest run and the longest wait together", "最長の実行時間と最長の待ち時間の合計とします"
    ),
    ("component", "wait_s"): Text(
        "no wait; a week where it waits for a callback or a person",
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
