from pathlib import Path
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as apigatewayv2
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from .alarms import Alarms
from .log_group import LogGroup
from .origins import mark
from .python_function import PythonFunction, architecture_of

PROJECT = Path(__file__).resolve().parent.parent


class WorkloadStack(cdk.Stack):
    """Real-time chat"""

    def __init__(self, scope: Construct, construct_id: str, **kwargs: Any) -> None:
        super().__init__(scope, construct_id, **kwargs)
        self._parameters()
        self._shared()
        self._stores()
        self._component_chat()
        self._alarms()
        self._outputs()
        self._origins()

    def _parameters(self) -> None:
        """What a deployment is asked for."""
        self.environment_ = cdk.CfnParameter(
            self,
            "Environment",
            type="String",
            default="dev",
            allowed_pattern="^[a-z][a-z0-9]{1,15}$",
            description="Name of the environment; it is the stage of APIs",
        )
        self.alarm_email = cdk.CfnParameter(
            self,
            "AlarmEmail",
            type="String",
            allowed_pattern="^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$",
            description="Address that gets the alarms",
        )
        self.log_retention_days = cdk.CfnParameter(
            self,
            "LogRetentionDays",
            type="Number",
            default="30",
            allowed_values=["1", "7", "14", "30", "90", "180", "365", "731"],
            description=(
                "Days that logs are kept; a GB costs 0.76 USD once and 0.033 USD per month kept (ap-northeast-1, "
                "2026-08-17)"
            ),
        )
        self.function_architecture = cdk.CfnParameter(
            self,
            "FunctionArchitecture",
            type="String",
            default=architecture_of(self),
            allowed_values=["arm64", "x86_64"],
            description=(
                "Instruction set of the functions; per GB-s arm64 0.0000133334 USD, x86_64 0.0000166667 USD "
                "(ap-northeast-1, 2026-09)"
            ),
        )
        # Images and some wheels hold machine code, which is chosen when the app is synthesised.
        cdk.CfnRule(
            self,
            "SynthesisedForArchitecture",
            assertions=[
                cdk.CfnRuleAssertion(
                    assert_=cdk.Fn.condition_equals(self.function_architecture.value_as_string, architecture_of(self)),
                    assert_description="Synthesise with -c functionArchitecture=... to deploy for another instruction set.",
                ),
            ],
        )

    def _shared(self) -> None:
        """What several components share."""
        self.architecture = lambda_.Architecture.custom(self.function_architecture.value_as_string)

    def _stores(self) -> None:
        """Stores: data with one owner."""
        self.connections_table = dynamodb.Table(
            self,
            "ConnectionsTable",
            partition_key=dynamodb.Attribute(name="pk", type=dynamodb.AttributeType.STRING),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            encryption=dynamodb.TableEncryption.AWS_MANAGED,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True,
            ),
            time_to_live_attribute="expires_at",
            removal_policy=cdk.RemovalPolicy.RETAIN,
        )

    def _component_chat(self) -> None:
        """Chat"""
        chat_function_logs = LogGroup(
            self,
            "ChatFunctionLogs",
            retention_days=self.log_retention_days,
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
        self.chat_web_socket_api = apigatewayv2.WebSocketApi(
            self,
            "ChatWebSocketApi",
            api_name=f"{cdk.Aws.STACK_NAME}-ChatWebSocketApi",
            route_selection_expression="$request.body.action",
        )
        chat_function_role = iam.Role(
            self,
            "ChatFunctionRole",
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
            managed_policies=[
                iam.ManagedPolicy.from_aws_managed_policy_name("service-role/AWSLambdaBasicExecutionRole"),
                iam.ManagedPolicy.from_aws_managed_policy_name("AWSXrayWriteOnlyAccess"),
            ],
            inline_policies={
                "connections": iam.PolicyDocument(
                    statements=[
                        iam.PolicyStatement(
                            sid="ReadWriteConnections",
                            actions=[
                                "dynamodb:GetItem",
                                "dynamodb:PutItem",
                                "dynamodb:UpdateItem",
                                "dynamodb:DeleteItem",
                                "dynamodb:Query",
                                "dynamodb:Scan",
                            ],
                            resources=[self.connections_table.table_arn],
                        ),
                        iam.PolicyStatement(
                            sid="PushChat",
                            actions=["execute-api:ManageConnections"],
                            resources=[
                                (
                                    f"arn:{cdk.Aws.PARTITION}:execute-api:{cdk.Aws.REGION}:{cdk.Aws.ACCOUNT_ID}:"
                                    f"{self.chat_web_socket_api.api_id}/{self.environment_.value_as_string}"
                                    "/POST/@connections/*"
                                ),
                            ],
                        ),
                    ],
                ),
            },
        )
        self.chat_function = PythonFunction(
            self,
            "ChatFunction",
            folder=str(PROJECT / "src" / "chat"),
            handler="app.handler",
            memory_size=512,
            timeout=cdk.Duration.seconds(5),
            environment={
                "CONNECTIONS_TABLE_NAME": self.connections_table.table_name,
                "CHAT_CONNECTIONS_URL": (
                    f"https://{self.chat_web_socket_api.api_id}.execute-api.{cdk.Aws.REGION}.{cdk.Aws.URL_SUFFIX}/"
                    f"{self.environment_.value_as_string}"
                ),
            },
            architecture=self.architecture,
            logging_format=lambda_.LoggingFormat.JSON,
            log_group=chat_function_logs,
            role=chat_function_role.without_policy_updates(),
        )
        chat_web_socket_api_integration = integrations.WebSocketLambdaIntegration(
            "ChatWebSocketApiIntegration",
            self.chat_function,
        )
        self.chat_web_socket_api.add_route("$disconnect", integration=chat_web_socket_api_integration)
        self.chat_web_socket_api.add_route("$default", integration=chat_web_socket_api_integration)
        chat_web_socket_api_access_logs = LogGroup(
            self,
            "ChatWebSocketApiAccessLogs",
            retention_days=self.log_retention_days,
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
        # The stage as a plain resource: its construct takes no access log in Python.
        apigatewayv2.CfnStage(
            self,
            "ChatWebSocketApiStage",
            api_id=self.chat_web_socket_api.api_id,
            stage_name=self.environment_.value_as_string,
            auto_deploy=True,
            default_route_settings=apigatewayv2.CfnStage.RouteSettingsProperty(
                detailed_metrics_enabled=True,
                throttling_rate_limit=400,
                throttling_burst_limit=800,
            ),
            access_log_settings=apigatewayv2.CfnStage.AccessLogSettingsProperty(
                destination_arn=chat_web_socket_api_access_logs.log_group_arn,
                format=self.to_json_string(
                    {
                        "requestId": "$context.requestId",
                        "ip": "$context.identity.sourceIp",
                        "time": "$context.requestTime",
                        "routeKey": "$context.routeKey",
                        "status": "$context.status",
                        "error": "$context.error.message",
                    },
                ),
            ),
        )
        self.user_pool = cognito.UserPool(
            self,
            "UserPool",
            self_sign_up_enabled=True,
            sign_in_aliases=cognito.SignInAliases(email=True),
            auto_verify=cognito.AutoVerifiedAttrs(email=True),
            account_recovery=cognito.AccountRecovery.EMAIL_ONLY,
            password_policy=cognito.PasswordPolicy(
                min_length=12,
                require_lowercase=True,
                require_uppercase=True,
                require_digits=True,
                require_symbols=True,
                temp_password_validity=cdk.Duration.days(3),
            ),
            deletion_protection=True,
            mfa=cognito.Mfa.OPTIONAL,
            mfa_second_factor=cognito.MfaSecondFactor(otp=True, sms=False),
            removal_policy=cdk.RemovalPolicy.RETAIN,
        )
        # A browser or a mobile app cannot keep a secret, so the client has none.
        self.user_pool_client = cognito.UserPoolClient(
            self,
            "UserPoolClient",
            user_pool=self.user_pool,
            auth_flows=cognito.AuthFlow(user_password=True, user_srp=True),
            prevent_user_existence_errors=True,
            enable_token_revocation=True,
            disable_o_auth=True,
            generate_secret=False,
        )
        chat_web_socket_api_authorizer_function_logs = LogGroup(
            self,
            "ChatWebSocketApiAuthorizerFunctionLogs",
            retention_days=self.log_retention_days,
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
        chat_web_socket_api_authorizer_function_role = iam.Role(
            self,
            "ChatWebSocketApiAuthorizerFunctionRole",
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
            managed_policies=[
                iam.ManagedPolicy.from_aws_managed_policy_name("service-role/AWSLambdaBasicExecutionRole"),
                iam.ManagedPolicy.from_aws_managed_policy_name("AWSXrayWriteOnlyAccess"),
            ],
        )
        self.chat_web_socket_api_authorizer_function = PythonFunction(
            self,
            "ChatWebSocketApiAuthorizerFunction",
            folder=str(PROJECT / "src" / "chat"),
            handler="authorizer.handler",
            memory_size=256,
            timeout=cdk.Duration.seconds(10),
            environment={
                "TOKEN_ISSUER": f"https://cognito-idp.{cdk.Aws.REGION}.{cdk.Aws.URL_SUFFIX}/{self.user_pool.user_pool_id}",
                "TOKEN_AUDIENCE": self.user_pool_client.user_pool_client_id,
            },
            architecture=self.architecture,
            logging_format=lambda_.LoggingFormat.JSON,
            log_group=chat_web_socket_api_authorizer_function_logs,
            role=chat_web_socket_api_authorizer_function_role.without_policy_updates(),
        )
        # A WebSocket API knows no user pools, and a browser sends no header: the token is in the address.
        chat_web_socket_api_authorizer = authorizers.WebSocketLambdaAuthorizer(
            "ChatWebSocketApiAuthorizer",
            self.chat_web_socket_api_authorizer_function,
            identity_source=["route.request.querystring.token"],
        )
        self.chat_web_socket_api.add_route(
            "$connect",
            integration=chat_web_socket_api_integration,
            authorizer=chat_web_socket_api_authorizer,
        )

    def _alarms(self) -> None:
        """What tells that something has stopped working."""
        alarms = Alarms(self, "Alarms", email=self.alarm_email.value_as_string)
        alarms.add(
            "ConnectionsTableReadThrottlesAlarm",
            cloudwatch.Metric(
                namespace="AWS/DynamoDB",
                metric_name="ReadThrottleEvents",
                dimensions_map={"TableName": self.connections_table.table_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="Connections is throttled",
        )
        alarms.add(
            "ConnectionsTableWriteThrottlesAlarm",
            cloudwatch.Metric(
                namespace="AWS/DynamoDB",
                metric_name="WriteThrottleEvents",
                dimensions_map={"TableName": self.connections_table.table_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="Connections is throttled",
        )
        alarms.add(
            "ChatFunctionErrorsAlarm",
            cloudwatch.Metric(
                namespace="AWS/Lambda",
                metric_name="Errors",
                dimensions_map={"FunctionName": self.chat_function.function_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="Chat fails",
        )
        alarms.add(
            "ChatFunctionThrottlesAlarm",
            cloudwatch.Metric(
                namespace="AWS/Lambda",
                metric_name="Throttles",
                dimensions_map={"FunctionName": self.chat_function.function_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="Chat is throttled",
        )
        alarms.add(
            "ChatWebSocketApiServerErrorsAlarm",
            cloudwatch.Metric(
                namespace="AWS/ApiGateway",
                metric_name="IntegrationError",
                dimensions_map={"ApiId": self.chat_web_socket_api.api_id, "Stage": self.environment_.value_as_string},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=5,
            periods=1,
            description="The endpoint of chat answers with server errors",
        )
        alarms.add(
            "ChatWebSocketApiAuthorizerErrorsAlarm",
            cloudwatch.Metric(
                namespace="AWS/Lambda",
                metric_name="Errors",
                dimensions_map={"FunctionName": self.chat_web_socket_api_authorizer_function.function_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="The token check of chat fails",
        )
        alarms.add(
            "ChatWebSocketApiAuthorizerThrottlesAlarm",
            cloudwatch.Metric(
                namespace="AWS/Lambda",
                metric_name="Throttles",
                dimensions_map={"FunctionName": self.chat_web_socket_api_authorizer_function.function_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="The token check of chat is throttled",
        )
        alarms.add(
            "ChatFunctionRunExpiryAlarm",
            cloudwatch.Metric(
                namespace="AWS/Lambda",
                metric_name="Duration",
                dimensions_map={"FunctionName": self.chat_function.function_name},
                statistic="Maximum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=4000.0,
            periods=1,
            description=(
                'Chat: at 4 s, "Longest run" nears 5 s, the limit of this deployment. It can be raised up to 15 min, '
                "above which AWS Lambda is no longer chosen (compute) but Amazon ECS; Amazon API Gateway (WebSocket "
                "API) is no longer chosen (entry) but Application Load Balancer."
            ),
        )
        alarms.show(
            "Dashboard",
            title="Alarms",
            widgets=[
                cloudwatch.GraphWidget(
                    title="Connections · connections",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/DynamoDB",
                            metric_name="ConsumedReadCapacityUnits",
                            dimensions_map={"TableName": self.connections_table.table_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/DynamoDB",
                            metric_name="ConsumedWriteCapacityUnits",
                            dimensions_map={"TableName": self.connections_table.table_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/DynamoDB",
                            metric_name="ReadThrottleEvents",
                            dimensions_map={"TableName": self.connections_table.table_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/DynamoDB",
                            metric_name="WriteThrottleEvents",
                            dimensions_map={"TableName": self.connections_table.table_name},
                            statistic="Sum",
                        ),
                    ],
                ),
                cloudwatch.GraphWidget(
                    title="Chat · chat",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Invocations",
                            dimensions_map={"FunctionName": self.chat_function.function_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Errors",
                            dimensions_map={"FunctionName": self.chat_function.function_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Throttles",
                            dimensions_map={"FunctionName": self.chat_function.function_name},
                            statistic="Sum",
                        ),
                    ],
                    right=[
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Duration",
                            dimensions_map={"FunctionName": self.chat_function.function_name},
                            statistic="p99",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Duration",
                            dimensions_map={"FunctionName": self.chat_function.function_name},
                            statistic="Maximum",
                        ),
                    ],
                ),
                cloudwatch.GraphWidget(
                    title="endpoint · chat",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/ApiGateway",
                            metric_name="ConnectCount",
                            dimensions_map={
                                "ApiId": self.chat_web_socket_api.api_id,
                                "Stage": self.environment_.value_as_string,
                            },
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/ApiGateway",
                            metric_name="MessageCount",
                            dimensions_map={
                                "ApiId": self.chat_web_socket_api.api_id,
                                "Stage": self.environment_.value_as_string,
                            },
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/ApiGateway",
                            metric_name="IntegrationError",
                            dimensions_map={
                                "ApiId": self.chat_web_socket_api.api_id,
                                "Stage": self.environment_.value_as_string,
                            },
                            statistic="Sum",
                        ),
                    ],
                    right=[
                        cloudwatch.Metric(
                            namespace="AWS/ApiGateway",
                            metric_name="IntegrationLatency",
                            dimensions_map={
                                "ApiId": self.chat_web_socket_api.api_id,
                                "Stage": self.environment_.value_as_string,
                            },
                            statistic="p99",
                        ),
                    ],
                ),
            ],
        )

    def _outputs(self) -> None:
        """What others ask a deployment for."""
        cdk.CfnOutput(
            self,
            "ConnectionsTableName",
            value=self.connections_table.table_name,
            description="Name of the table",
        )
        cdk.CfnOutput(
            self,
            "ChatFunctionName",
            value=self.chat_function.function_name,
            description="Name of the function",
        )
        cdk.CfnOutput(
            self,
            "ChatWebSocketApiUrl",
            value=(
                f"wss://{self.chat_web_socket_api.api_id}.execute-api.{cdk.Aws.REGION}.{cdk.Aws.URL_SUFFIX}/"
                f"{self.environment_.value_as_string}"
            ),
            description="Address of the WebSocket API",
        )
        cdk.CfnOutput(self, "UserPoolId", value=self.user_pool.user_pool_id, description="Id of the user pool")
        cdk.CfnOutput(
            self,
            "UserPoolClientId",
            value=self.user_pool_client.user_pool_client_id,
            description="Client id for sign-in",
        )

    def _origins(self) -> None:
        """Which part of the decision each resource comes from."""
        mark(self)
