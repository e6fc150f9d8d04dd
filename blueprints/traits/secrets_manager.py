"""Secrets of AWS Secrets Manager."""

from advisor.text import Text
from blueprints.traits import Client, NodeAttribute, Retained, Traits

TRAITS = Traits(
    service="secrets-manager",
    noun="Secret",
    client=Client("secret", variable="secret", fake="Secret"),
    variables=(NodeAttribute("SECRET_ARN", "arn"),),
    key_service="secretsmanager",
    interface_endpoints=("secretsmanager",),
    standing_cost=Text("Secrets Manager: per month for each secret", "Secrets Manager: シークレット 1 件ごとの月額"),
    retained=Retained(
        Text("Secret", "シークレット"),
        "Arn",
        'aws secretsmanager delete-secret --force-delete-without-recovery --secret-id "${output}"',
    ),
)
