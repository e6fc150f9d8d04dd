from pathlib import Path
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_appsync as appsync
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
    """GraphQL API"""

    def __init__(self, scope: Construct, construct_id: str, **kwargs: Any) -> None:
        super().__init__(scope, construct_id, **kwargs)
        self._parameters()
        self._shared()
        self._stores()
        self._component_graph()
        self._alarms()
        self._outputs()
        self._origins()

    def _parameters(self) -> None:
        """What a deployment is asked for."""
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

    def _shared(self) -> None:
        """What several components share."""
        self.architecture = lambda_.Architecture.custom(self.function_architecture.value_as_string)

    def _stores(self) -> None:
        """Stores: data with one owner."""
        self.notes_table = dynamodb.Table(
            self,
            "NotesTable",
            partition_key=dynamodb.Attribute(name="pk", type=dynamodb.AttributeType.STRING),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            encryption=dynamodb.TableEncryption.AWS_MANAGED,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True,
            ),
            time_to_live_attribute="expires_at",
            removal_policy=cdk.RemovalPolicy.RETAIN,
        )
        self.notes_table.add_global_secondary_index(
            index_name="owner",
            partition_key=dynamodb.Attribute(name="owner", type=dynamodb.AttributeType.STRING),
            sort_key=dynamodb.Attribute(name="pk", type=dynamodb.AttributeType.STRING),
            projection_type=dynamodb.ProjectionType.ALL,
        )

    def _component_graph(self) -> None:
        """Notes API"""
        graph_function_logs = LogGroup(
            self,
            "GraphFunctionLogs",
            retention_days=self.log_retention_days,
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
        graph_function_role = iam.Role(
            self,
            "GraphFunctionRole",
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
            managed_policies=[
                iam.ManagedPolicy.from_aws_managed_policy_name("service-role/AWSLambdaBasicExecutionRole"),
                iam.ManagedPolicy.from_aws_managed_policy_name("AWSXrayWriteOnlyAccess"),
            ],
            inline_policies={
                "connections": iam.PolicyDocument(
                    statements=[
                        iam.PolicyStatement(
                            sid="ReadWriteNotes",
                            actions=[
                                "dynamodb:GetItem",
                                "dynamodb:PutItem",
                                "dynamodb:UpdateItem",
                                "dynamodb:DeleteItem",
                                "dynamodb:Scan",
                            ],
                            resources=[self.notes_table.table_arn],
                        ),
                        iam.PolicyStatement(
                            sid="ReadWriteNotes2",
                            actions=["dynamodb:Query"],
                            resources=[self.notes_table.table_arn, f"{self.notes_table.table_arn}/index/owner"],
                        ),
                    ],
                ),
            },
        )
        self.graph_function = PythonFunction(
            self,
            "GraphFunction",
            folder=str(PROJECT / "src" / "graph"),
            handler="app.handler",
            memory_size=512,
            timeout=cdk.Duration.seconds(3),
            environment={"NOTES_TABLE_NAME": self.notes_table.table_name},
            architecture=self.architecture,
            logging_format=lambda_.LoggingFormat.JSON,
            log_group=graph_function_logs,
            role=graph_function_role.without_policy_updates(),
        )
        graph_graphql_api_logs_role = iam.Role(
            self,
            "GraphGraphqlApiLogsRole",
            assumed_by=iam.ServicePrincipal(
                "appsync.amazonaws.com",
                conditions={"StringEquals": {"aws:SourceAccount": cdk.Aws.ACCOUNT_ID}},
            ),
            managed_policies=[
                iam.ManagedPolicy.from_aws_managed_policy_name("service-role/AWSAppSyncPushToCloudWatchLogs"),
            ],
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
        self.graph_graphql_api = appsync.GraphqlApi(
            self,
            "GraphGraphqlApi",
            name=f"{cdk.Aws.STACK_NAME}-GraphGraphqlApi",
            definition=appsync.Definition.from_file(str(PROJECT / "graphql" / "schema.graphql")),
            authorization_config=appsync.AuthorizationConfig(
                default_authorization=appsync.AuthorizationMode(
                    authorization_type=appsync.AuthorizationType.USER_POOL,
                    user_pool_config=appsync.UserPoolConfig(user_pool=self.user_pool),
                ),
            ),
            query_depth_limit=8,
            resolver_count_limit=100,
            xray_enabled=True,
        )
        # Set on the resource itself: `log_config` would add a function that sets the log's retention.
        self.graph_graphql_api.node.default_child.add_property_override(
            "LogConfig",
            {
                "CloudWatchLogsRoleArn": graph_graphql_api_logs_role.role_arn,
                "FieldLogLevel": "ERROR",
                "ExcludeVerboseContent": True,
            },
        )
        LogGroup(
            self,
            "GraphGraphqlApiLogs",
            log_group_name=f"/aws/appsync/apis/{self.graph_graphql_api.api_id}",
            retention_days=self.log_retention_days,
            removal_policy=cdk.RemovalPolicy.DESTROY,
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
        graph_function_data_source_role = iam.Role(
            self,
            "GraphFunctionDataSourceRole",
            assumed_by=iam.ServicePrincipal(
                "appsync.amazonaws.com",
                conditions={"StringEquals": {"aws:SourceAccount": cdk.Aws.ACCOUNT_ID}},
            ),
            inline_policies={
                "connections": iam.PolicyDocument(
                    statements=[
                        iam.PolicyStatement(
                            sid="AskFunction",
                            actions=["lambda:InvokeFunction"],
                            resources=[self.graph_function.function_arn],
                        ),
                    ],
                ),
            },
        )
        graph_function_data_source = appsync.LambdaDataSource(
            self,
            "GraphFunctionDataSource",
            api=self.graph_graphql_api,
            name="GraphFunction",
            lambda_function=self.graph_function,
            service_role=graph_function_data_source_role.without_policy_updates(),
        )
        graph_function_data_source.create_resolver("GraphGraphqlApiItemResolver", type_name="Query", field_name="item")
        graph_function_data_source.create_resolver(
            "GraphGraphqlApiItemsResolver",
            type_name="Query",
            field_name="items",
        )
        graph_function_data_source.create_resolver(
            "GraphGraphqlApiCreateItemResolver",
            type_name="Mutation",
            field_name="createItem",
        )
        graph_function_data_source.create_resolver(
            "GraphGraphqlApiReplaceItemResolver",
            type_name="Mutation",
            field_name="replaceItem",
        )
        graph_function_data_source.create_resolver(
            "GraphGraphqlApiRemoveItemResolver",
            type_name="Mutation",
            field_name="removeItem",
        )

    def _alarms(self) -> None:
        """What tells that something has stopped working."""
        alarms = Alarms(self, "Alarms", email=self.alarm_email.value_as_string)
        alarms.add(
            "NotesTableReadThrottlesAlarm",
            cloudwatch.Metric(
                namespace="AWS/DynamoDB",
                metric_name="ReadThrottleEvents",
                dimensions_map={"TableName": self.notes_table.table_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="Notes is throttled",
        )
        alarms.add(
            "NotesTableWriteThrottlesAlarm",
            cloudwatch.Metric(
                namespace="AWS/DynamoDB",
                metric_name="WriteThrottleEvents",
                dimensions_map={"TableName": self.notes_table.table_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="Notes is throttled",
        )
        alarms.add(
            "GraphFunctionErrorsAlarm",
            cloudwatch.Metric(
                namespace="AWS/Lambda",
                metric_name="Errors",
                dimensions_map={"FunctionName": self.graph_function.function_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="Notes API fails",
        )
        alarms.add(
            "GraphFunctionThrottlesAlarm",
            cloudwatch.Metric(
                namespace="AWS/Lambda",
                metric_name="Throttles",
                dimensions_map={"FunctionName": self.graph_function.function_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="Notes API is throttled",
        )
        alarms.add(
            "GraphGraphqlApiServerErrorsAlarm",
            cloudwatch.Metric(
                namespace="AWS/AppSync",
                metric_name="5XXError",
                dimensions_map={"GraphQLAPIId": self.graph_graphql_api.api_id},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=5,
            periods=1,
            description="The GraphQL API of graph answers with server errors",
        )
        alarms.add(
            "GraphGraphqlApiLatencyAlarm",
            cloudwatch.Metric(
                namespace="AWS/AppSync",
                metric_name="Latency",
                dimensions_map={"GraphQLAPIId": self.graph_graphql_api.api_id},
                statistic="p99",
                period=cdk.Duration.minutes(5),
            ),
            threshold=2400.0,
            periods=3,
            description="The GraphQL API of graph answers late: p99 latency near the limit",
        )
        alarms.add(
            "GraphFunctionRunExpiryAlarm",
            cloudwatch.Metric(
                namespace="AWS/Lambda",
                metric_name="Duration",
                dimensions_map={"FunctionName": self.graph_function.function_name},
                statistic="Maximum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=2400.0,
            periods=1,
            description=(
                'Notes API: at 2.4 s, "Longest run" nears 3 s, the limit of this deployment. It can be raised up to 30 '
                "s, above which AWS Lambda is no longer chosen (compute) but Amazon ECS; AWS AppSync (GraphQL) is no "
                "longer chosen (entry) but Application Load Balancer."
            ),
        )
        alarms.show(
            "Dashboard",
            title="Alarms",
            widgets=[
                cloudwatch.GraphWidget(
                    title="Notes · notes",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/DynamoDB",
                            metric_name="ConsumedReadCapacityUnits",
                            dimensions_map={"TableName": self.notes_table.table_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/DynamoDB",
                            metric_name="ConsumedWriteCapacityUnits",
                            dimensions_map={"TableName": self.notes_table.table_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/DynamoDB",
                            metric_name="ReadThrottleEvents",
                            dimensions_map={"TableName": self.notes_table.table_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/DynamoDB",
                            metric_name="WriteThrottleEvents",
                            dimensions_map={"TableName": self.notes_table.table_name},
                            statistic="Sum",
                        ),
                    ],
                ),
                cloudwatch.GraphWidget(
                    title="Notes API · graph",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Invocations",
                            dimensions_map={"FunctionName": self.graph_function.function_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Errors",
                            dimensions_map={"FunctionName": self.graph_function.function_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Throttles",
                            dimensions_map={"FunctionName": self.graph_function.function_name},
                            statistic="Sum",
                        ),
                    ],
                    right=[
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Duration",
                            dimensions_map={"FunctionName": self.graph_function.function_name},
                            statistic="p99",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Duration",
                            dimensions_map={"FunctionName": self.graph_function.function_name},
                            statistic="Maximum",
                        ),
                    ],
                ),
                cloudwatch.GraphWidget(
                    title="GraphQL API · graph",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/AppSync",
                            metric_name="4XXError",
                            dimensions_map={"GraphQLAPIId": self.graph_graphql_api.api_id},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/AppSync",
                            metric_name="5XXError",
                            dimensions_map={"GraphQLAPIId": self.graph_graphql_api.api_id},
                            statistic="Sum",
                        ),
                    ],
                    right=[
                        cloudwatch.Metric(
                            namespace="AWS/AppSync",
                            metric_name="Latency",
                            dimensions_map={"GraphQLAPIId": self.graph_graphql_api.api_id},
                            statistic="p99",
                        ),
                    ],
                ),
            ],
        )

    def _outputs(self) -> None:
        """What others ask a deployment for."""
        cdk.CfnOutput(self, "NotesTableName", value=self.notes_table.table_name, description="Name of the table")
        cdk.CfnOutput(
            self,
            "GraphFunctionName",
            value=self.graph_function.function_name,
            description="Name of the function",
        )
        cdk.CfnOutput(
            self,
            "GraphGraphqlApiUrl",
            value=self.graph_graphql_api.graphql_url,
            description="Address of the GraphQL API",
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
