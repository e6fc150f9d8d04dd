"""Requirements files: YAML written by hand, read strictly and written back in the same form."""

import re
from contextlib import suppress
from typing import Any, cast

import yaml
from yaml.composer import Composer
from yaml.constructor import SafeConstructor
from yaml.resolver import Resolver

from advisor.requirements.checking import make_requirements
from advisor.requirements.model import Answered, Destination, Requirements, RequirementsError, Subject
from advisor.requirements.remarks import with_remark
from advisor.requirements.upgrading import CURRENT
from advisor.requirements.yaml_problems import in_japanese
from advisor.text import Text
from advisor.vocabulary import FIELDS, Field, Range
from advisor.vocabulary.formats.rates import StatedRate
from advisor.vocabulary.units import compact

NO_COMPONENTS = Text(
    "components: must contain at least one component, for example `components: [{id: api}]`.",
    "components: コンポーネントを 1 つ以上書いてください（例: `components: [{id: api}]`）。",
)
MOST_BYTES = 1_000_000
MOST_DEPTH = 12


class _Plain(Composer, SafeConstructor, Resolver):
    """Plain YAML only: no aliases (which can expand exponentially), no tags, no duplicate keys, no deep nesting."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()  # type: ignore[attr-defined]
        if isinstance(event, yaml.AliasEvent):
            raise _refused("aliases (*name) are not allowed", "エイリアス（*name）は使えません", event.start_mark)
        if getattr(event, "tag", None) is not None:
            raise _refused("tags (!name) are not allowed", "タグ（!name）は使えません", event.start_mark)
        self._depth = getattr(self, "_depth", 0) + 1
        if self._depth > MOST_DEPTH:
            raise _refused("nesting is too deep", "入れ子が深すぎます", event.start_mark)
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        """Return a mapping; duplicate keys are refused."""
        keys: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _refused("a key must be a word", "キーは単語でなければなりません", key.start_mark)
            if key.value in keys:
                raise _refused(
                    f'duplicate key "{key.value[:60]}"',
                    f"キー「{key.value[:60]}」が重複しています",
                    key.start_mark,
                )
            keys.add(key.value)
        return super().construct_mapping(node, deep)


# Only what JSON knows: no dates, no base-60 numbers, and only true and false are flags (not "no", "on" or "off").
_TAG = "tag:yaml.org,2002:"
_Plain.yaml_implicit_resolvers = {}
_Plain.add_implicit_resolver(f"{_TAG}bool", re.compile(r"(?:true|false|True|False)\Z"), list("tfTF"))
_Plain.add_implicit_resolver(f"{_TAG}null", re.compile(r"(?:null|~|)\Z"), ["n", "~", ""])
_Plain.add_implicit_resolver(f"{_TAG}int", re.compile(r"-?[0-9]{1,15}\Z"), list("-0123456789"))
_Plain.add_implicit_resolver(
    f"{_TAG}float", re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?([eE][-+]?[0-9]{1,2})?\Z"), list("-0123456789")
)


class _Loader(_Plain, yaml.SafeLoader):
    """Plain YAML, parsed by PyYAML, with the product's own error messages."""


def _libyaml() -> type[_Plain] | None:
    """Return the loader that parses with libyaml, in a fourth of the time, or None if PyYAML was built without it."""
    if not yaml.__with_libyaml__:
        return None
    from yaml._yaml import CParser

    class Fast(_Plain, CParser):
        def __init__(self, stream: str) -> None:
            CParser.__init__(self, stream)
            Composer.__init__(self)
            SafeConstructor.__init__(self)
            Resolver.__init__(self)

    return Fast


_FAST = _libyaml()
#: What libyaml reads otherwise than PyYAML, or reads where PyYAML refuses.
_READ_OTHERWISE = re.compile("[\t?\ufeff\x85\u2028\u2029]|[|>][-+0-9]*#")


def _loaded(text: str) -> Any:
    if _FAST is not None and not _READ_OTHERWISE.search(text):
        # What libyaml does not take, PyYAML takes or refuses with the words and the line that everyone is told.
        with suppress(yaml.YAMLError, ValueError, RecursionError):
            return yaml.load(text, Loader=_FAST)  # type: ignore[arg-type]
    return yaml.load(text, Loader=_Loader)


# What PyYAML says where a text with a colon, a comma or a bracket stands without quotes.
_UNQUOTED = re.compile(r"mapping values are not allowed|expected ',' or '[}\]]'")
_QUOTES = Text(
    ' Enclose text that contains ": ", a comma or a bracket in quotes.',
    "「: 」、コンマ、括弧を含むテキストは引用符で囲んでください。",
)


def _refused(en: str, ja: str, mark: Any) -> RequirementsError:
    line = mark.line + 1
    return RequirementsError((Text(f"Line {line}: {en}.", f"{line} 行目: {ja}。"),))


