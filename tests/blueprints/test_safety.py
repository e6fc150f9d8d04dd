"""Whatever users write, in any field, comes out as words: every file of every target is read back and holds nothing more
than the file of the same design with calm words in it.
"""

import ast
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from samtranslator.yaml_helper import yaml_parse

import blueprints
import rules
from advisor.advise import advise
from advisor.design import Design
from advisor.requirements import make_requirements
from advisor.text import LANGS
from advisor_account.names import resolve
from advisor_bundle import project_zip
from blueprints import sam
from blueprints.plan import plan_for
from blueprints.project import stack_name
from tests.blueprints.translation import REGION, findings, translated

TARGETS = [target.id for target in blueprints.TARGETS]
STORIES = ("web-application", "business-process-integration", "scheduled-batch")
NASTY = (
    "'", '"', "\\", "`", "$", "${", "}", "{{", "}}", "{%", "%}", "<", ">", "&", "#", ":", "- ", "|", "*", "*/", "/*", "//",
    "--", "-->", "]]>", "]", "[", "(", ")", "!", "@", "%", "~", "\n", "\r", "\t", "\u2028", "\u2029", "\u202e", "\x00", "\x85",
    '"""', "'''", "${AWS::StackName}", "{{resolve:ssm:x}}", "$(id)", "`id`", "<script>", "</script>", "<!--", "..", "../", "/",
    "javascript:", "](http://e.example)", "\n# ", "\n\n```\n", "\n---\n", "!!python/object", "日本語", "é", "😀", "A", " ", "b",
)  # fmt: skip
words = st.lists(st.sampled_from(NASTY), max_size=12).map("".join)
texts = st.fixed_dictionaries({"en": words, "ja": words})
CALM = {"en": "Calm", "ja": "穏やか"}


@pytest.fixture(autouse=True, scope="module")
def _whole_pictures() -> Iterator[None]:
    """Long names take several sheets to be read: a project with other files than that of calm words."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("renderers.sheets.stays_whole", lambda _picture, _page: True)
        yield


@cache
def story(name: str) -> dict[str, Any]:
    raw: dict[str, Any] = yaml.safe_load(rules.story_bytes(name))
    return raw


def design_of(name: str, calls: Callable[[], dict[str, str]]) -> Design:
    """The story, where everything that can be called something is called what `calls` gives."""
    raw = json.loads(json.dumps(story(name)))
    raw |= {"title": calls(), "summary": calls()}
    for kind in ("components", "channels", "stores"):
        for subject in raw.get(kind, ()):
            subject["title"] = calls()
            for destination in subject.get("destinations", ()):
                destination["title"] = calls()
    return advise(make_requirements(raw), rules.load_book())


def opened(design: Design, target: str, lang: Any) -> dict[str, str]:
    archive = zipfile.ZipFile(io.BytesIO(project_zip(design, target, lang)))
    for entry in archive.infolist():
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)
        assert entry.external_attr >> 16 in (0o100644, 0o100755)
        assert not entry.filename.startswith("/")
        assert ".." not in entry.filename.split("/")
    return {entry.filename: archive.read(entry).decode() for entry in archive.infolist()}


@cache
def calm(name: str, target: str, lang: str) -> dict[str, str]:
    return opened(design_of(name, lambda: CALM), target, lang)


#: A project takes half a second: what fails is said as it was found, not made smaller first.
_AS_FOUND = (Phase.explicit, Phase.reuse, Phase.generate)


@settings(max_examples=20, phases=_AS_FOUND, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(name=st.sampled_from(STORIES), target=st.sampled_from(TARGETS), lang=st.sampled_from(LANGS), given=st.data())
def test_words_stay_words_in_every_file(name: str, target: str, lang: str, given: st.DataObject) -> None:
    held(name, target, lang, design_of(name, lambda: given.draw(texts)))


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("lang", LANGS)
def test_all_that_is_nasty_at_once_stays_words(target: str, lang: str) -> None:
    whole = "".join(NASTY)[:300]
    held("web-application", target, lang, design_of("web-application", lambda: {"en": whole, "ja": whole[::-1]}))


def held(name: str, target: str, lang: str, design: Design) -> None:
    """Hold every file of a project to what the file of calm words is made of."""
    found, expected = opened(design, target, lang), calm(name, target, lang)
    assert set(found) == set(expected)
    for path, text in found.items():
        form = _form(path)
        assert form(text) == form(expected[path]), path
        # CloudFormation looks references like this up in any text of a template.
        looked_up = "template.yaml" in path or path.startswith(("stacks/", "lib/"))
        assert not looked_up or text.count("{{resolve:") == expected[path].count("{{resolve:"), path


def _form(path: str) -> Callable[[str], Any]:
    for ending, form in FORMS.items():
        if path.endswith(ending):
            return form
    return exact


def exact(text: str) -> str:
    """What holds no words of users at all, but the name of the stack and its digest: letters, digits and hyphens."""
    named = re.sub(r"(?m)^(STACK \?= )[A-Za-z][A-Za-z0-9-]*$", r"\1", text)
    return re.sub(r"(?m)^(TAGS = )application=[a-z][a-z0-9-]* decision=[0-9a-f]{12} ", r"\1", named)


def python(text: str) -> str:
    """The program without what its strings say."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
        if isinstance(node, ast.JoinedStr):
            node.values = [one for one in node.values if not isinstance(one, ast.Constant)]
    code = "\n".join(line for line in ast.unparse(tree).splitlines() if line.strip() not in ("''", '""""""'))
    return code


