"""The files of a CDK app in Python: the app, its stack, and the constructs of its own that the stack uses."""

from collections.abc import Mapping
from importlib.resources import files as resources

from advisor.text import Lang
from blueprints.cdk.app import configuration, modules_used, stack_id, texts
from blueprints.cdk.components import FOLDER, divided
from blueprints.cdk.python.literals import comment, quoted
from blueprints.cdk.python.printer import print_component, print_stack, print_table
from blueprints.cdk.sections import STACK, stack
from blueprints.cdk.template_tests import TABLES, expected_of
from blueprints.naming import snake
from blueprints.plan import Plan, tags
from blueprints.plan.description import description
from blueprints.stack.assembly import stack_of
from blueprints.stack.scope import Scope

_APP = '''\
"""The CDK app: one stack in the account and Region of the current AWS credentials.

Pass the environment as context: cdk deploy -c stackName=... -c environment=prod -c owner=... -c costCentre=...
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
    """Return the app's files of a stack. Raises Unsupported if two sections need each other."""
    plan, lang = scope.plan, scope.lang
    whole = stack(scope)
    parts = divided(whole)
    program, module = parts.stack, snake(STACK)
    contents = {
        "app.py": _APP.format(
            module=module,
            stack=STACK,
            id=quoted(stack_id(plan)),
            description=quoted(description(plan)),
            tags=_tags(plan),
        ),
        "cdk.json": configuration("python app.py"),
        "requirements.txt": _resource("requirements.txt"),
        "stacks/__init__.py": '"""The stack of the workload and its constructs."""\n',
        f"stacks/{module}.py": print_stack(program, lang),
    }
    contents |= {
        f"stacks/{module_name}.py": _resource(f"{module_name}.py.txt") for module_name in sorted(modules_used(whole))
    }
    contents[f"stacks/{FOLDER}/__init__.py"] = '"""The components of the stack."""\n'
    for component in parts.components:
        contents[f"stacks/{component.module.replace('.', '/')}.py"] = print_component(component, lang)
    contents["stacks/origins.py"] += print_table("ORIGINS", program.origins)
    contents |= texts(plan, whole)
    contents["tests/test_infrastructure.py"] = _tests(scope, parts.paths)
    return {name: text.encode() for name, text in contents.items()}


def _tests(scope: Scope, paths: Mapping[str, str]) -> str:
    """Return the template tests, with their expected values as constants."""
    expected = expected_of(scope, paths)
    tables = {"KEPT": expected.kept, "ENCRYPTED": expected.encrypted, "ACCEPTED": expected.accepted}
    printed_tables = {name: print_table(name, rows) for name, rows in tables.items() if rows}
    if expected.open_ports is not None:
        printed_tables["OPEN_PORTS"] = f"OPEN_PORTS: list[int] = {list(expected.open_ports)}\n"
    if expected.alarms:
        printed_tables["ALARMS"] = f"ALARMS = {expected.alarms}\n"
    listed = [
        "\n".join([*comment(words.in_(scope.lang), 0), printed_tables[name]])
        for name, words in TABLES.items()
        if name in printed_tables
    ]
    source = expected.composed(_resource("test_infrastructure.py.txt"), "#: ", scope.lang)
    return source.replace("@tables@\n", "".join(listed))


def _tags(plan: Plan) -> str:
    """Return the stack's tags as the lines of a dictionary."""
    fixed = [f'"{key}": "{value}"' for key, value in tags.fixed(plan.design).items()]
    from_context = [f'"{key}": said("{name}") or "{default}"' for key, (_, name, default) in tags.ASKED.items()]
    return "".join(f"        {line},\n" for line in (*fixed, *from_context))


def _resource(name: str) -> str:
    return resources("blueprints.cdk.python").joinpath("files", name).read_text(encoding="utf-8")
