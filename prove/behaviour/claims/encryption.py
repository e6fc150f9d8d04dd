"""Claims about keys, secrets and variables."""

from collections.abc import Iterator, Mapping
from typing import Any

from prove.behaviour.claims import Untrue, claim
from prove.behaviour.evidence import Evidence
from prove.behaviour.references import ids_in, statements_of_role
from prove.readback.values import texts

#: Type -> the path of the property that names a key of the customer's own.
_KEYED = {
    "AWS::ECR::Repository": ("EncryptionConfiguration", "KmsKey"),
    "AWS::SecretsManager::Secret": ("KmsKeyId",),
    "AWS::Logs::LogGroup": ("KmsKeyId",),
    "AWS::DynamoDB::Table": ("SSESpecification", "KMSMasterKeyId"),
    "AWS::Lambda::Function": ("KmsKeyArn",),
    "AWS::Events::EventBus": ("KmsKeyIdentifier",),
    "AWS::Events::Archive": ("KmsKeyIdentifier",),
    "AWS::Pipes::Pipe": ("KmsKeyIdentifier",),
    "AWS::StepFunctions::StateMachine": ("EncryptionConfiguration", "KmsKeyId"),
    "AWS::RDS::DBInstance": ("KmsKeyId",),
    "AWS::RDS::DBCluster": ("KmsKeyId",),
}
_NO_KEY = "It has no key of the customer's own, which the requirements ask for."


@claim("own-keys-where-asked")
def own_keys(evidence: Evidence) -> Iterator[Untrue]:
    """If customer managed keys are required, repositories, secrets, log groups and tables use one."""
    if evidence.requirements.workload_answers.get("customer_managed_keys") is not True:
        return
    for type, path in _KEYED.items():
        for resource in evidence.stack.of_type(type):
            whole = "DBClusterIdentifier" not in resource.properties  # an instance has the key of its cluster
            if type != "AWS::Lambda::Function" and whole and _at(dict(resource.properties), path) is None:
                yield resource.id, _NO_KEY
    readable = _read_without_a_key(evidence)
    for bucket in evidence.stack.of_type("AWS::S3::Bucket"):
        encryption = bucket.properties.get("BucketEncryption", {})
        if bucket.id not in readable and not any("kms" in text for text in texts(encryption)):
            yield bucket.id, _NO_KEY


def _read_without_a_key(evidence: Evidence) -> set[str]:
    """Return the buckets with a public site or with access logs, which AWS cannot write with such a key.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html (2026-11-27).
    """
    stack = evidence.stack
    sites = [dict(site.properties) for site in stack.of_type("AWS::CloudFront::Distribution")]
    logged = [dict(one.properties) for one in stack.of_type("AWS::ElasticLoadBalancingV2::LoadBalancer")]
    return {*ids_in([*sites, *logged])}


