"""The emulator of AWS that generated projects are deployed to: ministack, pinned, with its gaps mended.

`process` starts and ends it, `launch` is the program that it runs as (in an environment and a Python of its own), and each
module of `mends` supplies one behaviour that the pinned release lacks. A test shows each gap without its mend, so that a
mend that a later release makes superfluous is found.
"""
