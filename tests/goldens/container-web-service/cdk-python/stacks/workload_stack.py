from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecr as ecr
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_elasticloadbalancingv2 as elbv2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from .alarms import Alarms
from .log_group import LogGroup
from .origins import mark


class WorkloadStack(cdk.Stack):
    """Container web service"""

    def __init__(self, scope: Construct, construct_id: str, **kwargs: Any) -> None:
        super().__init__(scope, construct_id, **kwargs)
        self._parameters()
        self._network()
        self._shared()
        self._stores()
        self._component_web()
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
        self.task_architecture = cdk.CfnParameter(
            self,
            "TaskArchitecture",
            type="String",
            default="ARM64",
            allowed_values=["ARM64", "X86_64"],
            description=(
                "Instruction set of the container images; per vCPU-h ARM64 0.04045 USD, X86_64 0.05056 USD "
                "(ap-northeast-1, 2026-08-27)"
            ),
        )
        self.image_tag = cdk.CfnParameter(
            self,
            "ImageTag",
            type="String",
            allowed_pattern="^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$",
            description="Tag of the images to run: the commit; make deploy gives it",
        )
        self.certificate_arn = cdk.CfnParameter(
            self,
            "CertificateArn",
            type="String",
            allowed_pattern="^arn:aws[a-z-]*:acm:[a-z0-9-]+:\\d{12}:certificate/[a-f0-9-]{36}$",
            description="Certificate for the domain name",
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
                ec2.SubnetConfiguration(
                    name="Public",
                    cidr_mask=22,
                    subnet_type=ec2.SubnetType.PUBLIC,
                    map_public_ip_on_launch=False,
                ),
            ],
            restrict_default_security_group=False,
        )
        self.web_task_security_group = ec2.SecurityGroup(
            self,
            "WebTaskSecurityGroup",
            vpc=self.vpc,
            description="Traffic of WebTask",
            allow_all_outbound=False,
        )
        self.web_task_security_group.add_egress_rule(ec2.Peer.any_ipv4(), ec2.Port.tcp(443), "AWS and partners")
        self.web_load_balancer_security_group = ec2.SecurityGroup(
            self,
            "WebLoadBalancerSecurityGroup",
            vpc=self.vpc,
            description="Traffic of WebLoadBalancer",
            allow_all_outbound=False,
        )
        self.web_task_security_group.add_ingress_rule(
            self.web_load_balancer_security_group,
            ec2.Port.tcp(8080),
            "from WebLoadBalancer",
        )
        self.web_load_balancer_security_group.add_egress_rule(
            ec2.Peer.any_ipv4(),
            ec2.Port.tcp(443),
            "AWS and partners",
        )
        self.web_load_balancer_security_group.add_ingress_rule(ec2.Peer.any_ipv4(), ec2.Port.tcp(443), "callers")
        self.web_load_balancer_security_group.add_ingress_rule(
            ec2.Peer.any_ipv4(),
            ec2.Port.tcp(80),
            "callers, to be redirected",
        )
        self.web_load_balancer_security_group.add_egress_rule(
            self.web_task_security_group,
            ec2.Port.tcp(8080),
            "to WebTask",
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
        self.vpc.add_gateway_endpoint(
            "DynamodbEndpoint",
            service=ec2.GatewayVpcEndpointAwsService.DYNAMODB,
            subnets=[self.private_subnets],
        )
        self.vpc.add_gateway_endpoint(
            "S3Endpoint",
            service=ec2.GatewayVpcEndpointAwsService.S3,
            subnets=[self.private_subnets],
        )
        endpoint_security_group = ec2.SecurityGroup(
            self,
            "EndpointSecurityGroup",
            vpc=self.vpc,
            description="VPC endpoints",
            allow_all_outbound=False,
        )
        endpoint_security_group.add_ingress_rule(ec2.Peer.ipv4(self.vpc.vpc_cidr_block), ec2.Port.tcp(443), "the VPC")
        self.vpc.add_interface_endpoint(
            "EcrApiEndpoint",
            service=ec2.InterfaceVpcEndpointAwsService("ecr.api"),
            subnets=self.private_subnets,
            security_groups=[endpoint_security_group],
            open=False,
        )
        self.vpc.add_interface_endpoint(
            "EcrDkrEndpoint",
            service=ec2.InterfaceVpcEndpointAwsService("ecr.dkr"),
            subnets=self.private_subnets,
            security_groups=[endpoint_security_group],
            open=False,
        )
        self.vpc.add_interface_endpoint(
            "LogsEndpoint",
            service=ec2.InterfaceVpcEndpointAwsService("logs"),
            subnets=self.private_subnets,
            security_groups=[endpoint_security_group],
            open=False,
        )
        self.vpc.add_interface_endpoint(
            "SecretsmanagerEndpoint",
            service=ec2.InterfaceVpcEndpointAwsService("secretsmanager"),
            subnets=self.private_subnets,
            security_groups=[endpoint_security_group],
            open=False,
        )

    def _shared(self) -> None:
        """What several components share."""
        self.cluster = ecs.Cluster(self, "Cluster", vpc=self.vpc, container_insights_v2=ecs.ContainerInsights.ENHANCED)
        self.web_repository = ecr.Repository(
            self,
            "WebRepository",
            image_tag_mutability=ecr.TagMutability.IMMUTABLE,
            image_scan_on_push=True,
            encryption=ecr.RepositoryEncryption.AES_256,
            lifecycle_rules=[ecr.LifecycleRule(description="keep the newest 20", max_image_count=20)],
            removal_policy=cdk.RemovalPolicy.RETAIN,
        )

    def _stores(self) -> None:
        """Stores: data with one owner."""
        self.sessions_table = dynamodb.Table(
            self,
            "SessionsTable",
            partition_key=dynamodb.Attribute(name="pk", type=dynamodb.AttributeType.STRING),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            encryption=dynamodb.TableEncryption.AWS_MANAGED,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True,
            ),
            time_to_live_attribute="expires_at",
            removal_policy=cdk.RemovalPolicy.RETAIN,
        )
        self.sessions_table.add_global_secondary_index(
            index_name="owner",
            partition_key=dynamodb.Attribute(name="owner", type=dynamodb.AttributeType.STRING),
            sort_key=dynamodb.Attribute(name="pk", type=dynamodb.AttributeType.STRING),
            projection_type=dynamodb.ProjectionType.ALL,
        )

    def _component_web(self) -> None:
        """Web service"""
        web_task_logs = LogGroup(
            self,
            "WebTaskLogs",
            retention_days=self.log_retention_days,
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
        web_task_execution_role = iam.Role(
            self,
            "WebTaskExecutionRole",
            assumed_by=iam.ServicePrincipal(
                "ecs-tasks.amazonaws.com",
                conditions={"StringEquals": {"aws:SourceAccount": cdk.Aws.ACCOUNT_ID}},
            ),
            managed_policies=[
                iam.ManagedPolicy.from_aws_managed_policy_name("service-role/AmazonECSTaskExecutionRolePolicy"),
            ],
        )
        # Load balancers log to S3 alone, and only under keys that S3 manages.
        self.web_load_balancer_access_logs = s3.Bucket(
            self,
            "WebLoadBalancerAccessLogs",
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            encryption=s3.BucketEncryption.S3_MANAGED,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            enforce_ssl=True,
            versioned=True,
            lifecycle_rules=[
                s3.LifecycleRule(
                    id="expire",
                    abort_incomplete_multipart_upload_after=cdk.Duration.days(7),
                    noncurrent_version_expiration=cdk.Duration.days(7),
                    expiration=cdk.Duration.days(90),
                ),
            ],
            removal_policy=cdk.RemovalPolicy.RETAIN,
        )
        self.web_load_balancer_access_logs.add_to_resource_policy(
            iam.PolicyStatement(
                sid="DeliverLogs",
                principals=[iam.ServicePrincipal("logdelivery.elasticloadbalancing.amazonaws.com")],
                actions=["s3:PutObject"],
                resources=[f"{self.web_load_balancer_access_logs.bucket_arn}/AWSLogs/{cdk.Aws.ACCOUNT_ID}/*"],
            ),
        )
        self.web_load_balancer = elbv2.ApplicationLoadBalancer(
            self,
            "WebLoadBalancer",
            vpc=self.vpc,
            internet_facing=True,
            vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PUBLIC),
            security_group=self.web_load_balancer_security_group,
            drop_invalid_header_fields=True,
            idle_timeout=cdk.Duration.minutes(1),
            deletion_protection=False,
        )
        self.web_load_balancer.set_attribute("access_logs.s3.enabled", "true")
        self.web_load_balancer.set_attribute("access_logs.s3.bucket", self.web_load_balancer_access_logs.bucket_name)
        self.web_load_balancer.node.add_dependency(self.web_load_balancer_access_logs)
        self.web_load_balancer.add_listener(
            "Redirect",
            port=80,
            open=False,
            default_action=elbv2.ListenerAction.redirect(protocol="HTTPS", port="443", permanent=True),
        )
        # Its first value is random. Its owner puts the real value in, so that no template contains it.
        self.web_secret = secretsmanager.Secret(
            self,
            "WebSecret",
            description="Secret of web; put its value in after the first deployment",
            generate_secret_string=secretsmanager.SecretStringGenerator(password_length=32, exclude_punctuation=True),
            removal_policy=cdk.RemovalPolicy.RETAIN,
        )
        web_task_role = iam.Role(
            self,
            "WebTaskRole",
            assumed_by=iam.ServicePrincipal(
                "ecs-tasks.amazonaws.com",
                conditions={"StringEquals": {"aws:SourceAccount": cdk.Aws.ACCOUNT_ID}},
            ),
            inline_policies={
                "connections": iam.PolicyDocument(
                    statements=[
                        iam.PolicyStatement(
                            sid="GetSecretWeb",
                            actions=["secretsmanager:GetSecretValue"],
                            resources=[self.web_secret.secret_arn],
                        ),
                        iam.PolicyStatement(
                            sid="ReadWriteSessions",
                            actions=[
                                "dynamodb:GetItem",
                                "dynamodb:PutItem",
                                "dynamodb:UpdateItem",
                                "dynamodb:DeleteItem",
                                "dynamodb:Scan",
                            ],
                            resources=[self.sessions_table.table_arn],
                        ),
                        iam.PolicyStatement(
                            sid="ReadWriteSessions2",
                            actions=["dynamodb:Query"],
                            resources=[self.sessions_table.table_arn, f"{self.sessions_table.table_arn}/index/owner"],
                        ),
                    ],
                ),
            },
        )
        self.web_task_definition = ecs.FargateTaskDefinition(
            self,
            "WebTaskDefinition",
            cpu=1024,
            memory_limit_mib=2048,
            runtime_platform=ecs.RuntimePlatform(
                cpu_architecture=ecs.CpuArchitecture.of(self.task_architecture.value_as_string),
                operating_system_family=ecs.OperatingSystemFamily.LINUX,
            ),
            family=f"{cdk.Aws.STACK_NAME}-web",
            task_role=web_task_role.without_policy_updates(),
            execution_role=web_task_execution_role.without_policy_updates(),
            volumes=[ecs.Volume(name="tmp")],
        )
        web_task_container = self.web_task_definition.add_container(
            "app",
            image=ecs.ContainerImage.from_ecr_repository(self.web_repository, self.image_tag.value_as_string),
            logging=ecs.LogDriver.aws_logs(log_group=web_task_logs, stream_prefix="web"),
            stop_timeout=cdk.Duration.minutes(1),
            readonly_root_filesystem=True,
            linux_parameters=ecs.LinuxParameters(self, "WebTaskLinux", init_process_enabled=True),
            environment={
                "WEB_SECRET_ARN": self.web_secret.secret_arn,
                "SESSIONS_TABLE_NAME": self.sessions_table.table_name,
            },
            port_mappings=[ecs.PortMapping(container_port=8080)],
        )
        web_task_container.add_mount_points(ecs.MountPoint(source_volume="tmp", container_path="/tmp", read_only=False))
        self.web_task_service = ecs.FargateService(
            self,
            "WebTaskService",
            cluster=self.cluster,
            task_definition=self.web_task_definition,
            circuit_breaker=ecs.DeploymentCircuitBreaker(rollback=True),
            min_healthy_percent=100,
            max_healthy_percent=200,
            vpc_subnets=self.private_subnets,
            security_groups=[self.web_task_security_group],
            enable_ecs_managed_tags=True,
            propagate_tags=ecs.PropagatedTagSource.SERVICE,
            health_check_grace_period=cdk.Duration.minutes(1),
            platform_version=ecs.FargatePlatformVersion.LATEST,
        )
        web_task_scaling = self.web_task_service.auto_scale_task_count(min_capacity=2, max_capacity=8)
        self.web_task_target_group = elbv2.ApplicationTargetGroup(
            self,
            "WebTaskTargetGroup",
            vpc=self.vpc,
            target_type=elbv2.TargetType.IP,
            protocol=elbv2.ApplicationProtocol.HTTP,
            port=8080,
            health_check=elbv2.HealthCheck(
                path="/health",
                interval=cdk.Duration.seconds(15),
                healthy_threshold_count=2,
                unhealthy_threshold_count=3,
            ),
            deregistration_delay=cdk.Duration.seconds(30),
            stickiness_cookie_duration=cdk.Duration.days(1),
            targets=[self.web_task_service.load_balancer_target(container_name="app", container_port=8080)],
        )
        self.web_load_balancer.add_listener(
            "Listener",
            port=443,
            open=False,
            certificates=[elbv2.ListenerCertificate.from_arn(self.certificate_arn.value_as_string)],
            ssl_policy=elbv2.SslPolicy.RECOMMENDED_TLS,
            default_action=elbv2.ListenerAction.forward([self.web_task_target_group]),
        )
        web_task_scaling.scale_on_request_count(
            "WebTaskScalingPolicy",
            requests_per_target=3360,
            target_group=self.web_task_target_group,
            policy_name="requests",
            scale_in_cooldown=cdk.Duration.minutes(5),
            scale_out_cooldown=cdk.Duration.minutes(1),
        )

    def _alarms(self) -> None:
        """What tells that something has stopped working."""
        alarms = Alarms(self, "Alarms", email=self.alarm_email.value_as_string)
        alarms.add(
            "SessionsTableReadThrottlesAlarm",
            cloudwatch.Metric(
                namespace="AWS/DynamoDB",
                metric_name="ReadThrottleEvents",
                dimensions_map={"TableName": self.sessions_table.table_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="Sessions is throttled",
        )
        alarms.add(
            "SessionsTableWriteThrottlesAlarm",
            cloudwatch.Metric(
                namespace="AWS/DynamoDB",
                metric_name="WriteThrottleEvents",
                dimensions_map={"TableName": self.sessions_table.table_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="Sessions is throttled",
        )
        alarms.add(
            "WebTaskCpuAlarm",
            cloudwatch.Metric(
                namespace="AWS/ECS",
                metric_name="CPUUtilization",
                dimensions_map={
                    "ClusterName": self.cluster.cluster_name,
                    "ServiceName": self.web_task_service.service_name,
                },
                statistic="Average",
                period=cdk.Duration.minutes(5),
            ),
            threshold=85,
            periods=3,
            description="Web service is short of CPU",
        )
        alarms.add(
            "WebTaskMemoryAlarm",
            cloudwatch.Metric(
                namespace="AWS/ECS",
                metric_name="MemoryUtilization",
                dimensions_map={
                    "ClusterName": self.cluster.cluster_name,
                    "ServiceName": self.web_task_service.service_name,
                },
                statistic="Average",
                period=cdk.Duration.minutes(5),
            ),
            threshold=85,
            periods=3,
            description="Web service is short of memory",
        )
        web_load_balancer_server_errors_alarm = alarms.add(
            "WebLoadBalancerServerErrorsAlarm",
            cloudwatch.Metric(
                namespace="AWS/ApplicationELB",
                metric_name="HTTPCode_ELB_5XX_Count",
                dimensions_map={"LoadBalancer": self.web_load_balancer.load_balancer_full_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=5,
            periods=1,
            description="The load balancer of web answers with server errors",
        )
        web_load_balancer_target_errors_alarm = alarms.add(
            "WebLoadBalancerTargetErrorsAlarm",
            cloudwatch.Metric(
                namespace="AWS/ApplicationELB",
                metric_name="HTTPCode_Target_5XX_Count",
                dimensions_map={"LoadBalancer": self.web_load_balancer.load_balancer_full_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=5,
            periods=1,
            description="The load balancer of web answers with server errors",
        )
        alarms.add(
            "WebLoadBalancerLatencyAlarm",
            cloudwatch.Metric(
                namespace="AWS/ApplicationELB",
                metric_name="TargetResponseTime",
                dimensions_map={"LoadBalancer": self.web_load_balancer.load_balancer_full_name},
                statistic="p99",
                period=cdk.Duration.minutes(5),
            ),
            threshold=8.0,
            periods=3,
            description="The load balancer of web answers late: p99 latency near the limit",
        )
        alarms.add(
            "WebTaskUnhealthyAlarm",
            cloudwatch.Metric(
                namespace="AWS/ApplicationELB",
                metric_name="UnHealthyHostCount",
                dimensions_map={
                    "LoadBalancer": self.web_load_balancer.load_balancer_full_name,
                    "TargetGroup": self.web_task_target_group.target_group_full_name,
                },
                statistic="Maximum",
                period=cdk.Duration.minutes(1),
            ),
            threshold=0,
            periods=3,
            description="The load balancer of web has targets that do not answer",
        )
        alarms.add(
            "WebLoadBalancerRunExpiryAlarm",
            cloudwatch.Metric(
                namespace="AWS/ApplicationELB",
                metric_name="TargetResponseTime",
                dimensions_map={"LoadBalancer": self.web_load_balancer.load_balancer_full_name},
                statistic="Maximum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=48.0,
            periods=1,
            description=(
                'Web service: at 48 s, "Longest run" nears 1 min, the limit of this deployment. It can be raised up to '
                "4,000 s, above which Application Load Balancer is no longer chosen (entry) but Amazon API Gateway "
                "(REST API)."
            ),
        )
        self.web_task_service.enable_deployment_alarms(
            [web_load_balancer_server_errors_alarm.alarm_name, web_load_balancer_target_errors_alarm.alarm_name],
            behavior=ecs.AlarmBehavior.ROLLBACK_ON_ALARM,
        )
        alarms.show(
            "Dashboard",
            title="Alarms",
            widgets=[
                cloudwatch.GraphWidget(
                    title="Sessions · sessions",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/DynamoDB",
                            metric_name="ConsumedReadCapacityUnits",
                            dimensions_map={"TableName": self.sessions_table.table_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/DynamoDB",
                            metric_name="ConsumedWriteCapacityUnits",
                            dimensions_map={"TableName": self.sessions_table.table_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/DynamoDB",
                            metric_name="ReadThrottleEvents",
                            dimensions_map={"TableName": self.sessions_table.table_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/DynamoDB",
                            metric_name="WriteThrottleEvents",
                            dimensions_map={"TableName": self.sessions_table.table_name},
                            statistic="Sum",
                        ),
                    ],
                ),
                cloudwatch.GraphWidget(
                    title="Web service · web",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/ECS",
                            metric_name="CPUUtilization",
                            dimensions_map={
                                "ClusterName": self.cluster.cluster_name,
                                "ServiceName": self.web_task_service.service_name,
                            },
                            statistic="Average",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/ECS",
                            metric_name="MemoryUtilization",
                            dimensions_map={
                                "ClusterName": self.cluster.cluster_name,
                                "ServiceName": self.web_task_service.service_name,
                            },
                            statistic="Average",
                        ),
                    ],
                ),
                cloudwatch.GraphWidget(
                    title="load balancer · web",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/ApplicationELB",
                            metric_name="RequestCount",
                            dimensions_map={"LoadBalancer": self.web_load_balancer.load_balancer_full_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/ApplicationELB",
                            metric_name="HTTPCode_Target_5XX_Count",
                            dimensions_map={"LoadBalancer": self.web_load_balancer.load_balancer_full_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/ApplicationELB",
                            metric_name="HTTPCode_ELB_5XX_Count",
                            dimensions_map={"LoadBalancer": self.web_load_balancer.load_balancer_full_name},
                            statistic="Sum",
                        ),
                    ],
                    right=[
                        cloudwatch.Metric(
                            namespace="AWS/ApplicationELB",
                            metric_name="TargetResponseTime",
                            dimensions_map={"LoadBalancer": self.web_load_balancer.load_balancer_full_name},
                            statistic="p99",
                        ),
                    ],
                ),
            ],
        )

    def _outputs(self) -> None:
        """What others ask a deployment for."""
        cdk.CfnOutput(self, "SessionsTableName", value=self.sessions_table.table_name, description="Name of the table")
        cdk.CfnOutput(self, "EcsClusterName", value=self.cluster.cluster_name, description="Name of the ECS cluster")
        cdk.CfnOutput(
            self,
            "WebTaskDefinitionArn",
            value=self.web_task_definition.task_definition_arn,
            description="ARN of the task definition",
        )
        cdk.CfnOutput(
            self,
            "WebLoadBalancerAccessLogsName",
            value=self.web_load_balancer_access_logs.bucket_name,
            description="Bucket of access logs",
        )
        cdk.CfnOutput(
            self,
            "WebLoadBalancerDnsName",
            value=self.web_load_balancer.load_balancer_dns_name,
            description="Host name of the load balancer",
        )
        cdk.CfnOutput(
            self,
            "WebRepositoryUri",
            value=self.web_repository.repository_uri,
            description="Address of the repository",
        )
        cdk.CfnOutput(self, "WebSecretArn", value=self.web_secret.secret_arn, description="ARN of the secret")

    def _origins(self) -> None:
        """Which part of the decision each resource comes from."""
        mark(self)
