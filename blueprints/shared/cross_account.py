"""Cross-account access to a channel of the workload: statements of its resource policy, and roles to assume."""

from advisor.architecture import Edge
from blueprints.shared.roles import policy, role
from blueprints.stack.scope import Json, Scope, allow
from blueprints.traits import traits_of
from blueprints.values import ACCOUNT, Att, Ref, account_root


def external_statement(scope: Scope, node: str, sid: str, actions: tuple[str, ...], resource: object) -> Json:
    """Allow another account, or an AWS service on behalf of this account, to access a channel."""
    parameter = Ref(scope.plan.parameter(node).id)
    action = actions[0] if len(actions) == 1 else list(actions)
    statement: Json = {"Sid": sid, "Effect": "Allow", "Action": action, "Resource": resource}
    if scope.architecture.node(node).service == "other-account":
        by_tls = {"Bool": {"aws:SecureTransport": "true"}}
        return {**statement, "Principal": {"AWS": account_root(parameter)}, "Condition": by_tls}
    condition = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
    return {**statement, "Principal": {"Service": parameter}, "Condition": condition}


def publishing_statement(scope: Scope, edge: Edge) -> Json:
    """Return the statement by which another account or an AWS service publishes to the channel of an edge."""
    actions = traits_of(scope.architecture.node(edge.target).service).publish_actions
    sid = f"Allow{scope.name(edge.source)}Publish"
    return external_statement(scope, edge.source, sid, actions, scope.of(edge.target, "arn"))


def assumes_sender_role(scope: Scope, edge: Edge) -> None:
    """Allow the other account or the AWS service to assume a role with send permission only."""
    source, target = scope.architecture.node(edge.source), scope.architecture.node(edge.target)
    parameter = Ref(scope.plan.parameter(source.id).id)
    account = {"AWS": account_root(parameter)}
    outside = source.service == "other-account"
    trusted: Json = {
        "Effect": "Allow",
        "Principal": account if outside else {"Service": parameter},
        "Action": "sts:AssumeRole",
    }
    if not outside:
        trusted["Condition"] = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
    statement = allow("Send", traits_of(target.service).sender_actions, [scope.of(target.id, "arn")])
    id = f"{scope.name(edge.id)}SenderRole"
    role(scope, id, policy([trusted]), [statement], edge=edge.id)
    scope.output(f"{id}Arn", Att(id, "Arn"), "Role that the sender assumes")
