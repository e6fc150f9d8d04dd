"""The titles of the sections, by the id that `--without` names, in the order of the document."""

from advisor.text import Text

TITLES: dict[str, Text] = {
    "cover": Text("Cover", "表紙"),
    "summary": Text("Summary", "要約"),
    "scope": Text("Purpose and scope", "目的と適用範囲"),
    "functional-requirements": Text("Processing requirements", "処理要件"),
    "non-functional-requirements": Text("Non-functional requirements", "非機能要件"),
    "premises": Text("Assumptions and constraints", "仮定と制約条件"),
    "architecture": Text("Architecture", "アーキテクチャ"),
    "options": Text("Comparison of options", "候補の比較"),
    "quotas": Text("Quotas and headroom", "クォータと余裕"),
    "permissions": Text("IAM permissions", "IAM 権限一覧"),
    "failures": Text("Failure modes and handling", "障害時の動作と対処"),
    "operations": Text("Monitoring and operations", "監視と運用"),
    "migration": Text("Migration and rollback", "移行と切り戻し"),
    "risks": Text("Risks", "リスク"),
    "open-points": Text("Open points", "未決事項"),
    "glossary": Text("Glossary", "用語集"),
    "sources": Text("Sources", "出典"),
}
