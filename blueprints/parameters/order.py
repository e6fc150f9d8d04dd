"""The order of deployment parameters."""

from blueprints.parameters.clusters import CLUSTER, CLUSTER_PROVIDER, EKS, MOUNTING
from blueprints.parameters.data import (
    CACHE_DATA,
    CACHE_REQUESTS,
    DELETION_PROTECTION,
    LOCK_MODE,
    PEER_CLUSTER,
    REPLICA_REGION,
    VECTOR_DIMENSION,
    VECTOR_DISTANCE,
    WITNESS_REGION,
)
from blueprints.parameters.deployment import (
    ALARM_EMAIL,
    APPROVER,
    ENVIRONMENT,
    FUNCTION_ARCHITECTURE,
    FUNCTION_ROLLOUT,
    IMAGE_TAG,
    LOG_RETENTION,
    OTHER_SYSTEM_CHECK,
    SENDER,
    TASK_ARCHITECTURE,
    UNADDRESSED_MAIL,
)
from blueprints.parameters.entries import (
    API_KEY_EXPIRY,
    CERTIFICATE,
    DOMAIN,
    EDGE_CERTIFICATE,
    EDGE_WEB_ACL,
    OIDC,
    OIDC_KEYS,
    OIDC_SIGN_IN,
    ORIGIN,
    address_limit,
)
from blueprints.parameters.network import CALLERS, CLOUDFRONT_ADDRESSES, PRIVATE_SUBNETS, PUBLIC_SUBNETS, VPC, VPC_RANGE
from blueprints.parameters.parameter import Parameter

#: In which order a deployment asks for its parameters.
_ORDER = tuple(
    parameter.id
    for parameter in (
        ENVIRONMENT, ALARM_EMAIL, LOG_RETENTION, REPLICA_REGION, APPROVER, FUNCTION_ARCHITECTURE, FUNCTION_ROLLOUT,
        TASK_ARCHITECTURE, IMAGE_TAG, SENDER, UNADDRESSED_MAIL, OTHER_SYSTEM_CHECK, DELETION_PROTECTION, LOCK_MODE, WITNESS_REGION, PEER_CLUSTER, CACHE_DATA, CACHE_REQUESTS, VECTOR_DIMENSION, VECTOR_DISTANCE, address_limit(0), ORIGIN, API_KEY_EXPIRY, *OIDC, OIDC_KEYS, *OIDC_SIGN_IN,
        CERTIFICATE, EDGE_CERTIFICATE, DOMAIN, EDGE_WEB_ACL, VPC, PRIVATE_SUBNETS, PUBLIC_SUBNETS, VPC_RANGE, CALLERS, CLOUDFRONT_ADDRESSES, CLUSTER, *EKS,
        CLUSTER_PROVIDER, *MOUNTING,
    )
)  # fmt: skip


def place(parameter: Parameter) -> int:
    """Return the position of a parameter. Raises ValueError if it is not listed."""
    return _ORDER.index(parameter.id)
