"""The check `delivery`: a change is validated, rehearsed and approved before production, and each gap is found."""

from pathlib import Path

import pytest

from prove.behaviour.workflows import jobs
from tests.prove.behaviour.sam_projects import WrittenProject, story, write_project

CHECK = "delivery"
DELIVERY, DEPLOY = ".github/workflows/delivery.yml", ".github/workflows/deploy.yml"


@pytest.fixture
def project(tmp_path: Path) -> WrittenProject:
    return write_project(story("mass-messages"), tmp_path / "project")


def test_a_sound_delivery_has_no_problem(project: WrittenProject) -> None:
    assert project.rules_found_by(CHECK) == set()
    deployments = {job.name: job.environment for job in jobs(project.evidence.folder) if job.deploys}
    assert deployments == {"staging": "staging", "production": "prod", "chosen": "${{ inputs.environment }}"}


@pytest.mark.parametrize(
    ("path", "find", "put", "rules"),
    [
        (DELIVERY, "      - run: make validate\n", "", {"not-validated"}),
        (DELIVERY, "    needs: staging\n", "    needs: check\n", {"not-rehearsed"}),
        (DELIVERY, "environment: prod", "environment: staging", {"no-production"}),
        (DEPLOY, "    environment: ${{ inputs.environment }}\n", "", {"no-approval", "no-production"}),
        (DEPLOY, "      OWNER: ${{ vars.OWNER || 'unknown' }}\n", "", {"untold"}),
        (DEPLOY, "    env:\n", "    env:\n      TAG: 1.0.0\n", {"same-tag"}),
        (DEPLOY, "      ENVIRONMENT: ${{ inputs.environment }}", "      ENVIRONMENT: prod", {"other-environment"}),
    ],
)
def test_a_gap_is_found(project: WrittenProject, path: str, find: str, put: str, rules: set[str]) -> None:
    file = project.evidence.folder / path
    text = file.read_text("utf-8")
    assert find in text
    file.write_text(text.replace(find, put), "utf-8")
    assert project.rules_found_by(CHECK) == rules
