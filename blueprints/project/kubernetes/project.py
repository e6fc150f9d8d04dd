"""The folder `kubernetes/`: base, overlays and the values that they take from the stack; `cluster/` for eksctl."""

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from advisor.architecture import Node
from advisor.vocabulary import FIELDS
from blueprints.naming import kebab
from blueprints.parameters.deployment import IMAGE_TAG
from blueprints.parameters.parameter import ACCOUNT
from blueprints.plan import NAMESPACE, Plan
from blueprints.project.kubernetes import around
from blueprints.project.kubernetes.accelerated import accelerated
from blueprints.project.kubernetes.pods import is_single, running
from blueprints.project.programs.code import Code
from blueprints.project.programs.entry_point import NOBODY
from blueprints.settings import CONTROL_PLANE_LOGS
from blueprints.traits import efs, eks, traits_of

Json = dict[str, Any]
Files = Iterator[tuple[str, bytes]]
VERSION = "1.36"
DEFAULT_REGION = str(next(field.default for field in FIELDS["workload"] if field.id == "region"))
ENVIRONMENTS = ("dev", "staging", "prod")
_COPIES = {"dev": 1, "staging": 2, "prod": 2}
#: How a program runs -> the kind of its object, and where that holds the pod.
_KINDS = {
    "service": ("Deployment", "spec.template"),
    "worker": ("Deployment", "spec.template"),
    "job": ("Job", "spec.template"),
    "cronjob": ("CronJob", "spec.jobTemplate.spec.template"),
}
#: The driver of file systems as eksctl installs it; its pods on the nodes mount under a role of their own.
_MOUNTING = {
    "name": efs.DRIVER,
    "podIdentityAssociations": [
        {
            "namespace": eks.SYSTEM,
            "serviceAccountName": efs.DRIVER_ACCOUNT,
            "permissionPolicyARNs": ["arn:aws:iam::aws:policy/AmazonElasticFileSystemClientReadWriteAccess"],
        }
    ],
}
_KUSTOMIZATION = {"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization"}


class _Plain(yaml.SafeDumper):
    """YAML dumper without anchors and aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def kubernetes_files(plan: Plan, codes: tuple[Code, ...], *, typescript: bool = False) -> Files:
    """Yield the manifests of the programs that run on EKS, or nothing if there are no such programs."""
    pods = [code for code in codes if traits_of(code.plan.node.service).pods]
    if not pods:
        return
    kind = eks.engine_of(plan.architecture)
    shared = [around.namespace(), *([around.policy_switch()] if kind == eks.AUTO else []), around.closed()]
    shared += around.fargate_logs() if kind == eks.FARGATE else []
    shared += [accelerated(kind, eks.most_gpus(plan.architecture))] if eks.gpu_programs(plan.architecture) else []
    shared += [around.queue_access()] if eks.scaled_queues(plan.architecture) else []
    if mounted := _stores(plan):
        shared += [around.file_driver()] if kind == eks.FARGATE else []
        shared += [volume for store in mounted for volume in around.volumes(store.subject, signed=kind != eks.FARGATE)]
    yield "kubernetes/base/shared.yaml", _documents(shared)
    for code in pods:
        yield f"kubernetes/base/{code.id}.yaml", _documents(_objects(plan, code, typescript=typescript))
    resources = ["shared.yaml", *(f"{code.id}.yaml" for code in pods)]
    yield "kubernetes/base/kustomization.yaml", _documents([{**_KUSTOMIZATION, "resources": resources}])
    for environment in ENVIRONMENTS:
        yield from _overlay(plan, pods, environment)
    yield from _own_balancer(plan, pods)
    yield "cluster/eksctl.yaml", _documents([_cluster(plan)])


def _stores(plan: Plan) -> list[Node]:
    """Return the file systems that pods mount."""
    mounted = {edge.target for edge in efs.mounts(plan.architecture)}
    return [node for node in plan.architecture.nodes if node.id in mounted]


def _region(plan: Plan) -> str:
    return str(plan.design.requirements.workload_answers.get("region") or DEFAULT_REGION)


#: How callers talk to what sends to pods -> the ends of the names of its target groups, each with the port that it fills.
_GROUPS: Mapping[str, dict[str, str]] = {
    "http": {"TargetGroup": "http"},
    "tcp": {"TargetGroup": "http", "DatagramGroup": "datagrams"},
}


def _bound(plan: Plan, code: Code) -> dict[str, str]:
    """Return the target groups that are filled with a program's pods, by the ends of their names."""
    senders = [
        traits_of(plan.node(edge.source).service).protocol for edge in code.plan.invoked if edge.verb == "invoke"
    ]
    return next((_GROUPS[sender] for sender in senders if sender in _GROUPS), {})


def _binding(code: Code, port: str) -> str:
    """Return the name of a program's TargetGroupBinding."""
    return code.id if port == "http" else f"{code.id}-{port}"


