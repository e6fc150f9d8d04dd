"""The common files of a CDK app in both languages: configuration, stack id, and the files that the stack reads."""

import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files

from blueprints.cdk.tree import Expr, Own, ProjectFile, ProjectText, Stack
from blueprints.naming import LONGEST_STACK, pascal
from blueprints.plan import Plan
from blueprints.traits import appsync
from blueprints.traits.appsync import resolver_code, schema_of
from blueprints.traits.state_machine import SERVICES, definition, path

#: Recommended flags that would make something else than SAM does. Pods of EKS on Fargate mount without IAM, which a
#: policy of the file system would refuse; access logs of a REST API name their group as CloudFormation gives it.
DECLINED: Mapping[str, bool] = {
    "@aws-cdk/aws-efs:denyAnonymousAccess": False,
    "@aws-cdk/aws-apigateway:logGroupDestinationArnWithoutWildcard": False,
}


def configuration(app: str) -> str:
    """Return the text of `cdk.json`: the command that runs the app, the feature flags that new apps begin with (the
    recommended ones of the pinned version), and no telemetry of the CLI.
    """
    context = {"cli-telemetry": False, **json.loads(_feature_flags()), **DECLINED}
    silent = {"versionReporting": False, "notices": False}
    return json.dumps({"app": app, **silent, "context": context}, indent=2) + "\n"


def texts(plan: Plan, stack: Stack) -> dict[str, str]:
    """Return the files that a stack takes in, whatever language it is written in: definitions, schema, resolvers."""
    contents = {
        path(node): definition(plan.architecture, node).text() for node in plan.architecture.of_service(*SERVICES)
    }
    for api in appsync.TRAITS.nodes(plan.architecture):
        schema = schema_of(plan.architecture, api.id)
        contents[schema.path] = schema.text
    for read in sorted(_files_read(stack) - set(contents)):
        contents[read] = resolver_code(read)
    return contents | {file._path: file._text for file in _expressions(stack) if isinstance(file, ProjectFile)}


def stack_id(plan: Plan) -> str:
    """Return the stack's id: the workload's title as far as a stack may be called so."""
    words = pascal(re.sub(r"[^\x00-\x7f]+", " ", plan.design.requirements.title.en))
    return words[:LONGEST_STACK] if words[:1].isalpha() else "Workload"


def modules_used(stack: Stack) -> set[str]:
    """Return the modules of own constructs that a stack uses, and those that they use."""
    used = {expr._module for expr in _expressions(stack) if isinstance(expr, Own)}
    return used | {"keys"} if "alarms" in used else used


def _files_read(stack: Stack) -> set[str]:
    """Return the files of the project whose text the stack takes in: resolvers in JavaScript."""
    return {expr._path for expr in _expressions(stack) if isinstance(expr, ProjectText)}


def _expressions(stack: Stack) -> Iterator[Expr]:
    for section in stack.sections:
        for statement in section.statements:
            yield from statement.expressions


def _feature_flags() -> str:
    return files("blueprints.cdk").joinpath("feature-flags.json").read_text(encoding="utf-8")
