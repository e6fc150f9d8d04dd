"""What stands around an EKS cluster that is not in Auto Mode: nodes or Fargate profiles, add-ons, how pods get roles."""

from collections.abc import Iterator, Sequence

from advisor.architecture import Node
from advisor.text import Text
from blueprints.cdk.context import Context, allow
from blueprints.cdk.modules import cdk, ec2, eks, iam
from blueprints.cdk.observability import log_group_named
from blueprints.cdk.outputs import output
from blueprints.cdk.tree import THIS, Call, Do, Expr, Item, Let, Ref, Statement, Value, Words
from blueprints.plan import NAMESPACE
from blueprints.traits import efs
from blueprints.traits import eks as eks_traits

_OF = Ref("kubernetes_cluster")
_SUBNETS = Ref("subnet_ids")
GROUP = eks.CfnNodegroup


def nodes(context: Context) -> Iterator[Statement]:
    """Make what the engine of the workload takes besides its cluster."""
    engine = eks_traits.engine_of(context.architecture)
    for addon in eks_traits.ADDONS[engine]:
        if not addon.late:
            yield from _addon(addon)
    if engine == eks_traits.NODES:
        for pool in eks_traits.pools(context.architecture):
            yield from _node_group(pool)
    if engine == eks_traits.FARGATE:
        yield from _system_profile()
    after = {eks_traits.NODES: "kubernetes_cluster_nodes", eks_traits.FARGATE: "kubernetes_cluster_system_profile"}
    for addon in eks_traits.ADDONS[engine]:
        if addon.late:
            yield from _addon(addon, after[engine])
    if eks_traits.controlled(context.architecture):
        yield from _controller(context, engine)
    if efs.driven(context.architecture):
        yield from _file_driver(context, after.get(engine, ""))


def _addon(addon: eks_traits.Addon, after: str = "") -> Iterator[Statement]:
    options: dict[str, Value] = {} if addon.text is None else {"configuration_values": addon.text}
    made = eks.CfnAddon(
        THIS,
        f"{eks_traits.CLUSTER}{addon.id}",
        cluster_name=_OF.ref,
        addon_name=addon.name,
        resolve_conflicts="OVERWRITE",
        **options,
    )
    name = f"kubernetes_{addon.name.replace('-', '_')}"
    yield Let(name, made)
    if after:
        yield Do(Ref(name).add_resource_dependency(Ref(after)))


def _file_driver(context: Context, after: str) -> Iterator[Statement]:
    """Make what mounts file systems on the nodes, with a role that may mount those of this stack."""
    statements = [
        allow(f"Mount{context.id(store)}", actions, [context.value_of(store, "arn")])
        for store, actions in efs.driver_rights(context.architecture).items()
    ]
    role = iam.Role(
        THIS,
        efs.DRIVER_ROLE,
        assumed_by=iam.SessionTagsPrincipal(iam.ServicePrincipal(eks_traits.PODS)),
        inline_policies={"connections": iam.PolicyDocument(statements=statements)},
    )
    yield Let("efs_driver_role", role)
    identity = eks.CfnAddon.PodIdentityAssociationProperty(
        role_arn=Ref("efs_driver_role").role_arn, service_account=efs.DRIVER_ACCOUNT
    )
    addon = eks.CfnAddon(
        THIS,
        f"{eks_traits.CLUSTER}EfsDriver",
        cluster_name=_OF.ref,
        addon_name=efs.DRIVER,
        resolve_conflicts="OVERWRITE",
        pod_identity_associations=[identity],
    )
    yield Let("efs_driver", addon)
    if after:
        yield Do(Ref("efs_driver").add_resource_dependency(Ref(after)))


