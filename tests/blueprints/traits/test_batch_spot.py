"""Jobs of AWS Batch run on Spot capacity where that is demanded, and nowhere else."""

from typing import Any

import pytest

import rules
from advisor.advise import advise
from advisor.requirements import make_requirements
from blueprints.plan import plan_for
from blueprints.stack.assembly import stack_of

JOB = {
    "id": "w",
    "trigger": "on-demand",
    "job_queue": True,
    "packaging": "container-image",
    "pins": {"compute": "batch"},
}
GPU = {"gpu": True, "vcpu": 8, "memory_mib": "30 GiB", "disk_mib": "200 GiB"}
SPLIT = {"trigger": "message", "listens_to": "work", "parallel_items": 800, "retries": True}


def resources(**answers: Any) -> dict[str, dict[str, Any]]:
    channels = [{"id": "work"}] if answers.get("listens_to") else []
    requirements = make_requirements({"components": [{**JOB, **answers}], "channels": channels})
    scope = stack_of(plan_for(advise(requirements, rules.load_book())), "en")
    return {resource["Type"]: resource["Properties"] for resource in scope.resources.values()}


@pytest.mark.parametrize(
    ("answers", "type", "strategy"),
    [
        (GPU, "EC2", "BEST_FIT_PROGRESSIVE"),
        ({**GPU, "must": ["spot"]}, "SPOT", "SPOT_PRICE_CAPACITY_OPTIMIZED"),
        ({}, "FARGATE", None),
        ({"must": ["spot"]}, "FARGATE_SPOT", None),
    ],
)
def test_spot_is_used_where_it_is_demanded(answers: dict[str, Any], type: str, strategy: str | None) -> None:
    capacity = resources(**answers)["AWS::Batch::ComputeEnvironment"]["ComputeResources"]
    assert (capacity["Type"], capacity.get("AllocationStrategy")) == (type, strategy)


LOST = {"Action": "RETRY", "OnStatusReason": "Host EC2*"}


@pytest.mark.parametrize(
    ("answers", "retries"),
    [
        (GPU, {"Attempts": 1}),
        ({**GPU, "must": ["spot"]}, {"Attempts": 4, "EvaluateOnExit": [LOST, {"Action": "EXIT", "OnReason": "*"}]}),
        ({**GPU, **SPLIT, "must": ["spot"]}, {"Attempts": 7, "EvaluateOnExit": [LOST]}),
        ({**GPU, **SPLIT}, {"Attempts": 4}),
        ({"must": ["spot"]}, {"Attempts": 4}),
    ],
)
def test_a_job_whose_spot_capacity_is_reclaimed_is_tried_again(
    answers: dict[str, Any], retries: dict[str, Any]
) -> None:
    assert resources(**answers)["AWS::Batch::JobDefinition"]["RetryStrategy"] == retries


@pytest.mark.parametrize(("answers", "memory"), [(GPU, "30720"), ({"vcpu": 8, "memory_mib": "30 GiB"}, "32768")])
def test_a_host_has_the_stated_memory_and_fargate_the_next_size(answers: dict[str, Any], memory: str) -> None:
    container = resources(**answers)["AWS::Batch::JobDefinition"]["ContainerProperties"]
    assert {"Type": "MEMORY", "Value": memory} in container["ResourceRequirements"]
