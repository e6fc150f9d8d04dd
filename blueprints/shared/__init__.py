"""What the parts of several services share: roles, keys, the network, load balancing, APIs. No module here makes a service."""
