"""Cognito user pools and their app clients."""

from collections.abc import Mapping

from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.registry import lift
from blueprints.cdk.lifting.resource import Properties, Resource
from blueprints.cdk.modules import cdk, cognito
from blueprints.cdk.tree import THIS, Call, Let, Value
from blueprints.traits.cognito import EMAIL_ATTRIBUTES, ONE_TIME_CODES, RECOVERY_BY_EMAIL

_POOL = "AWS::Cognito::UserPool"
_MFA = {"OPTIONAL": cognito.Mfa.OPTIONAL, "ON": cognito.Mfa.REQUIRED}
_PASSWORD: Mapping[str, str] = {
    "MinimumLength": "min_length",
    "RequireLowercase": "require_lowercase",
    "RequireUppercase": "require_uppercase",
    "RequireNumbers": "require_digits",
    "RequireSymbols": "require_symbols",
}
_FLOWS: Mapping[str, str] = {
    "ALLOW_USER_PASSWORD_AUTH": "user_password",
    "ALLOW_USER_SRP_AUTH": "user_srp",
}
#: The flow that CDK allows to every client.
_REFRESH = "ALLOW_REFRESH_TOKEN_AUTH"
_SCOPES = {"openid": cognito.OAuthScope.OPENID, "email": cognito.OAuthScope.EMAIL}
_PROVIDERS = {"COGNITO": cognito.UserPoolClientIdentityProvider.COGNITO}


@lift(_POOL, ref="user_pool_id", members={"Arn": "user_pool_arn"})
def user_pool(lifter: Lifter, resource: Resource) -> Statements:
    """A pool of users who sign up with their e-mail address."""
    resource.expect("UsernameAttributes", EMAIL_ATTRIBUTES)
    resource.expect("AutoVerifiedAttributes", EMAIL_ATTRIBUTES)
    resource.part("AccountRecoverySetting").expect("RecoveryMechanisms", RECOVERY_BY_EMAIL)
    resource.expect("EnabledMfas", ONE_TIME_CODES)
    options: dict[str, Value] = {
        "self_sign_up_enabled": True,
        "sign_in_aliases": cognito.SignInAliases(email=True),
        "auto_verify": cognito.AutoVerifiedAttrs(email=True),
        "account_recovery": cognito.AccountRecovery.EMAIL_ONLY,
        "password_policy": _password_policy(resource.part("Policies").part("PasswordPolicy")),
        "deletion_protection": resource.choose("DeletionProtection", {"ACTIVE": True, "INACTIVE": False}),
        "mfa": resource.choose("MfaConfiguration", _MFA),
        "mfa_second_factor": cognito.MfaSecondFactor(otp=True, sms=False),
        **resource.removal(cdk_keeps=True),
    }
    yield Let(lifter.name(resource), cognito.UserPool(THIS, resource.id, **options))


def _password_policy(policy: Properties) -> Call:
    options: dict[str, Value] = {option: policy.take(name) for name, option in _PASSWORD.items()}
    days = policy.take("TemporaryPasswordValidityDays")
    return cognito.PasswordPolicy(**options, temp_password_validity=cdk.Duration.days(days))


@lift("AWS::Cognito::UserPoolClient", ref="user_pool_client_id", members={"ClientSecret": "user_pool_client_secret"})
def client(lifter: Lifter, resource: Resource) -> Statements:
    """An app client of a user pool: for an app, or for a load balancer that authenticates users."""
    flows = resource.take("ExplicitAuthFlows")
    if sorted(flows) != sorted({_REFRESH, *flows} & {_REFRESH, *_FLOWS}):
        resource.refuse("ExplicitAuthFlows", flows)
    options: dict[str, Value] = {
        "user_pool": lifter.construct(resource.take("UserPoolId"), _POOL),
        "auth_flows": cognito.AuthFlow(**{option: True for flow, option in _FLOWS.items() if flow in flows}),
        "prevent_user_existence_errors": resource.choose("PreventUserExistenceErrors", {"ENABLED": True}),
        "enable_token_revocation": resource.take("EnableTokenRevocation"),
        **_sign_in_pages(lifter, resource),
        "generate_secret": resource.take("GenerateSecret"),
    }
    yield Let(lifter.name(resource), cognito.UserPoolClient(THIS, resource.id, **options))


def _sign_in_pages(lifter: Lifter, resource: Resource) -> dict[str, Value]:
    """Return how a client uses the pool's own sign-in pages, or that it does not."""
    if "AllowedOAuthFlows" not in resource:
        return {"disable_o_auth": True}
    resource.expect("AllowedOAuthFlowsUserPoolClient", True)
    resource.expect("AllowedOAuthFlows", ["code"])
    scopes = resource.take("AllowedOAuthScopes")
    providers = resource.take("SupportedIdentityProviders")
    for name, stated, supported in (
        ("AllowedOAuthScopes", scopes, _SCOPES),
        ("SupportedIdentityProviders", providers, _PROVIDERS),
    ):
        if not set(stated) <= set(supported):
            resource.refuse(name, stated)
    pages = cognito.OAuthSettings(
        flows=cognito.OAuthFlows(authorization_code_grant=True),
        scopes=[_SCOPES[scope] for scope in scopes],
        callback_urls=lifter.values(resource.take("CallbackURLs")),
    )
    return {"o_auth": pages, "supported_identity_providers": [_PROVIDERS[provider] for provider in providers]}
