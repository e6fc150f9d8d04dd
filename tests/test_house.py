"""What one more thing may cost: for everything in the rule book, what else must exist, by the name of the file to write."""

import ast
import re
from collections.abc import Iterator
from keyword import iskeyword
from pathlib import Path
from typing import Any

import pytest
import yaml

import blueprints
import rules
from advisor.book import Book
from advisor.graph_builder import FAMILIES
from advisor.text import Text
from advisor.verdict.derived_titles import DERIVED
from advisor.vocabulary import FIELDS
from blueprints.refusals.not_generated import not_generated
from blueprints.stack.registry import connection_fragment, key_settings, key_uses, service_fragment
from blueprints.traits import all_traits
from blueprints.traits.ecs_express import EXPRESS
from blueprints.traits.function_releases import DURABLE, MANAGED
from renderers.icons import table

BOOK = rules.load_book()
EXCUSED = not_generated()
TEMPLATES = Path(blueprints.__file__).parent / "project" / "templates"
FILE = "blueprints/refusals/not_generated.yaml"
# What runs containers is a setting of the container's node, and has no node of its own.
SETTINGS = {"engine"}
# Functions on managed instances and durable functions are made by the function's fragment, Express Mode by the task's.
FORMS = (MANAGED, DURABLE, EXPRESS)
# Parts of nodes that are made for them and stand in no rule.
PARTS = ("dead-letter-queue", "nat-gateway")
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def selectable() -> dict[str, set[str]]:
    """The roles of every service that a decision may choose."""
    found: dict[str, set[str]] = {}
    for role in BOOK.roles:
        for service in role.candidates:
            if service != "none" and BOOK.services[service].lifecycle != "retired":
                found.setdefault(service, set()).add(role.id)
    return found


SELECTABLE = selectable()
DRAWN = sorted(service for service, roles in SELECTABLE.items() if roles - SETTINGS)


@pytest.mark.parametrize("service", sorted(BOOK.services))
def test_every_service_has_an_icon(service: str) -> None:
    assert service in table(), f"write renderers/icons/{service}.yaml"
    file = Path("renderers/assets/icons") / table()[service].file
    assert (Path(__file__).parents[1] / file).is_file(), f"renderers/icons/{service}.yaml: there is no file {file}"


def test_both_ends_of_a_connection_can_be_drawn() -> None:
    ends = {(end, key) for key in BOOK.connections for end in (key[0], key[2])}
    unknown = sorted((end, key) for end, key in ends if end not in table())
    assert unknown == [], "is the id right? What it connects has renderers/icons/<id>.yaml"


@pytest.mark.parametrize("service", DRAWN)
def test_every_service_has_a_fragment_or_a_reason(service: str) -> None:
    has = service_fragment(FAMILIES[service] if service in FORMS else service) is not None
    excused = service in EXCUSED.services
    assert has or excused, f"write the fragment of {service}, or its reason in {FILE}"
    assert not (has and excused), f"take {service} out of {FILE}: there is a fragment now"


def generated() -> Iterator[str]:
    """Every service, form of a service and part of a node that is generated, and what containers run on."""
    for service, roles in SELECTABLE.items():
        if roles <= SETTINGS or service_fragment(FAMILIES[service] if service in FORMS else service) is not None:
            yield service
    yield from (part for part in PARTS if service_fragment(part) is not None)


@pytest.mark.parametrize("service", sorted(generated()))
def test_every_service_that_is_generated_has_traits(service: str) -> None:
    module = service.replace("-", "_")
    file = f"blueprints/traits/{module}{'_' * iskeyword(module)}.py"
    assert service in all_traits(), f"write {file}, with TRAITS of {service}"
    assert Path(file).is_file(), f"the traits of {service} belong into {file}"


def part_of(service: str) -> str:
    """The name that the part of a service has: its id, or the family's where one module makes several (`sqs-fifo`)."""
    fragment = service_fragment(service)
    assert fragment is not None
    return fragment.__module__.removeprefix("blueprints.parts.").removesuffix("_")


@pytest.mark.parametrize("service", sorted(id for id in {*BOOK.services, *PARTS} if service_fragment(id)))
def test_the_part_of_a_service_is_called_after_it(service: str) -> None:
    module, part = service.replace("-", "_"), part_of(service)
    assert f"{module}_".startswith(f"{part}_"), f"blueprints/parts/{part}.py makes {service}: move it to {module}.py"


