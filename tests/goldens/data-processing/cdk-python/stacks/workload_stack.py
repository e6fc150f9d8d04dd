from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_codedeploy as codedeploy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from .components.channels import Channels
from .components.ingest import Ingest
from .components.monitoring import Monitoring
from .components.stores import Stores
from .components.validate import Validate
from .origins import mark
from .python_function import architecture_of


class WorkloadStack(cdk.Stack):
    """Data processing"""

    def __init__(self, scope: Construct, construct_id: str, **kwargs: Any) -> None:
        super().__init__(scope, construct_id, **kwargs)
        self._parameters()
        self._shared()
        self.stores = Stores(self, "Stores")
        self.channels = Channels(self, "Channels")
        self.ingest = Ingest(
            self,
            "Ingest",
            architecture=self.architecture,
            function_release_role=self.function_release_role,
            function_rollout=self.function_rollout,
            log_retention_days=self.log_retention_days,
            measurements_table=self.stores.measurements_table,
            readings_dead_letter_queue=self.channels.readings_dead_letter_queue,
            readings_stream=self.channels.readings_stream,
            serverless_deployment_application=self.serverless_deployment_application,
        )
        self.validate = Validate(
            self,
            "Validate",
            architecture=self.architecture,
            archive_bucket=self.stores.archive_bucket,
            function_release_role=self.function_release_role,
            function_rollout=self.function_rollout,
            log_retention_days=self.log_retention_days,
            measurements_table=self.stores.measurements_table,
            serverless_deployment_application=self.serverless_deployment_application,
        )
        Monitoring(
            self,
            "Monitoring",
            alarm_email=self.alarm_email,
            ingest_function=self.ingest.function,
            ingest_function_deployment_group=self.ingest.function_deployment_group,
            measurements_table=self.stores.measurements_table,
            readings_dead_letter_queue=self.channels.readings_dead_letter_queue,
            readings_stream=self.channels.readings_stream,
            validate_events_dead_letter_queue=self.validate.events_dead_letter_queue,
            validate_function=self.validate.function,
            validate_function_deployment_group=self.validate.function_deployment_group,
            validate_pipe=self.validate.pipe,
            validate_state_machine=self.validate.state_machine,
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
        self.function_architecture = cdk.CfnParameter(
            self,
            "FunctionArchitecture",
            type="String",
            default=architecture_of(self),
            allowed_values=["arm64", "x86_64"],
            description=(
                "CPU architecture of the Lambda functions; arm64 costs 0.0000133334 USD per GB-second, x86_64 "
                "0.0000166667 USD (ap-northeast-1, 2026-09)"
            ),
        )
        self.function_rollout = cdk.CfnParameter(
            self,
            "FunctionRollout",
            type="String",
            default="CodeDeployDefault.LambdaCanary10Percent5Minutes",
            allowed_values=[
                "CodeDeployDefault.LambdaCanary10Percent5Minutes",
                "CodeDeployDefault.LambdaCanary10Percent15Minutes",
                "CodeDeployDefault.LambdaLinear10PercentEvery1Minute",
                "CodeDeployDefault.LambdaAllAtOnce",
            ],
            description=(
                "Traffic shifting to a new function version: by default, 10% first and the rest after 5 minutes; all "
                "at once with CodeDeployDefault.LambdaAllAtOnce"
            ),
        )

    def _shared(self) -> None:
        """Resources shared by several components."""
        self.function_release_role = iam.Role(
            self,
            "FunctionReleaseRole",
            assumed_by=iam.ServicePrincipal(
                "codedeploy.amazonaws.com",
                conditions={"StringEquals": {"aws:SourceAccount": cdk.Aws.ACCOUNT_ID}},
            ),
            managed_policies=[
                iam.ManagedPolicy.from_aws_managed_policy_name("service-role/AWSCodeDeployRoleForLambdaLimited"),
            ],
        )
        self.serverless_deployment_application = codedeploy.LambdaApplication(self, "ServerlessDeploymentApplication")
        self.architecture = lambda_.Architecture.custom(self.function_architecture.value_as_string)

    def _outputs(self) -> None:
        """Stack outputs."""
        cdk.CfnOutput(
            self,
            "MeasurementsTableName",
            value=self.stores.measurements_table.table_name,
            description="Name of the table",
        )
        cdk.CfnOutput(
            self,
            "ArchiveBucketName",
            value=self.stores.archive_bucket.bucket_name,
            description="Name of the bucket",
        )
        cdk.CfnOutput(
            self,
            "IngestFunctionName",
            value=self.ingest.function.function_name,
            description="Name of the function",
        )
        cdk.CfnOutput(
            self,
            "ValidateFunctionName",
            value=self.validate.function.function_name,
            description="Name of the function",
        )
        cdk.CfnOutput(
            self,
            "ValidateStateMachineArn",
            value=self.validate.state_machine.state_machine_arn,
            description="ARN of the state machine",
        )
        cdk.CfnOutput(self, "ValidatePipeName", value=self.validate.pipe.ref, description="Name of the pipe")
        cdk.CfnOutput(
            self,
            "ValidateEventsDeadLetterQueueUrl",
            value=self.validate.events_dead_letter_queue.queue_url,
            description="URL of the dead-letter queue",
        )
        cdk.CfnOutput(
            self,
            "ReadingsStreamName",
            value=self.channels.readings_stream.stream_name,
            description="Name of the stream",
        )
        cdk.CfnOutput(
            self,
            "ReadingsDeadLetterQueueUrl",
            value=self.channels.readings_dead_letter_queue.queue_url,
            description="URL of the dead-letter queue",
        )

    def _origins(self) -> None:
        """The decision behind each resource."""
        mark(self)
