"""Files of facts: `facts/<service>.yaml`, many to a file."""

from advisor.book.entry import Entry, check_keys, source_of, text_of
from advisor.book.errors import BookError
from advisor.book.model import PLAIN, Fact

_REQUIRED = ("id", "statement", "unit", "kind", "decides", "confidence", "series", "source")
_KEYS = {*_REQUIRED, "note", "note_ja", "label"}


def fact_of(path: str, entry: Entry) -> Fact:
    """Return one fact of a file. Raises BookError if it is invalid."""
    check_keys(path, entry, _KEYS, _REQUIRED)
    decides = bool(entry["decides"])
    if decides and entry["confidence"] == "low":
        raise BookError(
            f"{path}: '{entry['id']}' is of low confidence and must not decide.",
            f"{path}: 「{entry['id']}」は確度（confidence）が low のため、判断に使えません。",
        )
    series = sorted(((str(value["from"]), value["value"]) for value in entry["series"]), key=lambda pair: pair[0])
    return Fact(
        id=entry["id"],
        service=path.removeprefix("facts/").removesuffix(".yaml"),
        statement=text_of(path, entry, "statement"),
        unit=str(entry["unit"]),
        kind=entry["kind"],
        decides=decides,
        confidence=entry["confidence"],
        series=tuple(series),
        source=source_of(path, entry),
        note=str(entry.get("note") or ""),
        note_ja=str(entry.get("note_ja") or ""),
        label=text_of(path, entry, "label") if "label" in entry else PLAIN,
    )
