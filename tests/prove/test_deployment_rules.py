"""Rules that deployments fail by: each mended one finds what it is for, and nothing else."""

import json
from pathlib import Path

import pytest

from prove.static import preflight
from prove.static.linters import cloudformation_validate

EXPRESS = "pf-sfn-express-unsupported"


def found(resource: str, folder: Path) -> list[str]:
    """Return the rules that a short-lived workflow with one task breaks."""
    state = {"Type": "Task", "Resource": resource, "End": True}
    definition = {"StartAt": "Run", "States": {"Run": state}}
    machine = {
        "Type": "AWS::StepFunctions::StateMachine",
        "Properties": {
            "StateMachineType": "EXPRESS",
            "RoleArn": "arn:aws:iam::123456789012:role/workflow",
            "DefinitionString": json.dumps(definition),
        },
    }
    path = folder / "template.json"
    path.write_text(json.dumps({"Resources": {"Machine": machine}}), "utf-8")
    ((_, rows),) = cloudformation_validate([str(path)], preflight.rules())
    return [row["rule"] for row in rows if row["rule"].startswith("pf-")]


@pytest.mark.usefixtures("cdk_python", "lint_python")
@pytest.mark.parametrize("pattern", [".sync", ".sync:2", ".waitForTaskToken"])
def test_an_express_workflow_waits_for_nothing(pattern: str, tmp_path: Path) -> None:
    assert EXPRESS in found(f"arn:aws:states:::ecs:runTask{pattern}", tmp_path)


@pytest.mark.usefixtures("cdk_python", "lint_python")
def test_an_express_workflow_may_invoke_a_function(tmp_path: Path) -> None:
    assert EXPRESS not in found("arn:aws:states:::lambda:invoke", tmp_path)


def test_a_rule_of_another_text_is_not_mended_silently() -> None:
    with pytest.raises(AssertionError, match="need not mend"):
        preflight.mended(EXPRESS, "package cdk_preflight")
