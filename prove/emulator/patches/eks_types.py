"""Add-ons, access entries and pod identities of EKS as CloudFormation types; the emulator has their interface only."""

from ministack.services import eks

from prove.emulator.patches.types import Made, Properties, add, answer, fields, lower_camel, tags

OWN_KEYS = ("ClusterName", "Tags", "AccessPolicies")


def _asked(properties: Properties) -> Properties:
    rest = {key: value for key, value in properties.items() if key not in OWN_KEYS}
    return {**lower_camel(rest), "tags": tags(properties)}


def _add_on(properties: Properties, name: str) -> Made:
    cluster, add_on = properties["ClusterName"], properties["AddonName"]
    made = fields(eks._create_addon(cluster, _asked(properties)), "addon")
    return f"{cluster}|{add_on}", {"Arn": made["addonArn"]}


def _access_entry(properties: Properties, name: str) -> Made:
    cluster = properties["ClusterName"]
    made = fields(eks._create_access_entry(cluster, _asked(properties)), "accessEntry")
    return f"{made['principalArn']}|{cluster}", {"AccessEntryArn": made["accessEntryArn"]}


def _pod_identity(properties: Properties, name: str) -> Made:
    made = fields(eks._create_pod_identity_association(properties["ClusterName"], _asked(properties)), "association")
    arn = str(made["associationArn"])
    return arn, {"AssociationArn": arn, "AssociationId": made["associationId"]}


def _delete_pod_identity(physical_id: str, properties: Properties) -> None:
    answer(eks._delete_pod_identity_association(properties["ClusterName"], physical_id.rpartition("/")[2]))


def install() -> None:
    """Add the three types."""
    add("AWS::EKS::Addon", _add_on, lambda id, _: answer(eks._delete_addon(*id.split("|"))))
    add("AWS::EKS::AccessEntry", _access_entry, lambda id, _: answer(eks._delete_access_entry(*id.split("|")[::-1])))
    add("AWS::EKS::PodIdentityAssociation", _pod_identity, _delete_pod_identity)
