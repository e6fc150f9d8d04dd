"""Add-ons, access entries and pod identities of EKS as CloudFormation types; the emulator has their APIs only."""

from ministack.services import eks

from prove.emulator.patches.types import Created, Properties, add, answer, fields, lower_camel, tags

OWN_KEYS = ("ClusterName", "Tags", "AccessPolicies")


def _request(properties: Properties) -> Properties:
    rest = {key: value for key, value in properties.items() if key not in OWN_KEYS}
    return {**lower_camel(rest), "tags": tags(properties)}


def _add_on(properties: Properties, name: str) -> Created:
    cluster, add_on = properties["ClusterName"], properties["AddonName"]
    add_on_fields = fields(eks._create_addon(cluster, _request(properties)), "addon")
    return f"{cluster}|{add_on}", {"Arn": add_on_fields["addonArn"]}


def _access_entry(properties: Properties, name: str) -> Created:
    cluster = properties["ClusterName"]
    entry = fields(eks._create_access_entry(cluster, _request(properties)), "accessEntry")
    return f"{entry['principalArn']}|{cluster}", {"AccessEntryArn": entry["accessEntryArn"]}


def _pod_identity(properties: Properties, name: str) -> Created:
    association = fields(
        eks._create_pod_identity_association(properties["ClusterName"], _request(properties)), "association"
    )
    arn = str(association["associationArn"])
    return arn, {"AssociationArn": arn, "AssociationId": association["associationId"]}


def _delete_pod_identity(physical_id: str, properties: Properties) -> None:
    answer(eks._delete_pod_identity_association(properties["ClusterName"], physical_id.rpartition("/")[2]))


def install() -> None:
    """Add the three types."""
    add("AWS::EKS::Addon", _add_on, lambda id, _: answer(eks._delete_addon(*id.split("|"))))
    add("AWS::EKS::AccessEntry", _access_entry, lambda id, _: answer(eks._delete_access_entry(*id.split("|")[::-1])))
    add("AWS::EKS::PodIdentityAssociation", _pod_identity, _delete_pod_identity)
