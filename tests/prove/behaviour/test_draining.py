"""The check `draining`: requests survive the replacement of a program, and what drops them is found."""

import pytest

from tests.prove.behaviour.planting import Resources, one_of, rules_after, rules_with
from tests.prove.behaviour.written import Stories, stories

__all__ = ["stories"]
CHECK, WEB = "draining", "container-web-service"
WAIT = "        lifecycle:\n          preStop:\n            sleep:\n              seconds: 15\n"


@pytest.mark.parametrize("name", [WEB, "kubernetes-migration", "container-on-ec2"])
def test_sound_projects_have_no_problem(stories: Stories, name: str) -> None:
    assert stories.project(name).rules_found_by(CHECK) == set()


@pytest.mark.parametrize(
    ("name", "path", "find", "put", "rule"),
    [
        (WEB, "src/web/main.py", "channel_timeout=75", "channel_timeout=5", "closes-first"),
        (WEB, "src/web/Dockerfile", '["python", "main.py"]', '["sh", "-c", "python main.py; true"]', "signal-kept"),
        (WEB, "src/web/Dockerfile", 'CMD ["python", "main.py"]', "CMD python main.py", "signal-kept"),
        ("kubernetes-migration", "kubernetes/base/shop.yaml", WAIT, "", "not-drained"),
    ],
)
def test_what_drops_requests_is_found(stories: Stories, name: str, path: str, find: str, put: str, rule: str) -> None:
    assert rules_after(stories.project(name), CHECK, path, find, put) == {rule}


def test_a_shell_that_becomes_the_program_hands_signals_on(stories: Stories) -> None:
    put = '["sh", "-c", "exec python main.py"]'
    assert rules_after(stories.project(WEB), CHECK, "src/web/Dockerfile", '["python", "main.py"]', put) == set()


def let_go(resources: Resources) -> None:
    attributes = one_of(resources, "AWS::ElasticLoadBalancingV2::TargetGroup")["TargetGroupAttributes"]
    next(one for one in attributes if one["Key"].startswith("deregistration"))["Value"] = "0"


def test_a_target_that_is_let_go_at_once_is_found(stories: Stories) -> None:
    assert rules_with(stories.project(WEB), CHECK, let_go) == {"not-drained"}
