"""Unsupported settings and connections of services, in one table for all targets."""

from collections.abc import Callable, Iterator, Mapping

from advisor.architecture import Node
from advisor.text import Text
from advisor.vocabulary.many import EXISTS
from blueprints import settings
from blueprints.errors import Unsupported
from blueprints.plan import Plan, regions
from blueprints.plan.routes import signed
from blueprints.refusals.tenants import without_tenant
from blueprints.refusals.vectors import without_model
from blueprints.refusals.webhooks import receives_only
from blueprints.traits import (
    batch,
    cloudfront,
    ec2,
    ecs_express,
    ecs_managed_instances,
    eks,
    function_releases,
    state_machine,
    traits_of,
)
from blueprints.traits.eventbridge_bus import on_default_bus

#: What ECS runs tasks on.
_ECS_ENGINES = (ec2.FARGATE, ec2.EC2, ecs_managed_instances.MANAGED)
_BATCH_ENGINES = (ec2.FARGATE, ec2.EC2)

Refusal = Callable[[Plan, Node], Iterator[Unsupported]]

_STARTS_NOTHING = Text("This schedule has no target.", "このスケジュールにはターゲットがありません。")
_NO_ENDS = Text("This pipe has no source or no target.", "このパイプには送信元または送信先がありません。")
_UNHEARD = Text("No component consumes these events.", "このイベントを受信するコンポーネントがありません。")
_INVOKES_NOTHING = Text("This URL has no target.", "この URL には呼び出し先がありません。")
_NO_IMAGE = Text(
    "This program runs as an image, but according to the answers there is no image. Answer that the program is a container image, or specify another service.",
    "このプログラムはイメージで動きますが、回答ではイメージがありません。パッケージ形態をコンテナイメージと回答するか、別のサービスを指定してください。",
)
_NO_WINDOWS_MOUNT = Text(
    "Amazon EFS does not support Windows. Run the program on Linux, or keep its files in another kind of store.",
    "Amazon EFS は Windows では使えません。プログラムを Linux で動かすか、別の種類のストアにファイルを置いてください。",
)
_ONE_FILE_SYSTEM = Text(
    "A Lambda function can mount one file system, but this function has several. Keep its files in one store, or run the program in a container.",
    "Lambda 関数がマウントできるファイルシステムは 1 つですが、この関数には複数あります。ファイルを 1 つのストアにまとめるか、コンテナで処理してください。",
)
_NO_MANAGED_MOUNT = Text(
    "It is not confirmed that a function on Managed Instances can mount a file system: a mount needs VPC settings of the function, which such functions do not have. Run the function without Managed Instances, or run the program in a container.",
    "マネージドインスタンス上の関数でファイルシステムをマウントできるかどうかは確認できていません。マウントには関数の VPC 設定が必要ですが、この関数にはありません。"
    "マネージドインスタンスを使わないか、コンテナで処理してください。",
)
_ELSEWHERE = Text(
    "The images must stay outside Amazon ECR, but generated projects pull images from an ECR repository. Answer that ECR may be used, and change "
    "the image and its credentials in the generated project.",
    "イメージを Amazon ECR 以外に置く必要がありますが、生成されるプロジェクトは ECR リポジトリからイメージを取得します。ECR を使えると回答してプロジェクトを生成し、"
    "イメージと認証情報を変更してください。",
)
#: What Fargate has not, by the answer that asks for it: the facts `fargate-gpu` and `fargate-privileged`.
_NOT_ON_FARGATE = {
    "gpu": Text("AWS Fargate does not support GPUs.", "AWS Fargate は GPU に対応していません。"),
    "privileged": Text(
        "AWS Fargate does not support privileged containers.", "AWS Fargate は特権コンテナに対応していません。"
    ),
}
_NO_LAKE = Text(
    "This Firehose stream has no destination bucket.", "この Firehose ストリームには配信先のバケットがありません。"
)
_NO_SITE = Text(
    "This CloudFront distribution has no origin bucket.",
    "この CloudFront ディストリビューションにはオリジンのバケットがありません。",
)
_ONE_ORIGIN = Text(
    "A CloudFront distribution of the project delivers one bucket, one API, or a site with its API, but this one delivers more. Create a "
    "component for each bucket.",
    "生成されるプロジェクトの CloudFront ディストリビューションが配信するのは、1 つのバケット、1 つの API、またはサイトとその API の組み合わせですが、"
    "ここではそれより多くのオリジンがあります。バケットごとにコンポーネントを分けてください。",
)
_SIGNED_FOR_HOST = Text(
    "Callers sign their requests with AWS credentials for the host name of the endpoint, which CloudFront replaces. Choose another "
    "authentication, or answer that no content delivery network is needed.",
    "呼び出し元は AWS 認証情報でエンドポイントのホスト名に対して署名しますが、CloudFront はホスト名を置き換えます。別の認証を選ぶか、CDN は不要と回答してください。",
)
_SIGNS_IN_AT_HOST = Text(
    "The load balancer sends people back to its own host name after their sign-in, but only CloudFront reaches this load balancer. Choose an "
    "HTTP API, which checks tokens, answer that no content delivery network is needed, or let the program sign people in.",
    "ロードバランサーは、サインイン後に利用者を自身のホスト名に戻しますが、このロードバランサーに到達できるのは CloudFront だけです。"
    "トークンを検証する HTTP API を選ぶか、CDN は不要と回答するか、プログラム側でサインインを処理してください。",
)
_OF_EXPRESS = Text(
    "ECS Express Mode creates the load balancer, which CloudFront cannot reach as a VPC origin of this project. Run the service without Express "
    "Mode, or answer that no content delivery network is needed.",
    "ECS Express Mode が作成するロードバランサーは、このプロジェクトでは CloudFront の VPC オリジンにできません。Express Mode を使わないか、CDN は不要と回答してください。",
)
_WAITS_TOO_LONG = Text(
    f"CloudFront waits at most {cloudfront.LONGEST_WAIT_S} seconds for a response, and this endpoint can take longer. Return earlier, or answer "
    "that no content delivery network is needed.",
    f"CloudFront がレスポンスを待つのは最長 {cloudfront.LONGEST_WAIT_S} 秒ですが、このエンドポイントの応答はそれより長くかかる可能性があります。応答期限を短くするか、CDN は不要と回答してください。",
)
_OPEN_TO_ALL = Text(
    "Only stated source IP addresses may call the endpoint, but the project generator cannot configure this restriction. To generate the "
    "project anyway, remove this answer, and then add the restriction yourself: a resource policy (REST API), a security group rule "
    "(load balancer) or AWS WAF (CloudFront).",
    "呼び出しを決められた送信元 IP アドレスだけに許可する必要がありますが、生成されるプロジェクトはこの制限に対応していません。この回答を外してプロジェクトを生成し、"
    "リソースポリシー（REST API）、セキュリティグループのルール（ロードバランサー）、または AWS WAF（CloudFront）で制限を追加してください。",
)
_EXISTS = Text(
    "The resource exists already, and the project would create it again. To generate the project, omit this answer, and replace the resource "
    "by a reference to the existing one.",
    "「既に存在する」と回答されていますが、生成されるプロジェクトは既存のリソースを利用できず、新しく作成します。この「既に存在する」の回答を外してプロジェクトを生成し、生成されたリソースの定義を既存のリソースへの参照に置き換えてください。",
)


