"""A whole book of a user's own: what is wrong in its catalogue files and roles is one sentence that names file and key."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

import rules
from advisor.book import BookError

FOLDER = Path(rules.__file__).parent
Change = Callable[[Any], object]


def roles_without(role: str) -> Change:
    return lambda entry: entry["roles"].pop(role)


#: What was changed -> the file, the change, and what is said of it.
WRONG: dict[str, tuple[str, Change, str]] = {
    "two candidates of one rank": (
        "services/sqs.yaml",
        lambda sqs: sqs["roles"]["messaging"].update(rank=20),
        "services/sqs.yaml: 'roles.messaging.rank' must differ from that of every other candidate; "
        "'sns' in services/sns.yaml has 20 too.",
    ),
    "the rank of what is no service": (
        "services/lambda.yaml",
        lambda function: function["roles"]["compute"].update(rank=60),
        "services/lambda.yaml: 'roles.compute.rank' must differ from that of every other candidate; "
        "'none' in roles.yaml has 60 too.",
    ),
    "no rank": (
        "services/sqs.yaml",
        lambda sqs: sqs["roles"]["messaging"].pop("rank"),
        "services/sqs.yaml: the key 'roles.messaging.rank' is missing.",
    ),
    "a rank that is no number": (
        "services/sqs.yaml",
        lambda sqs: sqs["roles"]["messaging"].update(rank="first"),
        "services/sqs.yaml: 'roles.messaging.rank' must be a whole number above 0.",
    ),
    "a role that is none": (
        "services/sqs.yaml",
        lambda sqs: sqs["roles"].update(door={"rank": 10}),
        "services/sqs.yaml: there is no role 'door'.",
    ),
    "an axis that is none": (
        "services/sqs.yaml",
        lambda sqs: sqs["roles"]["messaging"]["bands"].update(beauty=3),
        "services/sqs.yaml: unknown key 'roles.messaging.bands.beauty'; allowed are suitability, operations",
    ),
    "a band above the highest": (
        "services/sqs.yaml",
        lambda sqs: sqs["roles"]["messaging"]["bands"].update(cost=4),
        "services/sqs.yaml: 'roles.messaging.bands.cost' must be a whole number from 0 to 3.",
    ),
    "a rationale without its band": (
        "services/sqs.yaml",
        lambda sqs: sqs["roles"]["messaging"]["rationale"].update(suitability={"en": "it fits", "ja": "適している"}),
        "services/sqs.yaml: 'roles.messaging.rationale' explains 'suitability', for which 'bands' has no number.",
    ),
    "never better as a text grows": (
        "services/sqs.yaml",
        lambda sqs: sqs["roles"]["messaging"].update(never_better=["ordering"]),
        "services/sqs.yaml: 'roles.messaging.never_better' must contain quantities of a channel, "
        "and 'ordering' is none.",
    ),
    "a service under roles.yaml": (
        "roles.yaml",
        lambda roles: roles["roles"][0]["candidates"].update({"lambda": {"rank": 1}}),
        "roles.yaml: 'compute.candidates.lambda' must be one of none; a service states its roles in services/<id>.yaml.",
    ),
    "candidates as they were listed once": (
        "roles.yaml",
        lambda roles: roles["roles"][0].update(candidates=["lambda", "none"]),
        "roles.yaml: 'roles[1].candidates' must be keys with values.",
    ),
    "a role without candidates": (
        "services/ecr.yaml",
        roles_without("registry"),
        "roles.yaml: the role 'registry' has no candidates; state it under 'roles' in services/<id>.yaml.",
    ),
    "a role twice": (
        "roles.yaml",
        lambda roles: roles["roles"].append(roles["roles"][0]),
        "roles.yaml: the role 'compute' is stated twice.",
    ),
    "a connection in two files": (
        "services/ecs.yaml",
        lambda ecs: ecs["connections"].insert(0, connection(verb="read", to="dynamodb")),
        "services/ecs.yaml: 'connections[1]': the connection 'read' from 'ecs' to 'dynamodb' is stated in "
        "services/dynamodb.yaml too.",
    ),
    "a connection without another end": (
        "services/sqs.yaml",
        lambda sqs: sqs["connections"].insert(0, connection(verb="read")),
        "services/sqs.yaml: 'connections[1]' must name the other end of the connection under one of from, to.",
    ),
    "a connection with two other ends": (
        "services/sqs.yaml",
        lambda sqs: sqs["connections"].insert(0, connection(verb="read", to="s3") | {"from": "lambda"}),
        "services/sqs.yaml: 'connections[1]' must name the other end of the connection under one of from, to.",
    ),
    "a connection with nothing": (
        "services/sqs.yaml",
        lambda sqs: sqs["connections"].insert(0, connection(verb="read", to=[])),
        "services/sqs.yaml: 'connections[1].to' must be an id or a list of ids.",
    ),
    "an action for everything": (
        "services/sqs.yaml",
        lambda sqs: sqs["connections"].insert(0, connection(verb="read", to="s3", actions=["s3:*"])),
        "services/sqs.yaml: 'connections[1]': write the IAM action 's3:*' out, without a wildcard.",
    ),
}


def connection(**keys: Any) -> dict[str, Any]:
    words = {"en": "read", "ja": "読み取り"}
    return {"label": words, "sentence": words, "flow": "data", **keys}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(FOLDER, tmp_path / "book", ignore=shutil.ignore_patterns("*.py", "__pycache__", rules.COMPILED))
    return tmp_path / "book"


def refused(folder: Path) -> str:
    with pytest.raises(BookError) as error:
        rules.open_book(folder)
    assert re.search("[\u3040-\u30ff\u4e00-\u9fff]", error.value.text.ja)
    assert error.value.text.ja.split(":")[0] == error.value.text.en.split(":")[0]
    return error.value.text.en


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_one_sentence_that_names_file_and_key(case: str, folder: Path) -> None:
    path, change, says = WRONG[case]
    entry = yaml.safe_load((folder / path).read_text("utf-8"))
    change(entry)
    (folder / path).write_text(json.dumps(entry, ensure_ascii=False, default=str), "utf-8")
    assert refused(folder).startswith(says)


def test_a_folder_of_connections_is_refused_with_where_they_stand(folder: Path) -> None:
    (folder / "connections").mkdir()
    (folder / "connections" / "data.yaml").write_text("connections: []\n", "utf-8")
    assert refused(folder).startswith(
        "connections/data.yaml: connections have no folder; state each under 'connections'"
    )


def test_candidates_stand_in_the_order_of_their_ranks(folder: Path) -> None:
    before = rules.open_book(folder).role("messaging").candidates
    path = folder / "services" / "ses.yaml"
    path.write_text(re.sub(r"rank: \d+", "rank: 15", path.read_text("utf-8")), "utf-8")
    after = rules.open_book(folder).role("messaging").candidates
    assert after == (before[0], "ses", *(service for service in before[1:] if service != "ses"))


def test_each_rating_of_our_own_book_states_its_basis() -> None:
    for role in rules.load_book().roles:
        stated = {service: set(texts) for service, texts in role.rationale.items()}
        assert stated == {service: set(bands) for service, bands in role.bands.items()}, role.id
