"""What a state machine runs, made to fail: the same program with another image, or a function with other code."""

import io
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from prove import images, tools
from prove.traffic.scene import Scene

FUNCTION = "AWS::Lambda::Function"
FLAGS = tools.OUT / "emulator" / "flags"
SLEEPS_S = 8


@contextmanager
def failing(scene: Scene, program: str) -> Iterator[None]:
    """The work fails each time."""
    with _instead(scene, program)(["sh", "-c", "exit 9"], "raise RuntimeError('as planned')"):
        yield


@contextmanager
def failing_once(scene: Scene, program: str) -> Iterator[None]:
    """The work fails the first time, and does what it should from then on."""
    FLAGS.mkdir(parents=True, exist_ok=True)
    flag = FLAGS / scene.mark()
    flag.unlink(missing_ok=True)
    real = " ".join(images.command(folder)) if (folder := _folder(scene, program)) else ""
    shell = f"[ -e {flag} ] && exec {real}; touch {flag}; exit 9"
    python = f"import os\n    if not os.path.exists({str(flag)!r}):\n        open({str(flag)!r}, 'w').close()\n"
    python += "        raise RuntimeError('as planned')\n    return {}"
    with _instead(scene, program)(["sh", "-c", shell], python):
        yield


@contextmanager
def hanging(scene: Scene, program: str) -> Iterator[None]:
    """The work does not come to an end while anybody waits for it."""
    with _instead(scene, program)(["sleep", str(SLEEPS_S)], f"import time; time.sleep({SLEEPS_S})"):
        yield


def _folder(scene: Scene, program: str) -> Path | None:
    found = scene.deployment.project.folder / "src" / scene.node(program).subject
    return found if (found / "Dockerfile").exists() else None


#: Takes a command for an image and a body for a handler, of which it needs one.
Replace = Callable[[list[str], str], AbstractContextManager[None]]


def _instead(scene: Scene, program: str) -> Replace:
    return _image(scene, program) if scene.node(program).service != "lambda" else _code(scene, program)


def _image(scene: Scene, program: str) -> Replace:
    made, subject = scene.deployment, scene.node(program).subject
    where = images.address(made, subject)

    @contextmanager
    def replaced(command: list[str], _: str) -> Iterator[None]:
        images.push(made.project, subject, where, command)
        try:
            yield
        finally:
            images.push(made.project, subject, where)

    return replaced


def _code(scene: Scene, program: str) -> Replace:
    client, name = scene.client("lambda"), scene.deployment.of_node(program, FUNCTION)

    @contextmanager
    def replaced(_: list[str], body: str) -> Iterator[None]:
        with urllib.request.urlopen(client.get_function(FunctionName=name)["Code"]["Location"]) as got:
            before = got.read()
        client.update_function_code(FunctionName=name, ZipFile=_zip(f"def handler(event, context):\n    {body}\n"))
        try:
            yield
        finally:
            client.update_function_code(FunctionName=name, ZipFile=before)

    return replaced


def _zip(code: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("app.py", code)
    return out.getvalue()
