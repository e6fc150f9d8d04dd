"""The commands that are more than a few lines, one module each; `advisor_cli.main` registers them.

Like the command line itself they know the other rooms, and load them when they are needed.
"""
