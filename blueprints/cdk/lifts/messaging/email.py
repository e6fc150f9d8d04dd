"""Amazon SES: email identities and configuration sets."""

from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.registry import lift
from blueprints.cdk.lifting.resource import Resource
from blueprints.cdk.modules import ses
from blueprints.cdk.tree import THIS, Let
from blueprints.traits.ses import SUPPRESSED_REASONS

_TLS = {"REQUIRE": ses.ConfigurationSetTlsPolicy.REQUIRE, "OPTIONAL": ses.ConfigurationSetTlsPolicy.OPTIONAL}


@lift("AWS::SES::ConfigurationSet", ref="configuration_set_name")
def configuration_set(lifter: Lifter, resource: Resource) -> Statements:
    """An SES configuration set with its suppression list."""
    resource.part("SuppressionOptions").expect("SuppressedReasons", SUPPRESSED_REASONS)
    construct = ses.ConfigurationSet(
        THIS,
        resource.id,
        tls_policy=resource.part("DeliveryOptions").choose("TlsPolicy", _TLS),
        reputation_metrics=resource.part("ReputationOptions").take("ReputationMetricsEnabled"),
        sending_enabled=resource.part("SendingOptions").take("SendingEnabled"),
        suppression_reasons=ses.SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    )
    yield Let(lifter.name(resource), construct)


@lift("AWS::SES::EmailIdentity", ref="email_identity_name")
def identity(lifter: Lifter, resource: Resource) -> Statements:
    """An address that sends, once its owner has confirmed it."""
    address = ses.Identity.email(lifter.value(resource.take("EmailIdentity")))
    yield Let(lifter.name(resource), ses.EmailIdentity(THIS, resource.id, identity=address))
