"""Calls into an account: one client for each service, every error as a sentence, every call as its IAM action."""

from collections.abc import Iterator, Mapping
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, ProfileNotFound

from advisor.text import Text, in_a_row
from advisor_account.error_sentences import error_sentence
from advisor_account.outcome import Unanswered

Answer = dict[str, Any]
#: Prefixes of IAM actions that differ from the name of the client.
_PREFIXES = {
    "service-quotas": "servicequotas",
    "stepfunctions": "states",
    "elbv2": "elasticloadbalancing",
    "opensearchserverless": "aoss",
    "apigatewayv2": "apigateway",
}
#: Calls whose IAM action is not called like them.
_ACTIONS = {("s3", "ListBuckets"): "s3:ListAllMyBuckets"}
_CONFIG = Config(retries={"mode": "standard", "max_attempts": 5}, connect_timeout=5, read_timeout=30)


class Account:
    """An account as seen with some credentials in one Region. `calls` are the IAM actions that were asked for."""

    def __init__(self, session: boto3.Session, region: str) -> None:
        self.region = region
        self.calls: set[str] = set()
        self._session = session
        self._clients: dict[str, Any] = {}
        self._other_regions: dict[str, Account] = {}

    def in_region(self, region: str) -> "Account":
        """Return the same account with the same credentials in another Region; its calls are recorded together."""
        if region == self.region:
            return self
        if region not in self._other_regions:
            self._other_regions[region] = Account(self._session, region)
            self._other_regions[region].calls = self.calls
        return self._other_regions[region]

    def client(self, service: str) -> Any:
        """Return the client of a service."""
        if service not in self._clients:
            self._clients[service] = self._session.client(service, region_name=self.region, config=_CONFIG)
        return self._clients[service]

    def call(self, service: str, operation: str, **arguments: Any) -> Answer:
        """Return the response to one call ("describe_stacks"). Raises Unanswered if there is none."""
        action = self._action(service, operation)
        try:
            answer: Answer = getattr(self.client(service), operation)(**arguments)
        except (BotoCoreError, ClientError) as error:
            raise Unanswered(error_sentence(error, action, self.region)) from error
        return answer

    def pages(self, service: str, operation: str, **arguments: Any) -> Iterator[Answer]:
        """Yield the responses to a call, page by page. Raises Unanswered if there is none."""
        action = self._action(service, operation)
        try:
            client = self.client(service)
            if not client.can_paginate(operation):
                yield getattr(client, operation)(**arguments)
                return
            yield from client.get_paginator(operation).paginate(**arguments)
        except (BotoCoreError, ClientError) as error:
            raise Unanswered(error_sentence(error, action, self.region)) from error

    def _action(self, service: str, operation: str) -> str:
        name = "".join(part.capitalize() for part in operation.split("_"))
        iam_action = action_of(service, name)
        self.calls.add(iam_action)
        return iam_action


def action_of(service: str, name: str) -> str:
    """Return the IAM action of an operation ("sqs", "ListQueues")."""
    return _ACTIONS.get((service, name), f"{_PREFIXES.get(service, service)}:{name}")


def open_account(profile: str | None, region: str | None, fallback: str) -> Account:
    """Return the account of a profile (None: what the environment says), in the Region that is named first: by the caller,
    the design (`fallback`), or the profile. Unanswered if the profile does not exist or no Region is named.
    """
    try:
        session = boto3.Session(profile_name=profile)
    except ProfileNotFound as error:
        profiles = boto3.Session().available_profiles
        existing = Text("No profiles are configured.", "設定済みのプロファイルはありません。")
        if profiles:
            existing = Text(
                f"Existing profiles: {in_a_row(profiles).en}.", f"設定済みのプロファイル: {in_a_row(profiles).ja}"
            )
        raise Unanswered(
            Text(
                f'--profile: there is no profile "{profile}". {existing.en}',
                f"--profile: プロファイル「{profile}」はありません。{existing.ja}",
            )
        ) from error
    except BotoCoreError as error:
        raise Unanswered(Text.same(f"--profile: {error}")) from error
    region_name = region or fallback or session.region_name
    if not region_name:
        raise Unanswered(_NO_REGION)
    return Account(session, region_name)


_NO_REGION = Text(
    "No Region is specified. Use --region, or state the Region in the requirements file.",
    "リージョンが指定されていません。--region で指定するか、要件ファイルでリージョンに回答してください。",
)


def error_code(error: Unanswered) -> str:
    """Return the AWS error code, or "" if AWS did not answer."""
    origin = error.__cause__
    answer: Mapping[str, Any] = origin.response if isinstance(origin, ClientError) else {}
    return str(answer.get("Error", {}).get("Code", ""))
