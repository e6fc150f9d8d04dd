"""The rules of cdk-preflight in Rego: constraints that fail deployments and that no resource schema contains."""

import json
import re
import tarfile
import threading
from pathlib import Path

from prove.tools import CDK, OUT, node, run

_LOAD = "const m = require(process.argv[1]); console.log(JSON.stringify([m.BUNDLED_LIBS, m.BUNDLED_RULES]))"
#: Rule -> what is wrong in its text, and what it means. `[.waitForTaskToken]` is a set of letters in Rego, so the rule
#: took every resource that ends in one of them, such as `lambda:invoke`, for a wait.
MENDED = {
    "pf-sfn-express-unsupported": (
        'regex.match(sprintf("[%s](:2)?$", [pat]), res)',
        'regex.match(sprintf("[.]%s(:2)?$", [trim_left(pat, ".")]), res)',
    )
}
#: Tiers run in parallel.
_lock = threading.Lock()


def rules() -> Path:
    """Return a JSON file of [name, text] of every rule, extracted once from the package."""
    (package,) = CDK.glob("lib/python3*/site-packages/cdk_preflight/_jsii/*.tgz")
    version = re.sub(r"[^0-9.]", "", package.name.partition("@")[2].removesuffix(".jsii.tgz"))
    bundle = OUT / f"preflight-{version}-mended.json"
    with _lock:
        _cut(package, bundle)
    return bundle


def _cut(package: Path, bundle: Path) -> None:
    if not bundle.exists():
        source = OUT / "rules.generated.js"
        source.parent.mkdir(parents=True, exist_ok=True)
        with tarfile.open(package) as packed:
            script = packed.extractfile("package/lib/rules.generated.js")
            assert script is not None, "cdk-preflight keeps its rules elsewhere now"
            source.write_bytes(script.read())
        printed = run([node() / "node", "-e", _LOAD, source])
        libraries, bundled = json.loads(printed.stdout)
        named = [[rule["name"], rule["rego"]] for rule in libraries] + [
            [rule["id"], mended(rule["id"], rule["rego"])] for rule in bundled
        ]
        bundle.write_text(json.dumps(named), "utf-8")


def mended(id: str, rule: str) -> str:
    """Return a rule as it means to be. Raises AssertionError if the package has another text, and the mending has to go."""
    if id not in MENDED:
        return rule
    wrong, right = MENDED[id]
    assert wrong in rule, f"cdk-preflight has another {id} now: prove/static/preflight.py need not mend it"
    return rule.replace(wrong, right)
