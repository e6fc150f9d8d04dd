"""The picture as a PowerPoint file: native shapes in groups, connectors, editable text, reasons in the notes."""

from io import BytesIO

from renderers.dateless import dateless
from renderers.layout.picture import Picture
from renderers.reasons import Reasons
from renderers.theme import Theme


def write(picture: Picture, theme: Theme = "light", reasons: Reasons | None = None) -> bytes:
    """Return the picture on one slide of 16:9. `reasons` go into its notes."""
    return write_all((picture,), theme, reasons or {})


def write_all(pictures: tuple[Picture, ...], theme: Theme, reasons: Reasons) -> bytes:
    """Return each picture on its own slide; references to other sheets link to their slides."""
    from renderers.slides.slide import presentation

    made = BytesIO()
    presentation(pictures, theme, reasons).save(made)
    return dateless(made)
