"""Programs that run in the environments of the tools. Each reads its jobs as JSON from standard input.

They print one JSON value a line and import nothing of this project, which those environments do not have.
"""
