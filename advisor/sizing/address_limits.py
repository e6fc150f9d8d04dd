"""How many requests of one address a firewall lets through."""

import math
from collections.abc import Mapping
from typing import Any

from advisor.architecture import Edge, Node
from advisor.sizing.node_updates import NodeUpdates
from advisor.sizing.sized import Sized, count, rate, seconds
from advisor.text import EMPTY, Text

#: The time in which requests are counted.
#: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-high-level-settings.html (read 2026-12-01)
WINDOW_S = 300
#: The lowest limit that this design sets, and the highest for people on the internet: 7 to 17 requests a second from one
#: address, which a person does not reach, but an office with many people can. AWS names 500 as an example and has the limit
#: measured in count mode.
#: https://docs.aws.amazon.com/whitepapers/latest/aws-best-practices-ddos-resiliency/aws-waf-rate-based-rules.html (read 2026-12-02)
LEAST, MOST_OF_PEOPLE = 2000, 5000
_MACHINES = ("signature", "aws-iam")
_TOGETHER = Text(", which is the sum of {entries} components,", "{entries} つのコンポーネントを合わせた")
_ONE_ADDRESS = Text(
    "All callers at the peak rate of {peak}{together} may share one address, such as the employees of a company behind one NAT "
    "gateway or the servers of one system. AWS WAF counts the requests of each address within {window}. This design sets at least {least}.",
    "{together}ピーク時（{peak}）のすべての呼び出し元が、企業の NAT や 1 つのシステムのサーバーのように、1 つのアドレスを共有する場合があります。"
    "{window}以内のリクエスト数の上限で、本設計では最小でも {least} 件とします。",
)
_MANY_ADDRESSES = Text(
    "Callers on the internet at the peak rate of {peak}{together} come from many addresses, and a single address that sends most of this "
    "load is probably an attack. AWS WAF counts the requests of each address within {window}. For people on the internet, this design sets {least} to {most}. Set the "
    "rule to count before you go live, and raise the limit if offices with many people behind one address reach it.",
    "{together}ピーク時（{peak}）のインターネットからの呼び出し元は多数のアドレスに分かれており、1 つのアドレスがその大半を送信する場合は攻撃の可能性が"
    "高いため、{window}以内のリクエスト数に上限を設けます。インターネット上の人が呼び出す場合、本設計では {least}～{most} 件とします。本番稼働前にルールを"
    "カウントモードにして確認し、多くの人が 1 つのアドレスを共有する企業などで上限に達する場合は引き上げてください。",
)


def limit_addresses(updates: NodeUpdates, edge: Edge, source: Node, target: Node) -> None:
    """Set the limit of a firewall: machines and the people of a known company share one address, people on the internet do not.

    The rule counts the requests of an address to all that the firewall protects: AWS WAF tracks them by rule
    (https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html, read 2026-12-01).
    """
    if edge.verb != "filter" or "requests_per_address" in target.settings:
        return
    entries = [updates.nodes[one.source] for one in updates.edges if one.verb == "filter" and one.target == target.id]
    known = {entry.subject: updates.facts_of(entry).values for entry in entries}
    peaks = {id: float(values.get("rate_peak_rps") or 0) for id, values in known.items()}
    together = sum(peak for id, peak in peaks.items() if _shares_address(known[id]))
    least = max(LEAST, math.ceil(together * WINDOW_S))
    peak, sized = sum(peaks.values()), Sized()
    whole = max(least, math.ceil(peak * WINDOW_S))
    limit = max(least, min(whole, MOST_OF_PEOPLE))
    words = _MANY_ADDRESSES if limit < whole else _ONE_ADDRESS
    parts = _TOGETHER if len(peaks) > 1 else EMPTY
    sized.put(
        "requests_per_address", limit, unit="count",
        en=words.en.replace("{together}", parts.en), ja=words.ja.replace("{together}", parts.ja),
        source="waf-rate-rule", peak=rate(peak), entries=count(len(peaks)), window=seconds(WINDOW_S), least=count(LEAST),
        most=count(MOST_OF_PEOPLE),
    )  # fmt: skip
    updates.change(target, sized)


def _shares_address(answers: Mapping[str, Any]) -> bool:
    """Return whether all callers of a component may have one address: other systems, or the people of a known company."""
    machines = answers.get("authentication") in _MACHINES or bool(answers.get("api_keys"))
    return machines or answers.get("exposure", "public") != "public"
