"""State machines that run the components which a component calls: left out, exchanged and reordered steps are found."""

import json

import pytest

from tests.prove.behaviour.planting import Resources, one_of, rules_with
from tests.prove.behaviour.written import Stories, stories

__all__ = ["stories"]


@pytest.mark.parametrize(
    ("find", "put"),
    [
        ('"Next": "RunRegister"', '"Next": "End"'),
        ('"StartAt": "RunCheck"', '"StartAt": "RunConvert"'),
        ("${RegisterFunctionArn}", "${CheckFunctionArn}"),
    ],
)
def test_a_wrong_step_is_found(stories: Stories, find: str, put: str) -> None:
    def wrong(resources: Resources) -> None:
        machine = one_of(resources, "AWS::StepFunctions::StateMachine")
        text = json.dumps(machine["DefinitionString"])
        assert json.dumps(find)[1:-1] in text
        machine["DefinitionString"] = json.loads(text.replace(json.dumps(find)[1:-1], json.dumps(put)[1:-1]))

    project = stories.project("called-steps")
    assert project.rules_found_by("called_steps") == set()
    assert rules_with(project, "called_steps", wrong) == {"called-steps"}
