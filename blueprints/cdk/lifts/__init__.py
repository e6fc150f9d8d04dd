"""The lifts, in one package for each subject: how resources of a type become L2 constructs.

`blueprints.cdk.lifting` finds them and runs them.
"""
