from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_ecr as ecr
from aws_cdk import aws_ecs as ecs
from constructs import Construct

from .components.monitoring import Monitoring
from .components.network import Network
from .components.stores import Stores
from .components.web import Web
from .origins import mark


class WorkloadStack(cdk.Stack):
    """Container web service"""

    def __init__(self, scope: Construct, construct_id: str, **kwargs: Any) -> None:
        super().__init__(scope, construct_id, **kwargs)
        self._parameters()
        self.network = Network(self, "Network", log_retention_days=self.log_retention_days)
        self._shared()
        self.stores = Stores(self, "Stores")
        self.web = Web(
            self,
            "Web",
            certificate_arn=self.certificate_arn,
            cluster=self.cluster,
            deletion_protection=self.deletion_protection,
            image_tag=self.image_tag,
            log_retention_days=self.log_retention_days,
            private_subnets=self.network.private_subnets,
            sessions_table=self.stores.sessions_table,
            task_architecture=self.task_architecture,
            vpc=self.network.vpc,
            web_load_balancer_security_group=self.network.web_load_balancer_security_group,
            web_repository=self.web_repository,
            web_task_security_group=self.network.web_task_security_group,
        )
        Monitoring(
            self,
            "Monitoring",
            alarm_email=self.alarm_email,
            cluster=self.cluster,
            sessions_table=self.stores.sessions_table,
            web_load_balancer=self.web.load_balancer,
            web_task_service=self.web.task_service,
            web_task_target_group=self.web.task_target_group,
        )
        self._outputs()
        self._origins()

    def _parameters(self) -> None:
        """Parameters."""
        self.alarm_email = cdk.CfnParameter(
            self,
            "AlarmEmail",
            type="String",
            allowed_pattern="^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$",
            description="Email address for alarm notifications",
        )
        self.log_retention_days = cdk.CfnParameter(
            self,
            "LogRetentionDays",
            type="Number",
            default="30",
            allowed_values=["1", "7", "14", "30", "90", "180", "365", "731"],
            description=(
                "Log retention in days; each GB costs 0.76 USD for ingestion and 0.033 USD per month of storage "
                "(ap-northeast-1, 2026-08-17)"
            ),
        )
        self.task_architecture = cdk.CfnParameter(
            self,
            "TaskArchitecture",
            type="String",
            default="ARM64",
            allowed_values=["ARM64", "X86_64"],
            description=(
                "CPU architecture of the container images; ARM64 costs 0.04045 USD per vCPU-hour, X86_64 0.05056 USD "
                "(ap-northeast-1, 2026-08-27)"
            ),
        )
        self.image_tag = cdk.CfnParameter(
            self,
            "ImageTag",
            type="String",
            allowed_pattern="^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$",
            description="Image tag: the commit ID",
        )
        self.deletion_protection = cdk.CfnParameter(
            self,
            "DeletionProtection",
            type="String",
            default="true",
            allowed_values=["true", "false"],
            description="Deletion protection of the resources of this stack that support it",
        )
        self.certificate_arn = cdk.CfnParameter(
            self,
            "CertificateArn",
            type="String",
            allowed_pattern="^arn:aws[a-z-]*:acm:[a-z0-9-]+:\\d{12}:certificate/[a-f0-9-]{36}$",
            description="ARN of the ACM certificate for the domain name, in the Region of the load balancer",
        )

    def _shared(self) -> None:
        """Resources shared by several components."""
        self.cluster = ecs.Cluster(
            self,
            "Cluster",
            vpc=self.network.vpc,
            container_insights_v2=ecs.ContainerInsights.ENHANCED,
        )
        self.web_repository = ecr.Repository(
            self,
            "WebRepository",
            image_tag_mutability=ecr.TagMutability.IMMUTABLE,
            image_scan_on_push=True,
            encryption=ecr.RepositoryEncryption.AES_256,
            lifecycle_rules=[ecr.LifecycleRule(description="Keep the newest 20 images", max_image_count=20)],
            removal_policy=cdk.RemovalPolicy.RETAIN,
        )

    def _outputs(self) -> None:
        """Stack outputs."""
        cdk.CfnOutput(
            self,
            "SessionsTableName",
            value=self.stores.sessions_table.table_name,
            description="Name of the table",
        )
        cdk.CfnOutput(self, "EcsClusterName", value=self.cluster.cluster_name, description="Name of the ECS cluster")
        cdk.CfnOutput(
            self,
            "WebTaskDefinitionArn",
            value=self.web.task_definition.task_definition_arn,
            description="ARN of the task definition",
        )
        cdk.CfnOutput(
            self,
            "WebLoadBalancerAccessLogsName",
            value=self.web.load_balancer_access_logs.bucket_name,
            description="Bucket for access logs",
        )
        cdk.CfnOutput(
            self,
            "WebLoadBalancerDnsName",
            value=self.web.load_balancer.load_balancer_dns_name,
            description="Host name of the load balancer",
        )
        cdk.CfnOutput(
            self,
            "WebRepositoryUri",
            value=self.web_repository.repository_uri,
            description="URI of the repository",
        )
        cdk.CfnOutput(self, "WebSecretArn", value=self.web.web_secret.secret_arn, description="ARN of the secret")

    def _origins(self) -> None:
        """The decision behind each resource."""
        mark(self)
