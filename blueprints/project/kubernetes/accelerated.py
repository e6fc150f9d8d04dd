"""GPU nodes in Kubernetes: a node pool of EKS Auto Mode, or the device plugin of a node group."""

from typing import Any

from blueprints.traits import eks
from blueprints.traits.ec2 import GPU_FAMILY

Json = dict[str, Any]
_PLUGIN = "nvidia-device-plugin"
_SOCKETS = "/var/lib/kubelet/device-plugins"
_TAINT = {"key": eks.GPU_TAINT, "effect": "NoSchedule"}


def accelerated(engine: str, most_gpus: int) -> Json:
    """Return the manifests for GPUs: Auto Mode starts nodes on demand and needs no device plugin."""
    return _pool(most_gpus) if engine == eks.AUTO else _plugin()


def _pool(most_gpus: int) -> Json:
    """Return the node pool with one GPU per node, which scales to zero."""
    wanted = {
        "eks.amazonaws.com/instance-family": GPU_FAMILY,
        "karpenter.sh/capacity-type": "on-demand",
        "kubernetes.io/arch": "amd64",
    }
    spec: Json = {
        "nodeClassRef": {"group": "eks.amazonaws.com", "kind": "NodeClass", "name": "default"},
        "requirements": [{"key": key, "operator": "In", "values": [value]} for key, value in wanted.items()],
        "taints": [{**_TAINT, "value": "true"}],
    }
    disruption = {"consolidationPolicy": "WhenEmpty", "consolidateAfter": "5m"}
    pool = {"template": {"spec": spec}, "disruption": disruption, "limits": {eks.GPU_TAINT: most_gpus}}
    return {"apiVersion": "karpenter.sh/v1", "kind": "NodePool", "metadata": {"name": "gpu"}, "spec": pool}


def _plugin() -> Json:
    """Return the device plugin DaemonSet of GPU nodes."""
    labels = {"app.kubernetes.io/name": _PLUGIN}
    container = {
        "name": "plugin",
        "image": eks.GPU_PLUGIN,
        "env": [{"name": "FAIL_ON_INIT_ERROR", "value": "false"}],
        "resources": {"requests": {"cpu": "50m", "memory": "64Mi"}, "limits": {"memory": "128Mi"}},
        "securityContext": {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}},
        "volumeMounts": [{"name": "sockets", "mountPath": _SOCKETS}],
    }
    spec = {
        "priorityClassName": "system-node-critical",
        "automountServiceAccountToken": False,
        "nodeSelector": {"kubernetes.io/arch": "amd64"},
        "tolerations": [{**_TAINT, "operator": "Exists"}],
        "containers": [container],
        "volumes": [{"name": "sockets", "hostPath": {"path": _SOCKETS}}],
    }
    named = {"name": _PLUGIN, "namespace": eks.SYSTEM, "labels": labels}
    body = {"selector": {"matchLabels": labels}, "template": {"metadata": {"labels": labels}, "spec": spec}}
    return {"apiVersion": "apps/v1", "kind": "DaemonSet", "metadata": named, "spec": body}
