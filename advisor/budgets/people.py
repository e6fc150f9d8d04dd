"""Producers that are faster than the channels by which people hear of their work."""

from collections.abc import Mapping
from typing import NamedTuple

from advisor.architecture import Architecture, Edge
from advisor.book import DatedBook
from advisor.verdict.arrivals import RATES
from advisor.verdict.known import Known

#: Destinations that a person reads one message after another.
READ_BY_PEOPLE = ("email", "sms")
EMAIL_RATE = "sns-email-rate"


class Outrun(NamedTuple):
    """The peak rate of a producer, and what it exceeds: the stated peak of its channel, and the most emails per second."""

    producer_per_s: float
    channel_per_s: float | None
    emails_per_s: float | None


def outrun(architecture: Architecture, edge: Edge, facts: Mapping[str, Known], dated: DatedBook) -> Outrun | None:
    """Return by how much a producer is faster than a channel to people; None if it is not, or if its rate is not stated."""
    topic, producer = architecture.node(edge.target), facts[architecture.node(edge.source).subject]
    heard = {architecture.node(e.target).service for e in architecture.leaving(topic.id)}
    if heard.isdisjoint(READ_BY_PEOPLE):
        return None
    work = _peak(producer) or _peak(facts.get(str(producer.values.get("listens_to"))))
    stated, emails = _peak(facts[topic.subject]), dated.most(EMAIL_RATE, "per_s") if "email" in heard else None
    if work is None or (stated is None and emails is None):
        return None
    found = Outrun(work, *(limit if limit is not None and work > limit else None for limit in (stated, emails)))
    return found if any(limit is not None for limit in found[1:]) else None


def stated_rates(known: Known | None) -> tuple[float, float] | None:
    """Return the average and peak rate of a component or channel if an answer states its rate."""
    if known is None or not (set(RATES) & known.values.keys() - known.assumed):
        return None
    return float(known.values["rate_average_rps"]), float(known.values["rate_peak_rps"])


def _peak(known: Known | None) -> float | None:
    rates = stated_rates(known)
    return None if rates is None else rates[1]
