"""What stands once in a stack whatever it holds: parameters, policies of queues, and what is made when first used."""

from collections.abc import Callable, Iterator, Mapping

from blueprints.cdk.context import Context, snake
from blueprints.cdk.modules import cdk, iam, kms
from blueprints.cdk.network import private_subnet_ids
from blueprints.cdk.tree import THIS, Do, Let, Statement, Value
from blueprints.parameters import Parameter

#: Asked for when the app is synthesised and not when it is deployed: wheels are chosen by it.
AT_SYNTHESIS = ("FunctionArchitecture",)


def parameters(context: Context) -> Iterator[Statement]:
    """Make the plan's parameters."""
    for one in context.plan.parameters:
        if one.id not in AT_SYNTHESIS:
            yield Let(snake(one.id), cdk.CfnParameter(THIS, one.id, **_options(context, one)))


def _options(context: Context, one: Parameter) -> dict[str, Value]:
    number = one.type == "Number"
    found: dict[str, Value] = {"type": one.type, "default": int(one.default) if number else one.default}
    if one.pattern:
        found["allowed_pattern"] = one.pattern
    if one.values:
        found["allowed_values"] = list(one.values)
    found["description"] = context.words(one.description)
    return found


def queue_policies(context: Context) -> Iterator[Statement]:
    """Let topics and rules, and nobody else, put messages into the queues that they deliver to."""
    for one in context.plan.admissions:
        statement = iam.PolicyStatement(
            principals=[iam.ServicePrincipal(one.principal)],
            actions=["sqs:SendMessage"],
            resources=[context.value_of(one.queue, "arn")],
            conditions={"ArnEquals": {"aws:SourceArn": context.value(one.source)}},
        )
        yield Do(context.ref(one.queue).add_to_resource_policy(statement))


def _sns_key(_context: Context) -> Let:
    return Let("sns_key", kms.Alias.from_alias_name(THIS, "SnsKey", "alias/aws/sns"))


#: Name -> the section it stands in, and how it is made when something uses it.
ON_DEMAND: Mapping[str, tuple[str, Callable[[Context], Statement]]] = {
    "sns_key": ("shared", _sns_key),
    "private_subnet_ids": ("network", private_subnet_ids),
}
