"""The files of a CDK app in TypeScript: the app, its stack, and the constructs of its own that the stack uses."""

from collections.abc import Mapping
from importlib.resources import files as resources

from advisor.text import Lang
from blueprints.cdk.app import configuration, modules_used, stack_id, texts
from blueprints.cdk.components import divided
from blueprints.cdk.sections import STACK, stack
from blueprints.cdk.template_tests import TABLES, expected_of
from blueprints.cdk.typescript.literals import comment, quoted
from blueprints.cdk.typescript.names import own_module
from blueprints.cdk.typescript.printer import print_component, print_stack, print_table
from blueprints.naming import snake
from blueprints.plan import Plan, tags
from blueprints.plan.description import description
from blueprints.stack.assembly import stack_of
from blueprints.stack.scope import Scope
from blueprints.traits.function_snapshots import without_snapshots

_APP = """\
import * as cdk from 'aws-cdk-lib';

import {{ {stack} }} from '../lib/{module}';

// One stack in the account and Region of the current AWS credentials. Pass the environment as context:
// cdk deploy -c stackName=... -c environment=prod -c owner=... -c costCentre=...
const app = new cdk.App();
const said = (key: string): string | undefined => app.node.tryGetContext(key) as string | undefined;
new {stack}(app, {id}, {{
  description: {description},
  stackName: said('stackName'),
  tags: {{
{tags}  }},
}});
"""


def files(plan: Plan, lang: Lang) -> dict[str, bytes]:
    """Return the app files of a plan; unsupported designs were refused before."""
    return printed(stack_of(plan, lang))


def printed(scope: Scope) -> dict[str, bytes]:
    """Return the app's files of a stack. Raises Unsupported if two sections need each other."""
    plan, lang = scope.plan, scope.lang
    without_snapshots(scope.resources)
    whole = stack(scope)
    parts = divided(whole)
    program = parts.stack
    module = snake(STACK).replace("_", "-")
    contents = {
        "bin/app.ts": _APP.format(
            module=module,
            stack=STACK,
            id=quoted(stack_id(plan)),
            description=quoted(description(plan)),
            tags=_tags(plan),
        ),
        "cdk.json": configuration("npx tsx bin/app.ts"),
        f"lib/{module}.ts": print_stack(program, lang),
    }
    for module_name in sorted(modules_used(whole)):
        contents[f"lib/{own_module(module_name)}.ts"] = _resource(f"{own_module(module_name)}.ts.txt")
    for component in parts.components:
        contents[f"lib/{own_module(component.module)}.ts"] = print_component(component, lang)
    contents["lib/origins.ts"] += print_table("ORIGINS", "Record<string, Origin>", program.origins)
    contents |= texts(plan, whole)
    contents["tests/infrastructure.test.ts"] = _tests(scope, parts.paths)
    return {name: text.encode() for name, text in contents.items()}


def _tests(scope: Scope, paths: Mapping[str, str]) -> str:
    """Return the template tests, with their expected values as constants."""
    expected = expected_of(scope, paths)
    tables = {
        "KEPT": ("Record<string, { policy: string; number: number }>", expected.kept),
        "ENCRYPTED": ("Record<string, Record<string, unknown>>", expected.encrypted),
        "ACCEPTED": ("Record<string, { findings: string[]; why: string }>", expected.accepted),
    }
    printed_tables = {name: print_table(name, type, rows) for name, (type, rows) in tables.items() if rows}
    if expected.open_ports is not None:
        printed_tables["OPEN_PORTS"] = f"const OPEN_PORTS: number[] = {list(expected.open_ports)};\n"
    if expected.alarms:
        printed_tables["ALARMS"] = f"const ALARMS = {expected.alarms};\n"
    listed = [
        "\n".join([*comment(words.in_(scope.lang), 0), printed_tables[name].removeprefix("export ")])
        for name, words in TABLES.items()
        if name in printed_tables
    ]
    source = expected.composed(_resource("infrastructure.test.ts.txt"), "// ", scope.lang)
    return source.replace("@tables@\n", "".join(listed))


def _tags(plan: Plan) -> str:
    """Return the stack's tags as the lines of an object."""
    fixed = [f"{_key(key)}: '{value}'" for key, value in tags.fixed(plan.design).items()]
    from_context = [f"{_key(key)}: said('{name}') ?? '{default}'" for key, (_, name, default) in tags.ASKED.items()]
    return "".join(f"    {line},\n" for line in (*fixed, *from_context))


def _key(name: str) -> str:
    return name if name.isidentifier() else f"'{name}'"


def _resource(name: str) -> str:
    return resources("blueprints.cdk.typescript").joinpath("files", name).read_text(encoding="utf-8")
