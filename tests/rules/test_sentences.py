"""Sentences of rules as a client reads them: placeholders that exist, filled with words and units, in clean type."""

import re
from collections.abc import Iterator

import pytest

from advisor.book import Rule
from advisor.explanation.wording import example_values, field_of, fill, placeholders, value_words
from advisor.requirements import make_requirements
from advisor.text import Text, spaced
from advisor.verdict.derived_facts import known
from advisor.verdict.derived_titles import DERIVED
from advisor.verdict.needs import derive
from advisor.vocabulary import FIELDS
from rules import load_book

BOOK = load_book()
JAPANESE = "\u3040-\u30ff\u4e00-\u9fff"
WHOLE = [rule for rule in BOOK.rules if placeholders(rule.because.en) or placeholders(rule.because.ja)]


def kind_of(rule: Rule) -> str:
    return BOOK.role(rule.role).subject


def known_facts(rule: Rule) -> set[str]:
    """What a sentence may name: answers, facts derived for this kind of subject, and roles decided earlier."""
    kind = kind_of(rule)
    requirements = make_requirements({f"{kind}s": [{"id": "it"}]})
    values = known(requirements, kind, requirements.of_kind(kind)[0], {}).values
    earlier: list[str] = []
    for role in BOOK.roles_of(kind):
        if role.id == rule.role:
            break
        earlier.append(role.id)
        values[role.id] = None
    derive(kind, values)
    answers = [field.id for field in FIELDS[kind]] + [f"workload.{field.id}" for field in FIELDS["workload"]]
    return {*values, *answers, *earlier}


def filled(rule: Rule) -> Iterator[Text]:
    for example in rule.fires:
        for sentence in (rule.because, rule.others) if rule.others else (rule.because,):
            yield fill(BOOK, kind_of(rule), sentence, example_values(BOOK, rule, dict(example)))


@pytest.mark.parametrize("rule", WHOLE, ids=lambda rule: rule.id)
def test_a_sentence_names_what_its_subject_has_and_both_languages_name_the_same(rule: Rule) -> None:
    named = set(placeholders(rule.because.en))
    assert named == set(placeholders(rule.because.ja)), "both languages name the same facts"
    assert named <= known_facts(rule)


RAW = {id for id in BOOK.services if "-" in id} | set(DERIVED)
RAW |= {field.id for fields in FIELDS.values() for field in fields if "_" in field.id}
RAW |= {o.value for fields in FIELDS.values() for field in fields for o in field.options if "-" in o.value}


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.id)
def test_a_filled_sentence_is_clean(rule: Rule) -> None:
    for text in filled(rule):
        for words in (text.en, text.ja):
            assert not re.search(r"[{}]|\b(None|True|False|null|nan|inf)\b", words), words
            assert not re.search(r"  |\n|\s[,;:]|\s\.(?!NET)", words), f"a space too many: {words}"
            assert not RAW & set(re.findall(r"[a-z0-9]+(?:[-_][a-z0-9]+)+", words)), f"a raw id: {words}"
        assert re.search(r"[.?]$", text.en), text.en
        assert text.ja.endswith("。"), text.ja


def states_only_a_need(sentence: str) -> bool:
    """Whether a Japanese reason begins with a need alone, which reads as if the excluded service needed it: 「制限が必要です。」."""
    return bool(re.match(r"[^。、]*が必要です。", sentence))


def test_a_reason_against_a_service_does_not_begin_with_the_need_alone() -> None:
    assert states_only_a_need("リクエスト数の制限が必要です。制限できるのは API だけです。")
    assert not states_only_a_need("リクエスト数の制限が必要ですが、制限できるのは API だけです。")
    against = [rule for rule in BOOK.rules if rule.effect == "reject" or rule.others]
    assert against
    told = [(rule.id, (rule.others or rule.because).ja) for rule in against]
    assert [id for id, sentence in told if states_only_a_need(sentence)] == []


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.id)
def test_japanese_is_spaced_beside_latin_letters_only(rule: Rule) -> None:
    for text in filled(rule):
        assert not re.search(f"[{JAPANESE}] [{JAPANESE}]", text.ja), f"a space inside Japanese: {text.ja}"
        assert not re.search("[、。「」（）] | [、。「」（）]", text.ja), f"a space beside a full-width mark: {text.ja}"
        assert spaced(text).ja == text.ja
    assert spaced(rule.because).ja == rule.because.ja, "write a space between Japanese and Latin letters"


QUANTITIES = {field.id for fields in FIELDS.values() for field in fields if field.kind == "quantity"}


@pytest.mark.parametrize("rule", WHOLE, ids=lambda rule: rule.id)
def test_a_number_comes_with_its_unit(rule: Rule) -> None:
    """A quantity brings its unit; a bare count needs a noun behind it, which in Japanese is its counter."""
    for example in rule.fires:
        values = example_values(BOOK, rule, dict(example))
        for id in set(placeholders(rule.because.en)):
            field = field_of(kind_of(rule), id)
            unit = field.unit if field is not None else DERIVED.get(id, (None, ""))[1]
            if unit == "count":
                assert re.search("{" + id + r"} [a-z]", rule.because.en), "what is counted?"
                assert re.search("{" + re.escape(id) + f"}} ?[{JAPANESE}]", rule.because.ja), "what is counted?"
            elif unit and unit != "flag":
                told = value_words(BOOK, kind_of(rule), id, values[id])
                assert re.search(r"[0-9].*[a-z%]", told.en), told.en
            if unit == "per_s":
                assert re.search("{" + id + f"}} [{JAPANESE}]", rule.because.ja), "a rate needs its counter: 毎秒 5 件"


def texts() -> Iterator[tuple[str, Text]]:
    """The other texts of the book that a client reads."""
    for fact in BOOK.facts.values():
        yield fact.id, fact.statement
    for service in BOOK.services.values():
        yield from ((service.id, text) for text in (service.name, service.note, service.solves, service.not_when))
    for connection in BOOK.connections.values():
        yield from ((connection.verb, text) for text in (connection.label, connection.sentence))
    for way in BOOK.ways_out:
        yield from ((way.id, text) for text in (way.title, way.way, way.price))


def test_facts_services_connections_and_ways_out_are_clean_too() -> None:
    for id, text in texts():
        assert not re.search(r"  |\n|\s[,;:]|\s\.(?!NET)", text.en), (id, text.en)
        assert not re.search(f"[{JAPANESE}] [{JAPANESE}]|[、。「」（）] | [、。「」（）]", text.ja), (id, text.ja)
        assert spaced(text).ja == text.ja, (id, text.ja)


ASSUMABLE = [
    (rule, field.id)
    for rule in WHOLE
    for field in (field_of(kind_of(rule), id) for id in dict.fromkeys(placeholders(rule.because.en)))
    if field is not None
    and field.default is not None
    and field.kind in ("quantity", "choice")
    and all(
        atom.holds({field.id: field.default}) for atom in rule.when if atom.field.removeprefix("workload.") == field.id
    )
]


@pytest.mark.parametrize(("rule", "id"), ASSUMABLE, ids=lambda each: each if isinstance(each, str) else each.id)
def test_a_sentence_marks_an_answer_that_nobody_gave(rule: Rule, id: str) -> None:
    kind = kind_of(rule)
    values = example_values(BOOK, rule, dict(rule.fires[0]))
    said = fill(BOOK, kind, rule.because, values, {id})
    assert "assumed" in said.en, f"write {{?{id}}} after the answer"
    assert "（仮定" in said.ja
