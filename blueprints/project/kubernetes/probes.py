"""Probes that run inside the container, in the language of its program."""

from typing import Any

from blueprints.plan import HEALTH_PATH
from blueprints.plan.network import APPLICATION_PORT

Json = dict[str, Any]
_ALIVE_FILE = "/tmp/alive"
_ADDRESS = f"http://127.0.0.1:{APPLICATION_PORT}{HEALTH_PATH}"


def answering(*, typescript: bool) -> Json:
    """Return an exec probe of a web server, which needs no open port on the node or in the pod."""
    if typescript:
        done = "(answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1)"
        command = ["node", "-e", f"fetch('{_ADDRESS}').then({done})"]
    else:
        command = ["python", "-c", f"from urllib.request import urlopen; urlopen('{_ADDRESS}', timeout=4)"]
    return {"exec": {"command": command}, "timeoutSeconds": 5}


def turning(oldest: int, *, typescript: bool) -> Json:
    """Return the probe of a loop: unhealthy if the last run started more than so many seconds ago."""
    if typescript:
        late = f"Date.now() - fs.statSync('{_ALIVE_FILE}').mtimeMs > {oldest * 1000}"
        command = ["node", "-e", f"const fs = require('node:fs'); process.exit({late} ? 1 : 0)"]
    else:
        check = f"import os, time; assert time.time() - os.stat('{_ALIVE_FILE}').st_mtime < {oldest}"
        command = ["python", "-c", check]
    return {"exec": {"command": command}, "initialDelaySeconds": 30, "periodSeconds": 60, "timeoutSeconds": 5}
