"""statelint over many state machines: jobs are paths, each line is a path and its problems."""

import json
import sys

from statelint.linter import Linter

if __name__ == "__main__":
    for path in json.load(sys.stdin):
        problems = Linter.validate(path)
        print(json.dumps([path, [{"rule": "statelint", "place": "", "message": one} for one in problems]]))
