"""A claim about how functions are released."""

import re
from collections.abc import Iterator

from prove.behaviour.claims import Untrue, claim
from prove.behaviour.evidence import Evidence

_TAKEN = re.compile(r"DeploymentPreference:\s+Type: !Ref (\w+)")
_ROLLOUT = "FunctionRollout"


@claim("transform-takes-the-rollout")
def rollout(evidence: Evidence) -> Iterator[Untrue]:
    """The template before the SAM transform selects the release type with the parameter, and the remainder contains its value.

    https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-deploymentpreference.html
    (2026-11-27).
    """
    file = evidence.folder / "template.yaml"
    text = file.read_text("utf-8") if file.exists() else ""
    if f"  {_ROLLOUT}:" in text and _ROLLOUT not in _TAKEN.findall(text):
        yield _ROLLOUT, "The template asks for the parameter, and uses it nowhere."
