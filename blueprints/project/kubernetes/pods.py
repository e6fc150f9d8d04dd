"""Pods and their controllers: Deployment, CronJob or Job, with the same container."""

from typing import Any

from advisor.architecture import Node
from blueprints import settings
from blueprints.plan import HEALTH_PATH, NAMESPACE
from blueprints.plan.network import APPLICATION_PORT
from blueprints.project.kubernetes.cron import cron
from blueprints.project.kubernetes.probes import answering, turning
from blueprints.project.programs.adapters import StoreAdapter
from blueprints.project.programs.code import Code
from blueprints.project.programs.entry_point import NOBODY
from blueprints.traits import eks, traits_of
from blueprints.traits.container_stops import WITHDRAWAL_S, grace_period_s
from blueprints.traits.ec2 import gpu
from blueprints.traits.efs import directory
from blueprints.traits.nlb import DATAGRAM_PORT

Json = dict[str, Any]
NAME = "app.kubernetes.io/name"
_USER = 10001
#: What the overlay of an environment replaces by an output of the stack, or the tag of a release.
FROM_STACK = "set-by-the-overlay"


def meta(name: str, **more: Any) -> Json:
    """Return the metadata of a namespaced object."""
    return {"name": name, "namespace": NAMESPACE, "labels": {NAME: name}, **more}


def least_copies(code: Code) -> int:
    """Return how many copies of a program run at least."""
    return max(1, settings.number(code.plan.node, "desired_count"))


def is_single(code: Code) -> bool:
    """Return whether never more than one copy of a program runs."""
    return settings.number(code.plan.node, "most_tasks") == 1


def _replaced_at_once(code: Code) -> bool:
    """Return whether all copies end before new ones start: old and new ones together stay within a stated limit.

    A rolling update starts a new pod as soon as an old one is told to stop, which then finishes its message:
    https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#recreate-deployment (read 2026-11-30).
    """
    return is_single(code) or settings.flag(code.plan.node, "limits_work")


_ROLLING: Json = {"rollingUpdate": {"maxSurge": "25%", "maxUnavailable": 0}}


