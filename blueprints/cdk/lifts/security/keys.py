"""KMS keys: AWS managed keys, and customer managed keys of the workload."""

from collections.abc import Iterator
from typing import Any

from advisor.text import Text
from blueprints.cdk.lifting.lifter import InSection, Lifter, Statements
from blueprints.cdk.lifting.registry import lift, shared
from blueprints.cdk.lifting.resource import Resource
from blueprints.cdk.lifts.security.identity import statement, statements_of
from blueprints.cdk.modules import kms
from blueprints.cdk.origins import CLOUD
from blueprints.cdk.tree import THIS, Expr, Let, Own, Ref, Statement, Value
from blueprints.shared.keys import ADMINISTRATION, AWS_SNS_KEY

KEY = "AWS::KMS::Key"
_WHY = Text(
    "The L2 construct would add wildcard statements to the key policy.",
    "L2 コンストラクトは、キーポリシーにワイルドカードを含むステートメントを追加します。",
)


@shared("sns_key", "shared", CLOUD, stands_for=(KEY, AWS_SNS_KEY))
def sns_key(_lifter: Lifter) -> Iterator[Statement]:
    """Yield the AWS managed key for topics."""
    yield Let("sns_key", kms.Alias.from_alias_name(THIS, "SnsKey", AWS_SNS_KEY))


@lift(KEY, ref="key_id", members={"Arn": "key_arn"})
def administered_key(lifter: Lifter, resource: Resource) -> Statements:
    """A key of the project's own class, which the account administers; others get it by its ARN.

    Constructs would add statements with wildcards to the policy of a key that they are given.
    """
    resource.expect("EnableKeyRotation", True)
    options: dict[str, Value] = {"description": resource.take("Description")}
    statements = statements_of(resource.part("KeyPolicy"))
    if not statements or not statements[0].is_all(ADMINISTRATION):
        resource.refuse("KeyPolicy", [properties.rest() for properties in statements[:1]])
    uses = statements[1:]
    if uses:
        options["statements"] = [statement(lifter, properties) for properties in uses]
    options |= resource.removal(cdk_keeps=True)
    variable = f"administered_{lifter.name(resource)}"
    yield InSection("keys", Let(variable, Own("keys", "AdministeredKey")(THIS, resource.id, **options)))
    imported_key = kms.Key.from_key_arn(THIS, f"{resource.id}AsGiven", Ref(variable).key_arn)
    yield InSection("keys", Let(lifter.name(resource), imported_key, _WHY))


def key(lifter: Lifter, value: Any) -> Expr:
    """Return the construct of a key that a resource names by its ARN, or of one of AWS's own by its alias."""
    return lifter.construct(value, KEY, "Arn")
