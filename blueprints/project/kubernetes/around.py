"""Manifests around the pods: services, scaling, disruption budgets, network policies and security groups."""

from collections.abc import Iterable, Iterator
from typing import Any

from blueprints import settings
from blueprints.plan import NAMESPACE
from blueprints.project.kubernetes.pods import FROM_STACK, NAME, least_copies, listening, meta
from blueprints.project.programs.code import Code
from blueprints.traits.eks import AUTO, FARGATE, by_backlog, engine
from blueprints.traits.nlb import DATAGRAM_PORT

Json = dict[str, Any]
#: The annotation by which a service account names its role.
ROLE = "eks.amazonaws.com/role-arn"
LOGS_SPACE, LOGS = "aws-observability", "aws-logging"
LOG_GROUP, LOG_REGION = "set-log-group", "set-region"
#: What is set by an overlay stands between spaces: Kustomize replaces whole words.
LOG_OUTPUT = (
    "[OUTPUT]\n    Name cloudwatch_logs\n    Match *\n"
    f"    log_group_name {LOG_GROUP} \n    region {LOG_REGION} \n"
    "    log_stream_prefix pods-\n    auto_create_group false\n"
)
#: The class of ingresses that get an Application Load Balancer.
INGRESS_CLASS = "alb"
EFS = "efs.csi.aws.com"
BUSY_PERCENT = 60
#: KEDA, which scales pods by the backlog of their queue (https://keda.sh/docs/latest/scalers/aws-sqs/, read 2026-11-28).
KEDA, SCALED, QUEUES = "keda.sh/v1alpha1", "ScaledObject", "queues"


def namespace() -> Json:
    """Return the namespace, whose pod security standard rejects pods with host access."""
    labels = {f"pod-security.kubernetes.io/{mode}": "restricted" for mode in ("enforce", "audit", "warn")}
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE, "labels": labels}}


def policy_switch() -> Json:
    """Return the setting that enforces network policies in EKS Auto Mode; without it they have no effect."""
    named = {"name": "amazon-vpc-cni", "namespace": "kube-system"}
    data = {"enable-network-policy-controller": "true"}
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": named, "data": data}


def volumes(store: str, *, signed: bool) -> list[Json]:
    """Return the volume of a file system, and the claim by which pods mount it; `signed` by the role of the driver."""
    capacity = {"storage": "1Gi"}  # asked for by Kubernetes; a file system of EFS has no size
    common: Json = {"accessModes": ["ReadWriteMany"], "storageClassName": ""}
    volume = {
        "capacity": capacity,
        **common,
        "persistentVolumeReclaimPolicy": "Retain",
        "mountOptions": ["tls", "iam"] if signed else ["tls"],
        "csi": {"driver": EFS, "volumeHandle": FROM_STACK},
    }
    name = f"{NAMESPACE}-{store}"
    claim = {**common, "volumeName": name, "resources": {"requests": capacity}}
    return [
        {"apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": name}, "spec": volume},
        {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": meta(store), "spec": claim},
    ]


def file_driver() -> Json:
    """Return the CSIDriver for EFS volumes, which Fargate does not provide."""
    return {
        "apiVersion": "storage.k8s.io/v1",
        "kind": "CSIDriver",
        "metadata": {"name": EFS},
        "spec": {"attachRequired": False},
    }


