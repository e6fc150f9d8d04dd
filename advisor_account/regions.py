"""Checks that a Region has every resource type of a template, by the shipped table and the AWS service lists."""

from collections.abc import Iterator

from advisor.text import Text, in_a_row
from advisor_account.data import table
from advisor_account.outcome import Outcome, Unanswered
from advisor_account.session import Account

_PATH = "/aws/service/global-infrastructure/regions/{}/services"
#: Types that only the translator knows, or that have no place of their own.
_NOT_OF_AWS = ("AWS::Serverless", "AWS::CloudFormation", "AWS::CDK", "Custom")


def check_resource_types(types: list[str], region: str) -> Iterator[Outcome]:
    """Yield the results of the shipped table: each missing type, or one finding that none is missing."""
    regions = table("regions.json")
    version, source = str(regions["version"]), str(regions["source"])
    about = Text(f"Resource types in {region}", f"{region} のリソースタイプ")
    if region not in regions["regions"].split():
        words = Text(
            f"{region} is not in the shipped table (cfn-lint {version}), so the types were not compared.",
            f"{region} は同梱の表（cfn-lint {version}）にないため、リソースタイプを照合していません。",
        )
        yield Outcome("region", "unknown", about, words, source)
        return
    missing = [type for type in types if region in regions["missing"].get(type, "").split()]
    unknown = [type for type in types if type not in regions["missing"] and not type.startswith(_NOT_OF_AWS)]
    for type in missing:
        words = Text(
            f"According to the schemas of cfn-lint {version}, {type} is not available in {region}.",
            f"cfn-lint {version} のスキーマによると、{type} は {region} で利用できません。",
        )
        yield Outcome("region", "warned", Text.same(type), words, source)
    for type in unknown:
        words = Text(f"{type} is not in the shipped table.", f"{type} は同梱の表にありません。")
        yield Outcome("region", "unknown", Text.same(type), words, source)
    if not missing and not unknown:
        all_en = f"all {len(types)} resource types are" if len(types) != 1 else f"{types[0]} is"
        all_ja = f"{len(types)} 種類のリソースタイプはすべて、" if len(types) != 1 else f"{types[0]} は、"
        words = Text(
            f"According to the schemas of cfn-lint {version}, {all_en} available in {region}.",
            f"cfn-lint {version} のスキーマによると、{all_ja}{region} で利用できます。",
        )
        yield Outcome("region", "fine", about, words, source)


def check_services(account: Account, types: list[str]) -> Iterator[Outcome]:
    """Yield the results of the AWS service list: each missing service, or one finding that none is missing."""
    services, source = table("services.yaml")["services"], str(table("services.yaml")["source"])
    region = account.region
    about = Text(f"Services in {region}", f"{region} のサービス")
    try:
        pages = account.pages("ssm", "get_parameters_by_path", Path=_PATH.format(region))
        listed = {str(parameter["Value"]) for page in pages for parameter in page["Parameters"]}
    except Unanswered as error:
        yield Outcome("region", "unknown", about, error.text, source)
        return
    if not listed:
        yield Outcome("region", "unknown", about, _NO_SERVICES, source)
        return
    needed = sorted({services[type.split("::")[1]] for type in types if type.split("::")[1] in services})
    missing = [name for name in needed if name not in listed]
    if missing:
        words = Text(
            f"AWS does not list these among the services of {region}: {in_a_row(missing).en}.",
            f"AWS の公開情報によると、{region} では次のサービスが提供されていません: {in_a_row(missing).ja}",
        )
        yield Outcome("region", "blocked", about, words, source)
        return
    all_en = f"all {len(needed)} services" if len(needed) != 1 else needed[0]
    all_ja = f"{len(needed)} 個のサービスはすべて、" if len(needed) != 1 else f"{needed[0]} は、"
    words = Text(
        f"According to AWS, {all_en} can be used in {region}.",
        f"AWS の公開情報によると、{all_ja}{region} で利用できます。",
    )
    yield Outcome("region", "fine", about, words, source)


_NO_SERVICES = Text(
    "AWS lists no services for this Region.", "AWS の公開情報に、このリージョンのサービス一覧がありません。"
)
