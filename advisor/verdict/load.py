"""Rates and concurrency of a subject: as stated, or as they follow from other parts and from the shape of the load."""

from advisor.requirements.answers import AnsweredSubject, Answers
from advisor.requirements.starts import RUNS, starts
from advisor.verdict.arrivals import BURSTS, OF_THE_PEAK, RATES, STEADY, Arrivals, arrivals_at
from advisor.verdict.known import Known, fill
from advisor.verdict.run_times import MOST_ITEMS_AT_ONCE
from advisor.vocabulary.schedule_expression import starts_per_s

# Requests or messages per second where the load is said to be infrequent and no rate is stated: some dozens an hour.
RARE_RPS = 0.01


def load(answers: Answers, subject: AnsweredSubject, facts: Known) -> None:
    """Add rates and concurrency.

    A schedule starts one run each time, which works on all its items at once: the request rate, which is assumed for
    other components, does not apply. What listens to a channel or a table with a known rate has that rate.
    """
    values = facts.values
    stated_rates = {*RATES} & values.keys() - facts.assumed
    arriving = None if stated_rates else arrivals_at(answers, subject)
    if arriving and arriving.bounds and values["shape"] == "rare":
        arriving = None
    timed = starts(values, "schedule") and set(values["trigger"]) <= {*RUNS}
    counted = timed and not stated_rates
    if timed and "rate_average_rps" not in stated_rates:
        values["rate_average_rps"] = starts_per_s(values["schedule_expression"])
    elif arriving:
        arrive(facts, arriving)
    elif values["shape"] == "rare" and not stated_rates:
        values["rate_average_rps"] = RARE_RPS
    bursts = 1 if counted or values["shape"] == "steady" else BURSTS
    if not timed:
        average(facts, bursts)
    fill(facts, "rate_peak_rps", values["rate_average_rps"] * bursts)
    values["concurrency"] = values["rate_peak_rps"] * values["typical_run_s"]
    if counted or (arriving and arriving.at_once > 1):
        at_once = arriving.at_once if arriving else values["parallel_items"]
        items = min(max(1.0, at_once), MOST_ITEMS_AT_ONCE)
        values["concurrency"] = max(1.0, values["concurrency"]) * items


def arrive(facts: Known, arriving: Arrivals) -> None:
    """Add the rates that follow from stated ones of other parts."""
    facts.values["rate_average_rps"] = arriving.average
    fill(facts, "rate_peak_rps", arriving.peak)
    facts.because |= dict.fromkeys(RATES, (arriving.because,))


def average(facts: Known, bursts: float) -> None:
    """Derive an average that nobody stated from a peak that somebody stated."""
    if "rate_average_rps" in facts.assumed and "rate_peak_rps" in facts.values and "rate_peak_rps" not in facts.assumed:
        facts.values["rate_average_rps"] = facts.values["rate_peak_rps"] / bursts
        facts.because["rate_average_rps"] = (OF_THE_PEAK if bursts > 1 else STEADY,)