def of_services(plan: Plan) -> Iterator[Unsupported]:
    """Yield the errors for the nodes of a plan, in the order of the graph."""
    for node in plan.architecture.nodes:
        for refusal in (*REFUSALS.get(node.service, ()), _existing, _one_region, _private_entry, _source_addresses):
            yield from refusal(plan, node)


def _without(verb: str, because: Text) -> Refusal:
    """Return the refusal of a node that no connection with this verb leaves."""

    def refuse(plan: Plan, node: Node) -> Iterator[Unsupported]:
        if not plan.architecture.leaving(node.id, verb):
            yield Unsupported(node.id, because)

    return refuse


def _unpulled(plan: Plan, node: Node) -> Iterator[Unsupported]:
    """Yield the refusal of a program whose image comes from no repository of the project."""
    if not plan.architecture.leaving(node.id, "pull"):
        decided = plan.design.verdict.subjects.get(node.subject)
        elsewhere = decided is not None and decided.known.values.get("other_registry")
        yield Unsupported(node.id, _ELSEWHERE if elsewhere else _NO_IMAGE)


def _distribution(plan: Plan, node: Node) -> Iterator[Unsupported]:
    """Yield the refusals of a distribution before nothing, too much, or an entry that does not work behind it."""
    edges = [edge for edge in plan.architecture.leaving(node.id) if edge.verb != "filter"]
    verbs = sorted(edge.verb for edge in edges)
    if len(edges) != 1 and verbs != ["fetch", "forward"]:
        yield Unsupported(node.id, _ONE_ORIGIN if edges else _NO_SITE)
        return
    for entry in (plan.node(edge.target) for edge in edges if edge.verb == "forward"):
        balancer = bool(traits_of(entry.service).load_balancer)
        if ecs_express.behind(plan.architecture, entry.id) is not None:
            yield Unsupported(node.id, _OF_EXPRESS)
        elif balancer and plan.architecture.leaving(entry.id, "authorize"):
            yield Unsupported(node.id, _SIGNS_IN_AT_HOST)
        elif signed(plan.architecture, entry):
            yield Unsupported(node.id, _SIGNED_FOR_HOST)
        elif settings.number(entry, "timeout_s") > cloudfront.LONGEST_WAIT_S:
            yield Unsupported(node.id, _WAITS_TOO_LONG)


