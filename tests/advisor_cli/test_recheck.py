"""`advisor recheck`: saved decisions replayed, with the fact or rule behind each change; exit 1 when a verdict changed."""

import base64
import bz2
import gzip
import json
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import rules
from advisor.advise import advise
from advisor.book import Book, Rule, dated
from advisor.book.condition import Atom
from advisor.design import Design
from advisor.report.decision_file import to_json
from advisor.report.recheck import recheck
from advisor.report.recheck_text import change_data, change_lines
from advisor.report.replay import replay_of
from advisor.report.saved_decisions import SavedError, read_saved
from advisor.requirements import RequirementsError, make_requirements
from advisor.text import Lang
from advisor_cli.main import cli
from tests.advisor.strategies import raw_requirements
from tests.rules.test_packs import RULE, planted, spots

BOOK = rules.load_book()
RULES = Path(rules.__file__).parent


Form = Callable[[Design], dict[str, Any]]


def small(design: Design) -> dict[str, Any]:
    """A decision as it is saved."""
    held: dict[str, Any] = json.loads(to_json(design, "en"))
    return held


def whole(design: Design) -> dict[str, Any]:
    """A decision as it is saved with its proof."""
    held: dict[str, Any] = json.loads(to_json(design, "en", proof=True))
    return held


def earlier(design: Design) -> dict[str, Any]:
    """A decision as version 1 of the format saved it: always with its proof."""
    return {**whole(design), "schema": 1}


@pytest.fixture(params=[small, whole, earlier])
def form(request: pytest.FixtureRequest) -> Form:
    """Every form in which a decision can be saved."""
    found: Form = request.param
    return found


def decided(form: Form, as_of: str | None = None, **raw: Any) -> dict[str, Any]:
    return form(advise(make_requirements(raw), dated(BOOK, as_of)))


@pytest.fixture
def save(tmp_path: Path) -> Callable[..., str]:
    def write(saved: Any, name: str = "saved.json") -> str:
        file = tmp_path / name
        file.write_text(saved if isinstance(saved, str) else json.dumps(saved), "utf-8")
        return str(file)

    return write


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(cli, ["recheck", *arguments])
    assert "Traceback" not in result.output
    assert "fault of the program" not in result.output
    return result


def changes(*arguments: str) -> list[dict[str, Any]]:
    """What changed in the only file."""
    result = run(*arguments, "--format", "json")
    assert result.exit_code == 1, result.output
    found: list[dict[str, Any]] = json.loads(result.stdout)["files"][0]["changes"]
    return found


def test_a_decision_of_today_holds_today(form: Form, save: Callable[..., str], designs: dict[str, Design]) -> None:
    files = [save(form(design), f"{name}.json") for name, design in designs.items()]
    result = run(*files)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.count(": no change (saved as of") == len(files)


def test_a_limit_that_has_moved_is_named_with_both_values_and_days(form: Form, save: Callable[..., str]) -> None:
    file = save(decided(form, "2025-01-01", channels=[{"id": "work", "message_bytes": "512 KiB"}]))
    (change,) = changes(file)
    assert (change["subject"], change["role"], change["to"]) == ("work", "messaging", "sqs")
    (cause,) = [cause for cause in change["causes"] if cause["id"] == "sqs-message-size"]
    assert (cause["kind"], cause["service"]) == ("limit", "sqs")
    assert cause["then"] == {"value": 262144.0, "from": "2000-01-01"}
    assert cause["now"] == {"value": 1048576.0, "from": "2025-08-04"}
    assert cause["source"]["url"].startswith("https://")
    text = run(file)
    assert text.exit_code == 1
    assert "was 256 KiB (in force from 2000-01-01) and is 1 MiB (in force from 2025-08-04)" in text.stdout
    assert "根拠情報 sqs-message-size が 256 KiB" in run(file, "--lang", "ja").stdout


def test_the_day_to_replay_on_can_be_given(form: Form, save: Callable[..., str]) -> None:
    file = save(decided(form, "2025-01-01", channels=[{"id": "work", "message_bytes": "512 KiB"}]))
    assert run(file, "--as-of", "2025-08-03").exit_code == 0
    assert run(file, "--as-of", "2025-08-04").exit_code == 1


