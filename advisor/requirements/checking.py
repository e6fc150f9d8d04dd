"""Validates plain data as requirements; errors name the field, the value and the allowed values."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from advisor.requirements.answer_checks import Problem, readable
from advisor.requirements.consistency import check_consistency
from advisor.requirements.model import Requirements, RequirementsError
from advisor.requirements.upgrading import UnknownFormError, upgraded
from advisor.text import Text, in_a_row
from advisor.vocabulary import DESTINATION_KINDS, FIELDS


def make_requirements(raw: object) -> Requirements:
    """Return validated requirements from plain data (parsed YAML or JSON). Raises RequirementsError if they are invalid."""
    if not isinstance(raw, Mapping):
        raise RequirementsError(
            (
                Text(
                    "The file must contain keys such as `components`.",
                    "ファイルには `components` などのキーが必要です。",
                ),
            )
        )
    try:
        raw = upgraded(raw)
        requirements = Requirements.model_validate(raw)
    except UnknownFormError as error:
        raise RequirementsError((Text(readable(error.text.en), readable(error.text.ja)),)) from error
    except ValidationError as error:
        problems = dict.fromkeys(_sentence(item, raw) for item in error.errors()[:20])
        raise RequirementsError(tuple(problems)) from error
    contradictions = tuple(check_consistency(requirements))
    if contradictions:
        raise RequirementsError(contradictions)
    return requirements


_KEYS = Text("must be a mapping of keys and values", "ここにはキーと値の組を書いてください")
_WORDS = Text("must be text", "ここにはテキストを書いてください")
#: Of more allowed keys than these, the sentence names the closest.
_MOST_LISTED = 12
_PLACES = {
    "workload": Text("workload", " workload "),
    "component": Text("a component", "コンポーネント"),
    "channel": Text("a channel", "チャネル"),
    "store": Text("a store", "ストア"),
}
# What a reader can do about the shapes that pydantic names in its own terms.
_SHAPES = {
    "tuple_type": Text("must be a list", "ここにはリストを書いてください"),
    "too_long": Text("too many entries", "件数が多すぎます"),
    "dict_type": _KEYS,
    "model_type": _KEYS,
    "model_attributes_type": _KEYS,
    "string_type": _WORDS,
    "string_unicode": _WORDS,
}


_KINDS = in_a_row(option.value for option in DESTINATION_KINDS)
_DESTINATION = Text(
    f"write a list of destinations, each with a kind and optionally a title, such as [{{kind: email}}]; the kinds are {_KINDS.en}",
    f"送信先のリストを書いてください。各送信先には kind と、必要なら title を書きます（例: [{{kind: email}}]）。使える kind: {_KINDS.ja}",
)


def _sentence(error: Any, raw: Mapping[str, Any]) -> Text:
    where = _where(error["loc"], raw)
    problem = error.get("ctx", {}).get("error")
    if isinstance(problem, Problem):
        return Text(f"{where}: {problem.text.en}.", f"{where}: {problem.text.ja}。")
    if error["type"] == "extra_forbidden" and "destinations" not in error["loc"][:-1]:
        return _unknown_key(where, error["loc"])
    if error["type"] == "missing" and "destinations" not in error["loc"]:
        return Text(f"{where}: this key is required.", f"{where}: このキーが必要です。")
    if "destinations" in error["loc"]:
        where = _where(error["loc"][:4], raw)
        return Text(f"{where}: {_DESTINATION.en}.", f"{where}: {_DESTINATION.ja}。")
    shape = _SHAPES.get(error["type"])
    if shape is not None:
        return Text(f"{where}: {shape.en}.", f"{where}: {shape.ja}。")
    return Text(f"{where}: {error['msg'].lower()}.", f"{where}: 値の形が正しくありません（{error['msg']}）。")


def _unknown_key(where: str, loc: tuple[Any, ...]) -> Text:
    kinds = {"components": "component", "channels": "channel", "stores": "store", "workload": "workload"}
    kind = kinds.get(str(loc[0])) if len(loc) > 1 else None
    allowed = (
        [f.id for f in FIELDS[kind]] if kind else ["title", "summary", "workload", "components", "channels", "stores"]
    )
    allowed += ["id", "title", "pins"] if kind not in (None, "workload") else []
    word = str(loc[-1])[:60]
    others = [place for other, place in _PLACES.items() if kind and word in {f.id for f in FIELDS[other]}]
    if others:
        return Text(
            f'{where}: unknown key; "{word}" is a key of {" or ".join(place.en for place in others)}.',
            f"{where}: 不明なキーです。「{word}」は{'または'.join(place.ja for place in others)}のキーです。",
        )
    near = get_close_matches(word, allowed, 1)
    if near:
        return Text(
            f'{where}: unknown key; did you mean "{near[0]}"?',
            f"{where}: 不明なキーです。「{near[0]}」の誤りではありませんか。",
        )
    if len(allowed) > _MOST_LISTED:
        parts = [key for key in allowed if word in key.split("_")]
        closest = in_a_row(list(dict.fromkeys([*parts, *get_close_matches(word, allowed, 3, 0.0)]))[:3])
        return Text(
            f"{where}: unknown key; the closest keys are {closest.en}. docs/requirements-file.md describes all.",
            f"{where}: 不明なキーです。近いキー: {closest.ja}。すべてのキーの説明は docs/requirements-file.ja.md にあります。",
        )
    listed = in_a_row(allowed)
    return Text(
        f"{where}: unknown key; must be one of: {listed.en}.", f"{where}: 不明なキーです。使えるキー: {listed.ja}。"
    )


def _where(loc: tuple[Any, ...], raw: Any) -> str:
    parts: list[str] = []
    at: Any = raw
    if "remarks" in loc[:-1]:  # what is held apart is written beside the answer
        loc = (*(step for step in loc if step != "remarks"), "remark")
    for step in loc:
        at = (
            at[step]
            if (isinstance(at, Mapping) and step in at)
            or (isinstance(at, list) and isinstance(step, int) and step < len(at))
            else None
        )
        item_id = at.get("id") if isinstance(step, int) and isinstance(at, Mapping) else None
        parts.append(str(item_id) if isinstance(item_id, str) else str(step))
    return readable(".".join(parts)[:200]) or "file"
