"""Secrets."""

from advisor.architecture import Node
from advisor.text import Text
from blueprints.plan.customer_key import KeyUse
from blueprints.shared.programs import PROGRAMS
from blueprints.stack.registry import carried, encrypted_by, itself, service
from blueprints.stack.scope import Scope
from blueprints.values import Ref

# It acts on behalf of the caller, who needs Decrypt and GenerateDataKey, and makes no grants:
# https://docs.aws.amazon.com/kms/latest/developerguide/services-secrets-manager.html (read 2026-12-01).
encrypted_by("AWS::SecretsManager::Secret", "KmsKeyId", KeyUse("secretsmanager"))
carried(PROGRAMS, ["get-secret"], ["secrets-manager"])


_RANDOM = Text(
    "The initial value is random. The owner sets the actual value after deployment, so the template does not contain it.",
    "初期値はランダムです。実際の値はデプロイ後に所有者が設定するため、テンプレートには含まれません。",
)


@service("secrets-manager", arn=itself)
def secret(scope: Scope, node: Node) -> None:
    """A secret with a random first value."""
    properties = {
        "Description": f"Secret of {node.subject}; set its value after the first deployment",
        "GenerateSecretString": {"PasswordLength": 32, "ExcludePunctuation": True},
    }
    id = scope.name(node.id)
    scope.add(id, "AWS::SecretsManager::Secret", properties, node=node.id, kept="Retain", why=_RANDOM)
    scope.output(f"{id}Arn", Ref(id), "ARN of the secret")
