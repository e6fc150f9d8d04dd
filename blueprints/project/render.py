"""The Jinja environment, and escaping of user input for each language."""

import html
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

import jinja2

from blueprints.project.compiled_templates import CompiledTemplates

# Control and format characters (among them those that reorder text on screen) have no place in a project's files.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]+")
# An underscore between letters or digits is a plain character in CommonMark and GitHub Flavored Markdown.
_MARKDOWN = re.compile(r"([\\`*{}\[\]|~$]|(?<![^\W_])_|_(?![^\W_]))")
#: What begins a heading, list, quotation or rule at the start of a line.
_MARKDOWN_START = re.compile(r"^(\d*)([-+#>=.)])")


def one_line(words: str) -> str:
    """Return a text on one line, without invisible characters."""
    return " ".join(_CONTROL.sub(" ", words).split())


def markdown(words: str) -> str:
    """Return a text for Markdown with markup and HTML escaped."""
    marked = _MARKDOWN.sub(r"\\\1", html.escape(one_line(words), quote=False))
    return _MARKDOWN_START.sub(r"\1\\\2", marked)


def html_text(words: str) -> str:
    """Return a text escaped for HTML content or attributes."""
    return html.escape(one_line(words), quote=True)


def script_json(value: object) -> str:
    """Return a value as JSON that is safe inside an HTML script element."""
    return json.dumps(value, ensure_ascii=True).replace("<", "\\u003c").replace("&", "\\u0026")


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    # Not escaped as a whole: most files are Python. What a user wrote passes a filter of the language it lands in.
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_source),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
        bytecode_cache=CompiledTemplates(__name__),
    )
    environment.filters.update(markdown=markdown, html=html_text, script_json=script_json, camel=camel, kebab=kebab)
    return environment


def _source(name: str) -> str:
    return files("blueprints.project").joinpath("templates", *name.split("/")).read_text("utf-8")


def render(name: str, values: Mapping[str, Any]) -> str:
    """Render a template. Raises jinja2.UndefinedError for a missing variable."""
    return _environment().get_template(name).render(values)


def python(name: str, values: Mapping[str, Any]) -> bytes:
    """Render a template of a Python file with blank lines in PEP 8 style."""
    return tidy(render(name, values)).encode()


def typescript(name: str, values: Mapping[str, Any]) -> bytes:
    """Return a filled template of a TypeScript file, with no two blank lines in a row."""
    text = re.sub(r"\n{3,}", "\n\n", render(name, values))
    return (text.strip("\n") + "\n").encode()


def camel(name: str) -> str:
    """Return a name such as `store_orders` as `storeOrders`; `store_order_2` is `storeOrder_2`, unlike `store_order2`."""
    first, *rest = name.split("_")
    return first + "".join(f"_{word}" if word[0].isdigit() else word[0].upper() + word[1:] for word in rest if word)


def kebab(name: str) -> str:
    """Return a name such as `store_orders` as `store-orders`."""
    return name.replace("_", "-")


def tidy(text: str) -> str:
    """Return text with at most two blank lines in a row and one line break at its end."""
    return re.sub(r"\n{4,}", "\n\n\n", text).strip("\n") + "\n"
