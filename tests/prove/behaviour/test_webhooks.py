"""The check trust on receivers of signed webhooks: genuine ones are accepted, and a program without one of its checks is found."""

from pathlib import Path
from typing import Any

import pytest

import blueprints
import rules
from advisor.advise import advise
from advisor.requirements import make_requirements
from prove.behaviour import forgeries
from tests.prove.behaviour.sam_projects import WrittenProject, write_project

pytestmark = pytest.mark.usefixtures("project_python")

RECEIVER = {"id": "receiver", "trigger": "request", "authentication": "signature"}
FUNCTION: dict[str, Any] = {
    "schema": 2,
    "components": [{**RECEIVER, "publishes": ["news"], "throttling": True}],
    "channels": [{"id": "news"}],
}
CONTAINER: dict[str, Any] = {
    "schema": 2,
    "workload": {"estate": "containers"},
    "components": [{**RECEIVER, "packaging": "container-image", "portability": True, "writes": ["data"]}],
    "stores": [{"id": "data"}],
}
URL: dict[str, Any] = {**FUNCTION, "components": [{**RECEIVER, "publishes": ["news"], "exposure": "partner"}]}
REST: dict[str, Any] = {**FUNCTION, "components": [{**RECEIVER, "publishes": ["news"], "validation": True}]}
SOUND = {"http-api": FUNCTION, "rest-api": REST, "function-url": URL, "load-balancer": CONTAINER}


@pytest.mark.parametrize("name", SOUND)
def test_a_receiver_that_verifies_signatures_is_sound(name: str, tmp_path: Path) -> None:
    project = write_project(SOUND[name], tmp_path / "project")
    assert forgeries.signature_faults(project.evidence.folder / "src" / "receiver") == ()
    assert project.rules_found_by("trust") == set()
    assert project.rules_found_by("routing") == set()


@pytest.mark.parametrize("name", ["http-api", "load-balancer"])
def test_a_receiver_in_typescript_is_sound(name: str, node_modules: Path, tmp_path: Path) -> None:
    design = advise(make_requirements(SOUND[name]), rules.load_book())
    for path, content in blueprints.build(design, "cdk-typescript", lang="en", extras={}).items():
        if path.startswith("src/receiver/"):
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(content)
    folder = tmp_path / "src" / "receiver"
    assert forgeries.signature_faults(folder) == ()
    module = folder / "signature.ts"
    module.write_text(module.read_text("utf-8").replace("TOLERANCE_S = 300", "TOLERANCE_S = 3000"), "utf-8")
    assert forgeries.signature_faults(folder) == ("with an old timestamp", "with a future timestamp")


#: A fault: the module, what is replaced in it and by what, and forged webhooks that the program then accepts.
FAULTS = {
    "verifies nothing": ("caller.py", "    signature.verify(headers, _body(event), keys.valid())\n", "", "without headers"),
    "compares nothing": ("signature.py", "if not sum(", "if not expected and not sum(", "signed by another key"),
    "takes any time": ("signature.py", "TOLERANCE_S = 300", "TOLERANCE_S = 10**9", "with an old timestamp"),
    "takes future times": ("signature.py", "abs(time.time() - int(timestamp))", "time.time() - int(timestamp)", "with a future timestamp"),
    "signs no time": ("signature.py", '{id}.{timestamp}.".encode() + body', '{id}.".encode() + body', "refused: genuine"),
    "signs no body": ("signature.py", ".encode() + body", ".encode()", "refused: genuine"),
    "takes full stops in an ID": ("signature.py", r"[!-\-/-~]{1,255}", r"[!-~]{1,255}", "with another division into ID and body"),
    "verifies the text in Base64": ("caller.py", 'base64.b64decode(body) if event.get("isBase64Encoded") else ', "", "refused: genuine in Base64"),
    "parses before it verifies": ("app.py", "service.create(caller(app.current_event.raw_event), _body(), _key())", 'service.create("everyone", _body(), _key())', "without a signature"),
    "knows the current secret only": ("keys.py", "return (current, signature.key", "return (current, current) or (signature.key", "refused: genuine by the previous secret"),
    "keeps the previous secret": ("keys.py", "24 * 3600.0", "1e9", "signed by the previous secret, two days later"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_missing_check_is_found(name: str, tmp_path: Path) -> None:
    module, before, after, fault = FAULTS[name]
    project: WrittenProject = write_project(FUNCTION, tmp_path / "project")
    file = project.evidence.folder / "src" / "receiver" / module
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after), "utf-8")
    assert fault in (forgeries.signature_faults(file.parent) or ())
    rule = "genuine-webhook" if fault.startswith("refused") else "forged-webhook"
    assert {rule, "unauthorised-route"} <= project.rules_found_by("trust")


def test_a_receiver_without_a_signature_is_found(tmp_path: Path) -> None:
    project = write_project(FUNCTION, tmp_path / "project")
    folder = project.evidence.folder / "src" / "receiver"
    (folder / "caller.py").write_text('def caller(event: object) -> str:\n    return "everyone"\n', "utf-8")
    (folder / "signature.py").write_text('ID = "webhook-id"\n', "utf-8")
    assert {"served-to-nobody", "unauthorised-route"} <= project.rules_found_by("trust")
