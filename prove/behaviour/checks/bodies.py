"""Request bodies that no store can hold: each is rejected with 400 and a message, and none causes an error.

A body that a program refuses only because of its size is answered with 413 (RFC 9110, section 15.5.14).

* JSON has no NaN and no infinity (RFC 8259, section 6), and a number may overflow to one where it is read. DynamoDB
  takes neither, and numbers of at most 38 digits between 1E-130 and 9.9E+125.
* An item of DynamoDB has at most 400 KB with its names, and is nested at most 32 levels deep.
* PostgreSQL takes no U+0000 in jsonb, and half of a surrogate pair is no text in UTF-8.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html,
https://www.postgresql.org/docs/17/datatype-json.html (read 2026-11-27)
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.requests import answers

_DEEP = 100_000
_ITEM_BYTES = 400 * 1024
#: What no store can hold: it has to be refused.
REFUSED: Mapping[str, str] = {
    "NaN": '{"name": "a", "x": NaN}',
    "Infinity": '{"name": "a", "x": [Infinity]}',
    "1e999": '{"name": "a", "x": 1e999}',
    "-1e999": '{"name": "a", "x": {"y": -1e999}}',
    "deep nesting": '{"name": "a", "x": ' + "[" * _DEEP + "]" * _DEEP + "}",
    "half a surrogate pair": '{"name": "a", "x": "\\ud800"}',
}
#: What the sender of signed webhooks decides on: it has to be accepted.
SENT: Mapping[str, str] = {
    "a body that its sender decides on": '{"id": "evt_1", "event": "paid", "data": {"amount": 1}}'
}
#: A field that some programs ask for, and others do not let their callers set.
_KEY = "ordering_key"
#: What some stores can hold, and other programs refuse for its size only.
LARGE: Mapping[str, str] = {
    "an item above 400 KB": '{"name": "a", "ordering_key": "k", "x": "' + "y" * (_ITEM_BYTES + 1) + '"}',
    "a body of 2 MiB": '{"name": "a", "ordering_key": "k", "x": "' + "y" * 2 * 1024 * 1024 + '"}',
}
#: What some stores can hold: it may be kept, and never be an error.
NO_ERROR: Mapping[str, str] = {
    "many small values": '{"name": "a", "x": [' + ",".join("1" * 150_000) + "]}",
    "40 levels": '{"name": "a", "x": ' + "[" * 40 + "]" * 40 + "}",
    "400 digits": '{"name": "a", "x": 1' + "0" * 399 + "}",
    "1e-300": '{"name": "a", "x": 1e-300}',
    "1e300": '{"name": "a", "x": 1e300}',
    "U+0000": '{"name": "a", "x": "\\u0000"}',
    "a value without a name": '{"name": "a", "": 1}',
}


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield bodies that a program answers with an error, keeps although nothing can hold them, or has to accept."""
    for answer in answers(evidence, {**REFUSED, **NO_ERROR, **LARGE, **SENT}):
        if answer.word in SENT and answer.status >= 300 and _receives(evidence, answer.module):
            yield Problem("webhook-is-refused", answer.module, f"{answer.word} is answered with {answer.status}.")
        if answer.status >= 500:
            message = f"{answer.word} ends in an error: {answer.message}"
            yield Problem("body-is-an-error", answer.module, message)
        elif answer.word in REFUSED and answer.status != 400:
            yield Problem("body-is-kept", answer.module, f"{answer.word} is answered with {answer.status}.")
        elif answer.word in LARGE and answer.status not in (200, 201, 202, 413) and _KEY not in answer.message:
            yield Problem("size-is-not-named", answer.module, f"{answer.word} is answered with {answer.status}.")
        elif answer.status >= 400 and " " not in answer.message:
            yield Problem("refused-without-a-word", answer.module, f"{answer.word} is refused without a sentence.")


def _receives(evidence: Evidence, module: str) -> bool:
    """Return whether a test module is that of a program that receives signed webhooks."""
    name = Path(module).name.removesuffix(".test.ts").removesuffix(".py").removeprefix("test_")
    folders = (evidence.folder / "src" / one for one in (name, name.replace("_", "-")))
    return any((folder / f"signature.{ending}").exists() for folder in folders for ending in ("py", "ts"))