def pack(folder: Path, path: str, content: Any) -> str:
    file = folder / "pack" / path
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    return str(folder / "pack")


def test_a_new_rule_is_named_with_its_reason(form: Form, save: Callable[..., str], tmp_path: Path) -> None:
    file = save(decided(form, components=[{"id": "api", "trigger": "request"}]))
    found = changes(file, "--book", pack(tmp_path, "house/no-functions.yaml", RULE))
    compute = next(change for change in found if change["role"] == "compute")
    assert compute["from"] == "lambda"
    (cause,) = [cause for cause in compute["causes"] if cause["id"] == "no-functions"]
    assert cause["sentence"].endswith(
        "the rule no-functions is new; the service is now excluded. 10 s is too long for us."
    )
    assert cause["source"] == RULE["source"]
    follows = [change for change in found if change["role"] == "engine"]
    assert follows[0]["causes"][0]["sentence"] == "This change results from the new choice for compute."
    assert "no such role -> " in run(file, "--book", str(tmp_path / "pack")).stdout


def test_a_changed_rule_is_named_with_what_it_compares(form: Form, save: Callable[..., str], tmp_path: Path) -> None:
    raw = {"components": [{"id": "api", "trigger": "request", "longest_run_s": 0.5}]}
    folder = Path(pack(tmp_path, "house/no-functions.yaml", RULE))
    saved = form(advise(make_requirements(raw), rules.open_book(folder)))
    stricter = {**RULE, "when": {**RULE["when"], "longest_run_s": {"at_least": 0.25}}}
    (folder / "house/no-functions.yaml").write_text(json.dumps(stricter), "utf-8")
    found = changes(save(saved), "--book", str(folder))
    sentence = next(c["sentence"] for change in found for c in change["causes"] if c["id"] == "no-functions")
    assert "now applies (longest_run_s at_least: 1 -> 0.25)" in sentence


def without(service: str, role: str) -> Book:
    """Our book without one candidate of a role."""
    roles = [
        replace(r, candidates=tuple(c for c in r.candidates if c != service)) if r.id == role else r for r in BOOK.roles
    ]
    held = [
        replace(r, services=tuple(s for s in r.services if s != service)) if r.role == role else r for r in BOOK.rules
    ]
    return replace(BOOK, roles=tuple(roles), rules=tuple(r for r in held if r.services))


def test_a_service_that_is_no_candidate_any_more_is_named(form: Form) -> None:
    saved = read_saved(json.dumps(decided(form, stores=[{"id": "data"}])).encode())
    book = without("dynamodb", "store")
    (change,) = recheck(saved, dated(book))
    assert change.move.before == "dynamodb"
    told = change_data(change, book, "en")["causes"][0]
    assert told["kind"] == "candidate"
    assert told["sentence"] == "Amazon DynamoDB (dynamodb) is no longer a candidate for this role."
    assert "候補ではなくなりました" in "".join(change_lines(change, book, "ja"))


def test_a_service_that_is_a_candidate_since_is_named(form: Form) -> None:
    older = without("dynamodb", "store")
    made = advise(make_requirements({"stores": [{"id": "data"}]}), older)
    saved = read_saved(json.dumps(form(made)).encode())
    (change,) = recheck(saved, dated(BOOK))
    sentences = [cause["sentence"] for cause in change_data(change, BOOK, "en")["causes"]]
    assert "Amazon DynamoDB (dynamodb) is a new candidate for this role." in sentences


def test_another_order_alone_is_said_to_be_that(form: Form) -> None:
    tied = next(role for role in BOOK.roles if role.id == "messaging")
    book = replace(BOOK, roles=tuple(replace(r, bands={}) if r is tied else r for r in BOOK.roles), rules=())
    raw = {"channels": [{"id": "work", "message_bytes": "1 KiB"}]}
    saved = read_saved(json.dumps(form(advise(make_requirements(raw), dated(book, BOOK.newest)))).encode())
    turned = replace(tied, bands={}, candidates=tied.candidates[::-1])
    other = replace(book, roles=tuple(turned if r.id == "messaging" else r for r in book.roles))
    (change,) = recheck(saved, dated(other, BOOK.newest))
    assert [cause.kind for cause in change.causes] == ["order"]
    assert "only the order of the candidates differs" in "".join(change_lines(change, other, "en"))


