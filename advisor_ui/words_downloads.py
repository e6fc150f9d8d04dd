"""The words of the downloads."""

from advisor.text import Text

DOWNLOAD_WORDS = {
    "take_diagram": Text("Diagram", "構成図"),
    "take_record": Text("Documents", "文書"),
    "take_project": Text("Projects to deploy", "デプロイできるプロジェクト"),
    "take_diagram_note": Text("Same content as the diagram on this page.", "この画面の図と同じ内容です。"),
    "take_record_note": Text(
        "The decision record for review, the full record with all reasons, and a requirements file that you can open here again.",
        "レビュー用の決定記録、すべての理由を記載した付録付きの決定記録、ここで再度開ける要件ファイルです。",
    ),
    "take_project_note": Text(
        "Infrastructure, code, tests and a README with the deployment steps.",
        "インフラ定義、コード、テスト、デプロイ手順を記載した README です。",
    ),
    "file_classic": Text("Classic diagram (diagrams, PNG)", "クラシック図（diagrams、PNG）"),
    "file_adr": Text("Decision record (MADR 4, two pages)", "決定記録（MADR 4、2 ページ）"),
    "file_adr_full": Text("Decision record with appendix", "決定記録（付録付き）"),
    "file_yaml": Text("Requirements file (YAML)", "要件ファイル（YAML）"),
    "file_zip": Text("{target}: zip", "{target}: zip"),
    "document": Text("Design document", "設計書"),
    "document_format": Text("Format", "形式"),
    "document_without": Text("Sections to leave out", "含めない章"),
    "document_nothing": Text("Nothing left out", "すべての章を含める"),
    "document_download": Text("Design document ({format})", "設計書（{format}）"),
    "document_missing": Text(
        "{library} is not installed on this server, so {format} is not available.",
        "このサーバーには {library} がないため、{format} 形式は利用できません。",
    ),
}
