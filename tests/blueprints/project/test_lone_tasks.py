"""A task or a job that somebody starts on demand, with nothing around it: its failure rings an alarm, and the README tells of it."""

from typing import Any

import pytest

import blueprints
import rules
from advisor.advise import advise
from advisor.requirements import make_requirements
from advisor_bundle.linting import lint

WORK = {"id": "reindex", "trigger": "on-demand", "packaging": "container-image", "longest_run_s": "2 h"}
TARGETS = ("sam", "cdk-python", "cdk-typescript")


def design(compute: str) -> Any:
    return advise(make_requirements({"components": [{**WORK, "pins": {"compute": compute}}]}), rules.load_book())


def written(compute: str, target: str, lang: Any = "en") -> dict[str, str]:
    files = blueprints.build(design(compute), target, lang=lang, extras={})
    return {path: content.decode("utf-8", "replace") for path, content in files.items()}


@pytest.mark.parametrize("target", TARGETS)
def test_a_failed_task_rings_an_alarm(target: str) -> None:
    files = written("ecs", target)
    sources = "".join(text for path, text in files.items() if path.endswith((".yaml", ".py", ".ts")))
    assert "ECS Task State Change" in sources
    assert "_reindex:" in sources, "the tasks of all revisions, and no others"
    assert (
        "`ReindexDeadLetterQueueAlarm` — reindex (dead-letter queue): tasks that could not start or failed"
        in files["README.md"]
    )


def test_every_parameter_of_a_task_alone_is_used() -> None:
    """cfn-lint told of `AlarmEmail`, which `make deploy` asked for in vain."""
    assert lint(design("ecs"), "sam").findings == ()


@pytest.mark.parametrize("compute", ["ecs", "batch"])
def test_the_readme_says_what_the_messages_of_failed_work_are(compute: str) -> None:
    readme = written(compute, "sam")["README.md"]
    assert "the event that reports its end" in readme
    assert "is the input of its target" not in readme
    assert "終了を通知するイベントです" in written(compute, "sam", "ja")["README.md"]
