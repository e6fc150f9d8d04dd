"""HTTP requests to deployed entry points, signed or with a token."""

import hashlib
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from prove.tools import OFFLINE
from prove.traffic.session import Session

#: The emulator uses HTTP only; with these headers CloudFront says that the viewer used HTTPS.
VIEWER = {"X-Forwarded-Proto": "https", "CloudFront-Forwarded-Proto": "https"}


@dataclass(frozen=True, slots=True)
class Answer:
    """A response. `value` is its JSON, or None."""

    status: int
    text: str
    headers: Mapping[str, str]

    @property
    def value(self) -> Any:
        """The body as JSON, or None if it is not JSON."""
        try:
            return json.loads(self.text)
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.status} {self.text[:160]}"


@dataclass(frozen=True, slots=True)
class Address:
    """The address of an entry point: the emulator serves all of them on one port, by their host name.

    `endpoint` is the VPC endpoint of the requests, `viewer` says that they go to CloudFront, over HTTPS and with their hash.
    """

    url: str
    host: str
    stage: str = ""
    endpoint: str = ""
    viewer: bool = False

    def call(self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Answer:
        """Send a request; a dictionary is sent as JSON, a string unchanged."""
        data = None if body is None else body.encode() if isinstance(body, str) else json.dumps(body).encode()
        request = urllib.request.Request(
            f"{self.url}{self.stage}{path}",
            data=data,
            method=method,
            headers={
                "Host": self.host,
                "content-type": "application/json",
                **self._endpoint_header(),
                **self._viewer_headers(data or b""),
                # Some stores have their items changed only in a version that the caller names.
                **({"if-match": "*"} if method in ("PUT", "DELETE") else {}),
                **(headers or {}),
            },
        )
        try:
            with _opener.open(request, timeout=60) as response:
                return Answer(response.status, response.read().decode("utf-8", "replace"), dict(response.headers))
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.read().decode("utf-8", "replace"), dict(error.headers))

    def _endpoint_header(self) -> dict[str, str]:
        return {"x-prove-vpc-endpoint": self.endpoint} if self.endpoint else {}

    def _viewer_headers(self, data: bytes) -> dict[str, str]:
        return {**VIEWER, "x-amz-content-sha256": hashlib.sha256(data).hexdigest()} if self.viewer else {}

    def signed(self, credentials: Mapping[str, str], method: str, path: str, body: Any = None) -> Answer:
        """Send a request that is signed with these credentials."""
        data = "" if body is None else body if isinstance(body, str) else json.dumps(body)
        headers = {"Host": self.host, "content-type": "application/json"}
        request = AWSRequest(method, f"http://{self.host}{self.stage}{path}", data=data, headers=headers)
        signing_credentials = Credentials(
            credentials["AccessKeyId"], credentials["SecretAccessKey"], credentials.get("SessionToken")
        )
        SigV4Auth(signing_credentials, "execute-api", OFFLINE["AWS_REGION"]).add_auth(request)
        return self.call(method, path, data or None, dict(request.headers.items()))


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Return redirects as responses."""

    def redirect_request(self, *_: Any) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirect())


def address_of(session: Session, name: str, stage: str = "") -> Address:
    """Return the address of an entry point by its host name in the emulator (`<id>.execute-api`, `<id>.cloudfront`)."""
    account = session.deployment.account
    return Address(account.endpoint, f"{name}.localhost:{account.port}", f"/{stage}" if stage else "")


def role_without_permissions(session: Session) -> dict[str, str]:
    """Return credentials of a role of the account without permissions."""
    return _role(session, "prove-nobody")


def role_with_permissions(session: Session) -> dict[str, str]:
    """Return credentials of a role of the account that is allowed to call APIs, as the README describes callers."""
    caller_credentials = _role(session, "prove-somebody")
    statement = {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    session.client("iam").put_role_policy(RoleName="prove-somebody", PolicyName="calls", PolicyDocument=document)
    return caller_credentials


def _role(session: Session, name: str) -> dict[str, str]:
    iam = session.client("iam")
    trust = {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::000000000000:root"}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    try:
        arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document)["Role"]["Arn"]
    except iam.exceptions.EntityAlreadyExistsException:
        arn = iam.get_role(RoleName=name)["Role"]["Arn"]
    role_credentials: dict[str, str] = session.client("sts").assume_role(RoleArn=arn, RoleSessionName="prove")[
        "Credentials"
    ]
    return role_credentials
