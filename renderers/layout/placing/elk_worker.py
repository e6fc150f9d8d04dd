"""The layout process: ELK in V8, one graph per line of JSON in, one laid out graph per line out.

The first line says whether it is ready. Started by `renderers.layout.placing.engine` as a script of its own, so that a layout
that hangs can be killed. It imports nothing of this package. A dictionary with `error` answers a graph that ELK refuses.
"""

import json
import os
import sys
from pathlib import Path

START = """
var window = this, self = this, module = {exports: {}}, exports = module.exports;
var setTimeout = function (task) { task(); }, clearTimeout = function () {};
var console = {log: function () {}, warn: function () {}, error: function () {}};
"""
RUN = """
var answer = null;
var elk = new (module.exports.Worker || module.exports.default)();
elk.onmessage = function (event) { answer = event.data; };
elk.postMessage({id: 0, cmd: 'register', algorithms: ['layered']});
function layout(text) {
  answer = null;
  elk.postMessage({id: 1, cmd: 'layout', graph: JSON.parse(text), layoutOptions: {}, options: {}});
  return JSON.stringify(answer.error ? {error: String(answer.error.message || answer.error)} : answer.data);
}
"""


def main() -> None:
    """Answer graphs until the input ends."""
    try:
        from py_mini_racer import MiniRacer

        engine = MiniRacer()
    except Exception:  # no wheel for this machine: said once, so that nobody takes it for a process that was killed
        sys.stdout.write('{"ready": false}\n')
        return
    engine.eval(START)
    engine.eval(Path(sys.argv[1]).read_text(encoding="utf-8"))
    engine.eval(RUN)
    sys.stdout.write('{"ready": true}\n')
    sys.stdout.flush()
    for line in sys.stdin:
        try:
            answer = str(engine.eval(f"layout({json.dumps(line)})"))
        except Exception as error:  # an error must reach the caller, which falls back
            answer = json.dumps({"error": str(error)[:500]})
        sys.stdout.write(answer + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)  # V8 may wait for its own threads for ever when it is taken down
