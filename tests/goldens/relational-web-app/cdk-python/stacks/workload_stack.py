from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_codedeploy as codedeploy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from .components.app import App
from .components.monitoring import Monitoring
from .components.network import Network
from .components.stores import Stores
from .origins import mark
from .python_function import architecture_of


class WorkloadStack(cdk.Stack):
    """Web application with a relational database"""

    def __init__(self, scope: Construct, construct_id: str, **kwargs: Any) -> None:
        super().__init__(scope, construct_id, **kwargs)
        self._parameters()
        self.network = Network(self, "Network", log_retention_days=self.log_retention_days)
        self._shared()
        self.stores = Stores(
            self,
            "Stores",
            bookings_database_security_group=self.network.bookings_database_security_group,
            deletion_protection=self.deletion_protection,
            private_subnets=self.network.private_subnets,
            vpc=self.network.vpc,
        )
        self.app = App(
            self,
            "App",
            architecture=self.architecture,
            bookings_database=self.stores.bookings_database,
            function_release_role=self.function_release_role,
            function_rollout=self.function_rollout,
            log_retention_days=self.log_retention_days,
            serverless_deployment_application=self.serverless_deployment_application,
        )
        Monitoring(
            self,
            "Monitoring",
            alarm_email=self.alarm_email,
            app_api=self.app.api,
            app_function=self.app.function,
            app_function_deployment_group=self.app.function_deployment_group,
            bookings_database=self.stores.bookings_database,
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
        self.deletion_protection = cdk.CfnParameter(
            self,
            "DeletionProtection",
            type="String",
            default="true",
            allowed_values=["true", "false"],
            description="Deletion protection of the resources of this stack that support it",
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
            "BookingsDatabaseClusterArn",
            value=self.stores.bookings_database.cluster_arn,
            description="ARN of the database cluster",
        )
        cdk.CfnOutput(
            self,
            "BookingsDatabaseSecretArn",
            value=self.stores.bookings_database.secret.secret_arn,
            description="ARN of the secret with the administrator credentials, for migrations",
        )
        cdk.CfnOutput(
            self,
            "AppFunctionName",
            value=self.app.function.function_name,
            description="Name of the function",
        )
        cdk.CfnOutput(
            self,
            "AppApiUrl",
            value=f"https://{self.app.api.api_id}.execute-api.{cdk.Aws.REGION}.{cdk.Aws.URL_SUFFIX}",
            description="URL of the API",
        )
        cdk.CfnOutput(self, "UserPoolId", value=self.app.user_pool.user_pool_id, description="ID of the user pool")
        cdk.CfnOutput(
            self,
            "UserPoolClientId",
            value=self.app.user_pool_client.user_pool_client_id,
            description="App client ID for sign-in",
        )
        cdk.CfnOutput(
            self,
            "AppSiteBucketName",
            value=self.app.site_bucket.bucket_name,
            description="Name of the bucket",
        )
        cdk.CfnOutput(
            self,
            "AppDistributionAccessLogsName",
            value=self.app.distribution_access_logs.bucket_name,
            description="Bucket for access logs",
        )
        cdk.CfnOutput(
            self,
            "AppDistributionDomain",
            value=self.app.distribution.distribution_domain_name,
            description="Domain name of the website",
        )
        cdk.CfnOutput(
            self,
            "AppDistributionId",
            value=self.app.distribution.distribution_id,
            description="ID of the distribution",
        )
        cdk.CfnOutput(
            self,
            "AppFunctionReadWriteBookingsDatabaseSecretArn",
            value=self.app.function_read_write_bookings_database_secret.secret_arn,
            description="Secret of app_bookings, for migrations",
        )

    def _origins(self) -> None:
        """The decision behind each resource."""
        mark(self)