def test_a_retired_service_is_named_with_what_replaces_it(form: Form, save: Callable[..., str], tmp_path: Path) -> None:
    raw = yaml.safe_load((RULES / "services/sqs.yaml").read_text("utf-8"))
    folder = pack(
        tmp_path,
        "services/sqs.yaml",
        json.loads(json.dumps({**raw, "lifecycle": "retired", "replaced_by": ["sns"]}, default=str)),
    )
    (change,) = changes(save(decided(form, channels=[{"id": "work"}])), "--book", folder)
    assert any("is closed to new customers. Current alternatives: sns." in c["sentence"] for c in change["causes"])


def test_a_service_that_was_launched_since_is_named(form: Form, save: Callable[..., str], tmp_path: Path) -> None:
    raw = yaml.safe_load((RULES / "services/sqs.yaml").read_text("utf-8"))
    folder = pack(tmp_path, "services/sqs.yaml", json.loads(json.dumps({**raw, "since": "2026-03-01"}, default=str)))
    made = advise(make_requirements({"channels": [{"id": "work"}]}), dated(rules.open_book(Path(folder)), "2026-02-28"))
    (change,) = changes(save(form(made)), "--book", folder)
    assert any("Amazon SQS became available on 2026-03-01." in c["sentence"] for c in change["causes"])


def test_a_pin_on_a_service_that_is_gone_is_a_sentence(form: Form, save: Callable[..., str]) -> None:
    saved = decided(form, components=[{"id": "api", "trigger": "request"}])
    saved["requirements"]["components"][0]["pins"] = {"compute": "app-runner"}
    result = run(save(saved))
    assert result.exit_code == 2
    assert 'api.pins.compute: "app-runner" must be one of: lambda' in result.stderr


WRONG: dict[str, tuple[Any, str]] = {
    "no JSON": ("{", "not valid JSON (line 1); save the output of `advisor decide` to a file."),
    "a list": ([], "not a saved decision; save the output of `advisor decide` to a file."),
    "requirements": ({"components": []}, "not a saved decision"),
    "NaN": ('{"as_of": NaN}', "not valid JSON"),
    "deep": ("[" * 100_000, "not valid JSON"),
    "another schema": ({"schema": 3, "as_of": "2026-01-01", "book": "x", "subjects": []}, "'schema' must be 1 or 2."),
    "no day": ({"schema": 1, "as_of": "2026-13-01", "book": "x", "subjects": []}, "'as_of' must be a date such as"),
    "no subjects": ({"schema": 1, "as_of": "2026-01-01", "book": "x", "subjects": {}}, "'subjects' must be a list."),
    "an earlier version": (
        {
            "schema": 1,
            "as_of": "2026-01-01",
            "book": "x",
            "subjects": [{"id": "a", "kind": "component", "choices": []}],
        },
        "this decision was saved by an earlier version without its requirements and reasons, so it cannot be repeated",
    ),
    "wrong requirements": (
        {
            "schema": 1,
            "as_of": "2026-01-01",
            "book": "x",
            "subjects": [],
            "requirements": {"components": [{"id": "A"}]},
        },
        'requirements: components.A.id: "A" is not a valid id',
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_replayed_is_a_sentence_with_its_file_and_exit_2(case: str, save: Callable[..., str]) -> None:
    content, says = WRONG[case]
    file = save(content)
    for lang in ("en", "ja"):
        result = run(file, "--lang", lang)
        assert result.exit_code == 2
        assert result.stderr.startswith(f"{file}: ")
        assert result.stderr.count("\n") == 1
    assert says in run(file).stderr


def test_the_other_files_are_replayed_all_the_same(form: Form, save: Callable[..., str]) -> None:
    good = save(decided(form, "2025-01-01", channels=[{"id": "work", "message_bytes": "512 KiB"}]))
    result = run("nowhere.json", good)
    assert result.exit_code == 2
    assert "1 changed (saved as of 2025-01-01" in result.stdout
    assert 'nowhere.json: "nowhere.json" cannot be read' in result.stderr


DESIGN = advise(
    make_requirements(
        {"components": [{"id": "api", "publishes": ["work"]}], "channels": [{"id": "work", "message_bytes": "512 KiB"}]}
    ),
    dated(BOOK, "2025-01-01"),
)
ODD = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**30), 10**30), st.just(1e300), st.text(max_size=8),
    st.lists(st.integers() | st.text(max_size=3), max_size=2), st.dictionaries(st.text(max_size=4), st.integers(), max_size=2),
)  # fmt: skip


