"""The words of searching the rule book, of what is proven at the downloads, of snapshots, and of what carries a verdict."""

from advisor.text import Text

DECISION_WORDS = {
    "search_example": Text("for example: Lambda 15 minutes", "例: Lambda 15 分"),
    "among_facts": Text("Facts found", "ファクトの検索結果"),
    "among_rules": Text("Rules found", "ルールの検索結果"),
    "show_all": Text("Show all {count}", "{count} 件をすべて表示"),
    "proof_proven": Text("Verified", "検証済み"),
    "proof_proven_means": Text(
        "Projects of this shape passed every verification tier up to {tier}.",
        "同じ構成のプロジェクトは {tier} までの全段階に合格しています。",
    ),
    "proof_partly": Text("Partly verified", "一部不合格"),
    "proof_partly_means": Text(
        "Projects of this shape passed some verification tiers and failed others.",
        "同じ構成のプロジェクトは一部の段階に合格し、一部の段階に不合格です。",
    ),
    "proof_failed": Text("Failed: {tiers}.", "不合格の段階: {tiers}。"),
    "proof_changed": Text("Not verified for this version", "このバージョンでは未検証"),
    "proof_changed_means": Text(
        "This shape was verified before, but this version generates different files for it.",
        "同じ構成は以前に検証済みですが、このバージョンの生成結果は当時と異なります。",
    ),
    "proof_unknown": Text("Not verified", "未検証"),
    "proof_unknown_means": Text(
        "No project of exactly this shape was verified.",
        "まったく同じ構成のプロジェクトは検証していません。",
    ),
    "proof_tiers": Text("Verification tiers", "検証の段階"),
    "proof_of_shape": Text(
        "A shape is the same services, connections and kinds of settings; names and numbers may differ. VERIFICATION.md in "
        "each project says the same, with tools and exceptions.",
        "構成が同じとは、サービス、接続、設定の種類が同じことをいいます。名前と数値は異なってもかまいません。"
        "各プロジェクトの VERIFICATION.md に、使ったツールと除外した指摘を含めて同じ内容を記載しています。",
    ),
    "result_passed": Text("passed", "合格"),
    "result_failed": Text("failed", "不合格"),
    "result_not_run": Text("not run", "未実施"),
    "result_not_for_this_target": Text("not for this target", "対象外"),
    "carried_first": Text(
        "Another answer to one of these questions changes a service. These {count} have the largest expected effect. Select one to "
        "answer it here.",
        "これらの回答が変わると、サービスが変わります。まず、影響の大きい {count} 件を示します。選択すると、ここで回答できます。",
    ),
    "carried_rest": Text("Smaller effect, by part", "影響の小さいもの（要素別）"),
    "snapshot_name": Text("Name of a snapshot", "スナップショットの名前"),
    "snapshot_number": Text("Snapshot {number}", "スナップショット {number}"),
    "snapshot_keep": Text("Save the current design", "現在の構成を保存"),
    "snapshot_rename": Text("Rename the snapshot", "スナップショットの名前を変更"),
    "snapshots_too_big": Text(
        "The snapshots are too large for a link and are lost when you reload the page. Remove a snapshot.",
        "スナップショットが大きすぎてリンクに収まらず、再読み込みすると失われます。いずれかを削除してください。",
    ),
}
