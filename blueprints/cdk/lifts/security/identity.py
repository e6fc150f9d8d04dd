"""IAM roles, trust policies and policy statements."""

from collections.abc import Mapping
from typing import Any

from advisor.text import Text
from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.registry import lift
from blueprints.cdk.lifting.resource import NotLifted, Properties, Resource
from blueprints.cdk.modules import iam
from blueprints.cdk.tree import THIS, Call, Expr, Let, Value
from blueprints.cdk.tree import Ref as Variable
from blueprints.shared.roles import ASSUME, ASSUME_AND_TAG, VERSION
from blueprints.values import Joined, ManagedPolicy, account_root
from blueprints.values.json_text import JsonText

_WHY_TEXT = Text(
    "The condition key contains the issuer, which is only known at deployment. The construct does not support such keys.",
    "条件キーには、デプロイ時に決まる発行者が含まれます。コンストラクトはそのようなキーに対応していません。",
)


@lift("AWS::IAM::Role", ref="role_name", members={"Arn": "role_arn"})
def role(lifter: Lifter, resource: Resource) -> Statements:
    """A role of a service or an account, with its inline statements and AWS managed policies."""
    if isinstance(resource.properties["AssumeRolePolicyDocument"], JsonText):
        yield from _by_web_identity(lifter, resource)
        return
    options: dict[str, Value] = {"assumed_by": _trusted_principal(lifter, resource.part("AssumeRolePolicyDocument"))}
    names = resource.take("ManagedPolicyArns", [])
    if names:
        managed = iam.ManagedPolicy.from_aws_managed_policy_name
        options["managed_policies"] = [managed(managed_name(name)) for name in names]
    policies = resource.parts("Policies")
    if policies:
        options["inline_policies"] = {
            policy.take("PolicyName"): document(lifter, policy.part("PolicyDocument")) for policy in policies
        }
    yield Let(lifter.name(resource), iam.Role(THIS, resource.id, **options))


def _by_web_identity(lifter: Lifter, resource: Resource) -> Statements:
    """Yield a role that OpenID Connect identities assume; the issuer is part of a condition key.

    No construct takes a token there, so the trust policy is a text, and others get the role by its ARN.
    """
    options: dict[str, Value] = {
        "assume_role_policy_document": lifter.value(resource.take("AssumeRolePolicyDocument").text)
    }
    policies = resource.parts("Policies")
    if policies:
        options["policies"] = [
            iam.CfnRole.PolicyProperty(
                policy_name=policy.take("PolicyName"), policy_document=document(lifter, policy.part("PolicyDocument"))
            )
            for policy in policies
        ]
    variable = f"{lifter.name(resource)}_resource"
    yield Let(variable, iam.CfnRole(THIS, resource.id, **options), _WHY_TEXT)
    yield Let(lifter.name(resource), iam.Role.from_role_arn(THIS, f"{resource.id}AsGiven", Variable(variable).attr_arn))


def role_by_arn(lifter: Lifter, arn: Any) -> Expr:
    """Return a role as constructs get it, by its ARN: they cannot add statements to it."""
    role: Expr = lifter.construct(arn, "AWS::IAM::Role", "Arn").without_policy_updates()
    return role


def managed_name(policy: Any) -> str:
    """Return the name of a policy that AWS manages. Raises NotLifted for any other."""
    if not isinstance(policy, ManagedPolicy):
        raise NotLifted(f"{policy!r} is no policy that AWS manages")
    return policy.name


def document(lifter: Lifter, properties: Properties) -> Call:
    """Return a policy document with its statements."""
    return iam.PolicyDocument(
        statements=[statement(lifter, statement_properties) for statement_properties in statements_of(properties)]
    )


def statements_of(properties: Properties) -> list[Properties]:
    """Consume the statements of a policy document and return them for consumption."""
    properties.expect("Version", VERSION)
    return properties.parts("Statement")


def statement(lifter: Lifter, properties: Properties) -> Call:
    """Return a statement with its parts in the customary order."""
    options: dict[str, Value] = {}
    if "Sid" in properties:
        options["sid"] = properties.take("Sid")
    if properties.choose("Effect", {"Allow": False, "Deny": True}):
        options["effect"] = iam.Effect.DENY
    if "Principal" in properties:
        options["principals"] = _principals(lifter, properties)
    options["actions"] = several(properties.take("Action"))
    if "Resource" in properties:
        options["resources"] = lifter.values(several(properties.take("Resource")))
    if "Condition" in properties:
        options["conditions"] = lifter.value(properties.take("Condition"))
    return iam.PolicyStatement(**options)


def several(value: Any) -> list[Any]:
    """Return a single value or a list, always as a list."""
    return value if isinstance(value, list) else [value]


def _principals(lifter: Lifter, properties: Properties) -> list[Value]:
    principals = properties.take("Principal")
    if principals in ("*", {"AWS": "*"}):
        return [iam.AnyPrincipal()]
    if principals == {"AWS": account_root()}:
        return [iam.AccountRootPrincipal()]
    if not isinstance(principals, Mapping) or len(principals) != 1 or not set(principals) <= {"Service", "AWS"}:
        properties.refuse("Principal", principals)
    return [_principal(lifter, kind, name) for kind, names in principals.items() for name in several(names)]


def _principal(lifter: Lifter, kind: str, name: Any, conditions: Mapping[str, Value] | None = None) -> Call:
    """Return a service principal, an account principal or an ARN principal."""
    options: dict[str, Value] = {"conditions": conditions} if conditions else {}
    if kind == "Service":
        return iam.ServicePrincipal(lifter.value(name), **options)
    account = _account(name)
    principal = iam.ArnPrincipal(lifter.value(name)) if account is None else iam.AccountPrincipal(lifter.value(account))
    return iam.PrincipalWithConditions(principal, conditions) if conditions else principal


def _account(arn: Any) -> Any:
    """Return the account of a root user ARN, or None for any other ARN."""
    parts = arn.parts if isinstance(arn, Joined) else ()
    return next((part for part in parts if arn == account_root(part)), None)


def _trusted_principal(lifter: Lifter, properties: Properties) -> Expr:
    """Return the one service, or the one account, that assumes a role."""
    statements = statements_of(properties)
    if len(statements) != 1:
        properties.refuse("Statement", [statement_properties.where for statement_properties in statements])
    (trust,) = statements
    trust.expect("Effect", "Allow")
    actions = trust.take("Action")
    if actions not in (ASSUME, ASSUME_AND_TAG):
        trust.refuse("Action", actions)
    principals = trust.take("Principal")
    if (
        not isinstance(principals, Mapping)
        or set(principals) not in ({"Service"}, {"AWS"})
        or "*" in principals.values()
    ):
        trust.refuse("Principal", principals)
    ((kind, name),) = principals.items()
    if isinstance(name, list):
        trust.refuse("Principal", principals)
    conditions = lifter.value(trust.take("Condition", {}))
    assert isinstance(conditions, Mapping)
    principal = _principal(lifter, kind, name, conditions)
    return iam.SessionTagsPrincipal(principal) if actions == ASSUME_AND_TAG else principal
