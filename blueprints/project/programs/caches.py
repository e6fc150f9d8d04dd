"""Caches beside a data store: copies of items, without which a program works, but more slowly."""

from collections.abc import Mapping

from blueprints.traits.elasticache_serverless import CACHE


def cache_aside(verbs: Mapping[str, str], services: Mapping[str, str], primary: str | None) -> str | None:
    """Return the cache that a program reads and writes beside another primary store, which others may write, if there is one.

    `verbs` and `services` are those of the program's stores, by the id of the node.
    """
    if primary is None or services[primary] == CACHE:
        return None
    caches = (id for id, verb in verbs.items() if verb == "read-write" and services[id] == CACHE)
    return next((id for id in caches if id != primary), None)
