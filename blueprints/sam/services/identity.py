"""Who callers are, and what is filtered before they are asked: user pools, existing providers, the firewall."""

from advisor.architecture import Node
from advisor.text import Text
from blueprints.registry import own, service
from blueprints.scope import Json, Scope
from blueprints.traits.waf import REGIONAL, is_elsewhere, web_acl
from blueprints.values import DOMAIN, REGION, Att, Ref, joined


def client_id(scope: Scope, node: str) -> str:
    """Return the logical id of a user pool's client."""
    return f"{scope.name(node)}Client"


@service(
    "cognito",
    arn=own("Arn"),
    issuer=lambda scope, node: joined("https://cognito-idp.", REGION, ".", DOMAIN, "/", Ref(scope.name(node.id))),
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
        "UsernameAttributes": ["email"],
        "AutoVerifiedAttributes": ["email"],
        "Policies": {"PasswordPolicy": password},
        "MfaConfiguration": "OPTIONAL",
        "EnabledMfas": ["SOFTWARE_TOKEN_MFA"],
        "AccountRecoverySetting": {"RecoveryMechanisms": [{"Name": "verified_email", "Priority": 1}]},
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
    scope.add(client_id(scope, node.id), "AWS::Cognito::UserPoolClient", client, node=node.id)
    scope.output(f"{id}Id", Ref(id), Text("Id of the user pool", "ユーザープール ID"))
    words = Text("Client id for sign-in", "サインインのクライアント ID")
    scope.output(f"{id}ClientId", Ref(client_id(scope, node.id)), words)


@service("oidc", issuer=lambda _s, _n: Ref("OidcIssuer"), audience=lambda _s, _n: Ref("OidcAudience"))
def existing_provider(_scope: Scope, _node: Node) -> None:
    """A provider that exists: parameters name it, and what checks its tokens stands for it."""


@service("iam-auth")
def signatures(_scope: Scope, _node: Node) -> None:
    """Signatures of IAM callers: no resource; the routes that ask for them stand for it."""


@service("waf", arn=own("Arn"))
def firewall(scope: Scope, node: Node) -> None:
    """A web ACL of AWS's rule groups and a limit per address; that of CloudFront has a stack of its own."""
    if is_elsewhere(scope.architecture, node):
        return
    id = scope.name(node.id)
    scope.add(id, "AWS::WAFv2::WebACL", web_acl(REGIONAL, id), node=node.id)
    scope.output(f"{id}Arn", Att(id, "Arn"), Text("ARN of the web ACL", "Web ACL の ARN"))
