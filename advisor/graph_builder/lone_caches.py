"""Caches that are the only place where a program keeps what it receives: a failover can lose it."""

from collections.abc import Iterator, Mapping

from advisor.architecture import Architecture, Node
from advisor.architecture.passing import WRITING
from advisor.decision import Source, Warning
from advisor.text import Text, spaced
from advisor.verdict.known import Known

_FAILOVER = Source("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastore.html", "2026-11-25")


def kept_in_caches_only(architecture: Architecture, program: Node, facts: Mapping[str, Known]) -> Iterator[Warning]:
    """Warn of a cache that nothing stands behind: its program reads and writes no other store, and sends and calls nothing."""
    leaving = architecture.leaving(program.id)
    used = {edge.target for edge in leaving if edge.verb in ("read", *WRITING)}
    written = dict.fromkeys(edge.target for edge in leaving if edge.verb in WRITING)
    caches = [node for node in map(architecture.node, written) if facts[node.subject].values.get("access") == "cache"]
    if len(caches) == len(used) and not any(edge.verb in ("publish", "call") for edge in leaving):
        for cache in caches:
            if facts[cache.subject].values["consistency"] == "eventual":  # a rule of the store warns of the others
                yield Warning(cache.subject, cache.role, "only-a-cache-keeps-it", lone_words(program, cache), _FAILOVER)


def lone_words(program: Node, cache: Node) -> Text:
    """Return the sentence on a program that writes to a cache only."""
    return spaced(
        Text(
            f'"{program.note.en}" stores data only in the cache "{cache.note.en}", and a failover can lose the last writes. If the data '
            "cannot be loaded again from elsewhere, add a database as the system of record.",
            f"「{program.note.ja}」はキャッシュ「{cache.note.ja}」にだけデータを保存しますが、フェイルオーバーで直近の書き込みを失うことがあります。"
            "ほかから再取得できないデータであれば、正本を保存するデータベースを追加してください。",
        )
    )
