"""A request that a caller repeats does not replace a newer state: the table of arrivals, its program, and what the README says."""

import re
from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.text import Lang
from blueprints.permissions import permissions_of
from blueprints.plan import plan_for
from tests.blueprints.templates import identity_statements, of_type, spelled
from tests.blueprints.translation import translated

TARGETS = [target.id for target in blueprints.TARGETS]
CARRIES = {"stream": "records", "message": "work"}
ENTRY = {"id": "entry", "trigger": "request", "publishes": ["entries"]}
CONTAINER = {"packaging": "container-image"}


def given(trigger: str = "message", ordering: str = "per-key", **balance: Any) -> dict[str, Any]:
    """Return the requirements of entries that change the balances of accounts."""
    balance = {"longest_run_s": "5 s", "listens_to": "entries", "writes": ["balances"], **balance}
    return {
        "components": [{**ENTRY}, {"id": "balance", "trigger": trigger, **balance}],
        "channels": [{"id": "entries", "carries": CARRIES[trigger], "ordering": ordering}],
        "stores": [{"id": "balances", "keeps": "latest"}],
    }


def project(book: Book, answers: dict[str, Any], target: str = "sam", lang: Lang = "en") -> dict[str, str]:
    found = blueprints.build(advise(make_requirements(answers), book), target, lang=lang, extras={})
    return {path: found[path].decode() for path in found if path.endswith((".md", ".py", ".ts", ".yaml"))}


def infrastructure(files: dict[str, str]) -> str:
    return "".join(text for path, text in files.items() if path.startswith(("template", "stacks/", "lib/")))


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("trigger", CARRIES)
def test_each_target_has_the_table_and_its_name_in_the_environment(trigger: str, target: str, book: Book) -> None:
    files = project(book, given(trigger), target)
    made = {
        "sam": (
            "  BalanceArrivalRecords:\n",
            ["AttributeName: pk", "AttributeName: expires_at\n        Enabled: true"],
        ),
        "cdk-python": (
            "arrival_records = dynamodb.Table(",
            ['Attribute(name="pk"', 'time_to_live_attribute="expires_at"'],
        ),
        "cdk-typescript": (
            "arrivalRecords = new dynamodb.Table(",
            ["{ name: 'pk'", "timeToLiveAttribute: 'expires_at'"],
        ),
    }
    start, words = made[target]
    table = infrastructure(files).partition(start)[2][:700]
    assert all(word in table for word in words)
    assert "BALANCE_ARRIVAL_RECORDS" in infrastructure(files)
    (program,) = [text for path, text in files.items() if re.fullmatch(r"src/\w+/arrivals\.(py|ts)", path)]
    (service,) = [text for path, text in files.items() if re.fullmatch(r"src/balance/service\.(py|ts)", path)]
    # The program uses the names that the table has.
    assert "BALANCE_ARRIVAL_RECORDS" in program
    assert re.search(r"\bpk\b", program)
    assert "expires_at" in program
    assert "message = arrivals.placed(message)" in service.replace("await ", "")


