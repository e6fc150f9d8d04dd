"""Domains of user pools, for the sign-in pages that load balancers redirect to."""

from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.registry import lift
from blueprints.cdk.lifting.resource import Resource
from blueprints.cdk.modules import cognito
from blueprints.cdk.tree import THIS, Let

DOMAIN = "AWS::Cognito::UserPoolDomain"


@lift(DOMAIN, ref="domain_name")
def user_pool_domain(lifter: Lifter, resource: Resource) -> Statements:
    """A domain of Cognito's own, by its prefix."""
    construct = cognito.UserPoolDomain(
        THIS,
        resource.id,
        user_pool=lifter.construct(resource.take("UserPoolId"), "AWS::Cognito::UserPool"),
        cognito_domain=cognito.CognitoDomainOptions(domain_prefix=lifter.value(resource.take("Domain"))),
    )
    yield Let(lifter.name(resource), construct)
