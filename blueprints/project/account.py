"""Account settings per Region for all APIs: a separate stack, deployed by the account owner.

https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html (2026-11-27).
"""

from collections.abc import Iterator

from advisor.text import Lang, Text
from blueprints.plan import Plan
from blueprints.sam.printer import to_yaml
from blueprints.shared.roles import trust
from blueprints.traits import api_gateway_rest, traits_of
from blueprints.values import Att, ManagedPolicy

ACCOUNT_TEMPLATE = "account/api-gateway.yaml"
_ROLE = "ApiGatewayLogsRole"
_DESCRIPTION = Text(
    "Role that API Gateway uses to write logs in this account and Region, shared by all APIs; see README.md",
    "API Gateway がこのアカウントとリージョンでログを書き込むロール（すべての API に共通。README.md を参照）",
)


def logs_by_account(plan: Plan) -> bool:
    """Return whether an API logs by the role of the account."""
    return any(traits_of(node.service).account_role for node in plan.architecture.nodes)


def account_files(plan: Plan, lang: Lang) -> Iterator[tuple[str, bytes]]:
    """Yield the template of the account-wide role for API Gateway logs, if an API writes logs."""
    if not logs_by_account(plan):
        return
    policy = ManagedPolicy("service-role/AmazonAPIGatewayPushToCloudWatchLogs")
    assumed = trust(api_gateway_rest.TRAITS.principal)
    role = {"AssumeRolePolicyDocument": assumed, "ManagedPolicyArns": [policy]}
    kept = {"DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"}
    setting = {"CloudWatchRoleArn": Att(_ROLE, "Arn")}
    template = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": _DESCRIPTION.in_(lang),
        "Resources": {
            _ROLE: {"Type": "AWS::IAM::Role", **kept, "Properties": role},
            "ApiGatewayAccount": {"Type": "AWS::ApiGateway::Account", **kept, "Properties": setting},
        },
    }
    yield ACCOUNT_TEMPLATE, to_yaml(template).encode()
