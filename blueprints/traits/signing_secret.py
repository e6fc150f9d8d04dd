"""The secret with which a sender of webhooks signs its requests."""

from advisor.text import Text
from blueprints.traits import NodeAttribute, Retained, Traits

#: The end of the name of the environment variable with the ARN of the secret.
SIGNING_KEY_ARN = "SIGNING_KEY_ARN"

TRAITS = Traits(
    service="signing-secret",
    noun="SigningSecret",
    variables=(NodeAttribute(SIGNING_KEY_ARN, "arn"),),
    interface_endpoints=("secretsmanager",),
    standing_cost=Text("Secrets Manager: per month for each secret", "Secrets Manager: シークレット 1 件ごとの月額"),
    retained=Retained(
        Text("Signing secret", "署名シークレット"),
        "Arn",
        'aws secretsmanager delete-secret --force-delete-without-recovery --secret-id "${output}"',
    ),
)