def _pipe(plan: Plan, node: Node) -> Iterator[Unsupported]:
    entering = {edge.verb for edge in plan.architecture.entering(node.id)}
    if not entering & {"stream", "consume"} or not plan.architecture.leaving(node.id, "start"):
        yield Unsupported(node.id, _NO_ENDS)


def _bus(plan: Plan, node: Node) -> Iterator[Unsupported]:
    if on_default_bus(plan.architecture, node) and not plan.architecture.leaving(node.id):
        yield Unsupported(node.id, _UNHEARD)


def _task(plan: Plan, node: Node) -> Iterator[Unsupported]:
    existing = any(parameter.id == "ClusterName" for parameter in plan.parameters)
    if ec2.engine(node) not in _ECS_ENGINES:
        yield _engine(plan, node, "Amazon ECS")
    else:
        yield from ec2.refused(node, existing_cluster=existing)
        yield from ecs_express.refused(plan.architecture, node)
        yield from _fargate(node)
        yield from _mounts(plan, node)


def _jobs(plan: Plan, node: Node) -> Iterator[Unsupported]:
    if ec2.engine(node) not in _BATCH_ENGINES:
        yield _engine(plan, node, "AWS Batch")
    else:
        yield from batch.refused(node)
        yield from _fargate(node)
        yield from _mounts(plan, node)


def _fargate(node: Node) -> Iterator[Unsupported]:
    """Yield the errors for a program on Fargate whose pin contradicts the answers."""
    if ec2.engine(node) in (ec2.FARGATE, eks.FARGATE):
        yield from (
            Unsupported(node.id, words) for answer, words in _NOT_ON_FARGATE.items() if settings.flag(node, answer)
        )


def _mounts(plan: Plan, node: Node) -> Iterator[Unsupported]:
    """Yield the refusal of a Windows task that would mount a file system: the fact `efs-no-windows`."""
    stores = {plan.architecture.node(edge.target).service for edge in plan.architecture.leaving(node.id)}
    if ec2.windows(node) and "efs" in stores:
        yield Unsupported(node.id, _NO_WINDOWS_MOUNT)


def _file_systems(plan: Plan, node: Node) -> Iterator[Unsupported]:
    """Yield the error for a function with several file systems, or with one that it cannot mount.

    CloudFormation takes one: `maxItems` of `FileSystemConfigs` in the schema of AWS::Lambda::Function
    (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html, 2026-11-27).
    A file system wants a function in a VPC (https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem-efs.html,
    2026-11-25); functions on Managed Instances are in that of their capacity provider and have no settings of their own for it.
    """
    stores = {edge.target for edge in plan.architecture.leaving(node.id)}
    mounted = sum(plan.architecture.node(store).service == "efs" for store in stores)
    if mounted > 1:
        yield Unsupported(node.id, _ONE_FILE_SYSTEM)
    elif mounted and settings.word(node, "variant") == function_releases.MANAGED:
        yield Unsupported(node.id, _NO_MANAGED_MOUNT)


