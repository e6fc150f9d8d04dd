"""Buses and their archives are encrypted under the customer's own key where that is demanded, and EventBridge may use it."""

from typing import Any

import pytest

import rules
from advisor.advise import advise
from advisor.requirements import make_requirements
from blueprints.plan import plan_for
from blueprints.stack.assembly import stack_of
from blueprints.stack.scope import Scope
from blueprints.values import Att

KEPT = ("AWS::Events::EventBus", "AWS::Events::Archive")


def stack(*, own_keys: bool) -> Scope:
    listeners = [{"id": f"l{at}", "trigger": "event", "listens_to": "c"} for at in range(2)]
    sender = {"id": "s", "trigger": "request", "publishes": ["c"]}
    channel = {"id": "c", "carries": "event", "fan_out": 2, "routing": True, "replay": True}
    answers: dict[str, Any] = {"components": [sender, *listeners], "channels": [channel]}
    workload = {"workload": {"customer_managed_keys": True}} if own_keys else {}
    return stack_of(plan_for(advise(make_requirements({**answers, **workload}), rules.load_book())), "en")


@pytest.mark.parametrize("own_keys", [True, False])
def test_events_are_kept_under_the_key_that_is_demanded(own_keys: bool) -> None:
    scope = stack(own_keys=own_keys)
    kept = {
        one["Type"]: one["Properties"].get("KmsKeyIdentifier")
        for one in scope.resources.values()
        if one["Type"] in KEPT
    }
    assert kept == dict.fromkeys(KEPT, Att("DataKey", "Arn") if own_keys else None)


def machine(*, own_keys: bool) -> Scope:
    """Return the stack of a state machine that a pipe starts."""
    work = {
        "id": "w",
        "trigger": "message",
        "listens_to": "q",
        "steps": 3,
        "compensation": True,
        "longest_run_s": "9 s",
    }
    channel = {"id": "q", "carries": "work"}
    answers: dict[str, Any] = {"components": [work], "channels": [channel]}
    workload = {"workload": {"customer_managed_keys": True}} if own_keys else {}
    return stack_of(plan_for(advise(make_requirements({**answers, **workload}), rules.load_book())), "en")


def test_state_machines_and_pipes_keep_their_data_under_the_key_that_is_demanded() -> None:
    scope = machine(own_keys=True)
    found = {one["Type"]: one["Properties"] for one in scope.resources.values()}
    key = Att("DataKey", "Arn")
    assert found["AWS::Pipes::Pipe"]["KmsKeyIdentifier"] == key
    assert found["AWS::StepFunctions::StateMachine"]["EncryptionConfiguration"]["KmsKeyId"] == key
    conditions = {
        name: statement["Action"]
        for statement in scope.properties("DataKey")["KeyPolicy"]["Statement"]
        for name in statement.get("Condition", {}).get("ArnLike", ())
    }
    assert {"kms:Decrypt", "kms:GenerateDataKey"} == {*conditions["kms:EncryptionContext:aws:pipes:arn"]}
    assert {"kms:Decrypt", "kms:GenerateDataKey"} == {*conditions["kms:EncryptionContext:aws:states:stateMachineArn"]}
    other = machine(own_keys=False)
    assert "AWS::Serverless::StateMachine" in {one["Type"] for one in other.resources.values()}


def test_eventbridge_may_use_the_key_for_buses_only() -> None:
    statements = {one["Sid"]: one for one in stack(own_keys=True).properties("DataKey")["KeyPolicy"]["Statement"]}
    assert statements["AllowBusesToFindKey"]["Action"] in ("kms:DescribeKey", ["kms:DescribeKey"])
    kept = statements["AllowBusesToKeepEvents"]
    assert {"kms:Decrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"} == {*kept["Action"]}
    assert [*kept["Condition"]["ArnLike"]] == ["kms:EncryptionContext:aws:events:event-bus:arn"]


_ALL = {
    "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom", "kms:ReEncryptTo",
}  # fmt: skip


@pytest.mark.parametrize(
    ("access", "services", "uses", "grants"),
    [
        ("key-value", {"dynamodb"}, _ALL, True),
        # EFS requires these three, and ElastiCache calls by the name of DAX as well.
        (
            "files",
            {"elasticfilesystem"},
            {"kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext"},
            True,
        ),
        ("cache", {"dax", "elasticache"}, _ALL, True),
        ("search", {"aoss"}, {"kms:DescribeKey"}, True),
        ("vectors", {"s3vectors"}, {"kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"}, False),
    ],
)
def test_callers_use_the_key_through_a_store_as_its_documentation_says(
    access: str, services: set[str], uses: set[str], grants: bool
) -> None:
    api = {"id": "a", "trigger": "request", "longest_run_s": "2 s", "reads": ["s"], "writes": ["s"]}
    answers: dict[str, Any] = {"components": [api], "stores": [{"id": "s", "access": access}]}
    answers |= {"workload": {"customer_managed_keys": True}}
    scope = stack_of(plan_for(advise(make_requirements(answers), rules.load_book())), "en")
    found: dict[str, set[str]] = {}
    for statement in scope.properties("DataKey")["KeyPolicy"]["Statement"]:
        for name in statement.get("Condition", {}).get("StringEquals", {}).get("kms:ViaService", ()):
            actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
            found.setdefault(str(name.parts[0]).split(".")[0], set()).update(actions)
    granted = {"kms:CreateGrant"} if grants else set()
    assert {service: found.get(service) for service in services} == dict.fromkeys(services, uses | granted)
    assert found.keys() <= services | {"s3"}
