"""LibreOffice Impress: what it shows of a slide, compared with our own picture."""

import subprocess
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

from PIL import Image

from renderers.layout.picture import Picture

_FONTS = Path(__file__).parents[2] / "renderers" / "assets" / "fonts"
_WIDE, _TALL = 13.333, 7.5
_MARGIN = 0.15
_NEAR, _FAR = 40, 60


@dataclass(frozen=True)
class Compared:
    """How many icons have our colours, and how many stretches of lines are drawn where ours are."""

    icons: int
    of_icons: int
    stretches: int
    of_stretches: int


def office_environment(folder: Path) -> dict[str, str]:
    """Return an environment for LibreOffice with our fonts in place of those of Office."""
    config = folder / "fonts.conf"
    named = "".join(
        f'<alias binding="same"><family>{name}</family><prefer><family>Noto Sans JP</family></prefer></alias>'
        for name in ("Arial", "Yu Gothic")
    )
    config.write_text(
        f'<?xml version="1.0"?><fontconfig><dir>{_FONTS}</dir><cachedir>{folder}/fonts</cachedir>{named}</fontconfig>'
    )
    return {"PATH": "/usr/bin:/bin", "HOME": str(folder), "FONTCONFIG_FILE": str(config)}


def shown(slide: bytes, folder: Path) -> Image.Image:
    """Return the slide as Impress draws it."""
    (folder / "slide.pptx").write_bytes(slide)
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "png", "--outdir", str(folder), "slide.pptx"]
    subprocess.run(command, cwd=folder, env=office_environment(folder), timeout=240, check=True, capture_output=True)
    return Image.open(BytesIO((folder / "slide.png").read_bytes())).convert("RGB")


def compared(slide: Image.Image, ours: Image.Image, picture: Picture) -> Compared:
    """Compare a slide with our picture: the mean colour of each icon, and whether a line runs where ours does."""
    inner = ((_WIDE - 2 * _MARGIN) / picture.width, (_TALL - 2 * _MARGIN) / picture.height)
    scale = min(*inner, 1 / 72) * slide.width / _WIDE
    left, top = (slide.width - picture.width * scale) / 2, (slide.height - picture.height * scale) / 2
    factor = ours.width / picture.width
    icons = 0
    for node in picture.nodes:
        box = node.box
        there = _mean(slide, left + box.x * scale, top + box.y * scale, box.w * scale, box.h * scale)
        here = _mean(ours, box.x * factor, box.y * factor, box.w * factor, box.h * factor)
        icons += max(abs(a - b) for a, b in zip(there, here, strict=True)) < _NEAR
    ends = [
        (a, b) for line in picture.lines for a, b in pairwise(line.points) if abs(a[0] - b[0]) + abs(a[1] - b[1]) > _FAR
    ]
    drawn = sum(_drawn(slide, left, top, scale, a, b) for a, b in ends)
    return Compared(icons, len(picture.nodes), drawn, len(ends))


def _mean(image: Image.Image, x: float, y: float, w: float, h: float) -> tuple[float, ...]:
    part = image.crop((round(x), round(y), round(x + w), round(y + h))).resize((1, 1), Image.Resampling.BOX)
    pixel: Any = part.getpixel((0, 0))
    return tuple(pixel)


def _drawn(slide: Image.Image, left: float, top: float, scale: float, a: Any, b: Any) -> bool:
    """Tell whether something dark runs along most of a stretch, within two pixels."""
    hits, tries = 0, 20
    for step in range(1, tries):
        x = left + (a[0] + (b[0] - a[0]) * step / tries) * scale
        y = top + (a[1] + (b[1] - a[1]) * step / tries) * scale
        around = [slide.getpixel((round(x) + dx, round(y) + dy)) for dx in range(-2, 3) for dy in range(-2, 3)]
        hits += any(min(pixel) < 170 for pixel in around if isinstance(pixel, tuple))
    return hits >= tries * 0.4
