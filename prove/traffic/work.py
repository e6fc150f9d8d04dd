"""What a state machine runs, made to fail: the same program with another image, or a function with other code."""

import io
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from prove import tools
from prove.live import images
from prove.traffic.scene import Scene

FUNCTION = "AWS::Lambda::Function"
FLAGS = tools.OUT / "emulator" / "flags"
SLEEPS_S = 8
#: Note a try: what undoes the work later is none.
_NOTE = "import os\n    if event.get('action', 'run') == 'run': open({0!r}, 'a').write('x')"


def _note(tries: Path) -> str:
    return f'[ "${{ACTION:-run}}" = run ] && printf x >>{tries}'


def _file(scene: Scene) -> Path:
    FLAGS.mkdir(parents=True, exist_ok=True)
    found = FLAGS / scene.mark()
    found.unlink(missing_ok=True)
    return found


def tries(notes: Path) -> int:
    """Return how often work was tried that keeps notes."""
    return len(notes.read_text("utf-8")) if notes.exists() else 0


@contextmanager
def failing(scene: Scene, program: str) -> Iterator[Path]:
    """The work fails each time; the file that is given holds a letter for each try."""
    tries = _file(scene)
    python = f"{_NOTE.format(str(tries))}\n    raise RuntimeError('as planned')"
    with _instead(scene, program)(["sh", "-c", f"{_note(tries)}; exit 9"], python):
        yield tries


@contextmanager
def failing_once(scene: Scene, program: str) -> Iterator[Path]:
    """The work fails the first time, and does what it should from then on; the file holds a letter for each try."""
    tries, flag = _file(scene), _file(scene)
    real = " ".join(images.command(folder)) if (folder := _folder(scene, program)) else ""
    shell = f"{_note(tries)}; [ -e {flag} ] && exec {real}; touch {flag}; exit 9"
    python = f"{_NOTE.format(str(tries))}\n    if not os.path.exists({str(flag)!r}):\n        open({str(flag)!r}, 'w').close()\n"
    python += "        raise RuntimeError('as planned')\n    return {}"
    with _instead(scene, program)(["sh", "-c", shell], python):
        yield tries


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