_TYPESCRIPT = re.compile(
    r"""(?P<comment>//[^\n\r\u2028\u2029]*|/\*.*?\*/)|(?P<text>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")"""
    r"""|(?P<template>`(?:[^`\\]|\\.)*`)|(?P<space>\s+)|(?P<code>.)""",
    re.DOTALL,
)


def typescript(text: str) -> str:
    """The program without comments, layout, and what its strings say. (A regular expression that holds quotes is code.)"""
    said = []
    for found in _TYPESCRIPT.finditer(text):
        if found["code"]:
            said.append(found["code"])
        elif found["text"]:
            said.append("''")
        elif found["template"]:
            said.append("`" + "".join(re.findall(r"(?<!\\)\$\{[^}]*\}", found["template"])) + "`")
    return re.sub(r",(?=[)\]}])", "", "".join(said))


def shape(value: Any) -> Any:
    """A tree without what its texts say."""
    if isinstance(value, dict):
        return {key: shape(one) for key, one in value.items()}
    if isinstance(value, list):
        return [shape(one) for one in value]
    return "" if isinstance(value, str) else value


def template(text: str) -> Any:
    """A template: only what is written for people may differ."""
    tree = yaml_parse(text)
    for resource in tree["Resources"].values():
        _forget(resource)
    return {**tree, "Description": "", "Outputs": shape(tree.get("Outputs")), "Parameters": shape(tree["Parameters"])}


#: What people read, and texts that are built from titles.
_FOR_PEOPLE = ("Description", "AlarmDescription", "DisplayName", "Comment")


def _forget(value: Any) -> None:
    for key, one in list(value.items()) if isinstance(value, dict) else ():
        if key in _FOR_PEOPLE and isinstance(one, str):
            value[key] = ""
        elif key == "DashboardBody":
            # Its titles are words; what CloudFormation puts in is not.
            value[key] = {"Fn::Sub": shape(_dashboard(one["Fn::Sub"])), "filled": _filled(one["Fn::Sub"])}
        _forget(value[key])
    for one in value if isinstance(value, list) else ():
        _forget(one)


def _dashboard(body: Any) -> Any:
    return json.loads(body if isinstance(body, str) else body[0])


def _filled(body: Any) -> list[str]:
    return re.findall(r"\$\{[^!}][^}]*\}", body if isinstance(body, str) else body[0])


def manifest(text: str) -> Any:
    return [shape(one) for one in yaml.safe_load_all(text)]


def requirements(text: str) -> Any:
    """The requirements, which hold the words as they are: read back they are answers, titles and nothing else."""
    raw = yaml.safe_load(text)
    make_requirements(raw)
    return _untitled(raw)


def _untitled(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _untitled(one) for key, one in value.items() if key not in ("title", "summary")}
    return [_untitled(one) for one in value] if isinstance(value, list) else value


