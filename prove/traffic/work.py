"""Fault injection for the work of a state machine: another image for a container, or other code for a function."""

import io
import time
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from prove import tools
from prove.emulator.image_builds import command_of
from prove.live import images
from prove.traffic.session import Session

FUNCTION = "AWS::Lambda::Function"
FLAGS = tools.OUT / "emulator" / "flags"
SLEEPS_S = 8
#: Record an attempt: the compensation does not count, nor does a check of another system.
_NOTE = "import os\n    if event.get('action', 'run') in ('run', 'submit'): open({0!r}, 'a').write('x')"


def _note(tries: Path) -> str:
    return f'[ "${{ACTION:-run}}" = run ] && printf x >>{tries}'


def _file(session: Session) -> Path:
    FLAGS.mkdir(parents=True, exist_ok=True)
    file = FLAGS / session.mark()
    file.unlink(missing_ok=True)
    return file


def tries(notes: Path) -> int:
    """Return the number of attempts in a file."""
    return len(notes.read_text("utf-8")) if notes.exists() else 0


@contextmanager
def failing(session: Session, program: str) -> Iterator[Path]:
    """The work fails each time; the file has a letter for each attempt."""
    tries = _file(session)
    python = f"{_NOTE.format(str(tries))}\n    raise RuntimeError('as planned')"
    with _replacement(session, program)(["sh", "-c", f"{_note(tries)}; exit 9"], python):
        yield tries


@contextmanager
def failing_once(session: Session, program: str) -> Iterator[Path]:
    """The work fails the first time and succeeds from then on; the file has a letter for each attempt."""
    tries, flag = _file(session), _file(session)
    real = " ".join(command_of(folder)) if (folder := _folder(session, program)) else ""
    shell = f"{_note(tries)}; [ -e {flag} ] && exec {real}; touch {flag}; exit 9"
    python = f"{_NOTE.format(str(tries))}\n    if not os.path.exists({str(flag)!r}):\n        open({str(flag)!r}, 'w').close()\n"
    python += (
        "        raise RuntimeError('as planned')\n    return {'done': True} if event.get('action') == 'check' else {}"
    )
    with _replacement(session, program)(["sh", "-c", shell], python):
        yield tries


@contextmanager
def hanging(session: Session, program: str) -> Iterator[None]:
    """The work takes longer than its timeout."""
    with _replacement(session, program)(["sleep", str(SLEEPS_S)], f"import time; time.sleep({SLEEPS_S})"):
        yield
    # A function that its caller has given up still runs, and would write to a log group that is deleted by then.
    time.sleep(SLEEPS_S if session.node(program).service == "lambda" else 0)


def _folder(session: Session, program: str) -> Path | None:
    folder = session.deployment.project.folder / "src" / session.node(program).subject
    return folder if (folder / "Dockerfile").exists() else None


#: Replaces a program by a command for an image, or by a body for a handler.
Replace = Callable[[list[str], str], AbstractContextManager[None]]


def _replacement(session: Session, program: str) -> Replace:
    return _image(session, program) if session.node(program).service != "lambda" else _code(session, program)


def _image(session: Session, program: str) -> Replace:
    deployment, subject = session.deployment, session.node(program).subject
    address = images.address(deployment, subject)

    @contextmanager
    def replaced(command: list[str], _: str) -> Iterator[None]:
        images.push(deployment.project, subject, address, command)
        try:
            yield
        finally:
            images.push(deployment.project, subject, address)

    return replaced


def _code(session: Session, program: str) -> Replace:
    client, name = session.client("lambda"), session.deployment.of_node(program, FUNCTION)

    @contextmanager
    def replaced(_: list[str], body: str) -> Iterator[None]:
        with urllib.request.urlopen(client.get_function(FunctionName=name)["Code"]["Location"]) as response:
            original = response.read()
        _release(session, name, _zip(f"def handler(event, context):\n    {body}\n"))
        try:
            yield
        finally:
            _release(session, name, original)

    return replaced


def _release(session: Session, function: str, code: bytes) -> None:
    """Replace the code of a function, and move its alias to the new version."""
    client = session.client("lambda")
    version = client.update_function_code(FunctionName=function, ZipFile=code, Publish=True)["Version"]
    for alias in client.list_aliases(FunctionName=function)["Aliases"]:
        client.update_alias(FunctionName=function, Name=alias["Name"], FunctionVersion=version)


def _zip(code: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("app.py", code)
    return out.getvalue()
