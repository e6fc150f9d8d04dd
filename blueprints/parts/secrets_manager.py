"""Secrets."""

from advisor.architecture import Node
from advisor.text import Text
from blueprints.shared.programs import PROGRAMS
from blueprints.stack.registry import carried, itself, service
from blueprints.stack.scope import Scope
from blueprints.values import Ref

carried(PROGRAMS, ["get-secret"], ["secrets-manager"])


@service("secrets-manager", arn=itself)
def secret(scope: Scope, node: Node) -> None:
    """A secret with a random first value; its owner puts the real one in, so that no template holds it."""
    properties = {
        "Description": f"Secret of {node.subject}; put its value in after the first deployment",
        "GenerateSecretString": {"PasswordLength": 32, "ExcludePunctuation": True},
    }
    id = scope.name(node.id)
    scope.add(id, "AWS::SecretsManager::Secret", properties, node=node.id, kept="Retain")
    scope.output(f"{id}Arn", Ref(id), Text("ARN of the secret", "シークレットの ARN"))
