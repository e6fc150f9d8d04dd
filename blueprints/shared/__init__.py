"""Shared by the parts of several services: roles, keys, the network, load balancing, APIs. No module here makes a service."""
