from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_codedeploy as codedeploy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from .components.chat import Chat
from .components.monitoring import Monitoring
from .components.stores import Stores
from .origins import mark
from .python_function import architecture_of


class WorkloadStack(cdk.Stack):
    """Real-time chat"""

    def __init__(self, scope: Construct, construct_id: str, **kwargs: Any) -> None:
        super().__init__(scope, construct_id, **kwargs)
        self._parameters()
        self._shared()
        self.stores = Stores(self, "Stores")
        self.chat = Chat(
            self,
            "Chat",
            architecture=self.architecture,
            connections_table=self.stores.connections_table,
            environment=self.environment_,
            function_release_role=self.function_release_role,
            function_rollout=self.function_rollout,
            log_retention_days=self.log_retention_days,
            serverless_deployment_application=self.serverless_deployment_application,
        )
        Monitoring(
            self,
            "Monitoring",
            alarm_email=self.alarm_email,
            chat_function=self.chat.function,
            chat_function_deployment_group=self.chat.function_deployment_group,
            chat_web_socket_api=self.chat.web_socket_api,
            chat_web_socket_api_authorizer_function=self.chat.web_socket_api_authorizer_function,
            chat_web_socket_api_authorizer_function_deployment_group=self.chat.web_socket_api_authorizer_function_deployment_group,
            connections_table=self.stores.connections_table,
            environment=self.environment_,
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
        # Container images and some Python wheels contain machine code for one CPU architecture, which is chosen at
        # synthesis.
        cdk.CfnRule(
            self,
            "SynthesisedForArchitecture",
            assertions=[
                cdk.CfnRuleAssertion(
                    assert_=cdk.Fn.condition_equals(self.function_architecture.value_as_string, architecture_of(self)),
                    assert_description="To deploy for another CPU architecture, synthesize with -c functionArchitecture=...",
                ),
            ],
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
            "ConnectionsTableName",
            value=self.stores.connections_table.table_name,
            description="Name of the table",
        )
        cdk.CfnOutput(
            self,
            "ChatFunctionName",
            value=self.chat.function.function_name,
            description="Name of the function",
        )
        cdk.CfnOutput(
            self,
            "ChatWebSocketApiUrl",
            value=(
                f"wss://{self.chat.web_socket_api.api_id}.execute-api.{cdk.Aws.REGION}.{cdk.Aws.URL_SUFFIX}/"
                f"{self.environment_.value_as_string}"
            ),
            description="URL of the WebSocket API",
        )
        cdk.CfnOutput(self, "UserPoolId", value=self.chat.user_pool.user_pool_id, description="ID of the user pool")
        cdk.CfnOutput(
            self,
            "UserPoolClientId",
            value=self.chat.user_pool_client.user_pool_client_id,
            description="App client ID for sign-in",
        )

    def _origins(self) -> None:
        """The decision behind each resource."""
        mark(self)
