"""The emulator of AWS that generated projects are deployed to: ministack, pinned, with its gaps patched.

`process` starts and ends it, `launch` is the program that it runs as (in an environment and a Python of its own), and each
module of `patches` supplies one behaviour that the pinned release lacks. A test shows each gap without its patch, so that a
patch that a later release makes superfluous is found.
"""
