"""What cannot be proven without an AWS account, always or where a service is part of the architecture."""

from collections.abc import Iterator, Mapping

from advisor.architecture import Architecture
from advisor.design import Design
from advisor.text import Text
from blueprints.traits import traits_of

_ALWAYS = (
    Text(
        "Quotas of the account and what is left of them; `advisor preflight` reads them in your account.",
        "アカウントのクォータとその残り。`advisor preflight` がお使いのアカウントで確認します。",
    ),
    Text(
        "Settings that belong to the account, such as the role by which API Gateway writes logs.",
        "API Gateway がログを書くためのロールなど、アカウント単位の設定。",
    ),
    Text(
        "Whether an action is allowed by the account's own guardrails (organization policies, permissions boundaries).",
        "組織のポリシーやアクセス許可の境界など、アカウント側の制限に反しないこと。",
    ),
)
_KEYS = Text("Grants of KMS keys and their propagation.", "KMS キーの許可（グラント）とその反映。")
_EMULATOR = Text(
    "{service}: the emulator of AWS does not have it, so it was not deployed there.",
    "{service}: AWS のエミュレーターが対応していないため、デプロイは試していません。",
)
_OF_SERVICE: Mapping[tuple[str, ...], Text] = {
    ("eks",): Text(
        "The behaviour of EKS Auto Mode: nodes, load balancers and volumes that it makes by itself.",
        "EKS Auto Mode が自動で作るノード、ロードバランサー、ボリュームの動作。",
    ),
    ("cloudfront",): Text(
        "How long CloudFront takes to bring a change to all its locations.",
        "CloudFront の変更が全拠点に行き渡るまでの時間。",
    ),
    ("lambda", "ecs", "eks", "batch"): Text(
        "Programs on arm64 processors where the proof ran on another processor.",
        "検証環境と異なる場合の、arm64 プロセッサ上でのプログラムの動作。",
    ),
    ("cognito",): Text("Delivery of e-mails and text messages to people.", "メールや SMS が実際に届くこと。"),
}


def unprovable(design: Design) -> tuple[Text, ...]:
    """Return what no tier can say about a design, in a stable order."""
    return tuple(_unprovable(design, design.architecture))


def _unprovable(design: Design, graph: Architecture) -> Iterator[Text]:
    yield from _ALWAYS
    if design.requirements.workload_answers.get("customer_managed_keys"):
        yield _KEYS
    services = {str(form) for node in graph.nodes for form in (node.service, node.settings.get("variant"))}
    for needed, text in _OF_SERVICE.items():
        if services & set(needed):
            yield text
    for service in sorted(service for service in services if not traits_of(service).emulated):
        name = design.book.services[service].name
        yield Text(_EMULATOR.en.format(service=name.en), _EMULATOR.ja.format(service=name.ja))
