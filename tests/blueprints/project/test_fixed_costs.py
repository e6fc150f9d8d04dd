"""The fixed costs of a README are those of what the project contains, as it says that all else is billed by usage."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.text import Lang

API: Mapping[str, Any] = {"id": "api", "trigger": "request", "reads": ["data"], "writes": ["data"]}
SECRETS = {"en": "Secrets Manager: per month for each secret", "ja": "Secrets Manager: シークレット 1 件ごとの月額"}
KEYS = {
    "en": re.compile(r"^- (?:Customer managed key|(\d+) customer managed keys) \(AWS KMS\): per month", re.MULTILINE),
    "ja": re.compile(r"^- カスタマーマネージドキー（AWS KMS）(?:(\d+) 個: 1 個ごとの|: )月額", re.MULTILINE),
}


def built(book: Book, raw: Mapping[str, Any], lang: Lang = "en") -> tuple[str, str]:
    """Return the template and the fixed costs of the README."""
    files = blueprints.build(advise(make_requirements(raw), book), "sam", lang=lang, extras={})
    readme = files["README.md"].decode()
    return files["template.yaml"].decode(), readme.partition({"en": "## Fixed costs", "ja": "## 固定費"}[lang])[
        2
    ].partition("\n## ")[0]


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("keys", [False, True])
@pytest.mark.parametrize(
    "store", [{"access": "key-value"}, {"access": "relational"}, {"access": "relational", "pins": {"store": "rds"}}]
)
def test_keys_and_secrets_of_the_template_are_fixed_costs(
    book: Book, store: dict[str, Any], keys: bool, lang: Lang
) -> None:
    raw = {"workload": {"customer_managed_keys": keys}, "components": [API], "stores": [{"id": "data", **store}]}
    template, costs = built(book, raw, lang)
    number = len(re.findall(r"Type: AWS::KMS::Key$", template, re.MULTILINE))
    secrets = "AWS::SecretsManager::Secret\n" in template or "ManageMasterUserPassword: true" in template
    stated = KEYS[lang].search(costs)
    assert (int(stated[1] or 1) if stated else 0) == number >= keys
    assert (SECRETS[lang] in costs) == secrets == (store["access"] == "relational")


@pytest.mark.parametrize(("rate", "mode"), [("10/s", "on-demand"), ("20000/s", "provisioned")])
def test_a_stream_is_charged_in_its_mode(book: Book, rate: str, mode: str) -> None:
    reader = {"id": "reader", "trigger": "message", "listens_to": "readings", "longest_run_s": "1 s"}
    channel = {"id": "readings", "carries": "records", "pins": {"messaging": "kinesis"}, "rate_peak_rps": rate}
    template, costs = built(book, {"components": [reader], "channels": [channel]})
    assert ("StreamMode: PROVISIONED" in template) == (mode == "provisioned")
    assert f"Kinesis {mode} stream: per hour" in costs
    assert {"on-demand": "provisioned", "provisioned": "on-demand"}[mode] not in costs