def _pods(plan: Plan, node: Node) -> Iterator[Unsupported]:
    if eks.engine(node) not in eks.ENGINES:
        yield _engine(plan, node, "Amazon EKS")
    else:
        yield from _fargate(node)
        yield from eks.refused(plan.architecture, node)


def _engine(plan: Plan, node: Node, service: str) -> Unsupported:
    """Return the refusal of a program whose engine, which only a pin can have chosen, belongs to another service."""
    known = plan.design.book.services.get(eks.engine(node))
    engine = known.name if known else Text.same(eks.engine(node))
    words = Text(
        f"This program runs on {service}, which cannot run it on {engine.en}. Specify another container platform, or none.",
        f"このプログラムは {service} で動きますが、{engine.ja}は {service} では使えません。別のコンテナの実行基盤を指定するか、指定を外してください。",
    )
    return Unsupported(node.id, words)


def _table(plan: Plan, node: Node) -> Iterator[Unsupported]:
    yield from regions.without_second_key(node, own_keys=plan.own_keys)


def _existing(plan: Plan, node: Node) -> Iterator[Unsupported]:
    """Yield the refusal of a channel or store that exists, because the project creates its resource."""
    decided = plan.design.verdict.subjects.get(node.subject)
    if node.role in ("messaging", "store") and decided is not None and decided.known.values.get(EXISTS):
        yield Unsupported(node.id, _EXISTS)


def _one_region(_plan: Plan, node: Node) -> Iterator[Unsupported]:
    """Yield the refusal of a store in several Regions, unless the deployment can be asked for the second one."""
    if not traits_of(node.service).parameters_of_regions:
        yield from regions.in_several(node)


def _private_entry(_plan: Plan, node: Node) -> Iterator[Unsupported]:
    """Yield the error for a public entry of a private component, which a pin can cause."""
    traits = traits_of(node.service)
    if (
        node.role == "entry"
        and settings.flag(node, "private")
        and not (traits.load_balancer or traits.private_endpoint)
    ):
        name = node.title
        words = Text(
            f"{name.en} can be called from anywhere, but only your own network may call this component. Specify a REST API or a load balancer, or no endpoint.",
            f"{name.ja}はどこからでも呼び出せますが、ここでは自社ネットワークからの呼び出しだけを許可する必要があります。"
            "REST API かロードバランサーを指定するか、指定を外してください。",
        )
        yield Unsupported(node.id, words)


def _source_addresses(plan: Plan, node: Node) -> Iterator[Unsupported]:
    """Yield the refusal of an endpoint or a site that only stated addresses may call."""
    decided = plan.design.verdict.subjects.get(node.subject)
    if node.role in ("entry", "delivery") and decided is not None and decided.known.values.get("source_ips"):
        yield Unsupported(node.id, _OPEN_TO_ALL)


def _machine(plan: Plan, node: Node) -> Iterator[Unsupported]:
    try:
        state_machine.definition(plan.architecture, node)
    except Unsupported as refused:
        yield refused


#: Service -> what its nodes are refused for.
REFUSALS: Mapping[str, tuple[Refusal, ...]] = {
    "cloudfront": (_distribution,),
    "dynamodb": (_table,),
    "batch": (_unpulled, _jobs),
    "ecs": (_unpulled, _task),
    "eks": (_unpulled, _pods),
    "eventbridge-bus": (_bus,),
    "eventbridge-pipes": (_pipe,),
    "eventbridge-scheduler": (_without("start", _STARTS_NOTHING),),
    "firehose": (_without("deliver", _NO_LAKE),),
    "lambda": (_file_systems, without_tenant),
    "s3-vectors": (without_model,),
    "lambda-function-url": (_without("invoke", _INVOKES_NOTHING),),
    "signing-secret": (receives_only,),
    **dict.fromkeys(state_machine.SERVICES, (_machine,)),
}