def _objects(plan: Plan, code: Code, *, typescript: bool) -> list[Json]:
    objects = [around.identity(code), around.config(code), running(code, typescript=typescript)]
    if code.plan.run in ("service", "worker"):
        objects += around.standing(code)
        objects += [around.binding(code, _binding(code, port), port) for port in _bound(plan, code).values()]
    return [*objects, around.network_policy(code, _ports(plan, code)), around.security_groups(code)]


def _ports(plan: Plan, code: Code) -> list[int]:
    """Return the ports other than HTTPS that a program uses within the VPC."""
    passages = plan.network.passages if plan.network else ()
    return sorted({passage.port for passage in passages if passage.source == code.plan.node.id} - {443})


def _documents(objects: list[Json]) -> bytes:
    return yaml.dump_all(objects, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=120).encode()


def _overlay(plan: Plan, pods: list[Code], environment: str) -> Files:
    folder = f"kubernetes/overlays/{environment}"
    outputs = _outputs(plan, pods)
    local = {"config.kubernetes.io/local-config": "true"}
    body: Json = {
        **_KUSTOMIZATION,
        "resources": ["../../base"],
        # Read in to be copied from, and not installed.
        "configMapGenerator": [
            {
                "name": "stack",
                "envs": ["outputs.env"],
                "options": {"disableNameSuffixHash": True, "annotations": local},
            }
        ],
        "patches": _copies(pods, environment),
        "replacements": [_replacement(key, place) for key, place in _places(plan, pods)],
    }
    yield f"{folder}/kustomization.yaml", _documents([{k: v for k, v in body.items() if v}])
    yield f"{folder}/outputs.env", "".join(f"{key}={value}\n" for key, value in outputs.items()).encode()


def _copies(pods: list[Code], environment: str) -> list[Json]:
    standing = (code for code in pods if code.plan.run in ("service", "worker"))
    return [_least(code, _COPIES[environment]) for code in standing if not is_single(code)]


def _least(code: Code, copies: int) -> Json:
    """Return the patch of the fewest copies of a program."""
    by_backlog = eks.by_backlog(code.plan.node)
    kind, field = (around.SCALED, "minReplicaCount") if by_backlog else ("HorizontalPodAutoscaler", "minReplicas")
    patch = [{"op": "replace", "path": f"/spec/{field}", "value": copies}]
    return {"target": {"kind": kind, "name": code.id}, "patch": yaml.safe_dump(patch, sort_keys=False)}


def _places(plan: Plan, pods: list[Code]) -> Iterator[tuple[str, Json]]:
    """Yield each output of the stack and the place in the manifests that holds it."""
    for code in pods:
        name = plan.name(code.plan.node.id)
        kind, template = _KINDS[code.plan.run]
        image = f"{template}.spec.containers.0.image"
        yield f"{code.plan.repository}Uri", _place(kind, code, image, {"delimiter": ":", "index": 0})
        yield IMAGE_TAG.id, _place(kind, code, image, {"delimiter": ":", "index": 1})
        for end, variable in code.plan.outputs:
            yield f"{name}{end}", _place("ConfigMap", code, f"data.{variable.name}")
        if eks.engine(code.plan.node) == eks.FARGATE:
            yield f"{name}RoleArn", _place("ServiceAccount", code, "metadata.annotations.[eks.amazonaws.com/role-arn]")
        yield f"{name}SecurityGroupId", _place("SecurityGroupPolicy", code, "spec.securityGroups.groupIds.0")
        if eks.by_backlog(code.plan.node):
            select = {"kind": around.SCALED, "name": code.id}
            yield "KubernetesRegion", {"select": select, "fieldPaths": ["spec.triggers.0.metadata.awsRegion"]}
        for end, port in _bound(plan, code).items():
            select = {"kind": "TargetGroupBinding", "name": _binding(code, port)}
            yield f"{name}{end}Arn", {"select": select, "fieldPaths": ["spec.targetGroupARN"]}
    for store in _stores(plan):
        select = {"kind": "PersistentVolume", "name": f"{NAMESPACE}-{store.subject}"}
        yield f"{plan.name(store.id)}VolumeHandle", {"select": select, "fieldPaths": ["spec.csi.volumeHandle"]}
    if eks.engine_of(plan.architecture) == eks.FARGATE:
        words = around.LOG_OUTPUT.split(" ")
        for key, word in (("KubernetesLogGroup", around.LOG_GROUP), ("KubernetesRegion", around.LOG_REGION)):
            options = {"delimiter": " ", "index": words.index(word)}
            select = {"kind": "ConfigMap", "name": around.LOGS}
            yield key, {"select": select, "fieldPaths": ["data.[output.conf]"], "options": options}


def _place(kind: str, code: Code, path: str, options: Json | None = None) -> Json:
    place: Json = {"select": {"kind": kind, "name": code.id}, "fieldPaths": [path]}
    return {**place, "options": options} if options else place