def test_the_table_goes_with_its_stack_and_the_program_may_only_read_and_add_records(book: Book) -> None:
    found = blueprints.build(advise(make_requirements(given()), book), "sam", lang="en", extras={})
    template = translated(found)
    resource = template["Resources"]["BalanceArrivalRecords"]
    assert resource.get("DeletionPolicy", "Delete") == "Delete"
    assert resource["Properties"]["KeySchema"] == [{"AttributeName": "pk", "KeyType": "HASH"}]
    assert resource["Properties"]["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}
    using = [
        (role, statement["Action"])
        for role, statement in identity_statements(template)
        if "BalanceArrivalRecords" in str(statement["Resource"])
    ]
    assert using == [("BalanceFunctionRole", ["dynamodb:GetItem", "dynamodb:PutItem"])]
    named = [
        spelled(function["Environment"]["Variables"]["BALANCE_ARRIVAL_RECORDS"])
        for _, function in of_type(template, "AWS::Lambda::Function")
        if "BALANCE_ARRIVAL_RECORDS" in function.get("Environment", {}).get("Variables", {})
    ]
    assert named == ["${BalanceArrivalRecords}"]


def test_both_languages_keep_a_record_longer_than_any_queue_keeps_its_message(book: Book) -> None:
    programs = [
        text
        for target in ("sam", "cdk-typescript")
        for path, text in project(book, given(), target).items()
        if path.startswith("src/balance/arrivals.")
    ]
    kept = [int(days) for text in programs for days in re.findall(r"KEEP_S = (\d+) \* 24 \* 3600", text)]
    # SQS keeps a message for up to 14 days: in the queue, in the dead-letter queue, and after its redrive.
    assert len(kept) == 2
    assert len(set(kept)) == 1
    assert kept[0] > 3 * 14


@pytest.mark.parametrize("compute", ["ecs", "eks"])
def test_containers_have_the_table_too(compute: str, book: Book) -> None:
    files = project(book, given(**CONTAINER, pins={"compute": compute}))
    assert "  BalanceArrivalRecords:\n" in files["template.yaml"]
    assert "arrivals.placed(message)" in files["src/balance/service.py"]


#: Designs of the program, by trigger: containers read no streams.
ANYWHERE: list[dict[str, Any]] = [{}, {"steps": 3, "retries": True}, {"human_approval": True}]
DESIGNS = [(trigger, balance) for trigger in CARRIES for balance in ANYWHERE]
DESIGNS += [("message", {"longest_run_s": "30 min"}), ("message", CONTAINER)]


@pytest.mark.parametrize("ordering", ["per-key", "global", "none"])
@pytest.mark.parametrize(("trigger", "balance"), DESIGNS)
def test_there_is_a_table_exactly_where_a_program_uses_it(
    trigger: str, ordering: str, balance: dict[str, Any], book: Book
) -> None:
    files = project(book, given(trigger, ordering, **balance))
    once = "steps" in balance or "human_approval" in balance
    places = [
        "  BalanceArrivalRecords:\n" in files["template.yaml"],
        "BALANCE_ARRIVAL_RECORDS" in files["template.yaml"],
        "src/balance/arrivals.py" in files,
        "arrivals.placed(message)" in files["src/balance/service.py"],
        "RecordArrivals" in files["template.yaml"],
    ]
    assert set(places) == {ordering == "per-key" and not once}


@pytest.mark.parametrize("balance", [{"writes": []}, {"writes": ["history"]}])
def test_what_keeps_no_latest_state_records_no_arrivals(balance: dict[str, Any], book: Book) -> None:
    answers = given(**balance)
    answers["components"].append({"id": "other", "trigger": "request", "reads": ["balances"], "writes": ["balances"]})
    answers["stores"].append({"id": "history"})
    assert "ArrivalRecords" not in project(book, answers)["template.yaml"]


def test_callers_whose_items_are_kept_repeat_no_message(book: Book) -> None:
    answers = given()
    answers["components"][0]["writes"] = ["requests"]
    answers["stores"].append({"id": "requests"})
    assert "ArrivalRecords" not in project(book, answers)["template.yaml"]


def test_the_key_of_the_workload_encrypts_the_table_and_a_gateway_leads_to_it(book: Book) -> None:
    answers = given(**CONTAINER, pins={"compute": "ecs"})
    answers["workload"] = {"customer_managed_keys": True, "vpc_only": True}
    answers["stores"][0]["access"] = "relational"
    template = project(book, answers)["template.yaml"]
    table = template.partition("  BalanceArrivalRecords:\n")[2][:900]
    assert "KMSMasterKeyId: !GetAtt DataKey.Arn" in table
    assert "com.amazonaws.${AWS::Region}.dynamodb" in template
    answers["channels"][0]["ordering"] = "none"
    assert "com.amazonaws.${AWS::Region}.dynamodb" not in project(book, answers)["template.yaml"]


def test_the_permission_is_named_and_justified(book: Book) -> None:
    rows = permissions_of(plan_for(advise(make_requirements(given()), book)))
    (row,) = [row for row in rows if any("ArrivalRecords" in one.template for one in row.resources)]
    assert (
        row.resources[0].words.en
        == "the DynamoDB table that records the first arrival of each message at AWS Lambda (balance)"
    )
    assert row.why.en.endswith("so that a repeated request does not replace a newer state")


@pytest.mark.parametrize(
    ("lang", "repeated", "state", "redriven"),
    [
        (
            "en",
            "`src/balance` keeps the order of the first attempts, so a retry does not replace a newer state.",
            "a DynamoDB table records the place of the first message with the same ID and `key` for 60 days",
            "A message that you move back from the dead-letter queue keeps its place too",
        ),
        (
            "ja",
            "`src/balance` は最初のリクエストの順序を保つため、再試行が新しい状態を置き換えることはありません。",
            "ID と `key` が同じ最初のメッセージの順序を DynamoDB テーブルに 60 日間記録し",
            "デッドレターキューから戻したメッセージも、いずれかの試行で順序を記録していれば",
        ),
    ],
)
def test_the_readme_says_what_a_repeated_request_does(
    lang: Lang, repeated: str, state: str, redriven: str, book: Book
) -> None:
    queue, stream = (project(book, given(trigger), lang=lang)["README.md"] for trigger in ("message", "stream"))
    for readme in (queue, stream):
        (line,) = [one for one in readme.splitlines() if "`Idempotency-Key`" in one]
        assert repeated in line
        assert state in readme
    # Records of a stream are read again with their numbers: nothing is moved back.
    assert redriven in queue
    assert redriven not in stream
    other = project(book, given(ordering="none"), lang=lang)["README.md"]
    assert not any(words in other for words in (repeated, state, redriven))


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "unless an attempt has recorded"), ("ja", "順序を記録したメッセージを除きます")]
)
def test_the_readme_excepts_recorded_messages_from_those_that_replace_later_results(
    lang: Lang, words: str, book: Book
) -> None:
    answers = given()
    answers["components"].append({"id": "relay", "trigger": "message", "listens_to": "other", "publishes": ["entries"]})
    answers["channels"].append({"id": "other", "carries": "work"})
    assert words in project(book, answers, lang=lang)["README.md"]
    answers["components"] = answers["components"][1:]
    assert words not in project(book, answers, lang=lang)["README.md"]
