"""The rules of cdk-preflight: constraints that make deployments fail and that no resource schema holds, in Rego."""

import json
import re
import tarfile
import threading
from pathlib import Path

from prove.tools import CDK, OUT, node, run

_LOAD = "const m = require(process.argv[1]); console.log(JSON.stringify([m.BUNDLED_LIBS, m.BUNDLED_RULES]))"
#: Tiers run beside each other.
_one_at_a_time = threading.Lock()


def rules() -> Path:
    """Return a JSON file of [name, text] of every rule; it is cut once from the package that brings them."""
    (package,) = CDK.glob("lib/python3*/site-packages/cdk_preflight/_jsii/*.tgz")
    version = re.sub(r"[^0-9.]", "", package.name.partition("@")[2].removesuffix(".jsii.tgz"))
    made = OUT / f"preflight-{version}.json"
    with _one_at_a_time:
        _cut(package, made)
    return made


def _cut(package: Path, made: Path) -> None:
    if not made.exists():
        source = OUT / "rules.generated.js"
        source.parent.mkdir(parents=True, exist_ok=True)
        with tarfile.open(package) as packed:
            found = packed.extractfile("package/lib/rules.generated.js")
            assert found is not None, "cdk-preflight keeps its rules elsewhere now"
            source.write_bytes(found.read())
        said = run([node() / "node", "-e", _LOAD, source])
        libraries, own = json.loads(said.stdout)
        named = [[one["name"], one["rego"]] for one in libraries] + [[one["id"], one["rego"]] for one in own]
        made.write_text(json.dumps(named), "utf-8")
