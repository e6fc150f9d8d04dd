"""The words of the design document's download."""

from advisor.text import Text

DOCUMENT_WORDS = {
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
