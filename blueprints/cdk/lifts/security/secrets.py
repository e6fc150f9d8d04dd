"""Secrets of Secrets Manager."""

from collections.abc import Mapping

from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.registry import lift
from blueprints.cdk.lifting.resource import Resource
from blueprints.cdk.lifts.security.keys import key
from blueprints.cdk.modules import secretsmanager
from blueprints.cdk.tree import THIS, Let, Value

_GENERATED: Mapping[str, str] = {
    "PasswordLength": "password_length",
    "ExcludePunctuation": "exclude_punctuation",
    "SecretStringTemplate": "secret_string_template",
    "GenerateStringKey": "generate_string_key",
}


@lift("AWS::SecretsManager::Secret", ref="secret_arn")
def secret(lifter: Lifter, resource: Resource) -> Statements:
    """A secret whose first value is random."""
    options: dict[str, Value] = {}
    if "Description" in resource:
        options["description"] = lifter.value(resource.take("Description"))
    generated = resource.part("GenerateSecretString")
    options_of_generator = {
        option: lifter.value(generated.take(name)) for name, option in _GENERATED.items() if name in generated
    }
    options["generate_secret_string"] = secretsmanager.SecretStringGenerator(**options_of_generator)
    if "KmsKeyId" in resource:
        options["encryption_key"] = key(lifter, resource.take("KmsKeyId"))
    options |= resource.removal(cdk_keeps=True)
    yield Let(lifter.name(resource), secretsmanager.Secret(THIS, resource.id, **options))
