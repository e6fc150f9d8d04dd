"""The cost of deployment choices: unit prices by Region from `prices.yaml`, and derived amounts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from advisor.text import Text
from blueprints.parameters.parameter import Parameter
from blueprints.plan.network import Network

ELSEWHERE = "us-east-1"
_ZONES = 2


@dataclass(frozen=True, slots=True)
class Price:
    """One unit price in USD, for a Region, as of a day (or month, or year), with its source."""

    usd: Decimal
    unit: str
    region: str
    as_of: str
    source: str


@cache
def _table() -> Mapping[str, Any]:
    rows: Mapping[str, Any] = yaml.safe_load(files(__package__).joinpath("prices.yaml").read_text("utf-8"))
    return rows


def price(id: str, region: str) -> Price:
    """Return a price in a Region, or in us-east-1 if it is not listed. Raises KeyError for an unknown id."""
    row = _table()[id]
    place = region if region in row else ELSEWHERE
    source = str(row[place].get("source", row["source"])).format(region=place)
    return Price(Decimal(str(row[place]["usd"])), row["unit"], place, str(row[place]["as_of"]), source)


def _is_listed(region: str, *ids: str) -> bool:
    """Return whether prices are known in a Region itself: those of another Region would mislead its readers."""
    return all(region in _table()[id] for id in ids)


def _priced_as_of(*ids: str, region: str) -> Text:
    """Return the Region and the oldest date of the prices: "(ap-northeast-1, 2026-09-25)"."""
    prices = [price(id, region) for id in ids]
    place, day = prices[0].region, min(unit.as_of for unit in prices)
    return Text(f"({place}, {day})", f"（{place}、{day}）")


#: Units of prices in words.
_UNITS = {"GB-s": Text("GB-second", "GB 秒"), "vCPU-h": Text("vCPU-hour", "vCPU 時間")}


def _usd(amount: Decimal) -> str:
    """Return an amount with two decimals, or with all that it has if these are more: "1.50 USD"."""
    short = amount.normalize()
    return f"{short if int(short.as_tuple().exponent) < -2 else amount.quantize(Decimal('0.01')):f} USD"


def _alternatives(first: str, second: str, region: str, start: str) -> Text | None:
    if not _is_listed(region, f"{start}-{first}", f"{start}-{second}"):
        return None
    first_price, second_price = price(f"{start}-{first}", region), price(f"{start}-{second}", region)
    as_of = _priced_as_of(f"{start}-{first}", f"{start}-{second}", region=region)
    costs, others = _usd(first_price.usd), _usd(second_price.usd)
    unit = _UNITS[first_price.unit]
    return Text(
        f"{first} costs {costs} per {unit.en}, {second} {others} {as_of.en}",
        f"1 {unit.ja}あたり {first} は {costs}、{second} は {others}{as_of.ja}",
    )


def _logs(region: str) -> Text | None:
    if not _is_listed(region, "logs-ingested", "logs-kept"):
        return None
    ingested, stored = price("logs-ingested", region), price("logs-kept", region)
    as_of = _priced_as_of("logs-ingested", "logs-kept", region=region)
    return Text(
        f"each GB costs {_usd(ingested.usd)} for ingestion and {_usd(stored.usd)} per month of storage {as_of.en}",
        f"1 GB あたり取り込みに {_usd(ingested.usd)}、保存に月額 {_usd(stored.usd)}{as_of.ja}",
    )


def priced(parameters: tuple[Parameter, ...], region: str) -> tuple[Parameter, ...]:
    """Return the parameters; those with a large effect on cost state the cost of each choice, if it is known in the Region."""
    costs = {
        "FunctionArchitecture": _alternatives("arm64", "x86_64", region, "lambda"),
        "TaskArchitecture": _alternatives("ARM64", "X86_64", region, "fargate"),
        "LogRetentionDays": _logs(region),
    }
    return tuple(
        _with(parameter, costs[parameter.id]) if parameter.id in costs else parameter for parameter in parameters
    )


def _with(parameter: Parameter, cost: Text | None) -> Parameter:
    if cost is None:
        return parameter
    words = parameter.description
    return replace(parameter, description=Text(f"{words.en}; {cost.en}", f"{words.ja}。{cost.ja}"))


def standing_costs(network: Network | None, alarms: int, region: str) -> tuple[tuple[Text, str], ...]:
    """Return the costs of internet access, private APIs and alarms, each with its source, as far as they are known in the Region."""
    known = _is_listed(region, "alarm")
    costs = [(_alarms(alarms, region), price("alarm", region).source)] if alarms and known else []
    if not _is_listed(region, "nat-hour", "nat-data", "endpoint-hour", "endpoint-data"):
        return tuple(costs)
    if network is not None and network.nat:
        gateways = _ZONES if network.nat_per_zone else 1
        costs.append((_nat(gateways, len(network.instead_of), region), price("nat-hour", region).source))
    if network is not None and network.interfaces:
        costs.append((_endpoints(len(network.interfaces), region), price("endpoint-hour", region).source))
    if network is not None and network.private_apis:
        costs.append((_private_api(region), price("endpoint-hour", region).source))
    return tuple(costs)


def monitoring_cost(alarms: int, keys: int) -> tuple[Text, str]:
    """Return what alarms, the dashboard and keys cost per month where no charge may arise while idle, with the source.

    The price of a dashboard is known in one Region only.
    """
    ids = ("alarm", "dashboard", "key")
    total = sum((price(id, ELSEWHERE).usd * n for id, n in zip(ids, (alarms, 1, keys), strict=True)), Decimal(0))
    as_of = _priced_as_of(*ids, region=ELSEWHERE)
    return (
        Text(
            f"{alarms} alarms, the dashboard and {keys} KMS key{'' if keys == 1 else 's'} cost {_usd(total)} per month in total, although the "
            f"requirements allow no charges while idle {as_of.en}",
            f"要件ではアイドル時に料金がかからないことが必須ですが、アラーム {alarms} 件、ダッシュボード、KMS キー {keys} 個に、合計で月額 "
            f"{_usd(total)} かかります{as_of.ja}",
        ),
        price("key", ELSEWHERE).source,
    )


def _alarms(count: int, region: str) -> Text:
    alarm, as_of = price("alarm", region), _priced_as_of("alarm", region=region)
    total = _usd(alarm.usd * count)
    return Text(f"{count} alarms: {total} per month {as_of.en}", f"アラーム {count} 件: 月額 {total}{as_of.ja}")


def nat_costs_less(endpoints: int, gateways: int, region: str) -> bool:
    """Return whether so many NAT gateways cost less per hour than so many interface endpoints in each Availability Zone."""
    return price("nat-hour", region).usd * gateways < price("endpoint-hour", region).usd * endpoints * _ZONES


def _nat(count: int, instead_of: int, region: str) -> Text:
    """Return the cost of NAT gateways, compared with the interface endpoints that they replace, if any."""
    hour, data, as_of = price("nat-hour", region), price("nat-data", region), _priced_as_of("nat-hour", region=region)
    total = _usd(hour.usd * count)
    gateways = Text("NAT gateway", "NAT ゲートウェイ")
    if count > 1:
        gateways = Text(f"{count} NAT gateways", f"NAT ゲートウェイ {count} 個")
    compared = Text("", "")
    if instead_of:
        endpoint, through = price("endpoint-hour", region), price("endpoint-data", region)
        others = _usd(endpoint.usd * instead_of * _ZONES)
        compared = Text(
            f". By comparison, {instead_of} interface endpoints in {_ZONES} Availability Zones would cost {others} per hour in total and {_usd(through.usd)} per GB",
            f"。代わりに {_ZONES} つのアベイラビリティーゾーンでインターフェイスエンドポイントを {instead_of} 個使うと、合計で 1 時間あたり {others}、1 GB あたり {_usd(through.usd)}",
        )
    return Text(
        f"{gateways.en}: {total} per hour and {_usd(data.usd)} per GB{compared.en} {as_of.en}",
        f"{gateways.ja}: 1 時間あたり {total}、1 GB あたり {_usd(data.usd)}{compared.ja}{as_of.ja}",
    )


def _private_api(region: str) -> Text:
    """Return the cost of the endpoint through which private APIs are called."""
    hour, data = price("endpoint-hour", region), price("endpoint-data", region)
    as_of, total = _priced_as_of("endpoint-hour", "endpoint-data", region=region), _usd(hour.usd * _ZONES)
    return Text(
        f"Endpoint of the private API in {_ZONES} Availability Zones: {total} per hour and {_usd(data.usd)} per GB {as_of.en}",
        f"プライベート API のエンドポイント（{_ZONES} つのアベイラビリティーゾーン）: 1 時間あたり {total}、"
        f"1 GB あたり {_usd(data.usd)}{as_of.ja}",
    )


def _endpoints(count: int, region: str) -> Text:
    """Return the cost of the endpoints, compared with a NAT gateway instead."""
    hour, data, nat = price("endpoint-hour", region), price("endpoint-data", region), price("nat-hour", region)
    as_of, total = _priced_as_of("endpoint-hour", "nat-hour", region=region), _usd(hour.usd * count * _ZONES)
    through = price("nat-data", region)
    return Text(
        f"{count} interface endpoints in {_ZONES} Availability Zones: {total} per hour and {_usd(data.usd)} per GB. By comparison, a "
        f"single NAT gateway would cost {_usd(nat.usd)} per hour and {_usd(through.usd)} per GB {as_of.en}",
        f"インターフェイスエンドポイント {count} 個（{_ZONES} つのアベイラビリティーゾーン）: 1 時間あたり {total}、"
        f"1 GB あたり {_usd(data.usd)}。代わりに NAT ゲートウェイを 1 つ使うと、1 時間あたり {_usd(nat.usd)}、"
        f"1 GB あたり {_usd(through.usd)}{as_of.ja}",
    )
