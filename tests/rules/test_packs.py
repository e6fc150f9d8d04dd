"""Company packs: laid over our book they replace and add by id; every wrong file is one sentence that names it."""

import json
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import rules
from advisor.advise import advise
from advisor.book import Book, BookError
from advisor.book.schema import check_shapes
from advisor.decision import Decision
from advisor.explanation.engine import decide
from advisor.requirements import make_requirements
from advisor.verdict.book_references import check_references

OURS = rules.load_book()
BECAUSE = {"en": "The house says so.", "ja": "社内の決まりです。"}
SOURCE = {"url": "https://example.com/rules", "checked": "2026-11-01"}
RULE: dict[str, Any] = {
    "id": "no-functions",
    "role": "compute",
    "when": {"longest_run_s": {"at_least": 1}, "trigger": {"in": ["request"]}},
    "reject": ["lambda"],
    "because": {"en": "{longest_run_s} is too long for us.", "ja": "{longest_run_s} は長すぎます。"},
    "source": SOURCE,
    "examples": {"fires": [{"longest_run_s": 1}], "quiet": [{"longest_run_s": 0.5}]},
}
FACT: dict[str, Any] = {
    "id": "sqs-message-size",
    "statement": BECAUSE,
    "unit": "B",
    "kind": "quota",
    "decides": True,
    "confidence": "high",
    "series": [{"from": "2000-01-01", "value": 1000}],
    "source": SOURCE,
}
APPROVED: dict[str, Any] = {"services": ["ecs", "fargate", "alb", "ecr", "cloudwatch"], "because": BECAUSE}
SERVICE: dict[str, Any] = yaml.safe_load((Path(rules.__file__).parent / "services/sqs.yaml").read_text("utf-8"))


def pack(folder: Path, **files: Any) -> Path:
    """Write a pack; the name of a file is written with __ for / and without its suffix."""
    for name, content in files.items():
        path = folder / (name.replace("__", "/") + ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), "utf-8")
    return folder


def decided(book: Book, **raw: Any) -> Decision:
    return decide(make_requirements(raw), book)


def refused(folder: Path) -> str:
    with pytest.raises(BookError) as error:
        rules.open_book(folder)
    for words in (error.value.text.en, error.value.text.ja):
        assert "\n" not in words.strip()
        assert words.rstrip()[-1] in ".?。"
    assert re.search("[\u3040-\u30ff\u4e00-\u9fff]", error.value.text.ja)
    return error.value.text.en


def test_a_rule_of_a_pack_decides_beside_ours(tmp_path: Path) -> None:
    book = rules.open_book(pack(tmp_path, **{"house__no-functions": RULE}))
    assert decided(OURS, components=[{"id": "api", "trigger": "request"}]).subject("api").service("compute") == "lambda"
    choice = decided(book, components=[{"id": "api", "trigger": "request"}]).subject("api").choices[0]
    assert choice.service != "lambda"
    because = next(r for r in choice.rejected if r.service == "lambda").because
    assert [(r.id, r.sentence.en) for r in because] == [("no-functions", "10 s is too long for us.")]
    assert len(book.rules) == len(OURS.rules) + 1


def test_a_rule_of_a_pack_replaces_ours_by_its_id(tmp_path: Path) -> None:
    ours = next(rule for rule in OURS.rules if rule.role == "compute" and rule.effect == "reject")
    book = rules.open_book(pack(tmp_path, **{f"elsewhere__{ours.id}": {**RULE, "id": ours.id}}))
    assert len(book.rules) == len(OURS.rules)
    held = next(rule for rule in book.rules if rule.id == ours.id)
    assert (held.topic, held.because.en) == ("elsewhere", RULE["because"]["en"])