def _at(value: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


@claim("grants-go-through-services")
def grants(evidence: Evidence) -> Iterator[Untrue]:
    """A key lets the account's administrators make grants, and others through a service of AWS alone; no role may."""
    stack = evidence.stack
    for key in stack.of_type("AWS::KMS::Key"):
        for statement in key.properties.get("KeyPolicy", {}).get("Statement", ()):
            narrowed = {name.lower() for test in statement.get("Condition", {}).values() for name in test}
            administrators = all(str(arn).endswith(":root") for arn in statement.get("Principal", {}).get("AWS", ["*"]))
            through = narrowed & {"kms:viaservice", "kms:grantisforawsresource"}
            if _may_grant(statement) and not administrators and not through:
                yield key.id, "Others than administrators may make grants themselves."
    for role in stack.of_type("AWS::IAM::Role"):
        if any(_may_grant(statement) for statement in statements_of_role(stack, f"${{{role.id}}}")):
            yield role.id, "It may make grants."


def _may_grant(statement: Mapping[str, Any]) -> bool:
    actions = {str(action).lower() for action in statement.get("Action", ())}
    return statement.get("Effect") == "Allow" and bool(actions & {"kms:creategrant", "kms:*", "*"})


@claim("variables-hold-no-secrets")
def variables(evidence: Evidence) -> Iterator[Untrue]:
    """Variables of functions and containers hold neither a secret nor a parameter that hides its value."""
    hidden = {
        f"${{{id}}}"
        for id, parameter in evidence.stack.parameters.items()
        if isinstance(parameter, dict) and parameter.get("NoEcho") == "true"
    }
    for resource in evidence.stack.of_type("AWS::Lambda::Function", "AWS::ECS::TaskDefinition"):
        for text in texts(_variables(dict(resource.properties))):
            if "{{resolve:" in text or any(parameter in text for parameter in hidden):
                yield resource.id, "A variable holds a secret."


def _variables(properties: dict[str, Any]) -> list[Any]:
    containers = properties.get("ContainerDefinitions", [])
    return [properties.get("Environment", {}), *(container.get("Environment", {}) for container in containers)]


@claim("keys-are-confined")
def keys(evidence: Evidence) -> Iterator[Untrue]:
    """A key policy permits this account and, under a condition, the services that store the data; no one else."""
    for key in evidence.stack.of_type("AWS::KMS::Key"):
        for statement in key.properties.get("KeyPolicy", {}).get("Statement", ()):
            principals = statement.get("Principal", {}).get("AWS", [])
            if statement.get("Effect") == "Allow" and "*" in principals and not statement.get("Condition"):
                yield key.id, "Its policy lets in everybody, without a condition."


@claim("stream-keys-serve-other-accounts")
def stream_keys(evidence: Evidence) -> Iterator[Untrue]:
    """A stream has a key of the customer's own because another account uses it, or because one is asked for."""
    asked = evidence.requirements.workload_answers.get("customer_managed_keys") is True
    shared = [
        str(policy.properties.get("ResourceArn")) for policy in evidence.stack.of_type("AWS::Kinesis::ResourcePolicy")
    ]
    for stream in evidence.stack.of_type("AWS::Kinesis::Stream"):
        key = str(stream.properties.get("StreamEncryption", {}).get("KeyId", ""))
        if key.startswith("${") and not asked and not any(stream.id in arn for arn in shared):
            yield stream.id, "It has a key of its own, and no other account uses it."


@claim("secrets-are-another-partys")
def secrets(evidence: Evidence) -> Iterator[Untrue]:
    """A secret without rotation is shared with another party, or a database user's, whose password the Data API alone takes.

    Another party's: its owner puts the value in, or a partner's address takes it.
    """
    calls = evidence.stack.of_type("AWS::Events::Connection")
    handed_over = "".join(texts([dict(connection.properties) for connection in calls]))
    rotated = [text for schedule in evidence.stack.of_type("AWS::SecretsManager::RotationSchedule")
               for text in texts(dict(schedule.properties))]  # fmt: skip
    clusters = evidence.stack.of_type("AWS::RDS::DBCluster")
    data_api = any(cluster.properties.get("EnableHttpEndpoint") == "true" for cluster in clusters)
    for secret in evidence.stack.of_type("AWS::SecretsManager::Secret"):
        awaited = "set its value" in str(secret.properties.get("Description", "")) or secret.id in handed_over
        user = data_api and "username" in str(secret.properties.get("GenerateSecretString"))
        if (
            "GenerateSecretString" in secret.properties
            and not awaited
            and not user
            and not any(secret.id in text for text in rotated)
        ):
            yield secret.id, "AWS makes this secret up, and nothing rotates it."


@claim("client-secret-is-resolved")
def client_secret(evidence: Evidence) -> Iterator[Untrue]:
    """The parameter is the ARN of a secret: it is used only in a reference to Secrets Manager."""
    for resource in evidence.stack.resources.values():
        for text in texts(dict(resource.properties)):
            if "${OidcClientSecretArn}" in text and "{{resolve:secretsmanager:${OidcClientSecretArn}" not in text:
                yield resource.id, "It takes the parameter for the secret itself."


@claim("cluster-encrypts-secrets")
def cluster_secrets(evidence: Evidence) -> Iterator[Untrue]:
    """The key of a cluster encrypts its secrets."""
    for cluster in evidence.stack.of_type("AWS::EKS::Cluster"):
        named = [name for row in cluster.properties.get("EncryptionConfig", ()) for name in row.get("Resources", ())]
        if "secrets" not in named:
            yield cluster.id, "Its secrets are not named as what the key encrypts."