def _node_group(pool: eks_traits.Pool) -> Iterator[Statement]:
    id, name = f"{eks_traits.CLUSTER}{pool.id}", f"kubernetes_cluster_{'nodes' if pool.taint is None else 'gpu_nodes'}"
    disk = ec2.BlockDeviceVolume.ebs(
        pool.disk_gib, encrypted=True, delete_on_termination=True, volume_type=ec2.EbsDeviceVolumeType.GP3
    )
    template = ec2.LaunchTemplate(
        THIS,
        f"{id}Template",
        block_devices=[ec2.BlockDevice(device_name="/dev/xvda", volume=disk)],
        require_imdsv2=True,
        http_put_response_hop_limit=1,
    )
    yield Let(f"{name}_template", template)
    launched = Ref(f"{name}_template")
    options: dict[str, Value] = {}
    if pool.taint:
        options["taints"] = [GROUP.TaintProperty(key=pool.taint, value="true", effect="NO_SCHEDULE")]
    made = GROUP(
        THIS,
        id,
        cluster_name=_OF.ref,
        node_role=Ref("kubernetes_node_role").role_arn,
        subnets=[Item(_SUBNETS, 0), Item(_SUBNETS, 1)],
        ami_type=pool.image,
        instance_types=[pool.size],
        scaling_config=GROUP.ScalingConfigProperty(min_size=pool.least, max_size=pool.most, desired_size=pool.least),
        update_config=GROUP.UpdateConfigProperty(max_unavailable=1),
        node_repair_config=GROUP.NodeRepairConfigProperty(enabled=True),
        launch_template=GROUP.LaunchTemplateSpecificationProperty(
            id=launched.launch_template_id, version=launched.latest_version_number
        ),
        **options,
    )
    yield Let(name, made)
    why = Text("Pods get their addresses from this add-on.", "Pod のアドレスはこのアドオンが割り当てる。")
    yield Do(Ref(name).add_resource_dependency(Ref("kubernetes_vpc_cni")), why)


def _system_profile() -> Iterator[Statement]:
    provider = iam.CfnOIDCProvider(
        THIS, eks_traits.PROVIDER, url=_OF.attr_open_id_connect_issuer_url, client_id_list=["sts.amazonaws.com"]
    )
    yield Let("kubernetes_cluster_provider", provider)
    yield _profile("SystemProfile", _OF.ref, eks_traits.SYSTEM)


def pod_execution(context: Context) -> Iterator[Statement]:
    """Make the role by which Fargate starts pods, and the log group that it writes to."""
    yield log_group_named(context, eks_traits.POD_LOGS)
    writes = allow("WriteLogsOfPods", eks_traits.LOG_ACTIONS, [Ref("kubernetes_cluster_pod_logs").log_group_arn])
    confined = {"StringEquals": {"aws:SourceAccount": cdk.Aws.ACCOUNT_ID}}
    role = iam.Role(
        THIS,
        eks_traits.POD_EXECUTION_ROLE,
        assumed_by=iam.ServicePrincipal(eks_traits.PODS_ON_FARGATE, conditions=confined),
        managed_policies=[iam.ManagedPolicy.from_aws_managed_policy_name(eks_traits.POD_EXECUTION_POLICY)],
        inline_policies={"connections": iam.PolicyDocument(statements=[writes])},
    )
    yield Let("kubernetes_pod_execution_role", role)


def profile(context: Context) -> Iterator[Statement]:
    """Make the profile that runs the workload's pods on Fargate."""
    name: Value = context.parameter("ClusterName") if context.has("ClusterName") else _OF.ref
    yield _profile("Profile", name, NAMESPACE)
    group = Ref("kubernetes_cluster_pod_logs").log_group_name
    yield output(context, "KubernetesLogGroup", group, Text("Log group of the pods", "Pod のロググループ"))
    words = Text("Region of the cluster", "クラスターのリージョン")
    yield output(context, "KubernetesRegion", cdk.Aws.REGION, words)


def _profile(end: str, cluster: Value, namespace: str) -> Let:
    made = eks.CfnFargateProfile(
        THIS,
        f"{eks_traits.CLUSTER}{end}",
        cluster_name=cluster,
        pod_execution_role_arn=Ref("kubernetes_pod_execution_role").role_arn,
        selectors=[eks.CfnFargateProfile.SelectorProperty(namespace=namespace)],
        subnets=[Item(_SUBNETS, 0), Item(_SUBNETS, 1)],
    )
    name = {"Profile": "kubernetes_cluster_profile", "SystemProfile": "kubernetes_cluster_system_profile"}
    return Let(name[end], made)


