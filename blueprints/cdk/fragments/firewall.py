"""The web application firewall: AWS's rule groups and a limit per address, before an entry."""

from collections.abc import Iterator

from advisor.architecture import Edge, Node
from advisor.text import Text
from blueprints.cdk.context import Context
from blueprints.cdk.modules import wafv2
from blueprints.cdk.outputs import output
from blueprints.cdk.registry import connection, granted, service
from blueprints.cdk.tree import THIS, Call, Do, Let, Statement, Value
from blueprints.traits.waf import REGIONAL, REQUESTS_PER_FIVE_MINUTES, RULE_GROUPS, is_elsewhere

_ACL = wafv2.CfnWebACL
granted(("cloudfront",), ("filter",), ("waf",))


@service("waf")
def web_acl(context: Context, node: Node) -> Iterator[Statement]:
    """Make the web ACL. There is no construct for it above the plain resource; CloudFront's has a stack of its own."""
    if is_elsewhere(context.architecture, node):
        return
    made = _ACL(
        THIS,
        context.id(node.id),
        scope=REGIONAL,
        default_action=_ACL.DefaultActionProperty(allow={}),
        rules=[*(_group(number, name) for number, name in enumerate(RULE_GROUPS)), _limit()],
        visibility_config=_visible(context.id(node.id)),
    )
    yield Let(context.name(node.id), made)
    words = Text("ARN of the web ACL", "Web ACL の ARN")
    yield output(context, context.id(node.id, "Arn"), context.ref(node.id).attr_arn, words)


def _group(number: int, name: str) -> Call:
    managed = _ACL.ManagedRuleGroupStatementProperty(vendor_name="AWS", name=name)
    return _ACL.RuleProperty(
        name=name,
        priority=number,
        override_action=_ACL.OverrideActionProperty(none={}),
        statement=_ACL.StatementProperty(managed_rule_group_statement=managed),
        visibility_config=_visible(name),
    )


def _limit() -> Call:
    name = "RequestsPerAddress"
    rate = _ACL.RateBasedStatementProperty(limit=REQUESTS_PER_FIVE_MINUTES, aggregate_key_type="IP")
    return _ACL.RuleProperty(
        name=name,
        priority=len(RULE_GROUPS),
        action=_ACL.RuleActionProperty(block={}),
        statement=_ACL.StatementProperty(rate_based_statement=rate),
        visibility_config=_visible(name),
    )


def _visible(metric: str) -> Call:
    return _ACL.VisibilityConfigProperty(
        cloud_watch_metrics_enabled=True, sampled_requests_enabled=True, metric_name=metric
    )


def _associate(context: Context, edge: Edge, guarded: Value) -> Do:
    made = wafv2.CfnWebACLAssociation(
        THIS,
        context.id(edge.source, "WebAcl"),
        resource_arn=guarded,
        web_acl_arn=context.ref(edge.target).attr_arn,
    )
    return Do(made)


@connection(("alb", "appsync"), "filter", ("waf",))
def filters(context: Context, edge: Edge) -> Iterator[Statement]:
    """Let the firewall see requests first."""
    yield _associate(context, edge, context.value_of(edge.source, "arn"))


@connection(("api-gateway-rest",), "filter", ("waf",))
def filters_stage(context: Context, edge: Edge) -> Iterator[Statement]:
    """Let the firewall see the stage's requests first."""
    yield _associate(context, edge, context.ref(edge.source).deployment_stage.stage_arn)
