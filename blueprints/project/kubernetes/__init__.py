"""Kubernetes manifests of the programs that run on EKS: a Kustomize base, an overlay per environment, a cluster."""

from blueprints.project.kubernetes.cron import unscheduled
from blueprints.project.kubernetes.project import by_ingress, kubernetes_files

__all__ = ["by_ingress", "kubernetes_files", "unscheduled"]
