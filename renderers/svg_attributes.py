"""Numbers and attributes as SVG writes them."""

from html import escape

from renderers.words import clean


def number(value: float) -> str:
    """Return a number as short as it can be with a tenth of a pixel."""
    return (
        f"{value:.1f}".removesuffix(".0").replace("-0", "0") if abs(value) < 0.05 else f"{value:.1f}".removesuffix(".0")
    )


def attributes(**values: object) -> str:
    """Return escaped attributes; `_` in a name represents `-`."""
    parts = []
    for name, value in values.items():
        escaped_value = number(value) if isinstance(value, float) else escape(clean(str(value)), quote=True)
        parts.append(f' {name.rstrip("_").replace("_", "-")}="{escaped_value}"')
    return "".join(parts)
