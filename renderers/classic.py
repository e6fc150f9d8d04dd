"""The classic picture: drawn by the `diagrams` package and Graphviz, each time in a separate process and folder."""

import base64
import re
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from shutil import which

from advisor.architecture import Architecture
from advisor.text import Lang, Text
from renderers import diagrams_source
from renderers.layout.text_alternative import describe
from renderers.refused import ToolMissing

SUFFIXES = (".png", ".svg", ".pdf")
_LIMIT_S = 60
_PACKAGE = Text(
    "The classic style requires the Python package diagrams. Install the Python extra `classic` of this product, or omit --style.",
    "クラシックスタイルには Python パッケージ diagrams が必要です。Python パッケージの追加機能 `classic` をインストールするか、--style を外してください。",
)
_GRAPHVIZ = Text(
    "The classic style requires Graphviz. Install it (its command is dot), or omit --style.",
    "クラシックスタイルには Graphviz が必要です。インストールするか（コマンド名は dot）、--style を外してください。",
)
_FAILED = Text("Graphviz failed to draw the diagram: ", "Graphviz で構成図を作成できませんでした: ")
_TOO_LONG = Text(
    f"Graphviz took more than {_LIMIT_S} s to draw the diagram.",
    f"Graphviz による構成図の作成が {_LIMIT_S} 秒以内に終わりませんでした。",
)


def write(architecture: Architecture, title: str, lang: Lang, suffix: str) -> bytes:
    """Return the classic picture. Raises ToolMissing."""
    if find_spec("diagrams") is None:
        raise ToolMissing(_PACKAGE)
    if which("dot") is None:
        raise ToolMissing(_GRAPHVIZ)
    outformat = suffix.removeprefix(".")
    with tempfile.TemporaryDirectory(prefix="advisor-classic-") as folder:
        program = Path(folder, "draw.py")
        program.write_bytes(diagrams_source.write(architecture, title, lang, outformat))
        _run(program)
        image = Path(folder, f"architecture.{outformat}").read_bytes()
    if suffix == ".svg":
        return _with_images(image.decode()).encode()
    if suffix == ".pdf":
        from renderers import pdf

        return pdf.normal(image, title, lang, describe(architecture, lang))
    return image


def _run(program: Path) -> None:
    try:
        subprocess.run(
            [sys.executable, "-I", str(program)], cwd=program.parent, check=True, capture_output=True, timeout=_LIMIT_S
        )
    except subprocess.CalledProcessError as error:
        last = error.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["no message"]
        said = last[0][:300]
        raise ToolMissing(Text(_FAILED.en + said, _FAILED.ja + said)) from error
    except subprocess.TimeoutExpired as error:
        raise ToolMissing(_TOO_LONG) from error


def _with_images(svg: str) -> str:
    """Embed the icons, to which Graphviz refers by local path, in the picture."""

    def inlined(match: re.Match[str]) -> str:
        data = base64.b64encode(Path(match[1]).read_bytes()).decode()
        return f'xlink:href="data:image/png;base64,{data}"'

    return re.sub(r'xlink:href="([^"]+\.png)"', inlined, svg)