def test_every_type_that_callers_use_a_key_for_says_how_it_is_encrypted() -> None:
    assert set(key_uses()) < set(key_settings())
    # AWS uses a key for these by statements of its own.
    assert set(key_settings()) - set(key_uses()) == {
        "AWS::Events::Archive",
        "AWS::Events::EventBus",
        "AWS::Logs::LogGroup",
        "AWS::Pipes::Pipe",
        "AWS::StepFunctions::StateMachine",
    }


def test_a_connection_is_made_by_the_part_of_one_of_its_ends() -> None:
    """But for a data lake, which is outside: the delivery stream that leads to it makes the connection."""
    for key in BOOK.connections:
        fragment = connection_fragment(key)
        made_in = fragment.__module__.removeprefix("blueprints.parts.") if fragment else ""
        if fragment is None or made_in.startswith("blueprints."):
            continue
        ends = {end.replace("-", "_") for end in (key[0], key[2])} | ({"firehose"} if key[2] == "data-lake" else set())
        near = any(
            f"{made_in}_".startswith(f"{end}_") or f"{end}_".startswith(f"{made_in.rstrip('_')}_") for end in ends
        )
        assert near, f"blueprints/parts/{made_in}.py makes {key}, and belongs to neither end"


def test_traits_belong_to_services_of_the_rule_book() -> None:
    assert set(all_traits()) <= {*BOOK.services, *PARTS}


def test_traits_ask_nothing_of_the_plan() -> None:
    """What stands below the plan may name, refer, spell values, read settings and refuse; all else would close a circle."""
    below = {"blueprints.naming", "blueprints.values.reference", "blueprints.settings", "blueprints.errors"}
    below |= {"blueprints.values", "blueprints.discovery"}
    asked = {
        (file.name, name)
        for file in Path("blueprints/traits").glob("*.py")
        for name in imported(file)
        if name.startswith("blueprints.") and not name.startswith(("blueprints.traits", "blueprints.parameters."))
        if name not in below
    }
    assert asked == set()


