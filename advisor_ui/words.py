"""Every word of the page itself, in both languages. Questions, reasons and services bring their own."""

from advisor.text import Lang, Text
from advisor_ui.words_accessibility import ACCESSIBILITY_WORDS
from advisor_ui.words_decision import DECISION_WORDS
from advisor_ui.words_drawing import DRAWING_WORDS
from advisor_ui.words_proof import PROOF_WORDS
from advisor_ui.words_reading import GIVING_WORDS

SECTIONS = {
    "first": Text("First questions", "最初の質問"),
    "start": Text("What starts it", "起動のきっかけ"),
    "links": Text("What it is connected to", "接続先"),
    "run": Text("What it needs to run", "実行に必要なもの"),
    "entry": Text("How it is called", "呼び出し方"),
    "load": Text("Load", "負荷"),
    "workflow": Text("Steps and errors", "手順とエラー処理"),
    "waiting": Text("Waiting and interruption", "待機と中断"),
    "what": Text("What it holds", "内容"),
    "delivery": Text("Delivery", "配信"),
    "where": Text("Where it runs", "場所"),
    "team": Text("Who runs it", "体制と方針"),
    "demands": Text("Demands", "必須条件"),
    "goals": Text("Goals and compliance", "目標とコンプライアンス"),
}

WORDS = (
    PROOF_WORDS
    | ACCESSIBILITY_WORDS
    | DECISION_WORDS
    | DRAWING_WORDS
    | GIVING_WORDS
    | {
        "product": Text("Architecture advisor", "アーキテクチャ アドバイザー"),
        "lead": Text(
            "Which AWS service does each part of your application need?",
            "アプリケーションの各部分に、どの AWS サービスが必要か",
        ),
        "lead_more": Text(
            "Answer what you know. Each answer changes the decision and the diagram at once, and every choice says why.",
            "分かることだけ答えてください。回答のたびに決定と構成図が変わり、すべての選択に理由が付きます。",
        ),
        "all_examples": Text("All examples", "例の一覧"),
        "language": Text("Language", "言語"),
        "start_title": Text("Start with four answers", "4 つの質問から始める"),
        "start_button": Text("Show the architecture", "構成を表示"),
        "start_fan_out": Text(
            "How many receivers get a copy of what it sends.", "送信したもののコピーを受け取る宛先の数。"
        ),
        "or_example": Text("Or open an example", "または例を開く"),
        "open_file_title": Text("Or open a requirements file", "または要件ファイルを開く"),
        "choose_file": Text("Choose a file", "ファイルを選ぶ"),
        "file_reference": Text("How to write a requirements file", "要件ファイルの書き方"),
        "choose_file_hint": Text("YAML, at most 1 MB; or drop it here", "YAML、1 MB まで。ここにドロップもできます"),
        "file_too_big": Text(
            "The file has {size:,} bytes; at most {most:,} are read.",
            "ファイルが {size:,} バイトあります。上限は {most:,} バイトです。",
        ),
        "drawing": Text("Drawing the architecture…", "構成図を描いています…"),
        "not_answered": Text("Not answered", "未回答"),
        "yes": Text("Yes", "はい"),
        "no": Text("No", "いいえ"),
        "assumed": Text("assumed: {value}", "仮定: {value}"),
        "understood": Text("Read as {value}.", "{value}と解釈しました。"),
        "turns": Text("Changes within your answers", "回答の範囲内で変わること"),
        "example": Text("such as {value}", "例: {value}"),
        "parts": Text("Parts of the workload", "ワークロードの構成要素"),
        "add": Text("Add a part", "追加"),
        "no_components": Text(
            "Add a component: requirements need at least one.",
            "コンポーネントを追加してください。要件には 1 つ以上のコンポーネントが必要です。",
        ),
        "add_component": Text("Component: does work", "コンポーネント: 処理を行う"),
        "add_channel": Text("Channel: carries messages", "チャネル: メッセージを運ぶ"),
        "add_store": Text("Store: keeps data", "ストア: データを保管する"),
        "new_component": Text("New component", "新しいコンポーネント"),
        "new_channel": Text("New channel", "新しいチャネル"),
        "new_store": Text("New store", "新しいストア"),
        "name": Text("Name", "名前"),
        "title": Text("Title of the workload", "ワークロードの名前"),
        "untitled": Text("Untitled workload", "無題のワークロード"),
        "remove": Text("Remove", "削除"),
        "remove_this": Text("Remove {name}", "{name}を削除"),
        "fan_out_of": Text("for {name}", "{name}"),
        "fan_out_none": Text("nothing is sent", "送信なし"),
        "destination_name": Text("Name of destination {number}", "宛先 {number} の名前"),
        "destination_add": Text("Add a destination", "宛先を追加"),
        "destination_remove": Text("Remove destination {number}", "宛先 {number} を削除"),
        "set_aside": Text(
            "Some answers cannot be used yet; the diagram is drawn without them:",
            "まだ使えない回答があります。構成図はそれらを除いて描いています。",
        ),
        "conflict": Text("These requirements cannot be met together", "同時に満たせない条件があります"),
        "conflict_help": Text(
            "Change one of the named answers. Until then no project can be made.",
            "挙げた回答のいずれかを変えてください。それまでプロジェクトは生成できません。",
        ),
        "tab_why": Text("Why", "理由"),
        "tab_all": Text("Overview", "一覧"),
        "tab_check": Text("To check", "確認事項"),
        "tab_check_some": Text("To check ({count})", "確認事項（{count}）"),
        "tab_take": Text("Downloads", "ダウンロード"),
        "role": Text("Role", "役割"),
        "chosen": Text("Chosen service", "選ばれたサービス"),
        "solves": Text("What problem it solves", "解決する課題"),
        "not_when": Text("When it is not the answer", "向かない場合"),
        "because": Text("Why it was chosen", "選ばれた理由"),
        "rejected_none": Text("There is no other candidate.", "他の候補はありません。"),
        "violates": Text("What it violates", "満たさない条件"),
        "warnings": Text("To know before building", "構築前に確認すること"),
        "assumptions": Text("Assumed, because it was not answered", "未回答のため仮定したこと"),
        "answer_it": Text("Answer", "回答する"),
        "sources": Text("Sources", "出典"),
        "source": Text("source, read {date}", "出典（{date} 確認）"),
        "no_sources": Text("Nothing here rests on an outside source.", "外部の出典に基づく記述はありません。"),
        "reading": Text("Further reading", "参考資料"),
        "pin": Text("Service to use", "使うサービス"),
        "pin_free": Text("Let the advisor decide", "アドバイザーに任せる"),
        "pin_help": Text(
            "A service that you ask for is used, drawn and generated; what it violates is listed.",
            "指定したサービスは必ず使われ、図と生成物に反映されます。満たさない条件は一覧に出ます。",
        ),
        "pinned": Text("asked for", "指定"),
        "nothing_fits": Text("Nothing fits", "適合なし"),
        "no_roles": Text("Nothing is decided for this part.", "この要素について決めることはありません。"),
        "nothing_between": Text("Nothing between (direct integration)", "間に何も挟まない（直接統合）"),
        "settings": Text("Settings and why", "設定とその理由"),
        "budgets": Text("Connections and their budgets", "接続とその余裕"),
        "part": Text("Part", "要素"),
        "why_short": Text("First reason", "主な理由"),
        "all_clear": Text("Nothing to check: no warnings, nothing assumed.", "確認事項はありません。"),
        "as_of": Text("As of {date}, rule book {book}", "{date} 時点（ルールブック {book}）"),
        "take_diagram": Text("Diagram", "構成図"),
        "take_record": Text("Documents", "文書"),
        "take_project": Text("Projects to deploy", "デプロイできるプロジェクト"),
        "take_diagram_note": Text("As it is shown here.", "この画面の図と同じ内容です。"),
        "take_record_note": Text(
            "The decision to review, the same with every reason, and your answers to open again here.",
            "レビュー用の決定記録、すべての理由を含む版、ここで開き直せる回答です。",
        ),
        "take_project_note": Text(
            "Infrastructure, code, tests and a README that says how to deploy.",
            "インフラ定義、コード、テスト、デプロイ手順の README です。",
        ),
        "file_classic": Text("Classic picture (diagrams, PNG)", "クラシック図（diagrams、PNG）"),
        "file_adr": Text("Decision record (MADR 4, two pages)", "決定記録（MADR 4、2 ページ）"),
        "file_adr_full": Text("Decision record with appendix", "決定記録（付録付き）"),
        "file_yaml": Text("Requirements file (YAML)", "要件ファイル（YAML）"),
        "file_zip": Text("{target}: zip", "{target}: zip"),
        "allowed": Text("Who may do what on what (IAM)", "誰が何に対して何をできるか（IAM）"),
        "cannot": Text("{target} cannot express this design yet:", "{target} ではこの構成をまだ表現できません。"),
        "check_projects": Text("Lint these projects", "プロジェクトを検査"),
        "checking": Text("{target}: linting …", "{target}: 検査中…"),
        "parts_proven": Text(
            "{proven} of {all} services and connections were proven in other projects, this combination was not.",
            "サービスと接続 {all} 件のうち {proven} 件は、別のプロジェクトで検証済みです。この組み合わせ全体は未検証です。",
        ),
        "no_classic": Text(
            "The classic picture needs Graphviz on the server; install it there (apt-get install graphviz).",
            "クラシック図にはサーバー側の Graphviz が必要です（apt-get install graphviz）。",
        ),
        "no_projects": Text(
            "No project is made while requirements are in conflict.",
            "条件が競合している間はプロジェクトを生成できません。",
        ),
        "link_too_big": Text(
            "This state is too big for a link, and would be lost on reload. Keep the requirements file: opening it brings everything back.",
            "状態が大きすぎてリンクに収まらず、再読み込みで失われます。要件ファイルを保存してください。開けば元に戻ります。",
        ),
        "file_problem": Text("The file was not opened:", "ファイルを開けませんでした。"),
        "link_problem": Text("The link was not opened:", "リンクを開けませんでした。"),
        "tab_compare": Text("Compare", "比較"),
        "compare_with": Text("Compare with", "比較する相手"),
        "as_opened": Text("As it was when it was opened", "開いたときの状態"),
        "the_file": Text("The file", "ファイル"),
        "this_design": Text("As it is now", "現在の状態"),
        "question": Text("Question", "質問"),
        "only_on_one_side": Text("Only on one side", "片方だけにあるもの"),
        "nothing_more": Text("nothing", "なし"),
        "rule_book": Text("Rule book", "ルールブック"),
        "rule_book_lead": Text(
            "{rules} rules and {facts} dated facts, as of {date}. Each has an address that can be shared.",
            "{date} 時点のルール {rules} 件と、日付付きの事実 {facts} 件。それぞれに共有できるアドレスがあります。",
        ),
        "rules": Text("Rules", "ルール"),
        "facts": Text("Facts", "事実"),
        "search": Text("Search", "検索"),
        "any": Text("Any", "すべて"),
        "filters": Text("Filters", "絞り込み"),
        "filters_set": Text("Filters ({count})", "絞り込み（{count}）"),
        "filter_topic": Text("Topic", "トピック"),
        "filter_role": Text("Role", "役割"),
        "filter_service": Text("Service", "サービス"),
        "filter_effect": Text("Effect", "効果"),
        "filter_kind": Text("Kind", "種類"),
        "filter_decides": Text("Use", "用途"),
        "found": Text("{count} found", "{count} 件"),
        "found_none": Text("Nothing fits; take a filter or a word away.", "該当なし。条件か検索語を減らしてください。"),
        "show_more": Text("Show more", "さらに表示"),
        "open_one": Text(
            "Open a rule or a fact to see when it holds, what it does, its examples, and where it was read.",
            "ルールか事実を開くと、条件、効果、例、出典が表示されます。",
        ),
        "link_to_this": Text("Link to this", "これへのリンク"),
        "no_rule": Text(
            'There is no rule "{id}" in this rule book. It may have been renamed, or belong to another book.',
            "ルール「{id}」はこのルールブックにありません。名前が変わったか、別のルールブックのものです。",
        ),
        "no_fact": Text(
            'There is no fact "{id}" in this rule book. It may have been renamed, or belong to another book.',
            "事実「{id}」はこのルールブックにありません。名前が変わったか、別のルールブックのものです。",
        ),
        "perhaps": Text("Perhaps one of these was meant:", "次のいずれかかもしれません。"),
        "back_to_list": Text("Back to the list", "一覧に戻る"),
        "back_to_design": Text("Back to the architecture", "構成に戻る"),
        "rule": Text("rule", "ルール"),
        "fact": Text("fact", "事実"),
        "fault": Text(
            "This is a fault of the page, not of your input. Your answers are kept in the address; reload to go on.",
            "入力ではなくページ側の不具合です。回答はアドレスに残っているので、再読み込みして続けてください。",
        ),
        "diagram": Text("Architecture diagram", "構成図"),
        "diagram_help": Text(
            "Arrow keys move, plus and minus zoom, zero fits. Tab reaches each service; Enter opens its reasons.",
            "矢印キーで移動、＋と－で拡大縮小、0 で全体表示。Tab で各サービスに移り、Enter で理由を開きます。",
        ),
        "zoom_in": Text("Zoom in", "拡大"),
        "zoom_out": Text("Zoom out", "縮小"),
        "fit": Text("Fit", "全体表示"),
        "full_screen": Text("Full screen", "全画面"),
        "copy_link": Text("Copy link", "リンクをコピー"),
        "copied": Text("Link copied", "コピーしました"),
        "legend": Text("Steps and lines", "手順と線の種類"),
        "steps": Text("Steps", "手順"),
        "lines": Text("Lines", "線の種類"),
    }
)

DIAGRAM_WORDS = (
    "diagram", "diagram_help", "zoom_in", "zoom_out", "fit", "full_screen", "copy_link", "copied", "legend", "steps",
    "lines", "skip_diagram",
)  # fmt: skip


def say(key: str, lang: Lang, **values: object) -> str:
    """Return one of the page's phrases in a language, with its placeholders filled in."""
    return WORDS[key].in_(lang).format(**values) if values else WORDS[key].in_(lang)
