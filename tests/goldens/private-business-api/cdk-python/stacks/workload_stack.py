from pathlib import Path
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from .alarms import Alarms
from .log_group import LogGroup
from .openapi import definition_of
from .origins import mark
from .python_function import PythonFunction, architecture_of

PROJECT = Path(__file__).resolve().parent.parent


class WorkloadStack(cdk.Stack):
    """Internal business API"""

    def __init__(self, scope: Construct, construct_id: str, **kwargs: Any) -> None:
        super().__init__(scope, construct_id, **kwargs)
        self._parameters()
        self._network()
        self._shared()
        self._stores()
        self._component_api()
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
        self.vpc_id = cdk.CfnParameter(self, "VpcId", type="AWS::EC2::VPC::Id", description="Existing VPC")
        self.private_subnet_ids = cdk.CfnParameter(
            self,
            "PrivateSubnetIds",
            type="List<AWS::EC2::Subnet::Id>",
            description="Private subnets in two zones",
        )
        self.caller_cidr = cdk.CfnParameter(
            self,
            "CallerCidr",
            type="String",
            allowed_pattern="^\\d{1,3}(\\.\\d{1,3}){3}/\\d{1,2}$",
            description="Network from which the private entry is called",
        )

    def _network(self) -> None:
        """The network."""
        private_subnets_given = [
            cdk.Fn.select(0, self.private_subnet_ids.value_as_list),
            cdk.Fn.select(1, self.private_subnet_ids.value_as_list),
        ]
        self.vpc = ec2.Vpc.from_vpc_attributes(
            self,
            "Vpc",
            vpc_id=self.vpc_id.value_as_string,
            availability_zones=[cdk.Fn.select(0, cdk.Fn.get_azs()), cdk.Fn.select(1, cdk.Fn.get_azs())],
            private_subnet_ids=private_subnets_given,
        )
        self.private_subnets = ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS)

    def _shared(self) -> None:
        """What several components share."""
        self.architecture = lambda_.Architecture.custom(self.function_architecture.value_as_string)

    def _stores(self) -> None:
        """Stores: data with one owner."""
        self.ledger_table = dynamodb.Table(
            self,
            "LedgerTable",
            partition_key=dynamodb.Attribute(name="pk", type=dynamodb.AttributeType.STRING),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            encryption=dynamodb.TableEncryption.AWS_MANAGED,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True,
            ),
            time_to_live_attribute="expires_at",
            removal_policy=cdk.RemovalPolicy.RETAIN,
        )
        self.ledger_table.add_global_secondary_index(
            index_name="owner",
            partition_key=dynamodb.Attribute(name="owner", type=dynamodb.AttributeType.STRING),
            sort_key=dynamodb.Attribute(name="pk", type=dynamodb.AttributeType.STRING),
            projection_type=dynamodb.ProjectionType.ALL,
        )

    def _component_api(self) -> None:
        """Business API"""
        api_function_logs = LogGroup(
            self,
            "ApiFunctionLogs",
            retention_days=self.log_retention_days,
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
        api_function_role = iam.Role(
            self,
            "ApiFunctionRole",
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
            managed_policies=[
                iam.ManagedPolicy.from_aws_managed_policy_name("service-role/AWSLambdaBasicExecutionRole"),
                iam.ManagedPolicy.from_aws_managed_policy_name("AWSXrayWriteOnlyAccess"),
            ],
            inline_policies={
                "connections": iam.PolicyDocument(
                    statements=[
                        iam.PolicyStatement(
                            sid="ReadWriteLedger",
                            actions=[
                                "dynamodb:GetItem",
                                "dynamodb:PutItem",
                                "dynamodb:UpdateItem",
                                "dynamodb:DeleteItem",
                                "dynamodb:Scan",
                            ],
                            resources=[self.ledger_table.table_arn],
                        ),
                        iam.PolicyStatement(
                            sid="ReadWriteLedger2",
                            actions=["dynamodb:Query"],
                            resources=[self.ledger_table.table_arn, f"{self.ledger_table.table_arn}/index/owner"],
                        ),
                    ],
                ),
            },
        )
        self.api_function = PythonFunction(
            self,
            "ApiFunction",
            folder=str(PROJECT / "src" / "api"),
            handler="app.handler",
            memory_size=512,
            timeout=cdk.Duration.seconds(10),
            environment={"LEDGER_TABLE_NAME": self.ledger_table.table_name},
            architecture=self.architecture,
            logging_format=lambda_.LoggingFormat.JSON,
            log_group=api_function_logs,
            role=api_function_role.without_policy_updates(),
        )
        api_endpoint_security_group = ec2.SecurityGroup(
            self,
            "ApiEndpointSecurityGroup",
            vpc=self.vpc,
            description="Callers of the private API",
            allow_all_outbound=False,
        )
        api_endpoint_security_group.add_ingress_rule(
            ec2.Peer.ipv4(self.caller_cidr.value_as_string),
            ec2.Port.tcp(443),
            "callers",
        )
        api_endpoint = ec2.InterfaceVpcEndpoint(
            self,
            "ApiEndpoint",
            vpc=self.vpc,
            subnets=self.private_subnets,
            service=ec2.InterfaceVpcEndpointAwsService.APIGATEWAY,
            private_dns_enabled=True,
            security_groups=[api_endpoint_security_group],
            open=False,
        )
        api_access_logs = LogGroup(
            self,
            "ApiAccessLogs",
            retention_days=self.log_retention_days,
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
        self.api = apigateway.SpecRestApi(
            self,
            "Api",
            rest_api_name=f"{cdk.Aws.STACK_NAME}-Api",
            api_definition=apigateway.ApiDefinition.from_inline(
                definition_of(
                    str(PROJECT / "openapi" / "api.json"),
                    {
                        "StackName": cdk.Aws.STACK_NAME,
                        "Partition": cdk.Aws.PARTITION,
                        "Region": cdk.Aws.REGION,
                        "ApiFunctionArn": self.api_function.function_arn,
                        "AccountId": cdk.Aws.ACCOUNT_ID,
                        "ApiEndpoint": api_endpoint.vpc_endpoint_id,
                    },
                ),
            ),
            endpoint_configuration=apigateway.EndpointConfiguration(
                types=[apigateway.EndpointType.PRIVATE],
                vpc_endpoints=[api_endpoint],
            ),
            parameters={"endpointConfigurationTypes": "PRIVATE"},
            deploy=False,
            cloud_watch_role=False,
        )
        api_deployment = apigateway.Deployment(self, "ApiDeployment", api=self.api)
        apigateway.Stage(
            self,
            "ApiStage",
            deployment=api_deployment,
            stage_name=self.environment_.value_as_string,
            access_log_destination=apigateway.LogGroupLogDestination(api_access_logs),
            access_log_format=apigateway.AccessLogFormat.custom(
                self.to_json_string(
                    {
                        "requestId": "$context.requestId",
                        "ip": "$context.identity.sourceIp",
                        "time": "$context.requestTime",
                        "method": "$context.httpMethod",
                        "path": "$context.path",
                        "status": "$context.status",
                    },
                ),
            ),
            tracing_enabled=True,
            metrics_enabled=True,
            throttling_rate_limit=100,
            throttling_burst_limit=200,
        )
        lambda_.CfnPermission(
            self,
            "ApiInvokeFunctionPermission",
            action="lambda:InvokeFunction",
            function_name=self.api_function.function_name,
            principal="apigateway.amazonaws.com",
            source_arn=(
                f"arn:{cdk.Aws.PARTITION}:execute-api:{cdk.Aws.REGION}:{cdk.Aws.ACCOUNT_ID}:{self.api.rest_api_id}"
                "/*/*/*"
            ),
        )

    def _alarms(self) -> None:
        """What tells that something has stopped working."""
        alarms = Alarms(self, "Alarms", email=self.alarm_email.value_as_string)
        alarms.add(
            "LedgerTableReadThrottlesAlarm",
            cloudwatch.Metric(
                namespace="AWS/DynamoDB",
                metric_name="ReadThrottleEvents",
                dimensions_map={"TableName": self.ledger_table.table_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="Ledger is throttled",
        )
        alarms.add(
            "LedgerTableWriteThrottlesAlarm",
            cloudwatch.Metric(
                namespace="AWS/DynamoDB",
                metric_name="WriteThrottleEvents",
                dimensions_map={"TableName": self.ledger_table.table_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="Ledger is throttled",
        )
        alarms.add(
            "ApiFunctionErrorsAlarm",
            cloudwatch.Metric(
                namespace="AWS/Lambda",
                metric_name="Errors",
                dimensions_map={"FunctionName": self.api_function.function_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="Business API fails",
        )
        alarms.add(
            "ApiFunctionThrottlesAlarm",
            cloudwatch.Metric(
                namespace="AWS/Lambda",
                metric_name="Throttles",
                dimensions_map={"FunctionName": self.api_function.function_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="Business API is throttled",
        )
        alarms.add(
            "ApiServerErrorsAlarm",
            cloudwatch.Metric(
                namespace="AWS/ApiGateway",
                metric_name="5XXError",
                dimensions_map={"ApiName": f"{cdk.Aws.STACK_NAME}-Api", "Stage": self.environment_.value_as_string},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=5,
            periods=1,
            description="The endpoint of api answers with server errors",
        )
        alarms.add(
            "ApiLatencyAlarm",
            cloudwatch.Metric(
                namespace="AWS/ApiGateway",
                metric_name="Latency",
                dimensions_map={"ApiName": f"{cdk.Aws.STACK_NAME}-Api", "Stage": self.environment_.value_as_string},
                statistic="p99",
                period=cdk.Duration.minutes(5),
            ),
            threshold=8000.0,
            periods=3,
            description="The endpoint of api answers late: p99 latency near the limit",
        )
        alarms.add(
            "ApiFunctionRunExpiryAlarm",
            cloudwatch.Metric(
                namespace="AWS/Lambda",
                metric_name="Duration",
                dimensions_map={"FunctionName": self.api_function.function_name},
                statistic="Maximum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=8000.0,
            periods=1,
            description=(
                'Business API: at 8 s, "Longest run" nears 10 s, the limit of this deployment. It can be raised up to '
                "15 min, above which AWS Lambda is no longer chosen (compute) but Amazon ECS."
            ),
        )
        alarms.show(
            "Dashboard",
            title="Alarms",
            widgets=[
                cloudwatch.GraphWidget(
                    title="Ledger · ledger",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/DynamoDB",
                            metric_name="ConsumedReadCapacityUnits",
                            dimensions_map={"TableName": self.ledger_table.table_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/DynamoDB",
                            metric_name="ConsumedWriteCapacityUnits",
                            dimensions_map={"TableName": self.ledger_table.table_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/DynamoDB",
                            metric_name="ReadThrottleEvents",
                            dimensions_map={"TableName": self.ledger_table.table_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/DynamoDB",
                            metric_name="WriteThrottleEvents",
                            dimensions_map={"TableName": self.ledger_table.table_name},
                            statistic="Sum",
                        ),
                    ],
                ),
                cloudwatch.GraphWidget(
                    title="Business API · api",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Invocations",
                            dimensions_map={"FunctionName": self.api_function.function_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Errors",
                            dimensions_map={"FunctionName": self.api_function.function_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Throttles",
                            dimensions_map={"FunctionName": self.api_function.function_name},
                            statistic="Sum",
                        ),
                    ],
                    right=[
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Duration",
                            dimensions_map={"FunctionName": self.api_function.function_name},
                            statistic="p99",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Duration",
                            dimensions_map={"FunctionName": self.api_function.function_name},
                            statistic="Maximum",
                        ),
                    ],
                ),
                cloudwatch.GraphWidget(
                    title="endpoint · api",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/ApiGateway",
                            metric_name="Count",
                            dimensions_map={
                                "ApiName": f"{cdk.Aws.STACK_NAME}-Api",
                                "Stage": self.environment_.value_as_string,
                            },
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/ApiGateway",
                            metric_name="4XXError",
                            dimensions_map={
                                "ApiName": f"{cdk.Aws.STACK_NAME}-Api",
                                "Stage": self.environment_.value_as_string,
                            },
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/ApiGateway",
                            metric_name="5XXError",
                            dimensions_map={
                                "ApiName": f"{cdk.Aws.STACK_NAME}-Api",
                                "Stage": self.environment_.value_as_string,
                            },
                            statistic="Sum",
                        ),
                    ],
                    right=[
                        cloudwatch.Metric(
                            namespace="AWS/ApiGateway",
                            metric_name="Latency",
                            dimensions_map={
                                "ApiName": f"{cdk.Aws.STACK_NAME}-Api",
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
        cdk.CfnOutput(self, "LedgerTableName", value=self.ledger_table.table_name, description="Name of the table")
        cdk.CfnOutput(
            self,
            "ApiFunctionName",
            value=self.api_function.function_name,
            description="Name of the function",
        )
        cdk.CfnOutput(
            self,
            "ApiUrl",
            value=(
                f"https://{self.api.rest_api_id}.execute-api.{cdk.Aws.REGION}.{cdk.Aws.URL_SUFFIX}/"
                f"{self.environment_.value_as_string}"
            ),
            description="Address of the API",
        )

    def _origins(self) -> None:
        """Which part of the decision each resource comes from."""
        mark(self)