def imported(file: Path) -> Iterator[str]:
    """The modules that a module imports."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "blueprints":
            yield from (f"blueprints.{one.name}" for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


# What every target shares, besides traits: here a service is asked for its traits, and not named.
GENERIC = (
    "blueprints/*.py",
    *(
        f"blueprints/{stage}/**/*.py"
        for stage in ("certificate", "parameters", "permissions", "plan", "project", "stack", "values")
    ),
)
# File -> the ids that stand in it all the same. Each of them is a name of something else, or has a reason of its own.
NAMED = {
    "blueprints/settings.py": {"fargate"},  # the default of a setting
    "blueprints/plan/prices.py": {"fargate", "lambda"},  # the beginnings of ids in prices.yaml
    "blueprints/project/site.py": {"cognito"},  # a part of the page's template
    "blueprints/project/kubernetes/around.py": {"alb"},  # a class of ingresses
    # The sentences of a certificate have an order that follows from nothing else.
    "blueprints/certificate/unprovable.py": {
        "api-gateway-rest",
        "api-gateway-websocket",
        "batch",
        "cloudfront",
        "cognito",
        "ecs",
        "eks",
        "lambda",
    },
}


def test_no_service_is_named_outside_its_own_module() -> None:
    ids = {*BOOK.services, *PARTS}
    found: dict[str, set[str]] = {}
    for pattern in GENERIC:
        for file in Path().glob(pattern):
            texts = [n.value for n in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(n, ast.Constant)]
            if named := {text for text in texts if isinstance(text, str)} & ids:
                found[file.as_posix()] = named
    assert found == NAMED, "state it in blueprints/traits/ and ask for it, or say here why it is named"


def test_every_connection_has_a_fragment_or_a_reason() -> None:
    excused = set(EXCUSED.connections)
    absent = {
        key
        for key in BOOK.connections
        if connection_fragment(key) is None and not {key[0], key[2]} & set(EXCUSED.services)
    }
    assert sorted(absent - excused) == [], f"write their fragments, or a reason in {FILE}"
    assert sorted(excused - absent) == [], f"take these out of {FILE}: they need no excuse"


@pytest.mark.parametrize("kind", ["shells", "services", "stores", "channels", "calls", "parts", "tests"])
def test_what_a_program_does_is_written_in_both_languages(kind: str) -> None:
    folders = TEMPLATES / kind, TEMPLATES / "typescript" / kind
    python, typescript = ({path.name.split(".")[0] for path in folder.glob("*.j2")} for folder in folders)
    # The tests of a deployed stack are in Python, whatever the project is written in.
    for name in sorted(python - {"conftest", "deployed"}):
        assert name in typescript, f"write {folders[1].relative_to(TEMPLATES)}/{name}.ts.j2"


def test_every_excuse_has_a_subject_and_a_reason_in_both_languages() -> None:
    assert set(EXCUSED.services) <= set(BOOK.services)
    assert set(EXCUSED.connections) <= set(BOOK.connections), "no file of rules/services/ states these"
    for subject, because in {**EXCUSED.services, **EXCUSED.connections}.items():
        assert len(because.en) > 20, subject
        assert JAPANESE.search(because.ja), subject


def texts() -> Iterator[tuple[str, Text]]:
    """Every text of the vocabulary and the rule book, with the file in which it stands."""
    for kind, fields in FIELDS.items():
        for field in fields:
            where = f"advisor/vocabulary/{kind}.py: {field.id}"
            yield where, field.title
            yield where, field.help
            yield from ((where, option.label) for option in field.options)
    for id, (title, _) in DERIVED.items():
        yield f"advisor/verdict/derived_facts.py: {id}", title
    for role in BOOK.roles:
        yield f"rules/roles.yaml: {role.id}", role.title
    for fact in BOOK.facts.values():
        yield f"rules/facts/{fact.service}.yaml: {fact.id}", fact.statement
    for rule in BOOK.rules:
        yield f"rules/{rule.topic}/{rule.id}.yaml", rule.because
    for service in BOOK.services.values():
        for text in (service.name, service.solves, service.not_when, *(page.title for page in service.reading)):
            yield f"rules/services/{service.id}.yaml", text
    for key, connection in BOOK.connections.items():
        owner = connection.target if connection.target in BOOK.services else connection.source
        yield f"rules/services/{owner}.yaml: {key}", connection.label
        yield f"rules/services/{owner}.yaml: {key}", connection.sentence
    for name in rules.STORIES:
        story = rules.load_story(name)
        yield f"rules/stories/{name}.yaml", story.title
        yield f"rules/stories/{name}.yaml", story.summary


def test_every_text_exists_in_both_languages() -> None:
    gaps = sorted({where for where, text in texts() if not (text.en.strip() and text.ja.strip())})
    assert gaps == [], "write the text in the language that is missing"


def test_no_english_text_holds_japanese_and_every_japanese_sentence_does() -> None:
    mixed = sorted({where for where, text in texts() if JAPANESE.search(text.en)})
    assert mixed == [], "the English text holds Japanese"
    same = {where for where, text in texts() if len(text.ja) > 60 and not JAPANESE.search(text.ja)}
    assert sorted(same) == [], "the Japanese text is not Japanese"


def test_both_languages_of_a_reason_hold_the_same_facts() -> None:
    differing = [
        where
        for where, text in texts()
        if set(re.findall(r"\{[a-z_.]+\}", text.en)) != set(re.findall(r"\{[a-z_.]+\}", text.ja))
    ]
    assert differing == []


def test_every_source_is_a_link_with_its_day() -> None:
    sources = [(f"rules/facts/{f.service}.yaml: {f.id}", f.source) for f in BOOK.facts.values()]
    sources += [(f"rules/{r.topic}/{r.id}.yaml", r.source) for r in BOOK.rules]
    bad = [
        where
        for where, source in sources
        if not re.match(r"https://\S+$", source.url) or not re.fullmatch(r"\d{4}-\d\d-\d\d", source.checked)
    ]
    assert bad == [], "give the source as a link, and the day on which it was read"


def test_ids_are_unique_and_kebab_case() -> None:
    ids = [rule.id for rule in BOOK.rules] + list(BOOK.facts)
    assert len(ids) == len(set(ids)), "a rule and a fact share an id: reasons could not tell them apart"
    assert not [id for id in [*ids, *BOOK.services] if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id)]
    fields = [field.id for kind in FIELDS.values() for field in kind]
    assert not [id for id in fields if not re.fullmatch(r"[a-z][a-z0-9_]*", id)]


def test_no_rule_is_a_copy_of_another() -> None:
    seen: dict[tuple[Any, ...], str] = {}
    for rule in BOOK.rules:
        key = (rule.role, rule.when, rule.effect, rule.services)
        assert key not in seen, f"{rule.id} says what {seen[key]} says"
        seen[key] = rule.id


def test_the_catalogue_is_the_promised_one(book: Book) -> None:
    """Ids are stable: saved decisions cite them."""
    promised = yaml.safe_load(Path("tests/rules/promised.yaml").read_text("utf-8"))
    assert {id for ids in promised.values() for id in ids} == set(book.services)
