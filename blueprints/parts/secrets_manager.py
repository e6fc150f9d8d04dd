"""Secrets."""

from advisor.architecture import Node
from advisor.text import Text
from blueprints.shared.programs import PROGRAMS
from blueprints.stack.registry import carried, encrypted_by, itself, service
from blueprints.stack.scope import Scope
from blueprints.values import Ref

encrypted_by("AWS::SecretsManager::Secret", "KmsKeyId")
carried(PROGRAMS, ["get-secret"], ["secrets-manager"])


_RANDOM = Text(
    "Its first value is random. Its owner puts the real value in, so that no template contains it.",
    "最初の値は乱数。本当の値は所有者が後で設定するため、テンプレートには残らない。",
)


@service("secrets-manager", arn=itself)
def secret(scope: Scope, node: Node) -> None:
    """A secret with a random first value."""
    properties = {
        "Description": f"Secret of {node.subject}; put its value in after the first deployment",
        "GenerateSecretString": {"PasswordLength": 32, "ExcludePunctuation": True},
    }
    id = scope.name(node.id)
    scope.add(id, "AWS::SecretsManager::Secret", properties, node=node.id, kept="Retain", why=_RANDOM)
    scope.output(f"{id}Arn", Ref(id), Text("ARN of the secret", "シークレットの ARN"))