def replayed(saved: dict[str, Any]) -> None:
    """Replay a saved decision, or refuse it by a sentence; what changed can be said in both languages."""
    try:
        found = recheck(read_saved(json.dumps(saved).encode()), dated(BOOK))
    except (SavedError, RequirementsError):
        return
    for change in found:
        assert json.dumps(change_data(change, BOOK, "ja"))
        assert all("\n" not in line for line in change_lines(change, BOOK, "en"))


WHOLE, SMALL = whole(DESIGN), small(DESIGN)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(spot=st.sampled_from(spots(WHOLE)), odd=ODD)
def test_a_wrong_value_anywhere_in_a_saved_proof_is_no_fault(spot: tuple[Any, ...], odd: Any) -> None:
    replayed(planted(WHOLE, spot, odd))


@settings(max_examples=75)
@given(spot=st.sampled_from(spots(SMALL)), odd=ODD)
def test_a_wrong_value_anywhere_in_a_saved_decision_is_no_fault(spot: tuple[Any, ...], odd: Any) -> None:
    replayed(planted(SMALL, spot, odd))


def packed(plain: Any) -> str:
    """The form of decisions before 2026-11-28."""
    return base64.b64encode(zlib.compress(json.dumps(plain).encode())).decode()


RESTED = json.loads(json.dumps(replay_of(DESIGN.verdict, BOOK)))


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(spot=st.sampled_from(spots(RESTED)), odd=ODD)
def test_a_wrong_value_anywhere_in_what_a_decision_rests_on_is_no_fault(spot: tuple[Any, ...], odd: Any) -> None:
    replayed({**SMALL, "replay": packed(planted(RESTED, spot, odd))})


def test_decisions_in_base64_are_read(save: Callable[..., str]) -> None:
    in_base64 = base64.b64encode(base64.b85decode(SMALL["replay"])).decode()
    assert run(save({**SMALL, "replay": in_base64})).output == run(save(SMALL)).output