def web_identity_role(context: Context, id: str, namespace: str, account: str, statements: Sequence[Call]) -> Call:
    """Return the role of a service account on Fargate, which its pods assume by OpenID Connect.

    A plain resource: the issuer stands in the name of a condition, where the construct takes no token.
    """
    provider: Expr = Ref("kubernetes_cluster_provider").attr_arn
    if context.has("ClusterOidcProviderArn"):
        provider = context.parameter("ClusterOidcProviderArn")
    issuer = cdk.Fn.select(1, cdk.Fn.split("oidc-provider/", provider))
    trusted = cdk.Fn.sub(eks_traits.web_identity(namespace, account), {"Provider": provider, "Issuer": issuer})
    options: dict[str, Value] = {}
    if statements:
        document = iam.PolicyDocument(statements=list(statements))
        held = iam.CfnRole.PolicyProperty(policy_name="connections", policy_document=document)
        options["policies"] = [held]
    made: Call = iam.CfnRole(THIS, id, assume_role_policy_document=trusted, **options)
    return made


def _controller(context: Context, engine: str) -> Iterator[Statement]:
    """Make the role of what puts pods into target groups: into those of this cluster only."""
    where = (cdk.Aws.REGION, ":", cdk.Aws.ACCOUNT_ID)
    changes = iam.PolicyStatement(
        sid="FillTargetGroups",
        actions=list(eks_traits.CONTROLLER_ACTIONS),
        resources=[Words("arn:", cdk.Aws.PARTITION, ":elasticloadbalancing:", *where, ":targetgroup/*")],
        conditions={"StringEquals": {eks_traits.CONTROLLER_TAG: _OF.ref}},
    )
    statements = [changes, allow("LookAround", eks_traits.CONTROLLER_READS, ["*"])]
    if engine == eks_traits.FARGATE:
        made = web_identity_role(
            context, f"{eks_traits.CONTROLLER_ID}Role", eks_traits.SYSTEM, eks_traits.CONTROLLER, statements
        )
        yield Let("balancer_controller_role", made)
        arn = Ref("balancer_controller_role").attr_arn
    else:
        principal = iam.SessionTagsPrincipal(iam.ServicePrincipal(eks_traits.PODS))
        policies = {"connections": iam.PolicyDocument(statements=statements)}
        role = iam.Role(THIS, f"{eks_traits.CONTROLLER_ID}Role", assumed_by=principal, inline_policies=policies)
        yield Let("balancer_controller_role", role)
        arn = Ref("balancer_controller_role").role_arn
        identity = eks.CfnPodIdentityAssociation(
            THIS,
            f"{eks_traits.CONTROLLER_ID}Identity",
            cluster_name=_OF.ref,
            namespace=eks_traits.SYSTEM,
            service_account=eks_traits.CONTROLLER,
            role_arn=arn,
        )
        yield Do(identity)
    words = Text("Role of the load balancer controller", "ロードバランサーコントローラーのロール")
    yield output(context, f"{eks_traits.CONTROLLER_ID}RoleArn", arn, words)


def names_for(context: Context, node: Node) -> Iterator[Statement]:
    """Let pods with a security group of their own ask the DNS, whose pods have the cluster's."""
    for protocol in ("udp", "tcp"):
        made = ec2.CfnSecurityGroupIngress(
            THIS,
            context.id(node.id, f"Names{protocol.title()}"),
            group_id=_OF.attr_cluster_security_group_id,
            ip_protocol=protocol,
            from_port=eks_traits.DNS_PORT,
            to_port=eks_traits.DNS_PORT,
            source_security_group_id=context.ref(node.id, "SecurityGroup").security_group_id,
            description=f"names for {context.id(node.id)}",
        )
        yield Do(made)
