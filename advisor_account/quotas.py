"""Compares the quotas of an account with the needs of a design."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import jmespath

from advisor.architecture import Architecture
from advisor.text import EMPTY, Text
from advisor.vocabulary.units import words
from advisor_account.data import table
from advisor_account.outcome import Outcome, Unanswered
from advisor_account.session import Account, error_code
from blueprints.sam.translation import Json, of_type

_DAY = timedelta(days=1)
_SECONDS = {
    "MICROSECOND": 1e-6,
    "MILLISECOND": 1e-3,
    "SECOND": 1,
    "MINUTE": 60,
    "HOUR": 3600,
    "DAY": 86400,
    "WEEK": 604800,
}


@dataclass(frozen=True, slots=True)
class Need:
    """The share of a design in a quota, in the unit of the quota, and its calculation."""

    row: Mapping[str, Any]
    amount: float
    unit: str
    counted: Text

    @property
    def name(self) -> Text:
        """The name of the quota."""
        return Text(self.row["name"]["en"], self.row["name"]["ja"])


def quota_needs(architecture: Architecture, template: Json) -> Iterator[Need]:
    """Yield the needs of a design for the quotas in the table: from its budgets, and from its resource counts."""
    budgets = [budget for edge in architecture.edges for budget in edge.budgets]
    for row in table("quotas.yaml")["quotas"]:
        if "fact" in row:
            matching = [budget for budget in budgets if budget.source == row["fact"]]
            if matching:
                amount = (
                    sum(budget.have for budget in matching)
                    if row.get("adds")
                    else max(budget.have for budget in matching)
                )
                yield Need(row, amount, matching[0].unit, matching[0].counted if len(matching) == 1 else EMPTY)
        else:
            resources = len(list(of_type(template, tuple(row["types"]))))
            if resources:
                yield Need(row, resources, "count", EMPTY)


def check_quotas(account: Account, needs: list[Need], now: datetime) -> Iterator[Outcome]:
    """Yield one finding for each quota that a design takes something of."""
    for need in needs:
        try:
            yield _quota_outcome(account, need, now)
        except Unanswered as error:
            yield Outcome("quota", "unknown", need.name, error.text, _console_page(account, need))


def _quota_outcome(account: Account, need: Need, now: datetime) -> Outcome:
    quota = _quota(account, need)
    allowed = float(quota["Value"]) * float(need.row.get("scale", 1))
    used, unknown = _used(account, need, quota, now)
    needed, limit = words(need.amount, need.unit), words(allowed, need.unit)
    en, ja = f"Takes {needed.en}", f"必要量 {needed.ja}"
    if need.counted.en:
        en, ja = f"{en} ({need.counted.en})", f"{ja}（{need.counted.ja}）"
    if used is not None:
        in_use = words(used, need.unit)
        en, ja = f"{en}, besides {in_use.en} in use", f"{ja}、使用中 {in_use.ja}"
    en, ja = f"{en}; the quota is {limit.en}.", f"{ja}、クォータ {limit.ja}。"
    if need.amount + (used or 0) > allowed:
        adjustable = quota.get("Adjustable")
        en += " Request an increase before you deploy." if adjustable else " It cannot be raised."
        ja += "デプロイ前に引き上げを申請してください。" if adjustable else "引き上げはできません。"
        return Outcome("quota", "blocked", need.name, Text(en, ja), _console_page(account, need))
    if unknown is not None:
        en, ja = f"{en} The current usage is not known: {unknown.en}", f"{ja}使用量は不明です。{unknown.ja}"
        return Outcome("quota", "unknown", need.name, Text(en, ja), _console_page(account, need))
    return Outcome("quota", "fine", need.name, Text(en, ja), _console_page(account, need))


def _quota(account: Account, need: Need) -> Json:
    """Return the applied quota of the account, or the default."""
    ids = {"ServiceCode": need.row["service"], "QuotaCode": need.row["code"]}
    try:
        quota: Json = account.call("service-quotas", "get_service_quota", **ids)["Quota"]
    except Unanswered as error:
        if error_code(error) != "NoSuchResourceException":
            raise
        quota = account.call("service-quotas", "get_aws_default_service_quota", **ids)["Quota"]
    return quota


def _used(account: Account, need: Need, quota: Json, now: datetime) -> tuple[float | None, Text | None]:
    """Return the current usage, or the reason why it is unknown."""
    try:
        if "count" in need.row:
            return _counted(account, need.row["count"]), None
        return _measured(account, quota, now), None
    except Unanswered as error:
        return None, error.text


def _counted(account: Account, listing: Mapping[str, Any]) -> float:
    query = jmespath.compile(listing["list"])
    pages = account.pages(listing["client"], listing["operation"], **listing.get("arguments", {}))
    return float(sum(len(query.search(page) or ()) for page in pages))


def _measured(account: Account, quota: Json, now: datetime) -> float | None:
    """Return the highest usage of the last day in CloudWatch, or None if AWS publishes none."""
    metric = quota.get("UsageMetric") or {}
    if not metric.get("MetricName"):
        return None
    statistic = str(metric.get("MetricStatisticRecommendation") or "Maximum")
    answer = account.call(
        "cloudwatch",
        "get_metric_statistics",
        Namespace=metric["MetricNamespace"],
        MetricName=metric["MetricName"],
        Dimensions=[{"Name": k, "Value": v} for k, v in sorted(metric.get("MetricDimensions", {}).items())],
        StartTime=now - _DAY,
        EndTime=now,
        Period=300,
        Statistics=[statistic],
    )
    highest = max((float(point[statistic]) for point in answer["Datapoints"]), default=0.0)
    return highest / 300 * _period(quota) if statistic == "Sum" else highest


def _period(quota: Json) -> float:
    """Return the seconds over which a rate counts."""
    period = quota.get("Period") or {}
    return float(period.get("PeriodValue", 1)) * _SECONDS.get(str(period.get("PeriodUnit", "SECOND")), 1)


def _console_page(account: Account, need: Need) -> str:
    service, code = need.row["service"], need.row["code"]
    return f"https://{account.region}.console.aws.amazon.com/servicequotas/home/services/{service}/quotas/{code}"


def unchecked_quotas(needs: list[Need], reason: Text) -> Iterator[Outcome]:
    """Yield the needs of the design for each quota if the account is not accessible."""
    for need in needs:
        needed = words(math.ceil(need.amount) if need.unit == "count" else need.amount, need.unit)
        sentence = Text(f"Takes {needed.en}. {reason.en}", f"必要量 {needed.ja}。{reason.ja}")
        yield Outcome("quota", "unknown", need.name, sentence)
