"""User pools, and the client that applications sign in with."""

from advisor.architecture import Edge, Node
from advisor.text import Text
from blueprints.stack.registry import connection, own, service
from blueprints.stack.scope import Json, Scope
from blueprints.traits.cognito import EMAIL_ATTRIBUTES, ONE_TIME_CODES, RECOVERY_BY_EMAIL
from blueprints.values import DOMAIN, REGION, Ref, Value, joined


def client_id(scope: Scope, node: str) -> str:
    """Return the logical id of a user pool's client."""
    return f"{scope.name(node)}Client"


_PUBLIC_CLIENT = Text(
    "Browsers and mobile apps cannot keep a secret, so the app client has none.",
    "ブラウザやモバイルアプリはシークレットを秘匿できないため、アプリクライアントにはシークレットがありません。",
)


def _issuer(scope: Scope, node: Node) -> Value:
    return joined("https://cognito-idp.", REGION, ".", DOMAIN, "/", Ref(scope.name(node.id)))


@service(
    "cognito",
    arn=own("Arn"),
    issuer=_issuer,
    keys=lambda scope, node: joined(_issuer(scope, node), "/.well-known/jwks.json"),
    audience=lambda scope, node: Ref(client_id(scope, node.id)),
)
def user_pool(scope: Scope, node: Node) -> None:
    """A user pool with long passwords and optional one-time codes, and a client without a secret for apps."""
    id = scope.name(node.id)
    password: Json = {
        "MinimumLength": 12,
        "RequireLowercase": True,
        "RequireNumbers": True,
        "RequireSymbols": True,
        "RequireUppercase": True,
        "TemporaryPasswordValidityDays": 3,
    }
    properties: Json = {
        "UsernameAttributes": EMAIL_ATTRIBUTES,
        "AutoVerifiedAttributes": EMAIL_ATTRIBUTES,
        "Policies": {"PasswordPolicy": password},
        "MfaConfiguration": "OPTIONAL",
        "EnabledMfas": ONE_TIME_CODES,
        "AccountRecoverySetting": {"RecoveryMechanisms": RECOVERY_BY_EMAIL},
        "DeletionProtection": "ACTIVE",
    }
    scope.add(id, "AWS::Cognito::UserPool", properties, node=node.id, kept="Retain")
    client: Json = {
        "UserPoolId": Ref(id),
        "GenerateSecret": False,
        "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        "PreventUserExistenceErrors": "ENABLED",
        "EnableTokenRevocation": True,
    }
    scope.add(client_id(scope, node.id), "AWS::Cognito::UserPoolClient", client, node=node.id, why=_PUBLIC_CLIENT)
    scope.output(f"{id}Id", Ref(id), "ID of the user pool")
    words = "App client ID for sign-in"
    scope.output(f"{id}ClientId", Ref(client_id(scope, node.id)), words)


@connection(["client"], "sign-in", ["cognito"])
def signs_in(scope: Scope, edge: Edge) -> None:
    """Callers sign in with the pool's client."""
    scope.carry(client_id(scope, edge.target), edge.id)
