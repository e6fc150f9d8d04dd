"""Make the files in this folder again: AWS icons, layout engine and fonts, from the npm packages named below.

Run `python renderers/assets/build_assets.py` with `npm` on the path and `fonttools`, `brotli`, `pyyaml`, `resvg-py` and
`pillow` installed.
The icons and the layout engine are copied unmodified. The fonts are joined from the package's slices, cut to what a
reader of Japanese and English needs (JIS X 0208, the characters of names in JIS X 0213 and Windows-31J, Latin, Greek,
Cyrillic, arrows, symbols), and named as one family.
"""

import io
import json
import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

import yaml
from fontTools import merge, subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

HERE = Path(__file__).parent
PACKAGES = {"icons": "aws-icons@3.3.0", "elk": "elkjs@0.12.1", "font": "@fontsource/noto-sans-jp@5.3.0"}
WEIGHTS = {"Regular": 400, "Bold": 700}
#: What Japanese names are written with: level 3 of JIS X 0213, and the extensions of Windows (髙, 﨑).
CHARACTER_SETS = ("euc_jp", "euc_jis_2004", "cp932")
KERNING = ["kern", "ccmp", "mark", "mkmk"]


def fetch(package: str, into: Path) -> Path:
    """Unpack an npm package and return its folder."""
    folder = into / re.sub(r"\W+", "-", package)
    folder.mkdir()
    name = subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True)
    with tarfile.open(folder / name.stdout.split()[-1]) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def copy_icons(package: Path) -> None:
    """Copy the icons that the rows of `renderers/icons/` name."""
    rows = [yaml.safe_load(row.read_text(encoding="utf-8")) for row in (HERE.parent / "icons").glob("*.yaml")]
    shutil.rmtree(HERE / "icons", ignore_errors=True)
    for file in sorted({row[key] for row in rows for key in ("file", "dark") if key in row}):
        (HERE / "icons" / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(package / "icons" / file, HERE / "icons" / file)


def measure_icons() -> None:
    """Record the outline of each icon that does not fill its square, so that arrows can touch it."""
    import resvg_py
    from PIL import Image

    bounds = {}
    for path in sorted((HERE / "icons").rglob("*.svg")):
        drawn = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=path.read_text(), width=400, height=400))))
        box = drawn.getchannel("A").getbbox() or (0, 0, 400, 400)
        if box != (0, 0, 400, 400):
            bounds[path.relative_to(HERE / "icons").as_posix()] = [round(side / 400, 3) for side in box]
    (HERE / "icons" / "bounds.json").write_text(json.dumps(bounds, indent=1) + "\n")


def copy_engine(package: Path) -> None:
    """Copy the layout engine and its license."""
    (HERE / "elk").mkdir(exist_ok=True)
    shutil.copyfile(package / "lib" / "elk-worker.min.js", HERE / "elk" / "elk-worker.min.js")
    shutil.copyfile(package / "LICENSE.md", HERE / "elk" / "LICENSE.md")


def code_points() -> set[int]:
    """Return the code points that the fonts keep."""
    points = set(range(0x20, 0x250)) | set(range(0x370, 0x460)) | set(range(0x2000, 0x2070))
    points |= set(range(0x20A0, 0x2760)) | set(range(0x3000, 0x3400)) | set(range(0xFF00, 0xFFF0))
    points |= set(range(0x1E00, 0x1F00)) | {ord("𠮷")}
    for high in range(0x81, 0xFF):
        for low in range(0x40, 0xFF):
            pair = bytes([high, low])
            points |= {ord(char) for set_ in CHARACTER_SETS for char in pair.decode(set_, "ignore")}
    return points


def slices(package: Path, weight: int) -> list[Path]:
    """Return the package's files of one weight, the large Japanese one first."""
    names = [f"noto-sans-jp-{name}-{weight}-normal.woff2" for name in ("japanese", "latin", "latin-ext", "cyrillic")]
    numbered = sorted(
        (package / "files").glob(f"noto-sans-jp-[0-9]*-{weight}-normal.woff2"),
        key=lambda path: int(path.name.split("-")[3]),
    )
    return [package / "files" / name for name in names] + numbered


def join(files: list[Path], points: set[int], work: Path) -> TTFont:
    """Join the files into one font; each code point comes from the first file that has it."""
    parts: list[Path] = []
    have: set[int] = set()
    for number, file in enumerate(files):
        font = TTFont(file)
        new = (set(font.getBestCmap()) & points) - have
        if not new:
            continue
        have |= new
        cut = subset.Subsetter(subset.Options(layout_features=KERNING if number < 2 else [], notdef_outline=True))
        cut.populate(unicodes=new)
        cut.subset(font)
        for table in ("STAT", "BASE", "vhea", "vmtx", "prep", "gasp", "GDEF"):
            if table in font:
                del font[table]
        font.flavor = None
        parts.append(work / f"{number}.ttf")
        font.save(parts[-1])
    return merge.Merger().merge([str(part) for part in parts])


def rename(font: TTFont, style: str) -> None:
    """Name the font as a style of the family Noto Sans JP; without this, viewers do not find the bold one."""
    names = {1: "Noto Sans JP", 2: style, 4: f"Noto Sans JP {style}", 6: f"NotoSansJP-{style}"}
    table = font["name"]
    table.names = [record for record in table.names if record.nameID not in (16, 17, 21, 22) and record.nameID < 256]
    for number, words in names.items():
        table.setName(words, number, 3, 1, 0x409)
    bold = style == "Bold"
    font["OS/2"].usWeightClass = 700 if bold else 400
    font["OS/2"].fsSelection = 0x20 if bold else 0x40
    font["head"].macStyle = 1 if bold else 0
    font["head"].created = font["head"].modified = 3_700_000_000


def widths(font: TTFont) -> dict[str, int]:
    """Return the advance width of each character that is not one em wide, in thousandths of an em."""
    metrics = font["hmtx"]
    return {
        chr(point): metrics[name][0] for point, name in sorted(font.getBestCmap().items()) if metrics[name][0] != 1000
    }


def make_fonts(package: Path) -> None:
    """Make the two fonts and the table of widths that texts are measured with."""
    folder = HERE / "fonts"
    folder.mkdir(exist_ok=True)
    table = {}
    for style, weight in WEIGHTS.items():
        with tempfile.TemporaryDirectory() as work:
            font = join(slices(package, weight), code_points(), Path(work))
        rename(font, style)
        font.save(folder / f"NotoSansJP-{style}.ttf", reorderTables=True)
        table[style.lower()] = widths(font)
    (folder / "widths.json").write_text(json.dumps(table, ensure_ascii=True, separators=(",", ":")) + "\n")
    shutil.copyfile(package / "LICENSE", folder / "OFL.txt")


def main() -> None:
    """Fetch the packages and write the files."""
    with tempfile.TemporaryDirectory() as work:
        folders = {name: fetch(package, Path(work)) for name, package in PACKAGES.items()}
        copy_icons(folders["icons"])
        measure_icons()
        copy_engine(folders["elk"])
        make_fonts(folders["font"])


if __name__ == "__main__":
    main()
