"""A SAM project as CloudFormation, and what cfn-lint says about it."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml
from cfnlint.config import ConfigMixIn, ManualArgs
from cfnlint.decode.decode import decode_str
from cfnlint.runner import Runner
from samtranslator.yaml_helper import intrinsics_multi_constructor

from blueprints.sam.translation import translate_template as translate
from tests.blueprints.cfn_lint_speed import keep_what_stays

keep_what_stays()
REGION = "ap-northeast-1"
ROLLOUT = "FunctionRollout"
_IMAGE = "111122223333.dkr.ecr.ap-northeast-1.amazonaws.com/image:1.0.0"


class _Loader(yaml.CSafeLoader):
    """The translator's own reader of YAML, on top of libyaml: five times as fast."""


_Loader.add_multi_constructor("!", intrinsics_multi_constructor)


def parsed(files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the template of a project as a tree, functions in their long form."""
    template: dict[str, Any] = yaml.load(files["template.yaml"], _Loader)
    return template


def translated(files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return what CloudFormation would get."""
    return translate(files, REGION, code="s3://placeholder/*.zip", image=_IMAGE)


@cache
def _linter(region: str) -> Runner:
    """One for all templates of a Region: to load its rules takes as long as to lint by them."""
    return Runner(ConfigMixIn(**ManualArgs(regions=[region])))


def findings(template: str, *, region: str = REGION, without: tuple[str, ...] = ()) -> list[str]:
    """Return what cfn-lint says about a template, warnings too, except by the rules that are left out."""
    tree, wrong = decode_str(template)
    findings = wrong or _linter(region).validate_template(tree)
    reported = [finding for finding in findings if finding.rule.id not in without]
    lines = [
        f"{finding.rule.id} {'/'.join(map(str, getattr(finding, 'path', None) or ()))}: {finding.message}"
        for finding in reported
    ]
    # SAM's transform puts the value of this parameter where the template refers to it.
    taken = f"W2001 Parameters/{ROLLOUT}: " if "AWS::CodeDeploy::DeploymentGroup" in template else None
    return [line for line in lines if taken is None or not line.startswith(taken)]
