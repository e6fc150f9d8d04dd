"""Resources of the account by service, with names that are unique in the account."""

from collections.abc import Callable, Iterator
from typing import Any

from prove.emulator.process import Emulator

Ask = Callable[[Any], list[Any]]


def _pages(operation: str, key: str, name: str | None = None) -> Ask:
    """Return a function that lists resources: an operation, the key of its list, and the key of a resource's name."""

    def ask(client: Any) -> list[Any]:
        if client.can_paginate(operation):
            entries = [entry for page in client.get_paginator(operation).paginate() for entry in page.get(key, ())]
        else:
            entries = list(getattr(client, operation)().get(key, ()))
        return [entry[name] if name else entry for entry in entries]

    return ask


def _not_deleted(client: Any) -> list[str]:
    gateways = client.describe_nat_gateways()["NatGateways"]
    return [gateway["NatGatewayId"] for gateway in gateways if gateway["State"] != "deleted"]


def _named_keys(client: Any) -> list[str]:
    keys = [key["KeyId"] for key in client.list_keys()["Keys"]]
    states = {key: client.describe_key(KeyId=key)["KeyMetadata"] for key in keys}
    return [
        key
        for key, metadata in states.items()
        if metadata["KeyState"] != "PendingDeletion" and metadata.get("KeyManager") != "AWS"
    ]


def _secrets(client: Any) -> list[str]:
    """Return the secrets that are not scheduled for deletion."""
    return [secret["ARN"] for secret in client.list_secrets()["SecretList"] if "DeletedDate" not in secret]


def _distributions(client: Any) -> list[str]:
    return [
        distribution["Id"] for distribution in client.list_distributions().get("DistributionList", {}).get("Items", ())
    ]


#: Kind -> service, and the function that lists its resources.
KINDS: dict[str, tuple[str, Ask]] = {
    "table": ("dynamodb", _pages("list_tables", "TableNames")),
    "bucket": ("s3", _pages("list_buckets", "Buckets", "Name")),
    "queue": ("sqs", _pages("list_queues", "QueueUrls")),
    "topic": ("sns", _pages("list_topics", "Topics", "TopicArn")),
    "subscription": ("sns", _pages("list_subscriptions", "Subscriptions", "SubscriptionArn")),
    "function": ("lambda", _pages("list_functions", "Functions", "FunctionName")),
    "event source mapping": ("lambda", _pages("list_event_source_mappings", "EventSourceMappings", "UUID")),
    "log group": ("logs", _pages("describe_log_groups", "logGroups", "logGroupName")),
    "role": ("iam", _pages("list_roles", "Roles", "RoleName")),
    "instance profile": ("iam", _pages("list_instance_profiles", "InstanceProfiles", "InstanceProfileName")),
    "alarm": ("cloudwatch", _pages("describe_alarms", "MetricAlarms", "AlarmName")),
    "dashboard": ("cloudwatch", _pages("list_dashboards", "DashboardEntries", "DashboardName")),
    "state machine": ("stepfunctions", _pages("list_state_machines", "stateMachines", "stateMachineArn")),
    "schedule": ("scheduler", _pages("list_schedules", "Schedules", "Name")),
    "rule": ("events", _pages("list_rules", "Rules", "Name")),
    "pipe": ("pipes", _pages("list_pipes", "Pipes", "Name")),
    "stream": ("kinesis", _pages("list_streams", "StreamNames")),
    "HTTP or WebSocket API": ("apigatewayv2", _pages("get_apis", "Items", "ApiId")),
    "REST API": ("apigateway", _pages("get_rest_apis", "items", "id")),
    "GraphQL API": ("appsync", _pages("list_graphql_apis", "graphqlApis", "apiId")),
    "user pool": ("cognito-idp", lambda client: [pool["Id"] for pool in client.list_user_pools(MaxResults=60)["UserPools"]]),
    "distribution": ("cloudfront", _distributions),
    "secret": ("secretsmanager", _secrets),
    "key": ("kms", _named_keys),
    "repository": ("ecr", _pages("describe_repositories", "repositories", "repositoryName")),
    "ECS cluster": ("ecs", _pages("list_clusters", "clusterArns")),
    "EKS cluster": ("eks", _pages("list_clusters", "clusters")),
    "database cluster": ("rds", _pages("describe_db_clusters", "DBClusters", "DBClusterIdentifier")),
    "database": ("rds", _pages("describe_db_instances", "DBInstances", "DBInstanceIdentifier")),
    "load balancer": ("elbv2", _pages("describe_load_balancers", "LoadBalancers", "LoadBalancerArn")),
    "target group": ("elbv2", _pages("describe_target_groups", "TargetGroups", "TargetGroupArn")),
    "VPC": ("ec2", _pages("describe_vpcs", "Vpcs", "VpcId")),
    "subnet": ("ec2", _pages("describe_subnets", "Subnets", "SubnetId")),
    "route table": ("ec2", _pages("describe_route_tables", "RouteTables", "RouteTableId")),
    "security group": ("ec2", _pages("describe_security_groups", "SecurityGroups", "GroupId")),
    "VPC endpoint": ("ec2", _pages("describe_vpc_endpoints", "VpcEndpoints", "VpcEndpointId")),
    "NAT gateway": ("ec2", _not_deleted),
    "address": ("ec2", _pages("describe_addresses", "Addresses", "PublicIp")),
    "internet gateway": ("ec2", _pages("describe_internet_gateways", "InternetGateways", "InternetGatewayId")),
    "launch template": ("ec2", _pages("describe_launch_templates", "LaunchTemplates", "LaunchTemplateId")),
    "auto scaling group": ("autoscaling", _pages("describe_auto_scaling_groups", "AutoScalingGroups", "AutoScalingGroupName")),
}  # fmt: skip


def inventory(account: Emulator) -> Iterator[tuple[str, str]]:
    """Yield the kind and the name of every resource in an account."""
    for kind, (service, ask) in KINDS.items():
        for name in ask(account.client(service)):
            yield kind, str(name)
