"""The picture as one HTML file that works offline: pan, zoom, language, theme, and the reasons of a part on a click."""

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from advisor.design import Design
from advisor.text import LANGS, Lang, Text
from renderers import svg
from renderers.layout.picture import Picture
from renderers.reasons import Reasons, reasons_of
from renderers.theme import THEMES, Theme
from renderers.words import clean

_WORDS: dict[str, Text] = {
    "zoom_in": Text("Zoom in", "拡大"),
    "zoom_out": Text("Zoom out", "縮小"),
    "fit": Text("Fit to window", "全体を表示"),
    "language": Text("日本語で表示", "Show in English"),
    "theme": Text("Light or dark theme", "ライト/ダークの切り替え"),
    "diagram": Text("Architecture diagram", "構成図"),
    "reasons": Text("Reasons", "選定理由"),
    "source": Text("Source", "出典"),
    "close": Text("Close", "閉じる"),
    "view": Text("View", "ビュー"),
    "whole": Text("Architecture", "構成"),
}
#: Words of the page that only one with views has.
_OF_VIEWS = ("view", "whole")
_BUTTONS = {"zoom_in": "+", "zoom_out": "−", "fit": "⤢", "language": "A/あ", "theme": "◐"}


def write(pictures: Mapping[Lang, Picture], design: Design, lang: Lang, theme: Theme) -> bytes:
    """Return the page, which opens in one language and theme; each picture is of one language."""
    langs = [one for one in LANGS if one in pictures]
    titles = {one: design.requirements.title.in_(one) for one in langs}
    return write_with(pictures, titles, {one: reasons_of(design, one) for one in langs}, lang, theme)


def write_with(
    pictures: Mapping[Lang, Picture],
    titles: Mapping[Lang, str],
    reasons: Mapping[Lang, Reasons],
    lang: Lang,
    theme: Theme,
) -> bytes:
    """Return the page of pictures with titles and reasons of their own."""
    langs = [one for one in LANGS if one in pictures]
    held = "".join(
        f'<template id="picture-{one}-{each}">{svg.write(pictures[one], each).decode()}</template>'
        for one in langs
        for each in THEMES
    )
    return _document(_data(titles, reasons, lang, theme), held, langs).encode()


def write_views(
    pictures: Mapping[str, Mapping[Lang, Picture]],
    names: Mapping[str, Mapping[Lang, str]],
    design: Design,
    lang: Lang,
    theme: Theme,
    links: Mapping[int, str] | None = None,
) -> bytes:
    """Return the page with a list of views to choose from; the first, "", is shown first.

    `links` lead from sheet to sheet: "#" and the name of the view.
    """
    titles = {one: design.requirements.title.in_(one) for one in LANGS}
    reasons = {one: reasons_of(design, one) for one in LANGS}
    return write_views_with(pictures, names, titles, reasons, lang, theme, links)


def write_views_with(
    pictures: Mapping[str, Mapping[Lang, Picture]],
    names: Mapping[str, Mapping[Lang, str]],
    titles: Mapping[Lang, str],
    reasons: Mapping[Lang, Reasons],
    lang: Lang,
    theme: Theme,
    links: Mapping[int, str] | None = None,
) -> bytes:
    """Return the page with a list of views, with titles and reasons of their own."""
    held = "".join(
        _template(view, one, each, picture, links or {})
        for view, by_lang in pictures.items()
        for one, picture in by_lang.items()
        for each in THEMES
    )
    langs = list(LANGS)
    views = {view: {one: name[one] or _WORDS["whole"].in_(one) for one in LANGS} for view, name in names.items()}
    data = _data(titles, reasons, lang, theme)
    return _document(data | {"views": views}, held, langs).encode()


def _template(view: str, lang: Lang, theme: Theme, picture: Picture, links: Mapping[int, str]) -> str:
    """Return a picture of a view; the one that is shown has the id by which the page finds it."""
    shown = "" if view else f' id="picture-{lang}-{theme}"'
    data = f'data-view="{view}" data-lang="{lang}" data-theme="{theme}"'
    others = {number: at for number, at in links.items() if at != f"#{view}"}
    return f"<template {data}{shown}>{svg.write(picture, theme, others).decode()}</template>"


def _data(titles: Mapping[Lang, str], reasons: Mapping[Lang, Reasons], lang: Lang, theme: Theme) -> dict[str, Any]:
    langs = [one for one in LANGS if one in titles]
    words = [key for key in _WORDS if key not in _OF_VIEWS]
    return {
        "lang": lang, "theme": theme, "langs": langs,
        "titles": {one: clean(titles[one]) for one in langs},
        "words": {one: {key: _WORDS[key].in_(one) for key in words} for one in langs},
        "reasons": {one: _reasons(reasons[one]) for one in langs},
    }  # fmt: skip


def _document(data: dict[str, Any], held: str, langs: list[Lang]) -> str:
    style, scripts = _source("page.css"), [_source("page.js")]
    lang, theme = data["lang"], data["theme"]
    words, title = data["words"][lang], escape(data["titles"][lang])
    shown = [key for key in _BUTTONS if key != "language" or len(langs) > 1]
    buttons = "".join(
        f'<button type="button" data-word="{key}" aria-label="{escape(words[key])}">{_BUTTONS[key]}</button>'
        for key in shown
    )
    picker = ""
    if "views" in data:
        style, scripts = style + _source("views.css"), [*scripts, _source("views.js")]
        data["view_words"] = {one: _WORDS["view"].in_(one) for one in langs}
        options = "".join(
            f'<option value="{view}">{escape(name[lang])}</option>' for view, name in data["views"].items()
        )
        picker = f'<select aria-label="{escape(data["view_words"][lang])}">{options}</select>'
    hashes = " ".join(f"'sha256-{_hash(script)}'" for script in scripts)
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src {hashes}; base-uri 'none'"
    return (
        f'<!doctype html>\n<html lang="{lang}" data-theme="{theme}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}; form-action \'none\'">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        f"<style>{style}</style></head><body><header><h1>{title}</h1>{picker}{buttons}</header>"
        f'<main tabindex="0" aria-label="{escape(words["diagram"])}"></main>'
        f'<aside hidden tabindex="0" aria-label="{escape(words["reasons"])}"></aside>'
        f'{held}<script type="application/json" id="data">{_json(data)}</script>'
        f"{''.join(f'<script>{script}</script>' for script in scripts)}</body></html>\n"
    )


def _reasons(found: Reasons) -> dict[str, Any]:
    return {
        id: {
            "name": part.name,
            "because": [{"sentence": sentence, "url": url} for sentence, url in part.because],
        }
        for id, part in found.items()
    }


def _json(data: Mapping[str, Any]) -> str:
    """Return data as JSON in which no element can end or begin."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


@cache
def _source(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
