"""File systems on EFS: mounted over TLS by those whose role says so, through an access point with one user."""

from collections.abc import Iterator

from advisor.architecture import Edge, Node
from advisor.text import Text
from blueprints.cdk.attributes import CODE
from blueprints.cdk.context import Context
from blueprints.cdk.keys import key_for
from blueprints.cdk.modules import batch, cdk, ec2, ecs, efs, iam
from blueprints.cdk.network import PRIVATE, VPC
from blueprints.cdk.outputs import output
from blueprints.cdk.registry import connection, service
from blueprints.cdk.tree import THIS, Call, Do, Let, Ref, Statement, Value, Words
from blueprints.traits import efs as efs_traits
from blueprints.traits.lambda_durable import durable

_VERBS = ("read", "write", "read-write")


@service("efs")
def file_system(context: Context, node: Node) -> Iterator[Statement]:
    """Make a file system that is backed up every day and moves what nobody reads to cheaper storage."""
    key = key_for(context, node)
    keys: dict[str, Value] = {} if key is None else {"kms_key": key}
    why = Text(
        "Its policy allows nobody, so that only roles do: who brings none cannot mount.",
        "ポリシーでは誰も許可せず、ロールの権限がある相手だけがマウントできる。",
    )
    deny = iam.PolicyStatement(
        sid="DenyInsecureTransport",
        effect=iam.Effect.DENY,
        principals=[iam.AnyPrincipal()],
        actions=list(efs_traits.ALL_CLIENT_ACTIONS),
        conditions={"Bool": {"aws:SecureTransport": "false"}},
    )
    made = efs.FileSystem(
        THIS,
        context.id(node.id),
        vpc=VPC,
        vpc_subnets=PRIVATE,
        security_group=context.ref(node.id, "SecurityGroup"),
        encrypted=True,
        **keys,
        enable_automatic_backups=True,
        performance_mode=efs.PerformanceMode.GENERAL_PURPOSE,
        throughput_mode=efs.ThroughputMode.ELASTIC,
        lifecycle_policy=getattr(efs.LifecyclePolicy, efs_traits.COLD_AFTER),
        file_system_policy=iam.PolicyDocument(statements=[deny, *_by_pods(context, node)]),
        removal_policy=cdk.RemovalPolicy.RETAIN,
    )
    yield Let(context.name(node.id), made, why)
    acl = efs.Acl(owner_uid=efs_traits.USER_ID, owner_gid=efs_traits.USER_ID, permissions=efs_traits.PERMISSIONS)
    point = efs.AccessPoint(
        THIS,
        context.id(node.id, "AccessPoint"),
        file_system=context.ref(node.id),
        path=efs_traits.ROOT,
        create_acl=acl,
        posix_user=efs.PosixUser(uid=efs_traits.USER_ID, gid=efs_traits.USER_ID),
    )
    yield Let(context.name(node.id, "AccessPoint"), point)
    words = Text("Id of the file system", "ファイルシステムの ID")
    yield output(context, context.id(node.id, "Id"), context.ref(node.id).file_system_id, words)


def _by_pods(context: Context, node: Node) -> list[Call]:
    """Let pods mount where no role of this stack does it: the driver of a cluster that exists, or Fargate."""
    allowed: dict[str, Value] = {"actions": list(efs_traits.CLIENT_ACTIONS)}
    if efs_traits.by_network(context.architecture, node):
        through = {"Bool": {"elasticfilesystem:AccessedViaMountTarget": "true"}}
        allowed |= {"sid": "PodsMount", "principals": [iam.AnyPrincipal()], "conditions": through}
    elif context.has("EfsDriverRoleArn"):
        principal = iam.ArnPrincipal(context.parameter("EfsDriverRoleArn"))
        allowed |= {"sid": "DriverMounts", "principals": [principal]}
    return [iam.PolicyStatement(**allowed)] if "sid" in allowed else []


