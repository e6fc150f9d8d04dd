"""The commands `build`, `tag` and `push` of a container engine, as the CDK calls them: `python image_builds.py COMMAND...`.

There is no container engine here. An image is the folder of its Dockerfile, whose `CMD` and `ENV` say how it starts. What is
pushed is a line of the file in `PROVE_BUILT_IMAGES`, which the emulator reads whenever it starts a container.
"""

import json
import os
import re
import sys
from pathlib import Path

#: Variable with the path of the file of pushed images, one JSON object with address, folder, command and variables a line.
BUILT = "PROVE_BUILT_IMAGES"
#: Variable with the search path of the programs.
SEARCHED = "PROVE_IMAGE_PATH"
ADAPTER = "/opt/extensions/lambda-adapter"
_VARIABLE = re.compile(r"(\w+)=(\S+)")


def command_of(folder: Path) -> list[str]:
    """Return the command of the Dockerfile in a folder, which is in its list form."""
    lines = (folder / "Dockerfile").read_text("utf-8").splitlines()
    (arguments,) = (line.removeprefix("CMD ") for line in lines if line.startswith("CMD "))
    return [str(word) for word in json.loads(arguments)]


def described(folder: Path) -> dict[str, object]:
    """Return how the image of a Dockerfile starts."""
    text = (folder / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    lines = text.splitlines()
    command = command_of(folder)
    variables = {name: value for line in lines if line.startswith("ENV ") for name, value in _VARIABLE.findall(line)}
    if ADAPTER in text:
        if f"EXPOSE {variables.get('AWS_LWA_PORT', '8080')}" not in lines:
            sys.exit("The adapter passes requests to a port that the image does not expose.")
        command = [sys.executable, str(Path(__file__).with_name("web_adapter.py")), *command]
    return {"folder": str(folder), "command": command, "variables": variables, "path": os.environ[SEARCHED]}


def main(words: list[str]) -> int:
    """Carry out one command; return its exit code. Names of images are links to their folders."""
    built = Path(os.environ[BUILT])
    named = built.with_suffix(".d")
    named.mkdir(parents=True, exist_ok=True)
    match words:
        case ["build", *options]:
            _link(_named(named, options[options.index("--tag") + 1]), Path.cwd())
        case ["inspect", name]:
            return int(not _named(named, name).exists())
        case ["tag", name, other]:
            _link(_named(named, other), _named(named, name).resolve())
        case ["push", *_, name]:
            image = {"address": name, **described(_named(named, name).resolve())}
            with built.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(image) + "\n")
        case ["login", *_]:
            sys.stdin.read()
        case _:
            sys.exit(f"This container engine knows no command {words}.")
    return 0


def _link(name: Path, folder: Path) -> None:
    name.unlink(missing_ok=True)
    name.symlink_to(folder)


def _named(folder: Path, name: str) -> Path:
    return folder / name.replace("/", "%")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
