from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_codedeploy as codedeploy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from .components.api import Api
from .components.monitoring import Monitoring
from .components.network import Network
from .components.stores import Stores
from .origins import mark
from .python_function import architecture_of


class WorkloadStack(cdk.Stack):
    """Internal business API"""

    def __init__(self, scope: Construct, construct_id: str, **kwargs: Any) -> None:
        super().__init__(scope, construct_id, **kwargs)
        self._parameters()
        self.network = Network(
            self,
            "Network",
            caller_cidr=self.caller_cidr,
            private_subnet_ids=self.private_subnet_ids,
            vpc_id=self.vpc_id,
        )
        self._shared()
        self.stores = Stores(self, "Stores")
        self.api = Api(
            self,
            "Api",
            architecture=self.architecture,
            environment=self.environment_,
            function_release_role=self.function_release_role,
            function_rollout=self.function_rollout,
            ledger_table=self.stores.ledger_table,
            log_retention_days=self.log_retention_days,
            private_api_endpoint=self.network.private_api_endpoint,
            serverless_deployment_application=self.serverless_deployment_application,
        )
        Monitoring(
            self,
            "Monitoring",
            alarm_email=self.alarm_email,
            api_function=self.api.function,
            api_function_deployment_group=self.api.function_deployment_group,
            environment=self.environment_,
            ledger_table=self.stores.ledger_table,
        )
        self._outputs()
        self._origins()

    def _parameters(self) -> None:
        """Parameters."""
        self.environment_ = cdk.CfnParameter(
            self,
            "Environment",
            type="String",
            default="dev",
            allowed_pattern="^[a-z][a-z0-9]{1,15}$",
            description="Name of the environment, also used as the stage name of APIs",
        )
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
        self.vpc_id = cdk.CfnParameter(self, "VpcId", type="AWS::EC2::VPC::Id", description="ID of the existing VPC")
        self.private_subnet_ids = cdk.CfnParameter(
            self,
            "PrivateSubnetIds",
            type="List<AWS::EC2::Subnet::Id>",
            description="IDs of private subnets in two Availability Zones",
        )
        self.caller_cidr = cdk.CfnParameter(
            self,
            "CallerCidr",
            type="String",
            allowed_pattern="^\\d{1,3}(\\.\\d{1,3}){3}/\\d{1,2}$",
            description="CIDR range from which the private endpoint can be called",
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
            "LedgerTableName",
            value=self.stores.ledger_table.table_name,
            description="Name of the table",
        )
        cdk.CfnOutput(
            self,
            "ApiFunctionName",
            value=self.api.function.function_name,
            description="Name of the function",
        )
        cdk.CfnOutput(
            self,
            "ApiUrl",
            value=(
                f"https://{self.api.api.rest_api_id}.execute-api.{cdk.Aws.REGION}.{cdk.Aws.URL_SUFFIX}/"
                f"{self.environment_.value_as_string}"
            ),
            description="URL of the API",
        )

    def _origins(self) -> None:
        """The decision behind each resource."""
        mark(self)
