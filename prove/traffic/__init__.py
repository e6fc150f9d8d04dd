"""Traffic through deployed projects: every connection of an architecture is used, or omitted with a reason.

There is a module per kind of connection and none per story. `walk` iterates over the edges of a case's graph; the
source service, verb and target service of an edge select the module that drives it. No module contains names of a
project: the metadata of the template maps nodes to resources.
"""
