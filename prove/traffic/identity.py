"""Callers of a door: who they are, and how they show it. Signing in to a user pool is traffic of its own."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from advisor.architecture import Edge
from prove.live.account import provider
from prove.traffic.calls import Address, Answer, nobody, somebody
from prove.traffic.scene import Scene

PASSWORD = "Change-me-2468!"
POOL, CLIENT = "AWS::Cognito::UserPool", "AWS::Cognito::UserPoolClient"
Call = Callable[..., Answer]


@dataclass(frozen=True)
class Callers:
    """Ways to call a door. `strangers` are refused, each with one of the statuses given."""

    known: Call
    strangers: Mapping[str, tuple[Call, tuple[int, ...]]]


def sign_in(scene: Scene, edge: Edge) -> None:
    """Make a user and sign in, as the README says; a wrong password is refused."""
    tokens(scene, edge.target)
    idp = scene.client("cognito-idp")
    asked = {"USERNAME": "me@example.com", "PASSWORD": "Wrong-one-2468!"}
    client = scene.deployment.of_node(edge.target, CLIENT)
    try:
        idp.initiate_auth(ClientId=client, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=asked)
    except idp.exceptions.NotAuthorizedException:
        scene.saw(edge, "signed in with the password, and not with another")
    else:
        scene.fault(edge, "a wrong password signs in")


def sign_in_elsewhere(scene: Scene, edge: Edge) -> None:
    """Say that an existing provider is no part of the stack; the entry is called with its tokens."""
    scene.leave_out(
        edge, "the provider exists already and is no part of the stack: the entry is called with its tokens"
    )


def tokens(scene: Scene, node: str, who: str = "me@example.com") -> dict[str, str]:
    """Return the tokens of a user of a pool, who is made when they are not there."""
    idp = scene.client("cognito-idp")
    pool, client = scene.deployment.of_node(node, POOL), scene.deployment.of_node(node, CLIENT)
    try:
        idp.sign_up(ClientId=client, Username=who, Password=PASSWORD)
        idp.admin_confirm_sign_up(UserPoolId=pool, Username=who)
    except idp.exceptions.UsernameExistsException:
        pass
    asked = {"USERNAME": who, "PASSWORD": PASSWORD}
    answer = idp.initiate_auth(ClientId=client, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=asked)
    found: dict[str, str] = answer["AuthenticationResult"]
    return found


def forged(token: str) -> str:
    """Return a token whose signature is another."""
    head, claims, signature = token.split(".")
    turned = signature[:8][::-1] + signature[8:]
    return f"{head}.{claims}.{turned if turned != signature else signature[::-1]}"


def with_token(address: Address, token: str | None) -> Call:
    """Return a way to call with a token, or without."""
    headers = {"authorization": f"Bearer {token}"} if token else {}

    def call(method: str, path: str, body: Any = None) -> Answer:
        return address.call(method, path, body, headers)

    return call


def callers(scene: Scene, door: str, address: Address) -> Callers:
    """Return who may call a door, by what it asks for a caller's identity; anyone when it asks for none."""
    asked = scene.architecture.leaving(door, "authorize")
    if not asked:
        return Callers(with_token(address, None), {})
    service = scene.node(asked[0].target).service
    if service == "cognito":
        token = tokens(scene, asked[0].target)["IdToken"]
        strangers = {
            "without a token": (with_token(address, None), (401,)),
            "with a forged signature": (with_token(address, forged(token)), (401, 403)),
            "with no token at all in its place": (with_token(address, "nonsense"), (401, 403)),
        }
        return Callers(with_token(address, token), strangers)
    if service == "oidc":
        return _with_foreign_tokens(address)
    if service == "iam-auth":
        return _signing(scene, address)
    raise LookupError(f"nobody here can sign in by {service}")


def _with_foreign_tokens(address: Address) -> Callers:
    own = provider()
    good = own.token()
    wrong = {
        "without a token": None,
        "with a forged signature": forged(good),
        "with no token at all in its place": "nonsense",
        "with a token for another audience": own.token(aud="another-api"),
        "with a token that names no audience": own.token(aud=None),
        "with a token of another issuer": own.token(iss="https://login.example.com"),
        "with a token that has expired": own.token(exp=int(time.time()) - 60),
    }
    strangers = {who: (with_token(address, token), (401,)) for who, token in wrong.items()}
    return Callers(with_token(address, good), strangers)


def _signing(scene: Scene, address: Address) -> Callers:
    def by(credentials: Mapping[str, str]) -> Call:
        def call(method: str, path: str, body: Any = None) -> Answer:
            return address.signed(credentials, method, path, body)

        return call

    strangers = {
        "without a signature": (with_token(address, None), (403,)),
        "signed by a role that may not": (by(nobody(scene)), (403,)),
    }
    return Callers(by(somebody(scene)), strangers)