def running(code: Code, *, typescript: bool) -> Json:
    """Return the object that runs a program: always (Deployment), by the clock (CronJob) or once (Job)."""
    kind = code.plan.run
    if kind in ("service", "worker"):
        return _deployment(code, typescript=typescript)
    job = _job(code, typescript=typescript)
    if kind == "job":
        # Suspended: it runs when somebody or something says so, and not because it was installed.
        return {"apiVersion": "batch/v1", "kind": "Job", "metadata": meta(code.id), "spec": {"suspend": True, **job}}
    # Where a program sets the starts, no clock does.
    suspended = {"suspend": True} if settings.flag(code.plan.node, "set_by_program") else {}
    spec = {
        **suspended,
        "schedule": cron(code.plan.node),
        "timeZone": code.zone,
        "concurrencyPolicy": "Forbid",
        "startingDeadlineSeconds": 600,
        "successfulJobsHistoryLimit": 3,
        "failedJobsHistoryLimit": 3,
        "jobTemplate": {"spec": job},
    }
    return {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": meta(code.id), "spec": spec}


def _deployment(code: Code, *, typescript: bool) -> Json:
    selector = {"matchLabels": {NAME: code.id}}
    spread = {
        "maxSkew": 1,
        "topologyKey": "topology.kubernetes.io/zone",
        "whenUnsatisfiable": "ScheduleAnyway",
        "labelSelector": selector,
    }
    pod = _pod(code, typescript=typescript)
    pod["spec"] |= {"topologySpreadConstraints": [spread]}
    spec = {
        "selector": selector,
        # Where only so many copies may work at once, the old ones end before new ones start.
        "strategy": {"type": "Recreate"} if _replaced_at_once(code) else _ROLLING,
        "template": pod,
    }
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": meta(code.id), "spec": spec}


def _job(code: Code, *, typescript: bool) -> Json:
    pod = _pod(code, typescript=typescript)
    pod["spec"]["restartPolicy"] = "Never"
    return {
        "backoffLimit": 3,
        "activeDeadlineSeconds": settings.number(code.plan.node, "timeout_s"),
        "ttlSecondsAfterFinished": 86400,
        "template": pod,
    }


def _pod(code: Code, *, typescript: bool) -> Json:
    spec: Json = {
        "serviceAccountName": code.id,
        "terminationGracePeriodSeconds": grace_period_s(code.plan.node),
        # The role comes by EKS Pod Identity, which mounts a token of its own; none of these programs asks Kubernetes.
        "automountServiceAccountToken": False,
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": _USER,
            "runAsGroup": _USER,
            "fsGroup": _USER,
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        "containers": [_container(code, typescript=typescript)],
        "volumes": [
            {"name": "tmp", "emptyDir": {"sizeLimit": f"{settings.number(code.plan.node, 'disk_mib')}Mi"}},
            *(
                {"name": store.subject, "persistentVolumeClaim": {"claimName": store.subject}}
                for store in mounted(code)
            ),
        ],
    }
    if gpu(code.plan.node):
        spec["tolerations"] = [{"key": eks.GPU_TAINT, "operator": "Exists", "effect": "NoSchedule"}]
    return {"metadata": {"labels": {NAME: code.id}}, "spec": spec}


def _container(code: Code, *, typescript: bool) -> Json:
    container: Json = {
        "name": "app",
        "image": f"{code.id}:{FROM_STACK}",
        "envFrom": [{"configMapRef": {"name": code.id}}],
        "resources": _resources(code.plan.node),
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        },
        "volumeMounts": [
            {"name": "tmp", "mountPath": "/tmp"},
            *(
                {
                    "name": store.subject,
                    "mountPath": directory(store.node),
                    **({} if store.writable else {"readOnly": True}),
                }
                for store in mounted(code)
            ),
        ],
    }
    if code.plan.run == "service":
        probe = _probe(code, typescript=typescript)
        container["ports"] = [
            {"name": name, "containerPort": port, **({"protocol": protocol} if protocol != "TCP" else {})}
            for name, protocol, port in listening(code)
        ]
        container["readinessProbe"] = {**probe, "periodSeconds": 5}
        container["livenessProbe"] = {**probe, "periodSeconds": 10, "failureThreshold": 6}
        # Endpoints are withdrawn while the pod still answers: no request meets a closed port.
        container["lifecycle"] = {"preStop": {"sleep": {"seconds": WITHDRAWAL_S}}}
    elif code.plan.run == "worker":
        container["livenessProbe"] = turning(settings.hung_s(code.plan.node), typescript=typescript)
    return container


def mounted(code: Code) -> tuple[StoreAdapter, ...]:
    """Return the file systems that a program mounts."""
    return tuple(store for store in code.stores if traits_of(store.service).mounted)


def listening(code: Code) -> tuple[tuple[str, str, int], ...]:
    """Return the ports of a program that answers callers: name, protocol, number."""
    ports = (("http", "TCP", APPLICATION_PORT),)
    return (*ports, ("datagrams", "UDP", DATAGRAM_PORT)) if code.entry_point.shell == "container_socket" else ports


def _probe(code: Code, *, typescript: bool) -> Json:
    """Return how a program that answers callers is asked whether it is well."""
    if code.entry_point.shell == "container_socket":
        return {"tcpSocket": {"port": "http"}}  # It speaks no HTTP.
    if code.entry_point.identity != NOBODY:
        return answering(typescript=typescript)
    return {"httpGet": {"path": HEALTH_PATH, "port": "http"}}


def _resources(node: Node) -> Json:
    memory = f"{settings.number(node, 'memory_mib')}Mi"
    cpu = f"{max(50, round(float(str(node.settings.get('vcpu', 0.5))) * 1000))}m"
    # No limit on the processor: it would slow a program down on a node that has nothing else to do.
    gpus = {eks.GPU_TAINT: 1} if gpu(node) else {}
    return {"requests": {"cpu": cpu, "memory": memory}, "limits": {"memory": memory, **gpus}}
