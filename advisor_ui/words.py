"""Every word of the page itself, in both languages. Questions, reasons and services bring their own."""

from advisor.explanation.wording import CONFLICTS
from advisor.text import Lang, Text
from advisor_ui.words_accessibility import ACCESSIBILITY_WORDS
from advisor_ui.words_decision import DECISION_WORDS
from advisor_ui.words_downloads import DOWNLOAD_WORDS
from advisor_ui.words_drawing import DRAWING_WORDS
from advisor_ui.words_proof import PROOF_WORDS
from advisor_ui.words_reading import GIVING_WORDS
from advisor_ui.words_start import START_WORDS

SECTIONS = {
    "first": Text("First questions", "最初の質問"),
    "start": Text("Trigger", "起点"),
    "links": Text("Connections", "接続先"),
    "run": Text("Runtime requirements", "実行要件"),
    "entry": Text("Endpoint", "エンドポイント"),
    "load": Text("Load", "負荷"),
    "workflow": Text("Steps and error handling", "ステップとエラー処理"),
    "waiting": Text("Waiting and interruption", "待機と中断"),
    "what": Text("Content", "内容"),
    "delivery": Text("Delivery", "配信"),
    "where": Text("Location", "場所"),
    "team": Text("Team and policies", "体制と方針"),
    "demands": Text("Hard requirements", "必須条件"),
    "goals": Text("Goals and compliance", "目標とコンプライアンス"),
}