def test_a_fact_of_a_pack_replaces_ours_and_stays_its_services_fact(tmp_path: Path) -> None:
    new = {**FACT, "id": "house-queue-size", "decides": False}
    book = rules.open_book(pack(tmp_path, facts__house={"facts": [FACT, new]}))
    assert book.facts["sqs-message-size"].value("2026-01-01") == 1000
    assert book.facts["sqs-message-size"].service == "sqs"
    assert book.facts["house-queue-size"].service == "house"
    channel = {"id": "work", "message_bytes": 2000}
    assert decided(OURS, channels=[channel]).subject("work").service("messaging") == "sqs"
    assert decided(book, channels=[channel]).subject("work").service("messaging") != "sqs"


def test_a_service_of_a_pack_replaces_ours(tmp_path: Path) -> None:
    book = rules.open_book(pack(tmp_path, services__sqs={**SERVICE, "lifecycle": "retired"}))
    assert decided(book, channels=[{"id": "work"}]).subject("work").service("messaging") not in ("sqs", None)


def test_a_service_of_a_pack_keeps_the_roles_and_connections_of_ours(tmp_path: Path) -> None:
    own = {key: value for key, value in SERVICE.items() if key not in ("roles", "connections")}
    book = rules.open_book(pack(tmp_path, services__sqs={**own, "note": BECAUSE}))
    assert book.services["sqs"].note.en == BECAUSE["en"]
    assert (book.roles, dict(book.connections)) == (OURS.roles, dict(OURS.connections))


def test_what_is_not_approved_is_ruled_out_and_the_proof_says_by_whom(tmp_path: Path) -> None:
    folder = pack(tmp_path / "our-pack", approved=APPROVED)
    design = advise(make_requirements({"components": [{"id": "api", "trigger": "request"}]}), rules.open_book(folder))
    choices = design.decision.subject("api").choices
    assert {c.role: c.service for c in choices}.items() >= {
        "compute": "ecs",
        "engine": "fargate",
        "entry": "alb",
    }.items()
    proof = next(p for p in design.proof("api", "compute") if p.service == "lambda")
    ground = next(g for g in proof.grounds if g.id == "not-approved-for-compute")
    assert (proof.verdict, ground.spoke, ground.effect) == ("ruled-out", True, "rules-out")
    assert ground.source is not None
    assert ground.source.url == "our-pack/approved.yaml"
    assert "The house says so." in [r.sentence.en for r in choices[0].rejected[0].because]


def test_a_role_without_an_approved_service_is_a_conflict(tmp_path: Path) -> None:
    book = rules.open_book(pack(tmp_path, approved=APPROVED))
    made = decided(book, channels=[{"id": "work"}])
    assert [(c.subject, c.role) for c in made.conflicts] == [("work", "messaging")]
    assert made.conflicts[0].sentence.en.endswith("The decision rules exclude every candidate.")


def test_the_version_covers_the_book_and_the_pack(tmp_path: Path) -> None:
    first = rules.open_book(pack(tmp_path / "one", **{"house__no-functions": RULE}))
    same = rules.open_book(pack(tmp_path / "two", **{"house__no-functions": RULE}))
    other = rules.open_book(pack(tmp_path / "three", **{"house__no-functions": {**RULE, "reject": ["eks"]}}))
    assert first.version == same.version
    assert len({first.version, other.version, OURS.version}) == 3


