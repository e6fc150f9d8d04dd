"""The texts of the rule book search, of verification at the downloads, of snapshots, and of the sensitivity."""

from advisor.text import Text

DECISION_WORDS = {
    "search_example": Text("for example: Lambda 15 minutes", "例: Lambda 15 分"),
    "among_facts": Text("Facts found", "根拠情報の検索結果"),
    "among_rules": Text("Rules found", "ルールの検索結果"),
    "show_all": Text("Show all entries ({count})", "{count} 件の項目をすべて表示"),
    "proof_proven": Text("Verified", "検証済み"),
    "proof_proven_means": Text(
        "Projects with the same services, connections and settings passed every verification level up to {tier}.",
        "サービス、接続、設定の種類が同じプロジェクトは、{tier} までのすべての検証段階に合格しています。",
    ),
    "proof_partly": Text("Verification failed in part", "一部不合格"),
    "proof_partly_means": Text(
        "Projects with the same services, connections and settings passed some verification levels and failed others.",
        "サービス、接続、設定の種類が同じプロジェクトでは、検証段階のうち合格したものと不合格のものがあります。",
    ),
    "proof_failed": Text("Failed: {tiers}.", "不合格の段階: {tiers}。"),
    "proof_changed": Text("Not verified for this version", "このバージョンでは未検証"),
    "proof_changed_means": Text(
        "A project with the same services, connections and settings was verified earlier, but this "
        "version generates different files.",
        "サービス、接続、設定の種類が同じプロジェクトは以前に検証済みですが、このバージョンが生成するファ"
        "イルは当時と異なります。",
    ),
    "proof_unknown": Text("Not verified", "未検証"),
    "proof_unknown_means": Text(
        "No project with exactly the same services, connections and settings was verified.",
        "サービス、接続、設定の種類がすべて同じプロジェクトの検証実績はありません。",
    ),
    "proof_tiers": Text("Verification levels", "検証段階"),
    "proof_of_shape": Text(
        "Verified projects had the same services, connections and kinds of settings. Their names and "
        "numbers can differ. VERIFICATION.md in each project has the same information, with the tools "
        "used and the accepted findings.",
        "検証したプロジェクトは、サービス、接続、設定の種類がこの構成と同じです。名前と数値は異なる場合が"
        "あります。各プロジェクトの VERIFICATION.md に、使用したツールと許容した指摘を含む同じ内容を記載"
        "しています。",
    ),
    "result_passed": Text("passed", "合格"),
    "result_failed": Text("failed", "不合格"),
    "result_not_run": Text("not run", "未実施"),
    "result_not_for_this_target": Text("not applicable to this target", "対象外"),
    "conflict_note": Text(
        "{parts}: no service meets all requirements. Until one of them is changed, the diagram is incomplete and no project "
        "can be generated.",
        "「{parts}」の要件をすべて満たすサービスがありません。いずれかの要件を変更するまで、構成図は不完全で、プロジェクトも生成できません。",
    ),
    "conflict_show": Text("Show the conflict and its solutions", "競合の内容と解消方法を表示"),
    "not_enough": Text(
        "The design is not complete. Parts with a missing connection: {count} ({parts}).",
        "構成は完成していません。接続が不足している要素が {count} 件あります（{parts}）。",
    ),
    "show_unconnected": Text("Show the missing connections", "不足している接続を表示"),
    "add_linked_store": Text("Add a database and link it", "データベースを追加して接続"),
    "all_assumed": Text("All assumptions ({count})", "すべての仮定（{count} 件）"),
    "essential_open": Text("Essential questions to answer: {count}.", "回答が必要な重要な質問: {count} 件。"),
    "essential_answered": Text("The essential questions are answered.", "重要な質問への回答は完了しました。"),
    "left_to_review": Text(
        "Left to review: warnings: {warnings}; assumptions for questions without an answer: {assumed}, of which {carried} affect "
        "the decision, alone or together with others. The design "
        "document also lists open points of operation, such as quotas and deployment parameters.",
        "確認が必要な項目: 警告 {warnings} 件、未回答の質問の仮定 {assumed} 件（うち、単独で、または組み合わせで選定に影響するもの {carried} 件）。設計書の「未決事項」には、"
        "クォータやデプロイパラメータなど、運用に関する項目も含まれます。",
    ),
    "forwarder": Text("Function for new files", "新しいファイルを受け取る関数"),
    "forwarder_add": Text("Add the function before the FIFO queue", "FIFO キューの前に関数を追加"),
    "forwarder_added": Text(
        '"{name}" added: it sends each event of "{store}" to "{channel}"',
        "「{name}」を追加（「{store}」のイベントを「{channel}」に送信）",
    ),
    "quoted": Text('"{name}"', "「{name}」"),
    "same_for": Text("Same answer for {parts}", "同じ回答を使う要素: {parts}"),
    "same_given": Text("{question}: same answer for {parts}", "「{question}」に同じ回答を使用: {parts}"),
    "left_review": Text("Review warnings and assumptions", "警告と仮定を確認"),
    "left_take": Text("Go to the downloads", "ダウンロードへ移動"),
    "carried_first": Text(
        "Another answer to one of these questions can lead to another service. These {count} have the largest "
        "expected effect. Select a question to answer it here.",
        "次の質問への回答によっては、選定されるサービスが変わります。影響が大きいと見込まれる {count} 件"
        "です。選択すると、ここで回答できます。",
    ),
    "carried_rest": Text(
        "Assumptions with a smaller effect, by part ({count})", "影響が小さい仮定、要素別（{count} 件）"
    ),
    "snapshot_name": Text("Name of a snapshot", "スナップショットの名前"),
    "snapshot_number": Text("Snapshot {number}", "スナップショット {number}"),
    "snapshot_keep": Text("Save the current design", "現在の構成を保存"),
    "snapshot_rename": Text("Rename the snapshot", "スナップショットの名前を変更"),
    "snapshots_too_big": Text(
        "The snapshots are too long for a link and are lost if you reload the page. Remove a snapshot.",
        "スナップショットがリンクの長さの上限を超えたため、再読み込みすると失われます。スナップショットを"
        "削除してください。",
    ),
}
