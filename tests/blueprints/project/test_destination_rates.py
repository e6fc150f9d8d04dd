"""What calls external destinations calls them no faster than they accept, in every target, and the README says so."""

from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.text import LANGS, Lang

TARGETS = [target.id for target in blueprints.TARGETS]
#: How each target writes the limit of an API destination, and of a subscription.
BUS = {
    "sam": "InvocationRateLimitPerSecond: {n}\n",
    "cdk-python": "rate_limit_per_second={n},",
    "cdk-typescript": "rateLimitPerSecond: {n},",
}
TOPIC = {
    "sam": "maxReceivesPerSecond: {n}\n",
    "cdk-python": "max_receives_per_second={n})",
    "cdk-typescript": "maxReceivesPerSecond: {n} }",
}
AGE = {
    "sam": "MaximumEventAgeInSeconds: {n}\n",
    "cdk-python": "maximum_event_age_in_seconds={n},",
    "cdk-typescript": "maximumEventAgeInSeconds: {n} }",
}
RETRIES = {
    "sam": "MaximumRetryAttempts: {n}\n",
    "cdk-python": "maximum_retry_attempts={n},",
    "cdk-typescript": "maximumRetryAttempts: {n},",
}


def project(book: Book, target: str, lang: Lang = "en", **channel: Any) -> dict[str, str]:
    given = {
        "components": [{"id": "shop", "trigger": "request", "publishes": ["orders"]}],
        "channels": [{"id": "orders", "carries": "event", "destinations": [{"kind": "partner-http"}], **channel}],
    }
    found = blueprints.build(advise(make_requirements(given), book), target, lang=lang, extras={})
    return {path: found[path].decode() for path in found if path.endswith((".md", ".py", ".ts", ".yaml"))}


def has(files: dict[str, str], words: str, n: int) -> bool:
    return any(words.replace("{n}", str(n)) in text for text in files.values())


@pytest.mark.parametrize("target", TARGETS)
def test_an_api_destination_is_called_at_the_stated_rate_for_a_day(target: str, book: Book) -> None:
    plain, limited = project(book, target, rate_peak_rps="120/s"), project(book, target, destination_max_rps="2/s")
    # Without a limit of its own, a destination is called as often as messages arrive, and they wait for as long.
    assert has(plain, BUS[target], 120)
    assert has(plain, AGE[target], 86400)
    assert has(plain, RETRIES[target], 185)
    assert has(project(book, target), BUS[target], 300)
    assert has(limited, BUS[target], 2)
    assert has(limited, AGE[target], 86400)
    assert has(limited, RETRIES[target], 185)
    assert not has(limited, BUS[target], 300)


@pytest.mark.parametrize("target", TARGETS)
def test_a_subscription_is_throttled_to_the_stated_rate(target: str, book: Book) -> None:
    pinned = {"pins": {"messaging": "sns"}}
    assert has(project(book, target, destination_max_rps="2/s", **pinned), TOPIC[target], 2)
    assert not any(TOPIC[target].partition("{n}")[0] in text for text in project(book, target, **pinned).values())


def test_only_subscriptions_over_https_are_throttled(book: Book) -> None:
    kinds = [{"kind": "partner-http"}, {"kind": "email"}, {"kind": "function"}]
    template = project(book, "sam", destinations=kinds, destination_max_rps="2/s", pins={"messaging": "sns"})[
        "template.yaml"
    ]
    assert template.count("maxReceivesPerSecond: 2") == 1


@pytest.mark.parametrize("lang", LANGS)
def test_the_readme_states_the_limit_and_how_long_events_wait(lang: Lang, book: Book) -> None:
    readme = project(book, "sam", lang, destination_max_rps="2/s")["README.md"]
    stated = {"en": "Rate limit of each destination: 2 per second", "ja": "宛先ごとのレート制限: 毎秒 2 件"}[lang]
    assert stated in readme
    assert {"en": "for at most 1 day", "ja": "最長 1 日"}[lang] in readme
    assert stated not in project(book, "sam", lang)["README.md"]
