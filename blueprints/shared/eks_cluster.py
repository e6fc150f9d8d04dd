"""The EKS cluster as all its parts name it, and how pods get the roles of their service accounts."""

from typing import Any

from blueprints.shared.roles import trust
from blueprints.stack.scope import Scope
from blueprints.traits import eks
from blueprints.values import Att, Fn, Named, Ref, Value
from blueprints.values.json_text import JsonText

GROUP = "eks-cluster"


def cluster_name(scope: Scope) -> Value:
    """Return the cluster's name: made here, or one that exists."""
    return Ref("ClusterName") if scope.has("ClusterName") else Ref(eks.CLUSTER)


def provider_arn(scope: Scope) -> Value:
    """Return the provider by which pods on Fargate get roles: made here, or of the cluster that exists."""
    return Ref("ClusterOidcProviderArn") if scope.has("ClusterOidcProviderArn") else Ref(eks.PROVIDER)


def pod_trust(scope: Scope, engine: str, namespace: str, account: str) -> Value:
    """Return the trust policy of a service account role."""
    if engine != eks.FARGATE:
        return trust(eks.PODS, tagged=True)
    provider = provider_arn(scope)
    issuer = Fn("Select", [1, Fn("Split", ["oidc-provider/", provider])])
    provided, issued = Named("Provider", provider), Named("Issuer", issuer)
    # A text, because no function of CloudFormation can stand in the name of a condition.
    return JsonText(eks.web_identity_policy(provided, issued, namespace, account))


def associate_pod_identity(scope: Scope, id: str, cluster: Value, namespace: str, account: str, **owner: Any) -> None:
    """Associate the role of a service account with its pods by EKS Pod Identity."""
    association = {
        "ClusterName": cluster,
        "Namespace": namespace,
        "ServiceAccount": account,
        "RoleArn": Att(f"{id}Role", "Arn"),
    }
    scope.add(f"{id}Identity", "AWS::EKS::PodIdentityAssociation", association, **owner)
