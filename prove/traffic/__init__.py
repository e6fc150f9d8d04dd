"""Traffic through deployed projects: every connection of an architecture is used, or named with the reason why not.

There is a module per kind of connection and none per story. `walk` goes along the edges of a case's graph; what an edge
needs (source service, verb, target service) decides which module drives it. Nothing here knows a project's names: where a
node is comes from the template's own metadata.
"""