BROKEN = {
    "no text": 3,
    "no base64": "{",
    "not compressed": base64.b64encode(b"{}").decode(),
    "cut off": SMALL["replay"][:400],
    "too large": base64.b64encode(bz2.compress(b" " * 5_000_000)).decode(),
    "too large, today": base64.b85encode(bz2.compress(b" " * 5_000_000)).decode(),
    "no base85": SMALL["replay"] + '"',
    "too large, from before": base64.b64encode(zlib.compress(b" " * 5_000_000)).decode(),
    "damaged within": base64.b64encode(bz2.compress(b"{}")[:-8] + b"12345678").decode(),
    "no JSON": base64.b64encode(bz2.compress(b"{")).decode(),
    "without a subject": packed({**RESTED, "subjects": {}}),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_a_decision_rests_on_is_refused_when_it_is_damaged(case: str, save: Callable[..., str]) -> None:
    result = run(save({**SMALL, "replay": BROKEN[case]}))
    assert result.exit_code == 2
    assert "'replay' must be the output of `advisor decide`." in result.stderr


def scaled(value: Any, factor: float) -> Any:
    return value * factor if isinstance(value, int | float) and not isinstance(value, bool) else value


def moved_fact(book: Book, id: str, factor: float) -> Book:
    fact = book.facts[id]
    series = (*fact.series, (LATER, scaled(fact.series[-1][1], factor)))
    return replace(book, facts={**book.facts, id: replace(fact, series=series)})


def moved_rule(book: Book, id: str, factor: float) -> Book:
    def moved(rule: Rule) -> Rule:
        when = tuple(Atom(atom.field, atom.operator, scaled(atom.value, factor)) for atom in rule.when)
        return replace(rule, when=when)

    return replace(book, rules=tuple(moved(rule) if rule.id == id else rule for rule in book.rules))


def without_rule(book: Book, id: str, _factor: float) -> Book:
    return replace(book, rules=tuple(rule for rule in book.rules if rule.id != id))


def turned(book: Book, id: str, _factor: float) -> Book:
    roles = [replace(r, candidates=r.candidates[::-1], bands={}) if r.id == id else r for r in book.roles]
    return replace(book, roles=tuple(roles))


LATER = "2026-12-01"
LIMITS = sorted({limit.fact for service in BOOK.services.values() for limit in service.limits})
RULES_THAT_DECIDE = sorted(rule.id for rule in BOOK.rules if rule.effect not in ("warn", "explain"))
EDITS = st.one_of(
    st.tuples(st.just(moved_fact), st.sampled_from(LIMITS), st.sampled_from([0.0001, 0.5, 2, 1000])),
    st.tuples(st.just(moved_rule), st.sampled_from(RULES_THAT_DECIDE), st.sampled_from([0.001, 0.5, 2, 1000])),
    st.tuples(st.just(without_rule), st.sampled_from(RULES_THAT_DECIDE), st.just(1)),
    st.tuples(st.just(turned), st.sampled_from([role.id for role in BOOK.roles]), st.just(1)),
)


def edited(book: Book, edits: list[Any]) -> Book:
    for edit, id, factor in edits:
        book = edit(book, id, factor)
    return book


def answers(design: Design, book: Book) -> list[Any]:
    """What a recheck says of each form in which a design can be saved."""
    found, proven = [], whole(design)
    for saved in (small(design), proven, {**proven, "schema": 1}):
        told = recheck(read_saved(json.dumps(saved).encode()), dated(book, LATER))
        found.append(
            [
                [change_data(change, book, lang), [*change_lines(change, book, lang)]]
                for change in told
                for lang in LANGS
            ]
        )
    return found


LANGS: tuple[Lang, Lang] = ("en", "ja")


@pytest.mark.parametrize("name", rules.STORIES)
def test_every_limit_that_moves_has_the_same_answer_from_every_form(name: str, designs: dict[str, Design]) -> None:
    design = designs[name]
    told = 0
    for factor in (0.0001, 1000):
        book = edited(BOOK, [(moved_fact, id, factor) for id in LIMITS])
        small_, whole_, earlier_ = answers(design, book)
        assert small_ == whole_ == earlier_
        told += len(small_)
    assert told


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(raw=raw_requirements(), edits=st.lists(EDITS, min_size=1, max_size=12), back=st.booleans())
def test_every_form_has_the_same_answer_on_another_book(raw: dict[str, Any], edits: list[Any], back: bool) -> None:
    """Also when the book of the saved decision is the changed one."""
    before, after = (edited(BOOK, edits), BOOK) if back else (BOOK, edited(BOOK, edits))
    small_, whole_, earlier_ = answers(advise(make_requirements(raw), dated(before, LATER if back else None)), after)
    assert small_ == whole_ == earlier_


@pytest.mark.parametrize("name", ["small", "large", "small-proof", "large-proof"])
def test_a_decision_of_a_version_that_wrote_form_1_is_replayed(name: str, save: Callable[..., str]) -> None:
    """The files hold requirements of form 1 in which a component leaves its trigger out; it meant a request."""
    file = Path(__file__).parent / "saved" / f"{name}.json"
    content = file.read_bytes() if file.exists() else gzip.decompress(file.with_suffix(".json.gz").read_bytes())
    raw = json.loads(content)["requirements"]
    assert raw["schema"] == 1
    assert any("trigger" not in component for component in raw["components"])
    saved = read_saved(content)
    assert all(component.answer("trigger") for component in saved.requirements.of_kind("component"))
    done = run(save(content.decode()), "--as-of", saved.as_of)
    assert (done.exit_code, "no change" in done.stdout) == (0, True), done.output
