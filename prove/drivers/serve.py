"""The worker process of an environment: answers lines of {"driver": …, "env": {…}, "jobs": …} with a driver's lines.

A driver is a module of this folder with `answers(jobs)`. Its imports stay loaded for later requests. The last
line of a response is {"error": …}: null, or the traceback of the driver.
"""

import json
import os
import sys
import traceback
from importlib import import_module
from typing import TextIO


def serve(output: TextIO) -> None:
    """Answer each line of standard input until it closes."""
    for line in sys.stdin:
        request, environment, error = json.loads(line), dict(os.environ), None
        os.environ.update(request["env"])
        try:
            for answer in import_module(request["driver"]).answers(request["jobs"]):
                print(json.dumps(answer), file=output, flush=True)
        except Exception:
            error = traceback.format_exc()
        finally:
            os.environ.clear()
            os.environ.update(environment)
        print(json.dumps({"error": error}), file=output, flush=True)


if __name__ == "__main__":
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    # Output that a tool prints must not mix with the responses.
    os.dup2(2, 1)
    serve(answers)
