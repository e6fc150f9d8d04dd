"""Secrets of AWS Secrets Manager."""

from advisor.text import Text
from blueprints.traits import Client, NodeAttribute, Retained, Traits

#: By which service's name callers use a key for its secrets.
KEY_SERVICE = "secretsmanager"

TRAITS = Traits(
    service="secrets-manager",
    noun="Secret",
    client=Client("secret", variable="secret", fake="Secret"),
    variables=(NodeAttribute("SECRET_ARN", "arn"),),
    interface_endpoints=(KEY_SERVICE,),
    standing_cost=Text("Secrets Manager: per month for each secret", "Secrets Manager: シークレット 1 件ごとの月額"),
    retained=Retained(
        Text("Secret", "シークレット"),
        "Arn",
        'aws secretsmanager delete-secret --force-delete-without-recovery --secret-id "${output}"',
    ),
)
