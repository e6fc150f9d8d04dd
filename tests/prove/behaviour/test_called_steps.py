"""State machines that run the components which a component calls: left out, exchanged and reordered steps are found."""

import pytest

from tests.prove.behaviour.planting import redefined, rules_with
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
    project = stories.project("called-steps")
    assert project.rules_found_by("called_steps") == set()
    assert rules_with(project, "called_steps", redefined(find, put)) == {"called-steps"}
