"""ECS clusters and ECR repositories."""

from collections.abc import Iterator

from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.registry import lift, naming, shared
from blueprints.cdk.lifting.resource import Resource
from blueprints.cdk.lifts.network.vpc import VPC
from blueprints.cdk.lifts.security.keys import key
from blueprints.cdk.modules import ecr, ecs
from blueprints.cdk.tree import THIS, Call, Let, Statement, Value
from blueprints.cdk.tree import Ref as Variable
from blueprints.values import Ref
from blueprints.values.json_text import JsonText

CLUSTER = "AWS::ECS::Cluster"
CAPACITY_PROVIDER = "AWS::ECS::CapacityProvider"
ASSOCIATION = "AWS::ECS::ClusterCapacityProviderAssociations"
_SCALED = "AutoScalingGroupProvider"
#: The capacity providers that AWS has for every cluster.
_OF_FARGATE = ["FARGATE", "FARGATE_SPOT"]


@lift(CLUSTER, ref="cluster_name", members={"Arn": "cluster_arn"}, absorbs=(naming(ASSOCIATION, "Cluster"),))
def cluster(lifter: Lifter, resource: Resource) -> Statements:
    """The workload's one cluster, in its VPC; capacity providers of its own are added if they are made."""
    insights = resource.only_part("ClusterSettings")
    insights.expect("Name", "containerInsights")
    kinds = {"enhanced": ecs.ContainerInsights.ENHANCED}
    options: dict[str, Value] = {"vpc": VPC, "container_insights_v2": insights.choose("Value", kinds)}
    for association in resource.of_type(ASSOCIATION):
        association.expect("Cluster", Ref(resource.id))
        association.expect("DefaultCapacityProviderStrategy", [])
        providers = association.take("CapacityProviders")
        if providers[: len(_OF_FARGATE)] == _OF_FARGATE:
            options["enable_fargate_capacity_providers"] = True
            providers = providers[len(_OF_FARGATE) :]
        if providers != [
            Ref(provider.id) for provider in lifter.of_type(CAPACITY_PROVIDER) if _SCALED in provider.properties
        ]:
            association.refuse("CapacityProviders", providers)
    yield Let(lifter.name(resource), ecs.Cluster(THIS, resource.id, **options))


@shared("existing_cluster", "shared", "ecs-cluster", stands_for=(CLUSTER, Ref("ClusterName")))
def existing_cluster(_lifter: Lifter) -> Iterator[Statement]:
    """The cluster that exists."""
    name = Variable("cluster_name").value_as_string
    yield Let("existing_cluster", ecs.Cluster.from_cluster_attributes(THIS, "Cluster", cluster_name=name, vpc=VPC))


@lift(
    "AWS::ECR::Repository",
    ref="repository_name",
    members={"Arn": "repository_arn", "RepositoryUri": "repository_uri"},
)
def repository(lifter: Lifter, resource: Resource) -> Statements:
    """A repository that keeps the newest images."""
    kinds = {"IMMUTABLE": ecr.TagMutability.IMMUTABLE}
    options: dict[str, Value] = {"image_tag_mutability": resource.choose("ImageTagMutability", kinds)}
    options["image_scan_on_push"] = resource.part("ImageScanningConfiguration").take("ScanOnPush")
    encryption = resource.part("EncryptionConfiguration")
    if encryption.choose("EncryptionType", {"AES256": True, "KMS": False}):
        options["encryption"] = ecr.RepositoryEncryption.AES_256
    else:
        encryption_key = key(lifter, encryption.take("KmsKey"))
        options |= {"encryption": ecr.RepositoryEncryption.KMS, "encryption_key": encryption_key}
    policy = resource.part("LifecyclePolicy").take("LifecyclePolicyText")
    options["lifecycle_rules"] = _rules(resource, policy)
    options |= resource.removal(cdk_keeps=True)
    yield Let(lifter.name(resource), ecr.Repository(THIS, resource.id, **options))


def _rules(resource: Resource, policy: object) -> list[Value]:
    """Return the rules of a lifecycle policy, in the order of their priorities, which CDK gives from 1."""
    if not isinstance(policy, JsonText):
        resource.refuse("LifecyclePolicy", policy)
        return []
    rules: list[Value] = []
    for number, rule in enumerate(resource.inner("LifecyclePolicy", policy.tree).parts("rules"), 1):
        rule.expect("rulePriority", number)
        rule.expect("action", {"type": "expire"})
        selection = rule.part("selection")
        selection.expect("tagStatus", "any")
        selection.expect("countType", "imageCountMoreThan")
        lifecycle_rule: Call = ecr.LifecycleRule(
            description=rule.take("description"), max_image_count=selection.take("countNumber")
        )
        rules.append(lifecycle_rule)
    return rules
