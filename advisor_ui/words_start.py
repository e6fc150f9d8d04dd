"""The texts of the first page: what the product is, its first questions, examples, and a file of one's own."""

from advisor.text import Text

START_WORDS = {
    "product": Text("Architecture advisor", "アーキテクチャアドバイザー"),
    "lead": Text(
        "Which AWS service does each part of your application need?",
        "アプリケーションの各部分に適した AWS サービスを選びます",
    ),
    "lead_more": Text(
        "Answer the questions that you can. Each answer updates the decision and the diagram, and every "
        "choice comes with its reasons.",
        "分かる質問だけに回答してください。回答するたびに決定と構成図が更新され、すべての選定に理由が示されます。",
    ),
    "all_examples": Text("All examples", "例の一覧"),
    "language": Text("Language", "言語"),
    "start_title": Text("Start with answers or typical parts", "回答または代表的な要素から始める"),
    "start_parts": Text("Typical parts", "代表的な要素"),
    "start_parts_help": Text(
        "The selected parts are added and connected with each other. You can add more later.",
        "選択した要素を、互いに接続した状態で追加します。後から追加することもできます。",
    ),
    "start_applies": Text(
        "The answers above apply to {first}. You can answer for the other parts later.",
        "上の回答は「{first}」に適用されます。ほかの要素については後から回答できます。",
    ),
    "start_applies_run": Text(
        "The longest run applies to {run}, because callers do not wait that long for a response. The other answers apply to "
        "{first}. You can answer for the other parts later.",
        "最長の実行時間は「{run}」に適用されます（リクエストの応答としては長すぎるため）。そのほかの回答は「{first}」に適用されます。"
        "ほかの要素については後から回答できます。",
    ),
    "start_run_given": Text(
        "Longest run ({value}): applied to {part}, because callers do not wait that long for a response",
        "最長の実行時間（{value}）は、リクエストの応答としては長すぎるため、「{part}」に適用",
    ),
    "start_button": Text("Show the architecture", "構成を表示"),
    "region_stated": Text("Region: {region}", "リージョン: {region}"),
    "region_assumed": Text("Region: {region} (assumed)", "リージョン: {region}（仮定）"),
    "region_use": Text(
        'The whole workload is designed for this Region. If data must not leave it, also answer "{residency}".',
        "ワークロード全体をこのリージョンで設計します。データをリージョンの外に出せない場合は、「{residency}」にも回答してください。",
    ),
    "start_fan_out": Text(
        "Number of destinations that receive a copy of each message.", "各メッセージのコピーを受け取る宛先の数。"
    ),
    "or_example": Text("Or open an example", "または例を開く"),
    "open_file_title": Text("Or open a requirements file", "または要件ファイルを開く"),
    "choose_file": Text("Choose a file", "ファイルを選択"),
    "file_reference": Text("Requirements file reference", "要件ファイルの書き方"),
    "choose_file_hint": Text(
        "YAML, up to 1,000,000 bytes. You can also drop the file here.",
        "YAML、1,000,000 バイトまで。ドラッグ＆ドロップもできます。",
    ),
    "file_too_big": Text(
        "The file has {size:,} bytes. The limit is {most:,} bytes.",
        "ファイルが {size:,} バイトあります。上限は {most:,} バイトです。",
    ),
}
