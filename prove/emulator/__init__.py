"""The emulator of AWS that generated projects are deployed to: ministack, pinned, with its gaps patched.

`process` starts and ends it, `launch` is its main program (in a separate Python environment), and each module of
`patches` adds one behavior that the pinned release lacks. A test demonstrates each gap without its patch, so that a
patch that a later release makes superfluous is found.
"""
