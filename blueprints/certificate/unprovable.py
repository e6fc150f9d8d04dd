"""What the verification does not cover, in general or for particular services: most of it needs an AWS account."""

from collections.abc import Iterator, Mapping

from advisor.architecture import Architecture
from advisor.design import Design
from advisor.text import Text
from blueprints.traits import traits_of

_ALWAYS = (
    Text(
        "Service quotas of the account and their current usage. `advisor preflight requirements.yaml` checks them in your "
        "account.",
        "アカウントのサービスクォータと現在の使用量。`advisor preflight requirements.yaml` で確認できます。",
    ),
    Text(
        "Account-level prerequisites, such as service-linked roles.",
        "サービスにリンクされたロールなど、アカウント単位の前提条件。",
    ),
    Text(
        "Guardrails of the account: service control policies and permissions boundaries.",
        "サービスコントロールポリシーやアクセス許可の境界など、アカウントのガードレール。",
    ),
)
_KEYS = Text("KMS grants and their propagation.", "KMS のグラントとその反映。")
_EMULATOR = Text(
    "{service}: not supported by the AWS emulator, so the deployment was not tested.",
    "{service}: AWS のエミュレーターが対応していないため、デプロイは未検証です。",
)
_OF_SERVICE: Mapping[tuple[str, ...], Text] = {
    ("eks",): Text(
        "Nodes, load balancers and volumes that EKS Auto Mode creates.",
        "EKS Auto Mode が作成するノード、ロードバランサー、ボリューム。",
    ),
    ("api-gateway-rest", "api-gateway-websocket"): Text(
        "The account-level IAM role with which API Gateway writes logs.",
        "API Gateway がログを書き込むための、アカウント単位のロール。",
    ),
    ("cloudfront",): Text(
        "The time that CloudFront takes to propagate a change to all edge locations.",
        "CloudFront の変更がすべてのエッジロケーションに反映されるまでの時間。",
    ),
    ("lambda", "ecs", "eks", "batch"): Text(
        "Programs on arm64, if the verification ran on x86_64.",
        "検証を x86_64 で実施した場合の、arm64 上でのプログラムの動作。",
    ),
    ("cognito",): Text("Delivery of emails and text messages to recipients.", "メールや SMS が実際に届くこと。"),
}


def unprovable(design: Design) -> tuple[Text, ...]:
    """Return what no tier can verify for a design, in a stable order."""
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
