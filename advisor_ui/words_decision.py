"""The words of searching the rule book, of what is proven at the downloads, of snapshots, and of what carries a verdict."""

from advisor.text import Text

DECISION_WORDS = {
    "search_example": Text("such as: Lambda 15 minutes", "例: Lambda 15 分"),
    "among_facts": Text("Among the facts", "事実の検索結果"),
    "among_rules": Text("Among the rules", "ルールの検索結果"),
    "show_all": Text("Show all {count}", "{count} 件をすべて表示"),
    "proof_proven": Text("Proven", "検証済み"),
    "proof_proven_means": Text(
        "Projects of this shape passed every tier of the proof up to {tier}.",
        "同じ構成のプロジェクトは {tier} までの全段階に合格しています。",
    ),
    "proof_partly": Text("Not fully proven", "一部不合格"),
    "proof_partly_means": Text(
        "Projects of this shape passed some tiers of the proof and failed others.",
        "同じ構成のプロジェクトは一部の段階に合格し、一部の段階に不合格です。",
    ),
    "proof_failed": Text("Failed: {tiers}.", "不合格の段階: {tiers}。"),
    "proof_changed": Text("Not proven for this version", "このバージョンでは未検証"),
    "proof_changed_means": Text(
        "This shape was proven before, but this version generates something else for it.",
        "同じ構成は以前に検証済みですが、このバージョンの生成結果は当時と異なります。",
    ),
    "proof_unknown": Text("Not proven", "未検証"),
    "proof_unknown_means": Text(
        "No project of exactly this shape has gone through the proof.",
        "まったく同じ構成のプロジェクトは検証していません。",
    ),
    "proof_tiers": Text("Tiers of the proof", "検証の段階"),
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
        "Another answer to one of these changes a service. These {count} decide most: how likely another answer is, and what it "
        "costs. Pick one to answer it here.",
        "これらの答えが変わるとサービスが変わります。まず、答えが変わる可能性とその影響が大きい {count} 件です。選ぶとここで回答できます。",
    ),
    "carried_rest": Text("Less decisive, by part", "影響の小さいもの（要素別）"),
    "snapshot_name": Text("Name of a snapshot", "スナップショットの名前"),
    "snapshot_number": Text("Snapshot {number}", "スナップショット {number}"),
    "snapshot_keep": Text("Keep the design as it is now", "現在の状態を保存"),
    "snapshot_rename": Text("Rename the snapshot", "スナップショットの名前を変更"),
    "snapshots_too_big": Text(
        "The snapshots are too big for the link, and would be lost on reload. Remove one.",
        "スナップショットが大きすぎてリンクに収まらず、再読み込みで失われます。いずれかを削除してください。",
    ),
}
