"""The module of a project in TypeScript that fills the names of an OpenAPI definition."""

from importlib.resources import files as resources
from pathlib import Path

import pytest

from tests.blueprints.cdk.typescript.conftest import Run

_CALL = "import { definitionOf } from './openapi';\nconsole.log(JSON.stringify(definitionOf('api.json', VALUES)));\n"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ("{ Part: '${Token[Part.1]}', Name: 'a' }", '{"uri":"${Token[Part.1]}/a"}'),
        ("{ Part: 'a' }", ""),
        ("{ Part: 'a', Name: 'b', Unused: 'c' }", ""),
    ],
)
def test_every_name_is_filled_and_every_value_used(values: str, message: str, node: Run, tmp_path: Path) -> None:
    module = resources("blueprints.cdk.typescript").joinpath("files", "openapi.ts.txt").read_text("utf-8")
    (tmp_path / "openapi.ts").write_text(module)
    (tmp_path / "api.json").write_text('{"uri": "${Part}/${Name}"}')
    (tmp_path / "call.ts").write_text(_CALL.replace("VALUES", values))
    run = node(tmp_path, "tsx", "call.ts")
    assert run.stdout.strip() == message
    assert ("have different names" in run.stderr) == (not message)
