"""The files of a CDK app in Python: the app, its stack, and the constructs of its own that the stack uses."""

import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files as resources

from advisor.text import Lang
from blueprints.cdk.literals import quoted
from blueprints.cdk.printer import print_stack, print_table
from blueprints.cdk.sections import STACK, stack
from blueprints.cdk.tree import Expr, Own, ProjectFile, ProjectText, Stack, walk
from blueprints.naming import LONGEST_STACK, pascal, snake
from blueprints.plan import Plan, tags
from blueprints.plan.description import description
from blueprints.stack.assembly import stack_of
from blueprints.stack.scope import Scope
from blueprints.traits import appsync
from blueprints.traits.appsync import resolver_code, schema_of
from blueprints.traits.state_machine import SERVICES, definition, path

_APP = '''\
"""The app: one stack, for the account and Region that the command line is set to.

The context says which environment it is: cdk deploy -c stackName=... -c environment=prod -c owner=... -c costCentre=...
"""

import aws_cdk as cdk

from stacks.{module} import {stack}

app = cdk.App()
said = app.node.try_get_context
{stack}(
    app,
    {id},
    description={description},
    stack_name=said("stackName"),
    tags={{
{tags}    }},
)
app.synth()
'''


def files(plan: Plan, lang: Lang) -> dict[str, bytes]:
    """Return the app's files of a plan; what cannot be expressed was refused before."""
    return printed(stack_of(plan, lang))


def printed(scope: Scope) -> dict[str, bytes]:
    """Return the app's files of a stack; Unsupported when two sections need each other."""
    plan, lang = scope.plan, scope.lang
    made = stack(scope)
    module = snake(STACK)
    found = {
        "app.py": _APP.format(
            module=module,
            stack=STACK,
            id=quoted(stack_id(plan)),
            description=quoted(description(plan, lang)),
            tags=_tags(plan),
        ),
        "cdk.json": configuration("python app.py"),
        "requirements.txt": _resource("requirements.txt"),
        "stacks/__init__.py": '"""The stack of the workload, and the constructs that it is made of."""\n',
        f"stacks/{module}.py": print_stack(made, lang),
    }
    found |= {f"stacks/{own}.py": _resource(f"{own}.py.txt") for own in sorted(modules_used(made))}
    found["stacks/origins.py"] += print_table("ORIGINS", made.origins)
    found |= texts(plan, made)
    return {name: text.encode() for name, text in found.items()}


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
    context = {"cli-telemetry": False, **json.loads(_resource("feature-flags.json")), **DECLINED}
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


def _tags(plan: Plan) -> str:
    """Return the stack's tags as the lines of a dictionary."""
    known = [f'"{key}": "{value}"' for key, value in tags.fixed(plan.design).items()]
    asked = [f'"{key}": said("{name}") or "{default}"' for key, (_, name, default) in tags.ASKED.items()]
    return "".join(f"        {line},\n" for line in (*known, *asked))


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


def _resource(name: str) -> str:
    return resources("blueprints.cdk").joinpath("files", name).read_text(encoding="utf-8")
