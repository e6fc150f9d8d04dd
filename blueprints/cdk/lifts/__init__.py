"""The stack of a plan as a CDK program: each resource becomes the construct that an expert would write for it.

A *lift* turns a resource, with the resources that hang on it, into statements of the tree; it is registered for the
resource's type. A type without a lift is printed as its L1 class, from a table of the pinned library. A *composite*
(the network, the alarms) says what is meant in the plan's own words, and has a lift as a whole.

`lifter` runs all of it, `resource` is what a lift takes apart, `references` and `l1` print what needs no judgement,
`registry` finds the lifts, `sections` puts their statements into the sections of the stack.
"""
