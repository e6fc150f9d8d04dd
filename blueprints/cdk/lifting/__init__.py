"""The stack of a plan as a CDK program: each resource becomes the construct that an expert would write for it.

A *lift* turns a resource, with the resources that belong to it, into statements of the tree; it is registered for the
resource's type in `blueprints.cdk.lifts`. A type without an L2 mapping is written as its L1 class, from a table of the
pinned library. A *composite* (the network, the alarms) is stated in the terms of the plan, and has a lift as a whole.

`lifter` lifts a stack, `resource` is what a lift takes properties from, `references` and `l1` print what needs no
judgment, `registry` finds the lifts; `blueprints.cdk.sections` puts their statements into the sections of the stack.
"""
