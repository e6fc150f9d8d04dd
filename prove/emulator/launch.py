"""The main program of the emulator: `python -m prove.emulator.launch [--without PATCH ...]`. Ends with its parent."""

import argparse
import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from importlib import import_module

from prove.emulator.patches import PATCHES


def end_with(parent: int) -> None:
    """End this process when its parent process has ended."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


def main(words: Sequence[str]) -> None:
    """Install the patches that are not excluded, then serve until stopped."""
    parser = argparse.ArgumentParser("python -m prove.emulator.launch")
    parser.add_argument("--without", action="append", choices=PATCHES, default=[])
    excluded = parser.parse_args(words).without
    end_with(os.getppid())
    # Containers start with the default: a signal that this process ignores, as in some CI, its children would too.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for name in PATCHES:
        if name not in excluded:
            import_module(f"prove.emulator.patches.{name}").install()
    sys.argv = sys.argv[:1]
    import_module("ministack.app").main()


if __name__ == "__main__":
    main(sys.argv[1:])