def markdown(text: str) -> Any:
    """A page's links, code and headings; HTML and pictures from others are none of it."""
    tokens = list(_tokens(MarkdownIt("commonmark").enable("table").parse(text)))
    assert not [t for t in tokens if t.type in ("html_block",)], text
    html = {t.content for t in tokens if t.type == "html_inline"}
    assert html <= {"<br>"}
    links = {str(t.attrs["href"]) for t in tokens if t.type == "link_open"}
    images = {str(t.attrs["src"]) for t in tokens if t.type == "image"}
    code = [
        re.sub(r"[a-z0-9-]*calm[a-z0-9-]*", "", t.content) for t in tokens if t.type == "fence" and t.info != "text"
    ]
    headings = [t.tag for t in tokens if t.type == "heading_open"]
    return links, images, len(code), headings


def _tokens(tokens: Any) -> Iterator[Any]:
    for token in tokens:
        yield token
        yield from _tokens(token.children or ())


def picture(text: str) -> Any:
    """A picture's elements, links and events: words may take more lines, and nothing else."""
    root = ElementTree.fromstring(text)
    tags = {one.tag.rpartition("}")[2] for one in root.iter()}
    assert not tags & {"script", "foreignObject", "iframe", "animate", "set"}
    attributes = {key for one in root.iter() for key in one.attrib}
    assert not [key for key in attributes if key.rpartition("}")[2].startswith("on")]
    links = {value for one in root.iter() for key, value in one.attrib.items() if key.endswith("href")}
    return tags, {link for link in links if not link.startswith("#")}


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Any] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, sorted(key for key, _ in attrs)))


def page(text: str) -> Any:
    reader = _Page()
    reader.feed(text)
    return reader.found


FORMS: dict[str, Callable[[str], Any]] = {
    ".py": python,
    ".ts": typescript,
    ".json": lambda text: shape(json.loads(text)),
    "requirements.yaml": requirements,
    "template.yaml": template,
    ".yaml": manifest,
    ".yml": manifest,
    ".md": markdown,
    ".svg": picture,
    ".html": page,
}


@pytest.mark.parametrize("name", STORIES)
def test_the_longest_ids_make_names_that_aws_takes(name: str) -> None:
    raw = json.loads(json.dumps(story(name)))
    ids = [subject["id"] for kind in ("components", "channels", "stores") for subject in raw.get(kind, ())]
    text = json.dumps(raw)
    for number, id in enumerate(ids):
        text = text.replace(f'"{id}"', f'"{f"{id}-{number}-" + "w" * 32:.32}"')
    design = advise(make_requirements({**json.loads(text), "title": "Word " * 60}), rules.load_book())
    plan = plan_for(design)
    made = translated(sam.files(plan, "en"))
    stack = stack_name(design, plan, "sam")
    given = {"AWS::StackName": stack, "AWS::Region": REGION, "AWS::AccountId": "111122223333"}
    checked = 0
    for id, resource in made["Resources"].items():
        assert len(id) <= 255
        properties = PROVIDER_SCHEMA_MANAGER.get_resource_schema(REGION, resource["Type"]).schema["properties"]
        for key, value in resource.get("Properties", {}).items():
            text, rule = resolve(value, given), properties.get(key, {})
            if key.endswith("Name") and text is not None and ("maxLength" in rule or "pattern" in rule):
                checked += 1
                assert len(text) <= rule.get("maxLength", 255), (id, key, text)
                assert re.search(rule.get("pattern", ""), text), (id, key, text)
        if resource["Type"] == "AWS::CloudFront::OriginAccessControl":
            named = resource["Properties"]["OriginAccessControlConfig"]["Name"]
            assert len(resolve(named, given) or f"{named['Fn::Join'][1][0]}-01234567") <= 64
    assert checked
    assert not findings(json.dumps(made, ensure_ascii=False))


def test_words_that_look_like_references_pass_the_linter() -> None:
    words = {"en": "${AWS::StackName} ${AWS::AccountId}", "ja": "${AWS::Region} の ${Sold}"}
    for lang in LANGS:
        assert not findings(
            json.dumps(translated(sam.files(plan_for(design_of("web-application", lambda: words)), lang)))
        )
