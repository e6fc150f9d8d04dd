"""The texts of views, and of the import of draw.io files."""

from advisor.text import Text

DRAWING_WORDS = {
    "view": Text("View", "ビュー"),
    "whole_architecture": Text("Architecture", "構成"),
    "take_view": Text('The files show the "{view}" view.', "ファイルには「{view}」ビューの図が入ります。"),
    "edited_choose": Text("Open an edited draw.io file", "編集した draw.io ファイルを開く"),
    "edited_hint": Text(
        "Positions, sizes, colors and notes are kept. New parts are added.",
        "位置、サイズ、色、注記は保持され、新しい要素が追加されます。",
    ),
    "edited_too_big": Text("The file is larger than 8 MiB.", "ファイルが 8 MiB を超えています。"),
    "edited_kept": Text("{name} with your layout", "{name}（編集したレイアウト）"),
    "edited_alike": Text("The drawing matches this design.", "図はこの構成と一致しています。"),
    "edited_differs": Text("The drawing differs from this design:", "図とこの構成には次の違いがあります。"),
    "edited_close": Text("Discard this drawing", "この図を破棄"),
}
