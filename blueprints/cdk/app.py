"""What a CDK app consists of in both languages: its configuration, its stack's id, and the files that the stack reads."""

import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files

from blueprints.cdk.tree import Expr, Own, ProjectFile, ProjectText, Stack, walk
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
    recommended ones of the pinned version), and that the CLI reports to nobody.
    """
    context = {"cli-telemetry": False, **json.loads(_feature_flags()), **DECLINED}
    silent = {"versionReporting": False, "notices": False}
    return json.dumps({"app": app, **silent, "context": context}, indent=2) + "\n"


def texts(plan: Plan, made: Stack) -> dict[str, str]:
    """Return the files that a stack takes in, whatever language it is written in: definitions, schema, resolvers."""
    found = {path(node): definition(plan.architecture, node).text() for node in plan.architecture.of_service(*SERVICES)}
    for api in appsync.TRAITS.nodes(plan.architecture):
        schema = schema_of(plan.architecture, api.id)
        found[schema.path] = schema.text
    for read in sorted(_read(made) - set(found)):
        found[read] = resolver_code(read)
    return found | {each._path: each._text for each in _expressions(made) if isinstance(each, ProjectFile)}


def stack_id(plan: Plan) -> str:
    """Return the stack's id: the workload's title as far as a stack may be called so."""
    words = pascal(re.sub(r"[^\x00-\x7f]+", " ", plan.design.requirements.title.en))
    return words[:LONGEST_STACK] if words[:1].isalpha() else "Workload"


def modules_used(made: Stack) -> set[str]:
    """Return the modules of own constructs that a stack uses, and those that they use."""
    used = {expr._module for expr in _expressions(made) if isinstance(expr, Own)}
    return used | {"keys"} if "alarms" in used else used


def _read(made: Stack) -> set[str]:
    """Return the files of the project whose text the stack takes in: resolvers in JavaScript."""
    return {expr._path for expr in _expressions(made) if isinstance(expr, ProjectText)}


def _expressions(made: Stack) -> Iterator[Expr]:
    for section in made.sections:
        for one in section.statements:
            yield from walk(one.value)


def _feature_flags() -> str:
    return files("blueprints.cdk").joinpath("feature-flags.json").read_text(encoding="utf-8")