WORDS = (
    PROOF_WORDS
    | ACCESSIBILITY_WORDS
    | DECISION_WORDS
    | DOWNLOAD_WORDS
    | DRAWING_WORDS
    | GIVING_WORDS
    | START_WORDS
    | {
        "drawing": Text("Drawing the architecture…", "構成図を描いています…"),
        "not_answered": Text("Not answered", "未回答"),
        "yes": Text("Yes", "はい"),
        "no": Text("No", "いいえ"),
        "assumed": Text("assumed: {value}", "仮定: {value}"),
        "understood": Text("Interpreted as {value}.", "{value}と解釈しました。"),
        "turns": Text("Changes within the ranges that you stated", "回答した範囲内で変わるサービス"),
        "example": Text("for example {value}", "例: {value}"),
        "parts": Text("Parts of the workload", "ワークロードの構成要素"),
        "add": Text("Add a part", "追加"),
        "no_components": Text(
            "Add a component. The requirements must contain at least one.",
            "コンポーネントを追加してください。要件には 1 つ以上のコンポーネントが必要です。",
        ),
        "add_component": Text("Component (processes something)", "コンポーネント（処理を行う）"),
        "add_channel": Text("Channel (carries messages)", "チャネル（メッセージを運ぶ）"),
        "add_store": Text("Store (keeps data)", "ストア（データを保管する）"),
        "new_component": Text("New component", "新しいコンポーネント"),
        "new_channel": Text("New channel", "新しいチャネル"),
        "new_store": Text("New store", "新しいストア"),
        "name": Text("Name", "名前"),
        "title": Text("Title of the workload", "ワークロードの名前"),
        "untitled": Text("Untitled workload", "無題のワークロード"),
        "remove": Text("Remove", "削除"),
        "remove_this": Text("Remove {name}", "{name}を削除"),
        "fan_out_of": Text("for {name}", "{name}"),
        "fan_out_none": Text("no destinations", "宛先なし"),
        "destination_name": Text("Name of destination {number}", "宛先 {number} の名前"),
        "destination_add": Text("Add a destination", "宛先を追加"),
        "destination_remove": Text("Remove destination {number}", "宛先 {number} を削除"),
        "set_aside": Text(
            "Some answers are not valid. The diagram ignores them:",
            "無効な回答があります。構成図には反映していません。",
        ),
        "conflict": CONFLICTS,
        "conflict_help": Text(
            "Change one of these answers. Until then, no project can be generated.",
            "次の回答のいずれかを変更してください。変更するまでプロジェクトは生成できません。",
        ),
        "tab_why": Text("Reasons", "理由"),
        "tab_all": Text("Overview", "一覧"),
        "tab_check": Text("Assumptions", "仮定"),
        "tab_check_some": Text("Warnings ({count}) and assumptions", "警告（{count}）と仮定"),
        "tab_take": Text("Downloads", "ダウンロード"),
        "role": Text("Role", "選定項目"),
        "chosen": Text("Chosen service", "採用サービス"),
        "solves": Text("Purpose", "解決する課題"),
        "not_when": Text("Not suitable for", "向かない場合"),
        "because": Text("Reasons for the choice", "採用した理由"),
        "rejected_none": Text("There is no other candidate.", "他の候補はありません。"),
        "violates": Text("Requirements not met", "満たさない要件"),
        "warnings": Text("Warnings: check before you build", "警告（構築前に確認すること）"),
        "assumptions": Text("Assumptions for unanswered questions", "未回答のため仮定したこと"),
        "answer_it": Text("Answer", "回答する"),
        "sources": Text("Sources", "出典"),
        "source": Text("source, read on {date}", "出典（{date} に確認）"),
        "no_sources": Text("No external sources.", "外部の出典はありません。"),
        "reading": Text("Further reading", "参考資料"),
        "pin": Text("Specified service", "サービスの指定"),
        "pin_free": Text("No service specified", "指定なし"),
        "pin_help": Text(
            "The design uses the specified service even if it does not meet all requirements, and lists "
            "those that it does not meet.",
            "指定したサービスを必ず採用し、そのサービスが満たさない要件を一覧で示します。",
        ),
        "pinned": Text("specified", "指定"),
        "nothing_fits": Text("No suitable service", "適合なし"),
        "no_roles": Text(
            "No service has to be selected for this part.", "この要素ではサービスを選定する必要がありません。"
        ),
        "nothing_between": Text("Direct integration", "直接統合"),
        "settings": Text("Settings and reasons", "設定とその理由"),
        "budgets": Text("Connections and headroom", "接続とその余裕"),
        "part": Text("Part", "要素"),
        "why_short": Text("Main reason", "主な理由"),
        "all_clear": Text("There are no warnings and no assumptions.", "警告も仮定もありません。"),
        "as_of": Text("As of {date}, version {book} of the decision rules", "{date}時点（判定ルールの版 {book}）"),
        "allowed": Text("IAM permissions", "IAM 権限一覧"),
        "cannot": Text("{target} does not support this design yet:", "{target} はこの構成にまだ対応していません。"),
        "check_projects": Text("Lint these projects", "プロジェクトを検査"),
        "checking": Text("{target}: linting …", "{target}: 検査中…"),
        "parts_proven": Text(
            "{proven} of the {all} services and connections in this design were verified in other projects. "
            "This combination was not verified.",
            "この設計のサービスと接続（計 {all} 件）のうち、{proven} 件は別の構成のプロジェクトで検証済みです。この"
            "組み合わせでの検証実績はありません。",
        ),
        "no_classic": Text(
            "The Graphviz diagram requires Graphviz on the server (apt-get install graphviz).",
            "Graphviz 形式の図を作成するには、サーバーに Graphviz が必要です（apt-get install graphviz）。",
        ),
        "no_projects": Text(
            "No project can be generated while requirements conflict.",
            "両立しない要件がある間は、プロジェクトを生成できません。",
        ),
        "link_too_big": Text(
            "The answers are too long for a link and are lost if you reload the page. Download the "
            "requirements file; open it here to restore the answers.",
            "回答がリンクの長さの上限を超えたため、再読み込みすると失われます。要件ファイルをダウンロードして"
            "ください。ファイルを開くと回答が復元されます。",
        ),
        "file_problem": Text("The file could not be opened:", "ファイルを開けませんでした。"),
        "named_file_problem": Text('The file "{name}" could not be opened:', "ファイル「{name}」を開けませんでした。"),
        "link_problem": Text("The link could not be opened:", "リンクを開けませんでした。"),
        "tab_compare": Text("Compare", "比較"),
        "compare_with": Text("Compare with", "比較対象"),
        "as_opened": Text("Initial state", "開いたときの状態"),
        "the_file": Text("The file", "ファイル"),
        "this_design": Text("Current state", "現在の状態"),
        "question": Text("Question", "質問"),
        "only_on_one_side": Text("Only on one side", "片方だけにあるもの"),
        "nothing_more": Text("none", "なし"),
        "rule_book": Text("Decision rules", "判定ルール"),
        "rule_book_lead": Text(
            "{rules} rules and {facts} dated facts about AWS, as of {date}. You can share a link to each of them.",
            "{date}時点のルール {rules} 件と、確認日付きの AWS の根拠情報 {facts} 件です。それぞれに共有用の"
            "リンクがあります。",
        ),
        "rules": Text("Rules", "ルール"),
        "facts": Text("Facts", "根拠情報"),
        "search": Text("Search", "検索"),
        "any": Text("Any", "すべて"),
        "filters": Text("Filters", "絞り込み"),
        "filters_set": Text("Filters in use ({count})", "使用中の絞り込み（{count} 件）"),
        "filter_topic": Text("Topic", "トピック"),
        "filter_role": Text("Role", "選定項目"),
        "filter_service": Text("Service", "サービス"),
        "filter_effect": Text("Effect", "効果"),
        "filter_kind": Text("Kind", "種類"),
        "filter_decides": Text("Use", "用途"),
        "found": Text("Entries found: {count}", "該当する項目: {count} 件"),
        "found_none": Text(
            "No matches. Remove a filter or search term.",
            "該当するものがありません。条件または検索語を減らしてください。",
        ),
        "show_more": Text("Show more", "さらに表示"),
        "open_one": Text(
            "Select a rule or a fact to see its condition, effect, examples and source.",
            "ルールまたは根拠情報を選択すると、条件、効果、例、出典が表示されます。",
        ),
        "link_to_this": Text("Link to this entry", "この項目へのリンク"),
        "no_rule": Text(
            'There is no rule with the ID "{id}" in this version. It may have been renamed or removed.',
            "「{id}」というルールはこの版にありません。名前が変更されたか、削除された可能性があります。",
        ),
        "no_fact": Text(
            'There is no fact with the ID "{id}" in this version. It may have been renamed or removed.',
            "「{id}」という根拠情報はこの版にありません。名前が変更されたか、削除された可能性があります。",
        ),
        "perhaps": Text("Did you mean one of these?", "次のいずれかの誤りではありませんか。"),
        "back_to_list": Text("Back to the list", "一覧に戻る"),
        "back_to_design": Text("Back to the architecture", "構成に戻る"),
        "rule": Text("rule", "ルール"),
        "fact": Text("fact", "根拠情報"),
        "fault": Text(
            "Something went wrong on our side. Your answers are saved in the URL of this page. Reload the "
            "page to continue.",
            "サーバー側で問題が発生しました。回答はこのページの URL に保存されています。ページを再読み込みし"
            "てください。",
        ),
        "diagram": Text("Architecture diagram", "構成図"),
        "diagram_help": Text(
            "Press the arrow keys to move, plus and minus to zoom, and 0 to fit the diagram. Press Tab to "
            "select a service and Enter to open its reasons.",
            "矢印キーで移動、＋と－で拡大・縮小、0 で全体表示します。Tab キーでサービスを選択し、Enter キーで"
            "理由を表示します。",
        ),
        "zoom_in": Text("Zoom in", "拡大"),
        "zoom_out": Text("Zoom out", "縮小"),
        "fit": Text("Fit to window", "全体表示"),
        "full_screen": Text("Full screen", "全画面"),
        "copy_link": Text("Copy link", "リンクをコピー"),
        "copied": Text("Link copied", "リンクをコピーしました"),
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
