"""Names of AWS Regions in words, in both languages: "Tokyo", "Asia Pacific (Tokyo)", 「東京リージョン」.

A country or continent with several Regions names none of them. Sources, read 2026-12-01:
https://docs.aws.amazon.com/zh_tw/solutions/latest/automated-security-response-on-aws/supported-aws-regions.html, and for Regions
that it lacks, botocore 1.44.8 (`botocore/data/endpoints.json`, https://pypi.org/project/botocore/1.44.8/). Regions of isolated
partitions have no name here.
"""

import re
import unicodedata

from advisor.text import Text

_NAMES: dict[str, tuple[str, ...]] = {
    "us-east-1": ("n. virginia", "northern virginia", "north virginia", "virginia", "バージニア北部", "バージニア"),
    "us-east-2": ("ohio", "オハイオ"),
    "us-west-1": ("n. california", "northern california", "california", "北カリフォルニア", "カリフォルニア"),
    "us-west-2": ("oregon", "オレゴン"),
    "af-south-1": ("cape town", "ケープタウン"),
    "ap-east-1": ("hong kong", "香港"),
    "ap-east-2": ("taipei", "台北"),
    "ap-south-1": ("mumbai", "ムンバイ"),
    "ap-south-2": ("hyderabad", "ハイデラバード"),
    "ap-northeast-1": ("tokyo", "東京"),
    "ap-northeast-2": ("seoul", "ソウル"),
    "ap-northeast-3": ("osaka", "大阪"),
    "ap-southeast-1": ("singapore", "シンガポール"),
    "ap-southeast-2": ("sydney", "シドニー"),
    "ap-southeast-3": ("jakarta", "ジャカルタ"),
    "ap-southeast-4": ("melbourne", "メルボルン"),
    "ap-southeast-5": ("malaysia", "マレーシア"),
    "ap-southeast-6": ("new zealand", "ニュージーランド"),
    "ap-southeast-7": ("thailand", "タイ"),
    "ca-central-1": ("canada (central)", "canada central", "カナダ (中部)", "カナダ(中部)"),
    "ca-west-1": ("calgary", "カルガリー"),
    "eu-central-1": ("frankfurt", "フランクフルト"),
    "eu-central-2": ("zurich", "チューリッヒ"),
    "eu-west-1": ("ireland", "アイルランド"),
    "eu-west-2": ("london", "ロンドン"),
    "eu-west-3": ("paris", "パリ"),
    "eu-south-1": ("milan", "ミラノ"),
    "eu-south-2": ("spain", "スペイン"),
    "eu-north-1": ("stockholm", "ストックホルム"),
    "il-central-1": ("tel aviv", "テルアビブ"),
    "me-south-1": ("bahrain", "バーレーン"),
    "me-central-1": ("uae", "アラブ首長国連邦"),
    "mx-central-1": ("mexico", "mexico (central)", "メキシコ", "メキシコ (中部)", "メキシコ(中部)"),
    "sa-east-1": ("sao paulo", "são paulo", "サンパウロ"),
    "us-gov-east-1": ("aws govcloud (us-east)", "govcloud (us-east)"),
    "us-gov-west-1": ("aws govcloud (us-west)", "govcloud (us-west)"),
    "eusc-de-east-1": (
        "aws european sovereign cloud",
        "european sovereign cloud",
        "aws european sovereign cloud (germany)",
    ),
    "cn-north-1": ("beijing", "北京"),
    "cn-northwest-1": ("ningxia", "寧夏"),
}
_REGION_OF = {name: region for region, names in _NAMES.items() for name in names}
_AREAS = "asia pacific|europe|eu|us east|us west|africa|middle east|south america|china|canada west|israel|アジアパシフィック|欧州|カナダ西部|イスラエル"
_NAME = "|".join(re.escape(name) for name in sorted(_REGION_OF, key=len, reverse=True))
_ALONE = re.compile(
    rf"(?:(?:aws )?region:? )?(?:the )?(?:(?:{_AREAS}) ?)?\(?(?P<name>{_NAME})\)?(?: ?(?:aws )?(?:region|リージョン))?"
)
_IN_TEXT = (
    re.compile(rf"(?<![a-z])(?P<name>{_NAME})\)? ?(?:aws )?(?:region(?!al)|リージョン)"),
    re.compile(rf"(?:region|リージョン)(?: is|:|は)? ?(?:(?:{_AREAS}) ?)?\(?(?P<name>{_NAME})(?![a-zァ-ヶー])"),
)

#: A sentence that names a Region for something else than the workload: a copy, where it comes from, or people.
_ELSEWHERE = re.compile(
    r"back-?ups?\b|disaster|(?<![a-z])dr(?![a-z])|replica|cop(?:y|ies)\b|migrat|users?\b|customers?\b|sales\b|offices?\b|team"
    r"|バックアップ|災害|レプリカ|コピー|移行|以外|利用者|ユーザー|顧客|拠点|営業|チーム"
)


def region_named(text: str) -> str | None:
    """Return the code of the Region that words stand for, or None if they name none."""
    said = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip().lower()
    match = _ALONE.fullmatch(said)
    return _REGION_OF[match["name"]] if match else None


def region_title(code: str) -> Text:
    """Return a Region with its name, as in "eu-central-1 (Frankfurt)"; the code alone if it has no name."""
    names = _NAMES.get(code, ())
    if not names:
        return Text.same(code)
    en = names[0].title().replace("Aws", "AWS")
    ja = next((name for name in names if not name.isascii()), en)
    return Text(f"{code} ({en})", f"{code}（{ja}）")


def regions_in(text: str) -> set[str]:
    """Return the codes of the Regions that a sentence names as Regions: "in the Tokyo Region", 「リージョンは東京」.

    Those of something else than a workload, such as its backups or its users, are none of them.
    """
    said = unicodedata.normalize("NFKC", text).lower()
    if _ELSEWHERE.search(said):
        return set()
    return {_REGION_OF[match["name"]] for pattern in _IN_TEXT for match in pattern.finditer(said)}
