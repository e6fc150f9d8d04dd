"""Identity: a user pool for people who sign up, and what an existing provider or IAM needs (nothing)."""

from collections.abc import Iterator

from advisor.architecture import Node
from advisor.text import Text
from blueprints.cdk.context import Context
from blueprints.cdk.modules import cdk, cognito
from blueprints.cdk.outputs import output
from blueprints.cdk.registry import granted, service
from blueprints.cdk.tree import THIS, Let, Statement, Value

granted(("client",), ("sign-in",), ("cognito", "oidc"))


@service("oidc", "iam-auth")
def existing(_context: Context, _node: Node) -> Iterator[Statement]:
    """Make nothing: the provider, or IAM, exists."""
    yield from ()


@service("cognito")
def user_pool(context: Context, node: Node) -> Iterator[Statement]:
    """Make a pool of users who sign up with their e-mail address, and the client that the site signs in with."""
    policy = cognito.PasswordPolicy(
        min_length=12,
        require_lowercase=True,
        require_uppercase=True,
        require_digits=True,
        require_symbols=True,
        temp_password_validity=cdk.Duration.days(3),
    )
    pool = cognito.UserPool(
        THIS,
        context.id(node.id),
        self_sign_up_enabled=True,
        sign_in_aliases=cognito.SignInAliases(email=True),
        auto_verify=cognito.AutoVerifiedAttrs(email=True),
        account_recovery=cognito.AccountRecovery.EMAIL_ONLY,
        password_policy=policy,
        deletion_protection=True,
        mfa=cognito.Mfa.OPTIONAL,
        mfa_second_factor=cognito.MfaSecondFactor(otp=True, sms=False),
        removal_policy=cdk.RemovalPolicy.RETAIN,
    )
    yield Let(context.name(node.id), pool)
    yield _client(context, node)
    pool_id, client_id = context.ref(node.id).user_pool_id, context.ref(node.id, "Client").user_pool_client_id
    yield output(context, context.id(node.id, "Id"), pool_id, Text("Id of the user pool", "ユーザープール ID"))
    yield output(
        context,
        context.id(node.id, "ClientId"),
        client_id,
        Text("Client id for sign-in", "サインインのクライアント ID"),
    )


def _client(context: Context, node: Node) -> Let:
    options: dict[str, Value] = {
        "user_pool": context.ref(node.id),
        "auth_flows": cognito.AuthFlow(user_password=True, user_srp=True),
        "prevent_user_existence_errors": True,
        "enable_token_revocation": True,
    }
    why = Text(
        "A browser or a phone cannot keep a secret, so the client has none.",
        "ブラウザーやスマートフォンはシークレットを秘匿できないため、持たせない。",
    )
    balancers = [edge.source for edge in context.architecture.entering(node.id, "authorize")]
    balancers = [id for id in balancers if context.node(id).service == "alb"]
    if balancers:
        why = Text(
            "The load balancer is the client, and keeps its secret.",
            "クライアントはロードバランサーで、シークレットを保持する。",
        )
        options |= _signing_in(context, balancers)
    else:
        options["disable_o_auth"] = True
    options["generate_secret"] = bool(balancers)
    client = cognito.UserPoolClient(THIS, context.id(node.id, "Client"), **options)
    return Let(context.name(node.id, "Client"), client, why)


def _signing_in(context: Context, balancers: list[str]) -> dict[str, Value]:
    callbacks = [context.value_of(id, "url", "/oauth2/idpresponse") for id in balancers]
    oauth = cognito.OAuthSettings(
        flows=cognito.OAuthFlows(authorization_code_grant=True),
        scopes=[cognito.OAuthScope.OPENID, cognito.OAuthScope.EMAIL],
        callback_urls=callbacks,
    )
    return {
        "o_auth": oauth,
        "supported_identity_providers": [cognito.UserPoolClientIdentityProvider.COGNITO],
    }