def _replacement(key: str, place: Json) -> Json:
    source = {"kind": "ConfigMap", "name": "stack", "fieldPath": f"data.{key}"}
    return {"source": source, "targets": [place]}


def _outputs(plan: Plan, pods: list[Code]) -> dict[str, str]:
    """Return examples of the stack's outputs, which `make outputs` overwrites."""
    region = _region(plan)
    outputs = {}
    for key, place in _places(plan, pods):
        name = place["select"]["name"]
        example = f"example-{key.lower()}"
        if key.endswith("RepositoryUri"):
            example = f"{ACCOUNT}.dkr.ecr.{region}.amazonaws.com/{name}"
        elif key.endswith("SecurityGroupId"):
            example = "sg-0123456789abcdef0"
        elif key.endswith("RoleArn"):
            example = f"arn:aws:iam::{ACCOUNT}:role/{name}"
        elif key == "KubernetesRegion":
            example = region
        elif key == IMAGE_TAG.id:
            example = IMAGE_TAG.example
        elif key.endswith("VolumeHandle"):
            example = "fs-0123456789abcdef0::fsap-0123456789abcdef0"
        elif key.endswith("GroupArn"):
            example = f"arn:aws:elasticloadbalancing:{region}:{ACCOUNT}:targetgroup/{name}/0123456789abcdef"
        outputs[key] = example
    return outputs


def _own_balancer(plan: Plan, pods: list[Code]) -> Files:
    """Yield the overlay component with an Ingress, for clusters without a load balancer of the stack."""
    served = [code for code in pods if by_ingress(code)]
    if not served:
        return
    private = all(code.plan.node.settings.get("exposure") == "private" for code in served)
    body: Json = {**_KUSTOMIZATION, "apiVersion": "kustomize.config.k8s.io/v1alpha1", "kind": "Component"}
    delete = [
        {"target": {"kind": "TargetGroupBinding", "name": _binding(code, port)}, "patch": _removal(code, port)}
        for code in served
        for port in _bound(plan, code).values()
    ]
    yield "kubernetes/ingress/ingress.yaml", _documents(around.ingress(served, private=private))
    body |= {"resources": ["ingress.yaml"], "patches": delete}
    yield "kubernetes/ingress/kustomization.yaml", _documents([body])


def by_ingress(code: Code) -> bool:
    """Return whether an Ingress can route to a program; programs that trust identity headers are excluded."""
    http = code.plan.run == "service" and code.entry_point.shell != "container_socket"
    return http and code.entry_point.identity == NOBODY


def _removal(code: Code, port: str) -> str:
    named = {"name": _binding(code, port), "namespace": NAMESPACE}
    return yaml.safe_dump(
        {"$patch": "delete", "apiVersion": around.balancing(code), "kind": "TargetGroupBinding", "metadata": named},
        sort_keys=False,
    )


def _cluster(plan: Plan) -> Json:
    """Return the eksctl configuration of a cluster outside the stack, with the same engine."""
    return {
        "apiVersion": "eksctl.io/v1alpha5",
        "kind": "ClusterConfig",
        "metadata": {"name": "platform", "region": _region(plan), "version": VERSION},
        "accessConfig": {"authenticationMode": "API"},
        **_engine(plan, eks.engine_of(plan.architecture)),
        "cloudWatch": {"clusterLogging": {"enableTypes": list(CONTROL_PLANE_LOGS)}},
    }


def _engine(plan: Plan, kind: str) -> Json:
    """Return the compute configuration of pods for eksctl."""
    watching: Json = {"name": eks.INSIGHTS_ADDON, "useDefaultPodIdentityAssociations": True}
    insights = [watching, *([_MOUNTING] if efs.driven(plan.architecture) else [])]
    addons = [{"name": one.name, **({"configurationValues": one.text} if one.text else {})} for one in eks.ADDONS[kind]]
    if kind == eks.AUTO:
        return {"autoModeConfig": {"enabled": True}, "addons": [*addons, *insights]}
    if kind == eks.FARGATE:
        profiles = [{"name": name, "selectors": [{"namespace": name}]} for name in (eks.SYSTEM, NAMESPACE)]
        return {"iam": {"withOIDC": True}, "fargateProfiles": profiles, "addons": addons}
    groups = [_group(pool) for pool in eks.pools(plan.architecture)]
    return {"managedNodeGroups": groups, "addons": [*addons, *insights]}


def _group(pool: eks.Pool) -> Json:
    """Return the configuration of a node group for eksctl."""
    node_group: Json = {
        "name": kebab(pool.id),
        "instanceType": pool.size,
        "minSize": pool.least,
        "maxSize": pool.most,
        "privateNetworking": True,
        "volumeSize": pool.disk_gib,
        "volumeEncrypted": True,
    }
    if pool.taint:
        node_group["taints"] = [{"key": pool.taint, "value": "true", "effect": "NoSchedule"}]
    return node_group