def closed() -> Json:
    """Return the default-deny network policy; each program opens the connections that it needs."""
    spec: Json = {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    return {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": _named("closed"), "spec": spec}


def _named(name: str) -> Json:
    return {"name": name, "namespace": NAMESPACE}


def identity(code: Code) -> Json:
    """Return the service account: EKS Pod Identity gives it the program's role, on Fargate an annotation does."""
    named = meta(code.id)
    if engine(code.plan.node) == FARGATE:
        named = {**named, "annotations": {ROLE: FROM_STACK}}
    return {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": named}


def fargate_logs() -> list[Json]:
    """Return the Fargate log configuration for CloudWatch."""
    labels = {"aws-observability": "enabled"}
    space = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": LOGS_SPACE, "labels": labels}}
    named = {"name": LOGS, "namespace": LOGS_SPACE}
    return [space, {"apiVersion": "v1", "kind": "ConfigMap", "metadata": named, "data": {"output.conf": LOG_OUTPUT}}]


def config(code: Code) -> Json:
    """Return the program's environment; its values come from the stack."""
    data = {variable.name: FROM_STACK for variable in code.plan.env}
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": meta(code.id), "data": data}


def network_policy(code: Code, reached: Iterable[int]) -> Json:
    """Return the permitted traffic of a program's pods: DNS, HTTPS, ports in the VPC, requests for a service."""
    dns = [{"protocol": protocol, "port": 53} for protocol in ("UDP", "TCP")]
    # 169.254.170.23 is where EKS Pod Identity hands out credentials, over plain HTTP on the node itself.
    agent = {"to": [{"ipBlock": {"cidr": "169.254.170.23/32"}}], "ports": [{"protocol": "TCP", "port": 80}]}
    spec: Json = {
        "podSelector": {"matchLabels": {NAME: code.id}},
        "policyTypes": ["Ingress", "Egress"],
        "egress": [
            {"ports": dns},
            {"ports": [{"protocol": "TCP", "port": port} for port in (443, *reached)]},
            *([] if engine(code.plan.node) == FARGATE else [agent]),
        ],
    }
    if code.plan.run == "service":
        spec["ingress"] = [{"ports": [{"protocol": protocol, "port": port} for _, protocol, port in listening(code)]}]
    return {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": meta(code.id), "spec": spec}


def security_groups(code: Code) -> Json:
    """Return the policy that gives the program's pods a security group of their own."""
    spec = {
        "podSelector": {"matchLabels": {NAME: code.id}},
        "securityGroups": {"groupIds": [FROM_STACK]},
    }
    version = "vpcresources.k8s.aws/v1beta1"
    return {"apiVersion": version, "kind": "SecurityGroupPolicy", "metadata": meta(code.id), "spec": spec}


def standing(code: Code) -> Iterator[Json]:
    """Yield the additional manifests of a program that runs continuously."""
    yield _scaler(code)
    spec = {"maxUnavailable": 1, "selector": {"matchLabels": {NAME: code.id}}}
    yield {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": meta(code.id), "spec": spec}
    if code.plan.run == "service":
        ports = [{"name": "http", "port": 80, "targetPort": "http"}]
        if code.entry_point.shell == "container_socket":
            datagrams = {"protocol": "UDP", "targetPort": "datagrams"}
            ports.append({"name": "datagrams", "port": DATAGRAM_PORT, **datagrams})
        serves = {"selector": {NAME: code.id}, "ports": ports}
        yield {"apiVersion": "v1", "kind": "Service", "metadata": meta(code.id), "spec": serves}


def _scaler(code: Code) -> Json:
    return _by_backlog(code) if by_backlog(code.plan.node) else _by_cpu(code)


def queue_access() -> Json:
    """Return how KEDA asks SQS for the backlog: under the role of its operator."""
    spec = {"podIdentity": {"provider": "aws"}}
    return {"apiVersion": KEDA, "kind": "TriggerAuthentication", "metadata": _named(QUEUES), "spec": spec}


def _by_backlog(code: Code) -> Json:
    queue = {
        "queueURLFromEnv": code.entry_point.queue_env,
        "queueLength": str(settings.number(code.plan.node, "backlog_per_task")),
        "awsRegion": FROM_STACK,
    }
    spec = {
        "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": code.id},
        "minReplicaCount": least_copies(code),
        "maxReplicaCount": max(least_copies(code), settings.number(code.plan.node, "most_tasks")),
        "triggers": [{"type": "aws-sqs-queue", "metadata": queue, "authenticationRef": {"name": QUEUES}}],
    }
    return {"apiVersion": KEDA, "kind": SCALED, "metadata": meta(code.id), "spec": spec}


def _by_cpu(code: Code) -> Json:
    target = {"type": "Utilization", "averageUtilization": BUSY_PERCENT}
    busy = {"type": "Resource", "resource": {"name": "cpu", "target": target}}
    spec = {
        "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": code.id},
        "minReplicas": least_copies(code),
        "maxReplicas": max(least_copies(code), settings.number(code.plan.node, "most_tasks")),
        "metrics": [busy],
    }
    return {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": meta(code.id), "spec": spec}


def binding(code: Code, name: str, port: str) -> Json:
    """Return the TargetGroupBinding that registers the pods with a target group of the stack."""
    spec = {
        "serviceRef": {"name": code.id, "port": port},
        "targetGroupARN": FROM_STACK,
        "targetType": "ip",
    }
    version = balancing(code)
    return {
        "apiVersion": version,
        "kind": "TargetGroupBinding",
        "metadata": {**meta(code.id), "name": name},
        "spec": spec,
    }


def balancing(code: Code) -> str:
    """Return the API version of TargetGroupBinding: that of EKS Auto Mode, or of the installed controller."""
    return "eks.amazonaws.com/v1" if engine(code.plan.node) == AUTO else "elbv2.k8s.aws/v1beta1"


def ingress(codes: list[Code], *, private: bool) -> list[Json]:
    """Return an Ingress with its class, for a cluster whose load balancers are made by Kubernetes."""
    version = balancing(codes[0])
    group = version.partition("/")[0]
    parameters = {"apiGroup": group, "kind": "IngressClassParams", "name": INGRESS_CLASS}
    paths = [
        {
            "path": "/" if len(codes) == 1 else f"/{code.id}",
            "pathType": "Prefix",
            "backend": {"service": {"name": code.id, "port": {"name": "http"}}},
        }
        for code in codes
    ]
    return [
        {
            "apiVersion": version,
            "kind": "IngressClassParams",
            "metadata": {"name": INGRESS_CLASS},
            "spec": {"scheme": "internal" if private else "internet-facing"},
        },
        {
            "apiVersion": "networking.k8s.io/v1",
            "kind": "IngressClass",
            "metadata": {"name": INGRESS_CLASS},
            "spec": {
                "controller": "eks.amazonaws.com/alb" if group == "eks.amazonaws.com" else "ingress.k8s.aws/alb",
                "parameters": parameters,
            },
        },
        {
            "apiVersion": "networking.k8s.io/v1",
            "kind": "Ingress",
            "metadata": {"name": "entry", "namespace": NAMESPACE},
            "spec": {"ingressClassName": INGRESS_CLASS, "rules": [{"http": {"paths": paths}}]},
        },
    ]
