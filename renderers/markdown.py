"""Words put into Markdown so that they read as they are: no markup, no HTML, no template language, no table breaks."""

import re
from urllib.parse import quote

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "{": "&#123;", "}": "&#125;"}
_MARKUP = re.compile(r"[&<>|{}]")
_SPECIAL = re.compile(r"[\\`*_\[\]~#$]")
_FIRST = re.compile(r"[A-Z][a-z]+(?=[ ,:;-])|A(?= )")
_URL_UNSAFE = {" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C", "|": "%7C"}
_UNSAFE = re.compile(r"[ ()<>\\|]")


def escape(words: str) -> str:
    """Return a text as one line of Markdown with all markup escaped."""
    line = _MARKUP.sub(lambda match: _ENTITIES[match[0]], " ".join(words.split()))
    return _SPECIAL.sub(lambda match: "\\" + match[0], line).replace("&\\#", "&#")


def link(words: str, url: str) -> str:
    """Return a Markdown link; an address that is no web page is left out."""
    if not url.startswith(("https://", "http://")):
        return escape(words)
    address = _UNSAFE.sub(lambda match: _URL_UNSAFE[match[0]], url)
    return f"[{escape(words)}]({address})"


def image(words: str, path: str) -> str:
    """Return a Markdown image: of a web page, or of a file beside the text."""
    web = next((start for start in ("https://", "http://") if path.startswith(start)), "")
    return f"![{escape(words)}]({web}{quote(path.removeprefix(web), safe='/.-_~%')})"


def file_link(words: str, path: str) -> str:
    """Return a Markdown link to a file beside the text."""
    return image(words, path).removeprefix("!")


def within(sentence: str, proper: frozenset[str]) -> str:
    """Return an English sentence as it reads after "because": its first letter small unless it starts with a name."""
    first = _FIRST.match(sentence)
    if first is None or first[0] in proper:
        return sentence
    return first[0].lower() + sentence[first.end() :]
