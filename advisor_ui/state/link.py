"""The state of the page as part of its address, so that a reload or a sent link brings the same back."""

import base64
import binascii
import json
import zlib
from typing import Any

from advisor.requirements import RequirementsError
from advisor.text import Text

MAX_CHARACTERS = 8_000
_MAX_BYTES = 1_000_000
_BROKEN = Text(
    "The link is damaged or incomplete, so the answers in it cannot be read. Ask the sender for the "
    "link again, or answer the questions on this page.",
    "リンクが破損しているか途中で切れているため、回答を読み取れません。送信者に再送を依頼するか、この"
    "ページで最初から回答を入力してください。",
)


def pack(draft: dict[str, Any]) -> str | None:
    """Return a draft as characters that an address may hold, or None if they would be too many."""
    text = json.dumps(draft, ensure_ascii=False, separators=(",", ":")).encode()
    packed = base64.urlsafe_b64encode(zlib.compress(text, 9)).decode().rstrip("=")
    return packed if len(packed) <= MAX_CHARACTERS else None


def unpack(packed: str) -> Any:
    """Return the data that `pack` encoded. Raises RequirementsError if the text is invalid or exceeds 1 MB."""
    try:
        content = base64.b64decode(packed[: 2 * MAX_CHARACTERS] + "=" * (-len(packed) % 4), b"-_", validate=True)
        decompressor = zlib.decompressobj()
        text = decompressor.decompress(content, _MAX_BYTES)
        if not decompressor.eof:
            raise ValueError("not whole")
        return json.loads(text)
    except (ValueError, binascii.Error, zlib.error, RecursionError) as error:
        raise RequirementsError((_BROKEN,)) from error