def mounted_in_pod(context: Context, edge: Edge) -> Iterator[Statement]:
    """Say under which name pods mount the file system; the manifests do, and the nodes' driver for them."""
    if not efs_traits.first_mount(context.architecture, edge):
        return
    point = context.ref(edge.target, "AccessPoint").access_point_id
    handle = Words(context.ref(edge.target).file_system_id, "::", point)
    words = Text(
        "File system and access point, as volumes of Kubernetes name them", "Kubernetes のボリュームが指定する値"
    )
    yield output(context, context.id(edge.target, "VolumeHandle"), handle, words)
    if efs_traits.driven(context.architecture):
        nodes: Value = Ref("kubernetes_cluster").attr_cluster_security_group_id
        if context.has("ClusterSecurityGroupId"):
            nodes = context.parameter("ClusterSecurityGroupId")
        group = context.ref(edge.target, "SecurityGroup")
        peer = ec2.Peer.security_group_id(nodes)
        yield Do(group.add_ingress_rule(peer, ec2.Port.tcp(efs_traits.PORT), "nodes of the cluster"))


def mounted_in_function(context: Context, edge: Edge) -> Iterator[Statement]:
    """Mount the file system into the function."""
    point = context.ref(edge.target, "AccessPoint").access_point_arn
    mount: Value = {"Arn": point, "LocalMountPath": efs_traits.directory(context.node(edge.target))}
    function = context.ref(edge.source, CODE if durable(context.node(edge.source)) else "")
    why = Text(
        "Set on the resource itself: the option would open security groups and grant rights beside the connections'.",
        "リソースに直接設定する。オプションを使うと、接続に必要な分のほかにセキュリティグループの開放や権限が追加される。",
    )
    yield Do(function.node.default_child.add_property_override("FileSystemConfigs", [mount]), why)
    yield Do(function.node.add_dependency(context.ref(edge.target).mount_targets_available))


def mounted_in_task(context: Context, edge: Edge) -> Iterator[Statement]:
    """Mount the file system into the task's container."""
    store = context.node(edge.target)
    authorization = ecs.AuthorizationConfig(
        access_point_id=context.ref(store.id, "AccessPoint").access_point_id, iam="ENABLED"
    )
    volume = ecs.EfsVolumeConfiguration(
        file_system_id=context.ref(store.id).file_system_id,
        transit_encryption="ENABLED",
        authorization_config=authorization,
    )
    definition = context.ref(edge.source, "Definition")
    yield Do(definition.add_volume(name=store.subject, efs_volume_configuration=volume))
    mount = ecs.MountPoint(
        source_volume=store.subject, container_path=efs_traits.directory(store), read_only=edge.verb == "read"
    )
    yield Do(context.ref(edge.source, "Container").add_mount_points(mount))
    yield Do(definition.node.add_dependency(context.ref(store.id).mount_targets_available))


def mounted_in_job(context: Context, edge: Edge) -> Iterator[Statement]:
    """Mount the file system into the job's container."""
    store = context.node(edge.target)
    volume = batch.EcsVolume.efs(
        name=store.subject,
        file_system=context.ref(store.id),
        container_path=efs_traits.directory(store),
        readonly=edge.verb == "read",
        access_point_id=context.ref(store.id, "AccessPoint").access_point_id,
        enable_transit_encryption=True,
        use_job_role=True,
    )
    yield Do(context.ref(edge.source, "Container").add_volume(volume))
    waits = context.ref(edge.source, "Definition").node.add_dependency(context.ref(store.id).mount_targets_available)
    yield Do(waits)


for _verb in _VERBS:
    connection(("lambda",), _verb, ("efs",))(mounted_in_function)
    connection(("ecs",), _verb, ("efs",))(mounted_in_task)
    connection(("batch",), _verb, ("efs",))(mounted_in_job)
    connection(("eks",), _verb, ("efs",))(mounted_in_pod)
