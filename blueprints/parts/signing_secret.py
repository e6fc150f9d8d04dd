"""Secrets with which senders of webhooks sign their requests."""

from advisor.architecture import Node
from advisor.text import Text
from blueprints.stack.registry import carried, itself, service
from blueprints.stack.scope import Scope
from blueprints.values import Ref

carried(["lambda", "ecs", "eks"], ["verify"], ["signing-secret"])

#: 32 letters and digits are the Base64 text of a key of 24 bytes, the shortest of Standard Webhooks.
_LENGTH = 32
_RANDOM = Text(
    "The initial value is a random key, which no sender knows. The owner sets the sender's key after deployment, so the template does not contain it.",
    "初期値は、どの送信元も知らないランダムなキーです。送信元のキーはデプロイ後に所有者が設定するため、テンプレートには含まれません。",
)


@service("signing-secret", arn=itself)
def signing_secret(scope: Scope, node: Node) -> None:
    """A secret that holds the key of one sender; its first value is random."""
    properties = {
        "Description": f"Secret with which the sender signs the webhooks of {node.subject}; set its value after the first deployment",
        "GenerateSecretString": {"PasswordLength": _LENGTH, "ExcludePunctuation": True},
    }
    id = scope.name(node.id)
    scope.add(id, "AWS::SecretsManager::Secret", properties, node=node.id, kept="Retain", why=_RANDOM)
    scope.output(f"{id}Arn", Ref(id), "ARN of the signing secret")