def read_requirements(content: bytes) -> Requirements:
    """Return the requirements in a YAML file. Raises RequirementsError with the line or the field."""
    requirements = make_requirements(read_plain(content))
    if not requirements.components:
        raise RequirementsError((NO_COMPONENTS,))
    return requirements


#: The parser's word for a text that ends too early.
_ENDS = "'<stream end>'"
_UNCLOSED = Text(
    "the text ends before a bracket ([ or {) is closed.",
    "角括弧 [ または波括弧 { が閉じられないまま、内容が終わっています。",
)


def read_plain(content: bytes) -> Any:
    """Return the plain data in a YAML file. Raises RequirementsError if it is too big, no UTF-8, no YAML, or not plain."""
    if len(content) > MOST_BYTES:
        size = len(content)
        raise RequirementsError(
            (
                Text(
                    f"The file has {size:,} bytes. The limit is {MOST_BYTES:,} bytes.",
                    f"ファイルが {size:,} バイトあります。上限は {MOST_BYTES:,} バイトです。",
                ),
            )
        )
    try:
        text = content.decode("utf-8-sig")
        if not text.strip():
            raise RequirementsError((Text("There is no text.", "内容がありません。"),))
        return _loaded(text)
    except UnicodeDecodeError as error:
        raise RequirementsError(
            (Text("The file is not UTF-8 text.", "ファイルが UTF-8 のテキストではありません。"),)
        ) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = str(getattr(error, "problem", None) or "this is not YAML")
        if _ENDS in problem:
            raise RequirementsError((Text(f"Line {line}: {_UNCLOSED.en}", f"{line} 行目: {_UNCLOSED.ja}"),)) from error
        hint = _QUOTES if _UNQUOTED.search(problem) else Text("", "")
        raise RequirementsError(
            (
                Text(
                    f"Line {line}: {problem}.{hint.en}",
                    f"{line} 行目: YAML として読めません。{in_japanese(problem)}。{hint.ja}",
                ),
            )
        ) from error
    except (ValueError, RecursionError) as error:
        if isinstance(error, RequirementsError):
            raise
        raise RequirementsError(
            (Text("The file cannot be read as YAML.", "ファイルを YAML として読めません。"),)
        ) from error


def plain(requirements: Requirements) -> dict[str, Any]:
    """Return the stated requirements as plain data, with quantities in readable form."""
    document: dict[str, Any] = {"schema": CURRENT}
    for key, title in (("title", requirements.title), ("summary", requirements.summary)):
        if title.en or title.ja:
            document[key] = _words(title)
    workload = _answers("workload", cast("Answered", requirements.workload))
    if workload:
        document["workload"] = workload
    for kind in ("component", "channel", "store"):
        subjects = [_subject(kind, subject) for subject in requirements.of_kind(kind)]
        if subjects:
            document[f"{kind}s"] = subjects
    return document


def write_requirements(requirements: Requirements) -> bytes:
    """Return the requirements as a YAML file; `read_requirements` reads the same back."""
    return dump(plain(requirements))


def dump(data: Any) -> bytes:
    """Return plain data as the YAML of a requirements file."""
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=110).encode()


def _subject(kind: str, subject: Subject) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": subject.id}
    if subject.title.en or subject.title.ja:
        entry["title"] = _words(subject.title)
    entry |= _answers(kind, subject)
    if subject.pins:
        entry["pins"] = dict(sorted(subject.pins.items()))
    return entry


def _answers(kind: str, answered: Answered) -> dict[str, Any]:
    """Return the stated answers as a person writes them, each with its remark."""
    stated = answered.stated
    remarks = {field: _words(remark) for field, remark in answered.remarks.items()}
    return {
        f.id: with_remark(_alone(f, _answer(f.unit, stated[f.id])), remarks.get(f.id))
        for f in FIELDS[kind]
        if f.id in stated
    }


def _answer(unit: str, value: Any) -> Any:
    if isinstance(value, Range):
        return value.text
    if isinstance(value, StatedRate) and value.text:
        return value.text
    if isinstance(value, float):
        return compact(value, unit)
    if isinstance(value, tuple):
        return [_destination(v) if isinstance(v, Destination) else v for v in value]
    return value


def _alone(field: Field, value: Any) -> Any:
    """Return a single answer without a list, for questions such as the trigger that usually have one."""
    return value[0] if field.kind == "choices" and field.minimum and len(value) == 1 else value


def _destination(destination: Destination) -> dict[str, Any]:
    entry: dict[str, Any] = {"kind": destination.kind}
    return entry | ({"title": _words(destination.title)} if destination.title else {})


def _words(text: Text) -> Any:
    return text.en if text.en == text.ja else {"en": text.en, "ja": text.ja}
