from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_ecr as ecr
from aws_cdk import aws_ecs as ecs
from constructs import Construct

from .components.channels import Channels
from .components.monitoring import Monitoring
from .components.network import Network
from .components.scanner import Scanner
from .components.stores import Stores
from .origins import mark


class WorkloadStack(cdk.Stack):
    """Containers on EC2"""

    def __init__(self, scope: Construct, construct_id: str, **kwargs: Any) -> None:
        super().__init__(scope, construct_id, **kwargs)
        self._parameters()
        self.network = Network(self, "Network", log_retention_days=self.log_retention_days)
        self._shared()
        self.stores = Stores(self, "Stores")
        self.channels = Channels(self, "Channels")
        self.scanner = Scanner(
            self,
            "Scanner",
            cluster=self.cluster,
            files_queue=self.channels.files_queue,
            findings_table=self.stores.findings_table,
            image_tag=self.image_tag,
            log_retention_days=self.log_retention_days,
            private_subnets=self.network.private_subnets,
            scanner_repository=self.scanner_repository,
            scanner_task_host_security_group=self.network.scanner_task_host_security_group,
            scanner_task_security_group=self.network.scanner_task_security_group,
            vpc=self.network.vpc,
        )
        Monitoring(
            self,
            "Monitoring",
            alarm_email=self.alarm_email,
            cluster=self.cluster,
            files_dead_letter_queue=self.channels.files_dead_letter_queue,
            files_queue=self.channels.files_queue,
            findings_table=self.stores.findings_table,
            scanner_task_service=self.scanner.task_service,
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
        task_architecture = cdk.CfnParameter(
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
        cdk.CfnCondition(
            self,
            "TasksOnArm",
            expression=cdk.Fn.condition_equals(task_architecture.value_as_string, "ARM64"),
        )

    def _shared(self) -> None:
        """Resources shared by several components."""
        self.cluster = ecs.Cluster(
            self,
            "Cluster",
            vpc=self.network.vpc,
            container_insights_v2=ecs.ContainerInsights.ENHANCED,
        )
        self.scanner_repository = ecr.Repository(
            self,
            "ScannerRepository",
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
            "FindingsTableName",
            value=self.stores.findings_table.table_name,
            description="Name of the table",
        )
        cdk.CfnOutput(self, "EcsClusterName", value=self.cluster.cluster_name, description="Name of the ECS cluster")
        cdk.CfnOutput(
            self,
            "ScannerTaskDefinitionArn",
            value=self.scanner.task_definition.task_definition_arn,
            description="ARN of the task definition",
        )
        cdk.CfnOutput(
            self,
            "ScannerRepositoryUri",
            value=self.scanner_repository.repository_uri,
            description="URI of the repository",
        )
        cdk.CfnOutput(self, "FilesQueueUrl", value=self.channels.files_queue.queue_url, description="URL of the queue")
        cdk.CfnOutput(
            self,
            "FilesDeadLetterQueueUrl",
            value=self.channels.files_dead_letter_queue.queue_url,
            description="URL of the dead-letter queue",
        )

    def _origins(self) -> None:
        """The decision behind each resource."""
        mark(self)
