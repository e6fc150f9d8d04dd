"""The process of an environment: it answers lines of {"driver": …, "env": {…}, "jobs": …} with the lines of a driver.

A driver is a module beside this one with `answers(jobs)`. What it loads stays loaded for what is asked next. The last
line of an answer is {"error": …}: null, or the traceback that the driver ended with.
"""

import json
import os
import sys
import traceback
from importlib import import_module
from typing import TextIO


def serve(said: TextIO) -> None:
    """Answer line by line until there is no more to read."""
    for line in sys.stdin:
        asked, around, error = json.loads(line), dict(os.environ), None
        os.environ.update(asked["env"])
        try:
            for answer in import_module(asked["driver"]).answers(asked["jobs"]):
                print(json.dumps(answer), file=said, flush=True)
        except Exception:
            error = traceback.format_exc()
        finally:
            os.environ.clear()
            os.environ.update(around)
        print(json.dumps({"error": error}), file=said, flush=True)


if __name__ == "__main__":
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    # What a tool prints is no answer.
    os.dup2(2, 1)
    serve(answers)
