"""The resources of a stack: one module for a service, called after its id, with those of the connections that belong to it.

A connection belongs to the service whose resource makes it (the rule of a bus, the event source mapping of a function,
the route of an API), else to its source. Nothing lists the modules: `blueprints.stack.registry` finds them.
"""
