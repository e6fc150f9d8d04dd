"""Capacity providers of ECS as CloudFormation types; the emulator has their API only."""

from ministack.services import ecs

from prove.emulator.patches.types import Created, Properties, add, answer, lower_camel


def _provider(properties: Properties, name: str) -> Created:
    request = lower_camel({key: value for key, value in properties.items() if key != "Tags"})
    provider = str(properties.get("Name") or name)
    answer(ecs._create_capacity_provider({**request, "name": provider}))
    return provider, {}


def _association(properties: Properties, name: str) -> Created:
    answer(ecs._put_cluster_capacity_providers(lower_camel(properties)))
    return str(properties["Cluster"]), {}


def _dissociate(physical_id: str, properties: Properties) -> None:
    ecs._put_cluster_capacity_providers({"cluster": physical_id})


def install() -> None:
    """Add the provider and its association with a cluster."""
    delete = ecs._delete_capacity_provider
    add("AWS::ECS::CapacityProvider", _provider, lambda id, _: answer(delete({"capacityProvider": id})))
    add("AWS::ECS::ClusterCapacityProviderAssociations", _association, _dissociate)
