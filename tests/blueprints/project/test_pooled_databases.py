"""Databases before which a connection pool is required: their users sign in by IAM, and they never pause."""

import ast
import re

import pytest
import yaml

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements


def _files(book: Book, target: str, *, pooled: bool) -> dict[str, str]:
    api = {
        "id": "api", "title": "Desk", "trigger": "request", "response_s": 29, "packaging": "container-image", "reads": ["rows"], "writes": ["rows"],
        "pins": {"compute": "ecs"},
    }  # fmt: skip
    audit = {
        "id": "audit",
        "title": "Audit",
        "trigger": "schedule",
        "schedule_expression": "rate(1 day)",
        "reads": ["rows"],
    }
    rows = {
        "id": "rows", "title": "Rows", "access": "relational", "connection_pool": pooled, "pins": {"store": "aurora-serverless"},
    }  # fmt: skip
    design = advise(make_requirements({"components": [api, audit], "stores": [rows]}), book)
    return {path: data.decode() for path, data in blueprints.build(design, target, lang="en", extras={}).items()}


def _template(files: dict[str, str]) -> str:
    return re.sub(r"!(\w+)", "", files["template.yaml"])


@pytest.mark.parametrize("pooled", [True, False])
def test_users_of_a_pool_sign_in_by_iam_and_others_by_their_password(book: Book, pooled: bool) -> None:
    files = _files(book, "sam", pooled=pooled)
    kinds = {resource["Type"] for resource in yaml.safe_load(_template(files))["Resources"].values()}
    line = next(line for line in files["scripts/databases.py"].splitlines() if line.startswith("SERVERLESS: "))
    ((_, users),) = ast.literal_eval(line.partition(" = ")[2]).values()
    assert set(users) == {"api_rows", "audit_rows"}
    assert ("AWS::RDS::DBProxy" in kinds) is pooled
    assert ("AWS::SecretsManager::Secret" in kinds) is not pooled
    assert all(output == "" for output in users.values()) is pooled
    assert ("GRANT rds_iam TO" in files["scripts/databases.py"]) is pooled
    assert ("ALTER ROLE" in files["scripts/databases.py"]) is not pooled
    assert ("octet_length" in files["migrations/rows/0001_create_rows_items.sql"]) is not pooled
    assert ("SecondsUntilAutoPause" in files["template.yaml"]) is not pooled


@pytest.mark.parametrize("pooled", [True, False])
def test_migrations_in_typescript_do_the_same(book: Book, pooled: bool) -> None:
    script = _files(book, "cdk-typescript", pooled=pooled)["scripts/databases.ts"]
    assert ("GRANT rds_iam TO" in script) is pooled
    assert ("ALTER ROLE" in script) is not pooled
    assert ("client-secrets-manager" in script) is not pooled


def test_a_pool_is_refused_where_nothing_may_be_paid_while_idle(book: Book) -> None:
    store = {"id": "rows", "access": "relational", "connection_pool": True, "must": ["nothing-while-idle"]}
    answers = {"components": [{"id": "api", "trigger": "request", "reads": ["rows"]}], "stores": [store]}
    assert advise(make_requirements(answers), book).verdict.services["rows"]["proxy"] is None