def test_a_folder_with_roles_is_a_whole_book(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    shutil.copytree(Path(rules.__file__).parent, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    book = rules.open_book(folder)
    assert (book.version, len(book.rules)) == (OURS.version, len(OURS.rules))


WRONG = {
    "an empty folder": ({}, "holds no rule book"),
    "a stray file": ({"house": {}}, "house.yaml: this file has no place"),
    "connections": ({"connections__x": {"connections": []}}, "connections/x.yaml: a pack holds no connections"),
    "a new service": ({"services__ours": {**SERVICE, "id": "ours"}}, "services/ours.yaml: there is no service"),
    "other roles": (
        {"services__sqs": {**SERVICE, "roles": {"messaging": {"rank": 1}}}},
        "services/sqs.yaml: a pack does not change 'roles' of a service; leave the key out, and ours stays.",
    ),
    "other connections": (
        {"services__sqs": {**SERVICE, "connections": []}},
        "services/sqs.yaml: a pack does not change 'connections' of a service; leave the key out, and ours stays.",
    ),
    "no YAML": ({"house__x": "id: [\n"}, "house/x.yaml: Line 2"),
    "a list": ({"house__x": [1]}, "house/x.yaml: the file must be keys with values."),
    "nothing": ({"house__x": ""}, "house/x.yaml: There is no text."),
    "a key twice": ({"house__x": "id: a\nid: b\n"}, 'house/x.yaml: Line 2: duplicate key "id".'),
    "an alias": ({"house__x": "id: &a b\nrole: *a\n"}, "aliases (*name) are not allowed"),
    "another name": ({"house__x": RULE}, "house/x.yaml: the id 'no-functions' differs from the file's name."),
    "an unknown key": ({"house__no-functions": {**RULE, "wenn": {}}}, "unknown key 'wenn'; allowed are id, role"),
    "no effect": ({"house__no-functions": {k: v for k, v in RULE.items() if k != "reject"}}, "state exactly one of"),
    "an unknown role": ({"house__no-functions": {**RULE, "role": "x"}}, "there is no role 'x'"),
    "an unknown candidate": ({"house__no-functions": {**RULE, "reject": ["s3"]}}, "'s3' is no candidate of the role"),
    "an unknown fact": (
        {"house__no-functions": {**RULE, "when": {"longest_run": {"above": 1}}}},
        "unknown fact 'longest_run'; did you mean 'longest_run_s'?",
    ),
    "an unknown value": (
        {"house__no-functions": {**RULE, "when": {"longest_run_s": {"above": 1}, "trigger": {"is": "requests"}}}},
        "unknown value of 'trigger' 'requests'; did you mean 'request'?",
    ),
    "text for a number": (
        {"house__no-functions": {**RULE, "when": {"longest_run_s": {"is": "long"}}}},
        "'longest_run_s' is compared with 'long'; write a number in its base unit.",
    ),
    "a comparison of words": (
        {"house__no-functions": {**RULE, "when": {"longest_run_s": {"above": 1}, "trigger": {"above": 1}}}},
        "'trigger' is no number; compare it with is, in or not_in.",
    ),
    "an unknown operator": (
        {"house__no-functions": {**RULE, "when": {"trigger": {"equals": "request"}}}},
        "unknown operator 'when.trigger.equals'; allowed are is, in",
    ),
    "a placeholder of nothing": (
        {"house__no-functions": {**RULE, "because": {"en": "{memory}", "ja": "x"}}},
        "unknown placeholder in because.en 'memory'; allowed are longest_run_s, trigger.",
    ),
    "a rule twice": (
        {"one__no-functions": RULE, "two__no-functions": RULE},
        "two/no-functions.yaml: the rule stands in one/no-functions.yaml too.",
    ),
    "a fact twice": (
        {"facts__a": {"facts": [FACT]}, "facts__b": {"facts": [FACT]}},
        "facts/b.yaml: the fact 'sqs-message-size' stands in facts/a.yaml too.",
    ),
    "another unit": (
        {"facts__a": {"facts": [{**FACT, "unit": "s"}]}},
        "facts/a.yaml: 'sqs-message-size' replaces our fact, whose 'unit' is B; yours is s.",
    ),
    "text as a limit": (
        {"facts__a": {"facts": [{**FACT, "series": [{"from": "2000-01-01", "value": "big"}]}]}},
        "facts/a.yaml: 'sqs-message-size' replaces our fact, whose 'series' is numbers; yours is texts.",
    ),
    "a later start": (
        {"facts__a": {"facts": [{**FACT, "series": [{"from": "2026-01-01", "value": 1}]}]}},
        "so its series must start by 2000-01-01, not on 2026-01-01.",
    ),
    "an unsure fact that decides": (
        {"facts__a": {"facts": [{**FACT, "confidence": "low"}]}},
        "facts/a.yaml: 'sqs-message-size' is of low confidence and must not decide",
    ),
    "no day": (
        {"facts__a": {"facts": [{**FACT, "source": {"url": "x", "checked": "soon"}}]}},
        "facts/a.yaml: 'facts[1].source.checked' must be a day such as '2026-11-25'.",
    ),
    "an unknown approved service": (
        {"approved": {**APPROVED, "services": ["lamda"]}},
        "approved.yaml: there is no service 'lamda' in the book.",
    ),
    "approval without a reason": ({"approved": {"services": ["ecs"]}}, "approved.yaml: the key 'because' is missing."),
    "a limit on nothing": (
        {"services__sqs": {**SERVICE, "limits": [{"role": "messaging", "field": "size", "at_most": FACT["id"]}]}},
        "services/sqs.yaml: unknown number to limit 'size'",
    ),
    "a limit of another kind": (
        {"services__sqs": {**SERVICE, "limits": [{"role": "messaging", "field": "delay_s", "at_most": FACT["id"]}]}},
        "services/sqs.yaml: the fact 'sqs-message-size' is in 'B', which cannot limit 'delay_s' (in 's').",
    ),
    "a limit without a fact": (
        {"services__sqs": {**SERVICE, "limits": [{"role": "messaging", "field": "delay_s", "at_most": "x"}]}},
        "services/sqs.yaml: there is no fact 'x'.",
    ),
    "a limit without a side": (
        {"services__sqs": {**SERVICE, "limits": [{"role": "messaging", "field": "delay_s"}]}},
        "services/sqs.yaml: 'limits[1]' must name a fact under one of at_most, at_least.",
    ),
    "a limit of no role": (
        {"services__sqs": {**SERVICE, "limits": [{"role": "x", "field": "delay_s", "at_most": "sqs-delay"}]}},
        "services/sqs.yaml: there is no role 'x'.",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_pack_is_one_sentence_that_names_its_file(case: str, tmp_path: Path) -> None:
    files, says = WRONG[case]
    assert says in refused(pack(tmp_path, **files))


def test_our_own_files_have_the_shapes_that_others_must_have() -> None:
    check_shapes(rules.parse(dict(rules._sources(Path(rules.__file__).parent))))
    check_references(OURS)


def test_a_folder_that_is_none_is_one_sentence(tmp_path: Path) -> None:
    assert "the file or folder does not exist" in refused(tmp_path / "nowhere")
    (tmp_path / "file").write_text("x")
    assert "not a folder" in refused(tmp_path / "file")
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "x.yaml").write_bytes(b"\xff\xfe\x00")
    assert "house/x.yaml: The file is not UTF-8 text." in refused(tmp_path)


PLACES = {
    "house/no-functions.yaml": RULE,
    "facts/house.yaml": {"facts": [FACT]},
    "services/sqs.yaml": SERVICE,
    "approved.yaml": {**APPROVED, "source": SOURCE},
}
ODD = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 10**9), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=8),
    st.lists(st.integers() | st.text(max_size=3), max_size=2),
    st.dictionaries(st.text(max_size=4), st.none() | st.integers(), max_size=2),
)  # fmt: skip


def spots(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(spot for key, item in inside for spot in spots(item, (*at, key)))]


def planted(value: Any, spot: tuple[Any, ...], odd: Any) -> Any:
    if not spot:
        return odd
    held = dict(value) if isinstance(value, dict) else list(value)
    held[spot[0]] = planted(value[spot[0]], spot[1:], odd)
    return held


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_wrong_value_anywhere_is_refused_by_name_or_harmless(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(PLACES)))
    spot = data.draw(st.sampled_from(spots(PLACES[path])))
    content = planted(PLACES[path], spot, data.draw(ODD))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        try:
            book = rules.open_book(Path(folder))
        except BookError as error:
            said = error.text
        else:
            raw = {"components": [{"id": "api"}], "channels": [{"id": "work"}], "stores": [{"id": "data"}]}
            decide(make_requirements(raw), book)
            return
    assert said.en.startswith(f"{path}: "), said
    assert said.ja.startswith(f"{path}: "), said
