"""Requests over HTTP to what a project has deployed, signed or with a token."""

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
from prove.traffic.scene import Scene


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `value` is its JSON, or None."""

    status: int
    text: str
    headers: Mapping[str, str]

    @property
    def value(self) -> Any:
        """The body as JSON; None when it is none."""
        try:
            return json.loads(self.text)
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.status} {self.text[:160]}"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a door is: the emulator listens for all of them, and tells them apart by their host.

    `endpoint` is the endpoint of a VPC that requests come through.
    """

    url: str
    host: str
    stage: str = ""
    endpoint: str = ""

    def call(self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Answer:
        """Send a request; a dictionary becomes JSON, a string is sent as it is."""
        data = None if body is None else body.encode() if isinstance(body, str) else json.dumps(body).encode()
        asked = urllib.request.Request(
            f"{self.url}{self.stage}{path}",
            data=data,
            method=method,
            headers={"Host": self.host, "content-type": "application/json", **self._way(), **(headers or {})},
        )
        try:
            with _opener.open(asked, timeout=60) as got:
                return Answer(got.status, got.read().decode("utf-8", "replace"), dict(got.headers))
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.read().decode("utf-8", "replace"), dict(error.headers))

    def _way(self) -> dict[str, str]:
        return {"x-prove-vpc-endpoint": self.endpoint} if self.endpoint else {}

    def signed(self, credentials: Mapping[str, str], method: str, path: str, body: Any = None) -> Answer:
        """Send a request with the signature of somebody's credentials."""
        data = "" if body is None else body if isinstance(body, str) else json.dumps(body)
        headers = {"Host": self.host, "content-type": "application/json"}
        asked = AWSRequest(method, f"http://{self.host}{self.stage}{path}", data=data, headers=headers)
        known = Credentials(credentials["AccessKeyId"], credentials["SecretAccessKey"], credentials.get("SessionToken"))
        SigV4Auth(known, "execute-api", OFFLINE["AWS_REGION"]).add_auth(asked)
        return self.call(method, path, data or None, dict(asked.headers.items()))


class _Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer like any other."""

    def redirect_request(self, *_: Any) -> None:
        return None


_opener = urllib.request.build_opener(_Stay())


def at(scene: Scene, name: str, stage: str = "") -> Address:
    """Return the address of a door by the name that the emulator knows it by (`<id>.execute-api`, `<id>.cloudfront`)."""
    account = scene.deployment.account
    return Address(account.endpoint, f"{name}.localhost:{account.port}", f"/{stage}" if stage else "")


def nobody(scene: Scene) -> dict[str, str]:
    """Return credentials of a role of the account that may do nothing."""
    return _role(scene, "prove-nobody")


def somebody(scene: Scene) -> dict[str, str]:
    """Return credentials of a role of the account whose own policy lets it call APIs, as the README says of callers."""
    found = _role(scene, "prove-somebody")
    may = {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [may]})
    scene.client("iam").put_role_policy(RoleName="prove-somebody", PolicyName="calls", PolicyDocument=document)
    return found


def _role(scene: Scene, name: str) -> dict[str, str]:
    iam = scene.client("iam")
    trust = {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::000000000000:root"}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    try:
        arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document)["Role"]["Arn"]
    except iam.exceptions.EntityAlreadyExistsException:
        arn = iam.get_role(RoleName=name)["Role"]["Arn"]
    found: dict[str, str] = scene.client("sts").assume_role(RoleArn=arn, RoleSessionName="prove")["Credentials"]
    return found
