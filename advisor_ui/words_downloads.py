"""The texts of the downloads."""

from advisor.text import Text

DOWNLOAD_WORDS = {
    "no_target": Text(
        "No project can be generated for this design:", "この構成のプロジェクトは、どの形式でも生成できません。"
    ),
    "still_offered": Text(
        "The diagrams, the documents and the requirements file are available.",
        "構成図、文書、要件ファイルはダウンロードできます。",
    ),
    "to_answer": Text('Go to the answer: {part}, "{question}"', "回答へ移動: {part}「{question}」"),
    "take_diagram": Text("Diagram", "構成図"),
    "take_record": Text("Documents", "文書"),
    "take_project": Text("Projects to deploy", "デプロイできるプロジェクト"),
    "take_diagram_note": Text(
        "The files have the same content as the diagram on this page.", "このページの構成図と同じ内容です。"
    ),
    "take_record_note": Text(
        "The decision record for the review, the same record with an appendix of all reasons, the "
        "requirements file, which you can open here again, and the design document, whose format and sections you choose.",
        "レビュー用の決定記録、すべての理由を付録に記載した決定記録、このページで再度開ける要件ファイルと、形式と章を選べる設計書です。",
    ),
    "take_project_note": Text(
        "Each project contains infrastructure as code, programs, tests and a README with the deployment steps.",
        "各プロジェクトには、IaC テンプレート、プログラム、テストと、デプロイ手順を記載した README が含まれます。",
    ),
    "file_classic": Text("Graphviz diagram (diagrams, PNG)", "Graphviz 形式の図（diagrams、PNG）"),
    "file_adr": Text("Decision record (MADR 4, summary)", "決定記録（MADR 4、要約）"),
    "file_adr_full": Text("Decision record with appendix", "決定記録（付録付き）"),
    "file_yaml": Text("Requirements file (YAML)", "要件ファイル（YAML）"),
    "file_zip": Text("{target}: zip", "{target}: zip"),
    "document": Text("Design document", "設計書"),
    "document_format": Text("Format", "形式"),
    "document_without": Text("Sections to omit", "含めない章"),
    "document_nothing": Text("None", "なし（すべての章を含める）"),
    "document_download": Text("Design document ({format})", "設計書（{format}）"),
    "document_missing": Text(
        "{library} is not installed on this server, so {format} is not available.",
        "このサーバーには {library} がないため、{format} 形式は利用できません。",
    ),
}
