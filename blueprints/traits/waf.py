"""The web ACL: AWS's rule groups and a limit per address, before an API, a load balancer or a CloudFront distribution.

CloudFront takes a web ACL of the Region us-east-1 only, wherever the workload is, and a stack has one Region. So this
one web ACL has a small stack of its own there (`edge/template.yaml`, the same file in every target); the stack of the
workload gets its ARN as a parameter.
"""

from collections.abc import Iterator
from typing import Any

from advisor.architecture import Architecture, Edge, Node
from advisor.text import Text
from blueprints.traits import Traits, cloudfront
from blueprints.values import Att, Value, arn, joined, stack_name

Json = dict[str, Any]
#: The core rule set.
_CORE = "AWSManagedRulesCommonRuleSet"
#: Rule groups that AWS keeps up to date, in the order in which they are tried.
RULE_GROUPS = (
    "AWSManagedRulesAmazonIpReputationList",
    _CORE,
    "AWSManagedRulesKnownBadInputsRuleSet",
)
#: The rule of the core rule set that blocks bodies of more than 8 KiB.
#: https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html (read 2026-11-29)
_SMALL_BODIES = "SizeRestrictions_BODY"
BODIES = Text(
    "Bodies of more than 8 KiB are counted and not blocked, because the API accepts larger ones. AWS WAF cannot set a higher "
    "limit itself, because it inspects only the first 8 KiB of a body before a load balancer or AppSync, and 16 KiB before API "
    "Gateway. The program and the API limit the size.",
    "API はより大きな本文を受け付けるため、8 KiB を超える本文はブロックせずにカウントします。AWS WAF が検査する本文は、ロードバランサーと "
    "AppSync では先頭の 8 KiB、API Gateway では 16 KiB だけで、それより大きい上限は設定できません。サイズはプログラムと API が制限します。",
)
REGIONAL, AT_THE_EDGE = "REGIONAL", "CLOUDFRONT"
#: How long the web ACL of CloudFront keeps its log.
EDGE_KEPT_DAYS = 90
EDGE_TEMPLATE = "edge/template.yaml"
EDGE_OUTPUT = "WebAclArn"


def at_the_edge(architecture: Architecture) -> Iterator[Edge]:
    """Yield the connections from distributions to the web ACL before them."""
    for node in cloudfront.TRAITS.nodes(architecture):
        yield from architecture.leaving(node.id, "filter")


def is_elsewhere(architecture: Architecture, node: Node) -> bool:
    """Whether a web ACL guards distributions and nothing else, so that the workload's stack does not make it."""
    guarded = [architecture.node(edge.source).service for edge in architecture.entering(node.id, "filter")]
    return bool(guarded) and all(service == cloudfront.TRAITS.service for service in guarded)


def web_acl(scope: str, name: str, *, bodies: bool, limit: Value) -> Json:
    """Return the properties of a web ACL with a limit of requests per address in 5 minutes, which lets large bodies pass where `bodies` are accepted (`BODIES` says why)."""
    groups = [
        {
            "Name": group,
            "Priority": number,
            "OverrideAction": {"None": {}},
            "Statement": {"ManagedRuleGroupStatement": _managed(group, bodies=bodies)},
            "VisibilityConfig": _visibility_config(group),
        }
        for number, group in enumerate(RULE_GROUPS)
    ]
    limit = {
        "Name": "RequestsPerAddress",
        "Priority": len(RULE_GROUPS),
        "Action": {"Block": {}},
        "Statement": {"RateBasedStatement": {"Limit": limit, "AggregateKeyType": "IP"}},
        "VisibilityConfig": _visibility_config("RequestsPerAddress"),
    }
    return {
        "Scope": scope,
        "DefaultAction": {"Allow": {}},
        "Rules": [*groups, limit],
        "VisibilityConfig": _visibility_config(name),
    }


def _managed(group: str, *, bodies: bool) -> Json:
    statement: Json = {"VendorName": "AWS", "Name": group}
    if group == _CORE and bodies:
        statement["RuleActionOverrides"] = [{"Name": _SMALL_BODIES, "ActionToUse": {"Count": {}}}]
    return statement


def log_name(acl: str) -> Value:
    """Return the name of the log group of a web ACL; AWS WAF takes no other beginning."""
    return joined("aws-waf-logs-", stack_name(acl))


def logging(acl: str, name: Value) -> Json:
    """Return the logging settings of a web ACL: blocked and counted requests, without credentials.

    https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html (2026-11-27). The rest is in the access log
    of what stands behind it.
    """
    stopped = [{"ActionCondition": {"Action": action}} for action in ("BLOCK", "COUNT")]
    return {
        "ResourceArn": Att(acl, "Arn"),
        "LogDestinationConfigs": [arn("logs", joined("log-group:", name))],
        "RedactedFields": [{"SingleHeader": {"Name": header}} for header in ("authorization", "cookie")],
        "LoggingFilter": {
            "DefaultBehavior": "DROP",
            "Filters": [{"Behavior": "KEEP", "Requirement": "MEETS_ANY", "Conditions": stopped}],
        },
    }


def _visibility_config(metric: str) -> Json:
    return {"CloudWatchMetricsEnabled": True, "SampledRequestsEnabled": True, "MetricName": metric}


TRAITS = Traits(
    service="waf",
    noun="WebAcl",
    used_by_all=True,
    standing_cost=Text(
        "AWS WAF: per month for each web ACL and for each of its rules",
        "AWS WAF: Web ACL 1 個ごとの月額と、ルール 1 件ごとの月額",
    ),
    emulated=False,
)
