"""Bodies of requests in mapping templates of REST APIs: a text of JSON, whatever characters are in it."""

import json
import re
from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from blueprints.sam.translation import parse_template

API = {"id": "api", "trigger": "request", "logic": "none", "authentication": "aws-iam"}
SET = re.compile(r'#set\(\$(\w+) = \$util\.escapeJavaScript\((.+)\)\.replaceAll\("(.+)","(.+)"\)\)\n')


def _templates(book: Book, **answers: Any) -> list[str]:
    stores = [{"id": "rows", "access": "key-value"}]
    made = {"components": [{**API, **answers}], "stores": stores, "channels": [{"id": "news", "carries": "event"}]}
    files = blueprints.build(advise(make_requirements(made), book), "sam", lang="en", extras={})
    found: list[str] = []

    def look(value: Any) -> None:
        if isinstance(value, dict):
            for name, one in value.items():
                if name == "requestTemplates":
                    (text,) = one.values()
                    found.append(next(iter(text.values())) if isinstance(text, dict) else text)
                look(one)
        elif isinstance(value, list):
            for one in value:
                look(one)

    look(parse_template(files["template.yaml"].decode()))
    return [text for text in found if "escapeJavaScript" in text]


@pytest.mark.parametrize("text", ['{"name": "O\'Brien"}', 'a \\ "b"', "\\'", "a\\\\'b"])
def test_a_body_with_an_apostrophe_is_a_text_of_json(book: Book, text: str) -> None:
    templates = _templates(book, reads=["rows"], writes=["rows"])
    assert {match[1] for one in templates if (match := SET.search(one))} == {"body", "id"}
    for one in templates:
        match = SET.search(one)
        assert match
        # What the function does with a text of one line, by the rules of JavaScript.
        escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("'", "\\'")
        value = re.sub(match[3], match[4], escaped)
        rendered = SET.sub("", one).replace(f'"${match[1]}"', f'"{value}"')
        assert text in [leaf for item in json.loads(rendered).values() for leaf in _leaves(item)]


def _leaves(value: Any) -> list[Any]:
    return [leaf for one in value.values() for leaf in _leaves(one)] if isinstance(value, dict) else [value]
