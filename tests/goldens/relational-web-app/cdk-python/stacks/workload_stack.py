from pathlib import Path
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as apigatewayv2
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_rds as rds
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from .alarms import Alarms
from .log_group import LogGroup
from .origins import mark
from .python_function import PythonFunction, architecture_of

PROJECT = Path(__file__).resolve().parent.parent


class WorkloadStack(cdk.Stack):
    """Relational web application"""

    def __init__(self, scope: Construct, construct_id: str, **kwargs: Any) -> None:
        super().__init__(scope, construct_id, **kwargs)
        self._parameters()
        self._network()
        self._shared()
        self._stores()
        self._component_app()
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
        self.deletion_protection = cdk.CfnParameter(
            self,
            "DeletionProtection",
            type="String",
            default="true",
            allowed_values=["true", "false"],
            description="Whether a database refuses to be deleted",
        )

    def _network(self) -> None:
        """The network."""
        # Restricting the default security group would take a function of its own; nothing here uses that group.
        self.vpc = ec2.Vpc(
            self,
            "Vpc",
            ip_addresses=ec2.IpAddresses.cidr("10.20.0.0/16"),
            max_azs=2,
            nat_gateways=0,
            subnet_configuration=[
                ec2.SubnetConfiguration(name="Private", subnet_type=ec2.SubnetType.PRIVATE_ISOLATED, cidr_mask=20),
            ],
            restrict_default_security_group=False,
        )
        self.bookings_database_security_group = ec2.SecurityGroup(
            self,
            "BookingsDatabaseSecurityGroup",
            vpc=self.vpc,
            description="Traffic of BookingsDatabase",
            allow_all_outbound=False,
        )
        self.private_subnets = ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED)
        flow_logs_group = LogGroup(
            self,
            "FlowLogsGroup",
            retention_days=self.log_retention_days,
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
        flow_logs_role = iam.Role(
            self,
            "FlowLogsRole",
            assumed_by=iam.ServicePrincipal(
                "vpc-flow-logs.amazonaws.com",
                conditions={"StringEquals": {"aws:SourceAccount": cdk.Aws.ACCOUNT_ID}},
            ),
            inline_policies={
                "connections": iam.PolicyDocument(
                    statements=[
                        iam.PolicyStatement(
                            sid="WriteFlowLogs",
                            actions=["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
                            resources=[flow_logs_group.log_group_arn],
                        ),
                    ],
                ),
            },
        )
        ec2.FlowLog(
            self,
            "FlowLogs",
            resource_type=ec2.FlowLogResourceType.from_vpc(self.vpc),
            destination=ec2.FlowLogDestination.to_cloud_watch_logs(
                flow_logs_group,
                flow_logs_role.without_policy_updates(),
            ),
        )

    def _shared(self) -> None:
        """What several components share."""
        self.architecture = lambda_.Architecture.custom(self.function_architecture.value_as_string)

    def _stores(self) -> None:
        """Stores: data with one owner."""
        self.bookings_database = rds.DatabaseCluster(
            self,
            "BookingsDatabase",
            engine=rds.DatabaseClusterEngine.aurora_postgres(version=rds.AuroraPostgresEngineVersion.VER_16_8),
            writer=rds.ClusterInstance.serverless_v2(
                "BookingsDatabaseInstance",
                publicly_accessible=False,
                auto_minor_version_upgrade=True,
            ),
            vpc=self.vpc,
            vpc_subnets=self.private_subnets,
            security_groups=[self.bookings_database_security_group],
            default_database_name="app",
            credentials=rds.Credentials.from_username("administrator"),
            manage_master_user_password=True,
            enable_data_api=True,
            serverless_v2_min_capacity=0,
            serverless_v2_max_capacity=4,
            serverless_v2_auto_pause_duration=cdk.Duration.minutes(15),
            backup=rds.BackupProps(retention=cdk.Duration.days(7)),
            storage_encrypted=True,
            copy_tags_to_snapshot=True,
            cloudwatch_logs_exports=["postgresql"],
            iam_authentication=True,
            removal_policy=cdk.RemovalPolicy.SNAPSHOT,
        )
        # A deployment says whether the database is protected; the construct's own option takes no parameter.
        self.bookings_database.node.default_child.add_property_override(
            "DeletionProtection",
            self.deletion_protection.value_as_string,
        )

    def _component_app(self) -> None:
        """Booking"""
        app_function_logs = LogGroup(
            self,
            "AppFunctionLogs",
            retention_days=self.log_retention_days,
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
        app_api_access_logs = LogGroup(
            self,
            "AppApiAccessLogs",
            retention_days=self.log_retention_days,
            removal_policy=cdk.RemovalPolicy.DESTROY,
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
        app_api_authorizer = authorizers.HttpJwtAuthorizer(
            "AppApiAuthorizer",
            f"https://cognito-idp.{cdk.Aws.REGION}.{cdk.Aws.URL_SUFFIX}/{self.user_pool.user_pool_id}",
            jwt_audience=[self.user_pool_client.user_pool_client_id],
        )
        self.app_site_bucket = s3.Bucket(
            self,
            "AppSiteBucket",
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            encryption=s3.BucketEncryption.S3_MANAGED,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            enforce_ssl=True,
            versioned=True,
            lifecycle_rules=[
                s3.LifecycleRule(
                    id="tidy",
                    abort_incomplete_multipart_upload_after=cdk.Duration.days(7),
                    noncurrent_version_expiration=cdk.Duration.days(30),
                ),
            ],
            removal_policy=cdk.RemovalPolicy.RETAIN,
        )
        app_distribution_headers = cloudfront.ResponseHeadersPolicy(
            self,
            "AppDistributionHeaders",
            response_headers_policy_name=f"{cdk.Aws.STACK_NAME}-AppDistribution-{cdk.Aws.REGION}",
            security_headers_behavior=cloudfront.ResponseSecurityHeadersBehavior(
                content_security_policy=cloudfront.ResponseHeadersContentSecurityPolicy(
                    content_security_policy="default-src 'self'; connect-src 'self' https:; object-src 'none'; frame-ancestors 'none'",
                    override=True,
                ),
                content_type_options=cloudfront.ResponseHeadersContentTypeOptions(override=True),
                frame_options=cloudfront.ResponseHeadersFrameOptions(
                    frame_option=cloudfront.HeadersFrameOption.DENY,
                    override=True,
                ),
                referrer_policy=cloudfront.ResponseHeadersReferrerPolicy(
                    referrer_policy=cloudfront.HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN,
                    override=True,
                ),
                strict_transport_security=cloudfront.ResponseHeadersStrictTransportSecurity(
                    access_control_max_age=cdk.Duration.days(730),
                    include_subdomains=True,
                    override=True,
                ),
            ),
        )
        app_distribution_access = cloudfront.S3OriginAccessControl(
            self,
            "AppDistributionAccess",
            origin_access_control_name=cdk.Fn.join(
                "-",
                [
                    "AppDistribution",
                    cdk.Fn.select(0, cdk.Fn.split("-", cdk.Fn.select(2, cdk.Fn.split("/", cdk.Aws.STACK_ID)))),
                ],
            ),
        )
        self.app_distribution = cloudfront.Distribution(
            self,
            "AppDistribution",
            comment=f"Site of {cdk.Aws.STACK_NAME}",
            default_root_object="index.html",
            default_behavior=cloudfront.BehaviorOptions(
                origin=origins.S3BucketOrigin.with_origin_access_control(
                    self.app_site_bucket,
                    origin_access_control=app_distribution_access,
                ),
                viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
                cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
                response_headers_policy=app_distribution_headers,
            ),
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            price_class=cloudfront.PriceClass.PRICE_CLASS_200,
        )
        self.app_api = apigatewayv2.HttpApi(
            self,
            "AppApi",
            api_name=f"{cdk.Aws.STACK_NAME}-AppApi",
            create_default_stage=False,
            cors_preflight=apigatewayv2.CorsPreflightOptions(
                allow_origins=[f"https://{self.app_distribution.distribution_domain_name}"],
                allow_methods=[
                    apigatewayv2.CorsHttpMethod.GET,
                    apigatewayv2.CorsHttpMethod.POST,
                    apigatewayv2.CorsHttpMethod.PUT,
                    apigatewayv2.CorsHttpMethod.DELETE,
                ],
                allow_headers=["authorization", "content-type"],
                max_age=cdk.Duration.hours(1),
            ),
        )
        # The stage as a plain resource: its construct takes no access log in Python.
        apigatewayv2.CfnStage(
            self,
            "AppApiStage",
            api_id=self.app_api.api_id,
            stage_name="$default",
            auto_deploy=True,
            default_route_settings=apigatewayv2.CfnStage.RouteSettingsProperty(
                detailed_metrics_enabled=True,
                throttling_rate_limit=100,
                throttling_burst_limit=200,
            ),
            access_log_settings=apigatewayv2.CfnStage.AccessLogSettingsProperty(
                destination_arn=app_api_access_logs.log_group_arn,
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
        # The Data API takes a user's name and password from a secret; `make migrate` gives this password to the user.
        self.app_function_read_write_bookings_database_secret = secretsmanager.Secret(
            self,
            "AppFunctionReadWriteBookingsDatabaseSecret",
            description="Password of app_bookings, the user by which app reaches the database",
            generate_secret_string=secretsmanager.SecretStringGenerator(
                password_length=32,
                exclude_punctuation=True,
                secret_string_template=self.to_json_string({"username": "app_bookings"}),
                generate_string_key="password",
            ),
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
        app_function_role = iam.Role(
            self,
            "AppFunctionRole",
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
            managed_policies=[
                iam.ManagedPolicy.from_aws_managed_policy_name("service-role/AWSLambdaBasicExecutionRole"),
                iam.ManagedPolicy.from_aws_managed_policy_name("AWSXrayWriteOnlyAccess"),
            ],
            inline_policies={
                "connections": iam.PolicyDocument(
                    statements=[
                        iam.PolicyStatement(
                            sid="ReadWriteBookings",
                            actions=[
                                "rds-data:ExecuteStatement",
                                "rds-data:BeginTransaction",
                                "rds-data:CommitTransaction",
                                "rds-data:RollbackTransaction",
                            ],
                            resources=[self.bookings_database.cluster_arn],
                        ),
                        iam.PolicyStatement(
                            sid="ReadWriteBookings2",
                            actions=["secretsmanager:GetSecretValue"],
                            resources=[self.app_function_read_write_bookings_database_secret.secret_arn],
                        ),
                    ],
                ),
            },
        )
        self.app_function = PythonFunction(
            self,
            "AppFunction",
            folder=str(PROJECT / "src" / "app"),
            handler="app.handler",
            memory_size=512,
            timeout=cdk.Duration.seconds(29),
            environment={
                "BOOKINGS_CLUSTER_ARN": self.bookings_database.cluster_arn,
                "BOOKINGS_SECRET_ARN": self.app_function_read_write_bookings_database_secret.secret_arn,
                "BOOKINGS_DATABASE": "app",
            },
            architecture=self.architecture,
            logging_format=lambda_.LoggingFormat.JSON,
            log_group=app_function_logs,
            role=app_function_role.without_policy_updates(),
        )
        app_api_integration = integrations.HttpLambdaIntegration(
            "AppApiIntegration",
            self.app_function,
            timeout=cdk.Duration.seconds(29),
            scope_permission_to_route=False,
        )
        self.app_api.add_routes(path="/health", methods=[apigatewayv2.HttpMethod.GET], integration=app_api_integration)
        self.app_api.add_routes(
            path="/items",
            methods=[apigatewayv2.HttpMethod.GET, apigatewayv2.HttpMethod.POST],
            integration=app_api_integration,
            authorizer=app_api_authorizer,
        )
        self.app_api.add_routes(
            path="/items/{id}",
            methods=[apigatewayv2.HttpMethod.GET, apigatewayv2.HttpMethod.PUT, apigatewayv2.HttpMethod.DELETE],
            integration=app_api_integration,
            authorizer=app_api_authorizer,
        )

    def _alarms(self) -> None:
        """What tells that something has stopped working."""
        alarms = Alarms(self, "Alarms", email=self.alarm_email.value_as_string)
        alarms.add(
            "BookingsDatabaseCapacityAlarm",
            cloudwatch.Metric(
                namespace="AWS/RDS",
                metric_name="ACUUtilization",
                dimensions_map={"DBClusterIdentifier": self.bookings_database.cluster_identifier},
                statistic="Average",
                period=cdk.Duration.minutes(5),
            ),
            threshold=90,
            periods=3,
            description="Bookings is at its capacity limit",
        )
        alarms.add(
            "BookingsDatabaseConnectionsAlarm",
            cloudwatch.Metric(
                namespace="AWS/RDS",
                metric_name="DatabaseConnections",
                dimensions_map={"DBClusterIdentifier": self.bookings_database.cluster_identifier},
                statistic="Maximum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=658,
            periods=1,
            description="Bookings is near its limit of connections",
        )
        alarms.add(
            "AppFunctionErrorsAlarm",
            cloudwatch.Metric(
                namespace="AWS/Lambda",
                metric_name="Errors",
                dimensions_map={"FunctionName": self.app_function.function_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="Booking fails",
        )
        alarms.add(
            "AppFunctionThrottlesAlarm",
            cloudwatch.Metric(
                namespace="AWS/Lambda",
                metric_name="Throttles",
                dimensions_map={"FunctionName": self.app_function.function_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="Booking is throttled",
        )
        alarms.add(
            "AppApiServerErrorsAlarm",
            cloudwatch.Metric(
                namespace="AWS/ApiGateway",
                metric_name="5xx",
                dimensions_map={"ApiId": self.app_api.api_id},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=5,
            periods=1,
            description="The endpoint of app answers with server errors",
        )
        alarms.add(
            "AppApiLatencyAlarm",
            cloudwatch.Metric(
                namespace="AWS/ApiGateway",
                metric_name="Latency",
                dimensions_map={"ApiId": self.app_api.api_id},
                statistic="p99",
                period=cdk.Duration.minutes(5),
            ),
            threshold=23200.0,
            periods=3,
            description="The endpoint of app answers late: p99 latency near the limit",
        )
        alarms.add(
            "AppFunctionRunExpiryAlarm",
            cloudwatch.Metric(
                namespace="AWS/Lambda",
                metric_name="Duration",
                dimensions_map={"FunctionName": self.app_function.function_name},
                statistic="Maximum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=23200.0,
            periods=1,
            description=(
                'Booking: at 23.2 s, "Longest run" nears 29 s, the limit of this deployment. It can be raised up to 15 '
                "min, above which AWS Lambda is no longer chosen (compute) but Amazon ECS; Amazon API Gateway (HTTP "
                "API) is no longer chosen (entry) but Application Load Balancer."
            ),
        )
        alarms.add(
            "AppApiResponseExpiryAlarm",
            cloudwatch.Metric(
                namespace="AWS/ApiGateway",
                metric_name="Latency",
                dimensions_map={"ApiId": self.app_api.api_id},
                statistic="Maximum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=24000.0,
            periods=1,
            description=(
                'Booking: at 24 s, "Answer within" nears 30 s, above which Amazon API Gateway (HTTP API) is no longer '
                "chosen (entry) but Application Load Balancer."
            ),
        )
        alarms.add(
            "AppApiRequestExpiryAlarm",
            cloudwatch.Metric(
                namespace="AWS/ApiGateway",
                metric_name="DataProcessed",
                dimensions_map={"ApiId": self.app_api.api_id},
                statistic="Maximum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=5033164.8,
            periods=1,
            description=(
                'Booking: at 4.8 MiB, "Largest request" nears 6 MiB, above which AWS Lambda is no longer chosen '
                "(compute) but Amazon ECS; Amazon API Gateway (HTTP API) is no longer chosen (entry) but Application "
                "Load Balancer."
            ),
        )
        alarms.add(
            "BookingsDatabaseVolumeExpiryAlarm",
            cloudwatch.Metric(
                namespace="AWS/RDS",
                metric_name="VolumeBytesUsed",
                dimensions_map={"DBClusterIdentifier": self.bookings_database.cluster_identifier},
                statistic="Maximum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=225179981368524.8,
            periods=1,
            description=(
                'Bookings: at 204.8 TiB, "Volume" nears 256 TiB, above which Amazon Aurora Serverless v2 is no longer '
                "chosen (data store)."
            ),
        )
        alarms.show(
            "Dashboard",
            title="Alarms",
            widgets=[
                cloudwatch.GraphWidget(
                    title="Bookings · bookings",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/RDS",
                            metric_name="ACUUtilization",
                            dimensions_map={"DBClusterIdentifier": self.bookings_database.cluster_identifier},
                            statistic="Average",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/RDS",
                            metric_name="DatabaseConnections",
                            dimensions_map={"DBClusterIdentifier": self.bookings_database.cluster_identifier},
                            statistic="Maximum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/RDS",
                            metric_name="VolumeBytesUsed",
                            dimensions_map={"DBClusterIdentifier": self.bookings_database.cluster_identifier},
                            statistic="Maximum",
                        ),
                    ],
                ),
                cloudwatch.GraphWidget(
                    title="Booking · app",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Invocations",
                            dimensions_map={"FunctionName": self.app_function.function_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Errors",
                            dimensions_map={"FunctionName": self.app_function.function_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Throttles",
                            dimensions_map={"FunctionName": self.app_function.function_name},
                            statistic="Sum",
                        ),
                    ],
                    right=[
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Duration",
                            dimensions_map={"FunctionName": self.app_function.function_name},
                            statistic="p99",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Duration",
                            dimensions_map={"FunctionName": self.app_function.function_name},
                            statistic="Maximum",
                        ),
                    ],
                ),
                cloudwatch.GraphWidget(
                    title="endpoint · app",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/ApiGateway",
                            metric_name="Count",
                            dimensions_map={"ApiId": self.app_api.api_id},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/ApiGateway",
                            metric_name="4xx",
                            dimensions_map={"ApiId": self.app_api.api_id},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/ApiGateway",
                            metric_name="5xx",
                            dimensions_map={"ApiId": self.app_api.api_id},
                            statistic="Sum",
                        ),
                    ],
                    right=[
                        cloudwatch.Metric(
                            namespace="AWS/ApiGateway",
                            metric_name="Latency",
                            dimensions_map={"ApiId": self.app_api.api_id},
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
            "BookingsDatabaseClusterArn",
            value=self.bookings_database.cluster_arn,
            description="ARN of the database cluster",
        )
        cdk.CfnOutput(
            self,
            "BookingsDatabaseSecretArn",
            value=self.bookings_database.secret.secret_arn,
            description="ARN of the administrator's secret, for migrations",
        )
        cdk.CfnOutput(
            self,
            "AppFunctionName",
            value=self.app_function.function_name,
            description="Name of the function",
        )
        cdk.CfnOutput(
            self,
            "AppApiUrl",
            value=f"https://{self.app_api.api_id}.execute-api.{cdk.Aws.REGION}.{cdk.Aws.URL_SUFFIX}",
            description="Address of the API",
        )
        cdk.CfnOutput(self, "UserPoolId", value=self.user_pool.user_pool_id, description="Id of the user pool")
        cdk.CfnOutput(
            self,
            "UserPoolClientId",
            value=self.user_pool_client.user_pool_client_id,
            description="Client id for sign-in",
        )
        cdk.CfnOutput(
            self,
            "AppSiteBucketName",
            value=self.app_site_bucket.bucket_name,
            description="Name of the bucket",
        )
        cdk.CfnOutput(
            self,
            "AppDistributionDomain",
            value=self.app_distribution.distribution_domain_name,
            description="Domain name of the site",
        )
        cdk.CfnOutput(
            self,
            "AppDistributionId",
            value=self.app_distribution.distribution_id,
            description="Id of the distribution",
        )
        cdk.CfnOutput(
            self,
            "AppFunctionReadWriteBookingsDatabaseSecretArn",
            value=self.app_function_read_write_bookings_database_secret.secret_arn,
            description="Secret of app_bookings, for migrations",
        )

    def _origins(self) -> None:
        """Which part of the decision each resource comes from."""
        mark(self)
