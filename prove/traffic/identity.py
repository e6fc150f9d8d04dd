"""Callers of an entry point and their credentials; also the connection that signs in to a user pool."""

import base64
import json
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from advisor.architecture import Edge
from blueprints.certificate.notes import EXTERNAL_PROVIDER
from prove import webhooks
from prove.live.account import provider
from prove.traffic.calls import Address, Answer, role_with_permissions, role_without_permissions
from prove.traffic.session import Session

PASSWORD = "Change-me-2468!"
POOL, CLIENT = "AWS::Cognito::UserPool", "AWS::Cognito::UserPoolClient"
SECRET = "AWS::SecretsManager::Secret"
Call = Callable[..., Answer]


@dataclass(frozen=True)
class Callers:
    """Functions that call an entry point. Calls in `refused` are rejected, each with one of the statuses given."""

    authorised: Call
    refused: Mapping[str, tuple[Call, tuple[int, ...]]]


def sign_in(session: Session, edge: Edge) -> None:
    """Create a user and sign in, as the README describes; a wrong password is refused."""
    tokens(session, edge.target)
    idp = session.client("cognito-idp")
    credentials = {"USERNAME": "me@example.com", "PASSWORD": "Wrong-one-2468!"}
    client = session.deployment.of_node(edge.target, CLIENT)
    try:
        idp.initiate_auth(ClientId=client, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=credentials)
    except idp.exceptions.NotAuthorizedException:
        session.record(edge, "signed in with the password, and not with another")
    else:
        session.fault(edge, "a wrong password signs in")


def sign_in_elsewhere(session: Session, edge: Edge) -> None:
    """Omit an existing provider, which is not part of the stack; calls use its tokens."""
    session.omit(edge, EXTERNAL_PROVIDER.en)


def tokens(session: Session, node: str, who: str = "me@example.com") -> dict[str, str]:
    """Return the tokens of a user of a pool, creating the user if needed."""
    idp = session.client("cognito-idp")
    pool, client = session.deployment.of_node(node, POOL), session.deployment.of_node(node, CLIENT)
    try:
        idp.sign_up(ClientId=client, Username=who, Password=PASSWORD)
        idp.admin_confirm_sign_up(UserPoolId=pool, Username=who)
    except idp.exceptions.UsernameExistsException:
        pass
    credentials = {"USERNAME": who, "PASSWORD": PASSWORD}
    answer = idp.initiate_auth(ClientId=client, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=credentials)
    result: dict[str, str] = answer["AuthenticationResult"]
    return result


def forged(token: str) -> str:
    """Return a token with an invalid signature."""
    head, claims, signature = token.split(".")
    turned = signature[:8][::-1] + signature[8:]
    return f"{head}.{claims}.{turned if turned != signature else signature[::-1]}"


def with_token(address: Address, token: str | None) -> Call:
    """Return a function that calls with a token, or without."""
    headers = {"authorization": f"Bearer {token}"} if token else {}

    def call(method: str, path: str, body: Any = None) -> Answer:
        return address.call(method, path, body, headers)

    return call


def callers(session: Session, authorizations: Sequence[Edge], address: Address) -> Callers:
    """Return the callers of an entry point by its authorization; anyone if it has none."""
    if not authorizations:
        return Callers(with_token(address, None), {})
    service = session.node(authorizations[0].target).service
    if service == "cognito":
        token = tokens(session, authorizations[0].target)["IdToken"]
        strangers = {
            "without a token": (with_token(address, None), (401,)),
            "with a forged signature": (with_token(address, forged(token)), (401, 403)),
            "with no token at all in its place": (with_token(address, "nonsense"), (401, 403)),
        }
        return Callers(with_token(address, token), strangers)
    if service == "oidc":
        return _with_foreign_tokens(address)
    if service == "iam-auth":
        return _signing(session, address)
    if service == "signing-secret":
        return _sending(session, authorizations[0].target, address)
    raise LookupError(f"nobody here can sign in by {service}")


def _with_foreign_tokens(address: Address) -> Callers:
    identity_provider = provider()
    good = identity_provider.token()
    wrong = {
        "without a token": None,
        "with a forged signature": forged(good),
        "with no token at all in its place": "nonsense",
        "with a token for another audience": identity_provider.token(aud="another-api"),
        "with a token that names no audience": identity_provider.token(aud=None),
        "with a token of another issuer": identity_provider.token(iss="https://login.example.com"),
        "with a token that has expired": identity_provider.token(exp=int(time.time()) - 60),
    }
    # The emulator does not read the gateway response by which a REST API answers a denied token with 401.
    strangers = {who: (with_token(address, token), (401, 403)) for who, token in wrong.items()}
    return Callers(with_token(address, good), strangers)


def _sending(session: Session, secret: str, address: Address) -> Callers:
    """Return the sender of webhooks, after its owner has set the secret, and strangers who do not know it."""
    arn = session.deployment.of_node(secret, SECRET)
    client, key = session.client("secretsmanager"), base64.b64encode(secrets.token_bytes(24)).decode()
    made_up = client.get_secret_value(SecretId=arn)["SecretString"]
    client.put_secret_value(SecretId=arn, SecretString=f"whsec_{key}")

    def by(signing: str, seconds: int = 0, altered: str = "") -> Call:
        def call(method: str, path: str, body: Any = None) -> Answer:
            text = "" if body is None else body if isinstance(body, str) else json.dumps(body)
            return address.call(method, path, (text + altered) or None, webhooks.signed(signing, text, seconds=seconds))

        return call

    strangers = {
        "without a signature": (with_token(address, None), (401,)),
        "signed with another secret": (by(base64.b64encode(b"of a stranger").decode()), (401,)),
        "signed ten minutes ago": (by(key, seconds=-600), (401,)),
        "altered after it was signed": (by(key, altered=" "), (401,)),
    }
    # A program that has not yet read the new secret knows the one that the template made up.
    known = by(key) if by(key)("POST", "/items", {}).status != 401 else by(made_up)
    return Callers(known, strangers)


def _signing(session: Session, address: Address) -> Callers:
    def by(credentials: Mapping[str, str]) -> Call:
        def call(method: str, path: str, body: Any = None) -> Answer:
            return address.signed(credentials, method, path, body)

        return call

    strangers = {
        "without a signature": (with_token(address, None), (403,)),
        "signed by a role that may not": (by(role_without_permissions(session)), (403,)),
    }
    return Callers(by(role_with_permissions(session)), strangers)
