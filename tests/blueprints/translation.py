"""A SAM project as CloudFormation, and what cfn-lint says about it."""

from collections.abc import Mapping
from typing import Any

from cfnlint.api import ManualArgs, lint

from advisor_account.template import translated as translate

REGION = "ap-northeast-1"
_IMAGE = "111122223333.dkr.ecr.ap-northeast-1.amazonaws.com/image:1.0.0"


def parsed(files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the template of a project as a tree, functions in their long form."""
    from samtranslator.yaml_helper import yaml_parse

    found: dict[str, Any] = yaml_parse(files["template.yaml"].decode())
    return found


def translated(files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return what CloudFormation would get."""
    return translate(files, REGION, code="s3://placeholder/*.zip", image=_IMAGE)


def findings(template: str) -> list[str]:
    """Return what cfn-lint says about a template, warnings too."""
    found = lint(template, config=ManualArgs(regions=[REGION]))
    return [f"{one.rule.id} {'/'.join(map(str, one.path or ()))}: {one.message}" for one in found]
