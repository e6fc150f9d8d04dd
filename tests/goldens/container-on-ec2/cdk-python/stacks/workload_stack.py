from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_applicationautoscaling as appscaling
from aws_cdk import aws_autoscaling as autoscaling
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecr as ecr
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from .alarms import Alarms
from .log_group import LogGroup
from .origins import mark


class WorkloadStack(cdk.Stack):
    """Containers on EC2"""

    def __init__(self, scope: Construct, construct_id: str, **kwargs: Any) -> None:
        super().__init__(scope, construct_id, **kwargs)
        self._parameters()
        self._network()
        self._shared()
        self._stores()
        self._channels()
        self._component_scanner()
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
        task_architecture = cdk.CfnParameter(
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
        cdk.CfnCondition(
            self,
            "TasksOnArm",
            expression=cdk.Fn.condition_equals(task_architecture.value_as_string, "ARM64"),
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
        self.scanner_task_security_group = ec2.SecurityGroup(
            self,
            "ScannerTaskSecurityGroup",
            vpc=self.vpc,
            description="Traffic of ScannerTask",
            allow_all_outbound=False,
        )
        self.scanner_task_security_group.add_egress_rule(ec2.Peer.any_ipv4(), ec2.Port.tcp(443), "AWS and partners")
        self.scanner_task_host_security_group = ec2.SecurityGroup(
            self,
            "ScannerTaskHostSecurityGroup",
            vpc=self.vpc,
            description="Hosts of ScannerTask",
            allow_all_outbound=False,
        )
        self.scanner_task_host_security_group.add_egress_rule(ec2.Peer.any_ipv4(), ec2.Port.tcp(443), "AWS")
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
            "EcsEndpoint",
            service=ec2.InterfaceVpcEndpointAwsService("ecs"),
            subnets=self.private_subnets,
            security_groups=[endpoint_security_group],
            open=False,
        )
        self.vpc.add_interface_endpoint(
            "EcsAgentEndpoint",
            service=ec2.InterfaceVpcEndpointAwsService("ecs-agent"),
            subnets=self.private_subnets,
            security_groups=[endpoint_security_group],
            open=False,
        )
        self.vpc.add_interface_endpoint(
            "EcsTelemetryEndpoint",
            service=ec2.InterfaceVpcEndpointAwsService("ecs-telemetry"),
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
            "SqsEndpoint",
            service=ec2.InterfaceVpcEndpointAwsService("sqs"),
            subnets=self.private_subnets,
            security_groups=[endpoint_security_group],
            open=False,
        )

    def _shared(self) -> None:
        """What several components share."""
        self.cluster = ecs.Cluster(self, "Cluster", vpc=self.vpc, container_insights_v2=ecs.ContainerInsights.ENHANCED)
        self.scanner_repository = ecr.Repository(
            self,
            "ScannerRepository",
            image_tag_mutability=ecr.TagMutability.IMMUTABLE,
            image_scan_on_push=True,
            encryption=ecr.RepositoryEncryption.AES_256,
            lifecycle_rules=[ecr.LifecycleRule(description="keep the newest 20", max_image_count=20)],
            removal_policy=cdk.RemovalPolicy.RETAIN,
        )

    def _stores(self) -> None:
        """Stores: data with one owner."""
        self.findings_table = dynamodb.Table(
            self,
            "FindingsTable",
            partition_key=dynamodb.Attribute(name="pk", type=dynamodb.AttributeType.STRING),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            encryption=dynamodb.TableEncryption.AWS_MANAGED,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True,
            ),
            time_to_live_attribute="expires_at",
            removal_policy=cdk.RemovalPolicy.RETAIN,
        )

    def _channels(self) -> None:
        """Channels: messages and events."""
        self.files_dead_letter_queue = sqs.Queue(
            self,
            "FilesDeadLetterQueue",
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            retention_period=cdk.Duration.days(14),
        )
        self.files_queue = sqs.Queue(
            self,
            "FilesQueue",
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            visibility_timeout=cdk.Duration.minutes(216),
            retention_period=cdk.Duration.days(4),
            receive_message_wait_time=cdk.Duration.seconds(20),
            dead_letter_queue=sqs.DeadLetterQueue(queue=self.files_dead_letter_queue, max_receive_count=3),
        )

    def _component_scanner(self) -> None:
        """Scanner"""
        scanner_task_host_role = iam.Role(
            self,
            "ScannerTaskHostRole",
            assumed_by=iam.ServicePrincipal("ec2.amazonaws.com"),
            managed_policies=[
                iam.ManagedPolicy.from_aws_managed_policy_name("service-role/AmazonEC2ContainerServiceforEC2Role"),
            ],
        )
        # Tasks must not get the host's credentials.
        scanner_task_host_image_path = cdk.Fn.condition_if("TasksOnArm", "arm64/", "").to_string()
        scanner_task_user_data = ec2.UserData.for_linux()
        scanner_task_user_data.add_commands("echo ECS_AWSVPC_BLOCK_IMDS=true >> /etc/ecs/ecs.config")
        scanner_task_host_template = ec2.LaunchTemplate(
            self,
            "ScannerTaskHostTemplate",
            instance_type=ec2.InstanceType(cdk.Fn.condition_if("TasksOnArm", "m7g.xlarge", "m7i.xlarge").to_string()),
            machine_image=ec2.MachineImage.resolve_ssm_parameter_at_launch(
                f"/aws/service/ecs/optimized-ami/amazon-linux-2023/{scanner_task_host_image_path}recommended/image_id",
            ),
            role=scanner_task_host_role.without_policy_updates(),
            security_group=self.scanner_task_host_security_group,
            user_data=scanner_task_user_data,
            block_devices=[
                ec2.BlockDevice(
                    device_name="/dev/xvda",
                    volume=ec2.BlockDeviceVolume.ebs(
                        50,
                        encrypted=True,
                        delete_on_termination=True,
                        volume_type=ec2.EbsDeviceVolumeType.GP3,
                    ),
                ),
            ],
            require_imdsv2=True,
            http_put_response_hop_limit=1,
            detailed_monitoring=True,
        )
        scanner_task_hosts = autoscaling.AutoScalingGroup(
            self,
            "ScannerTaskHosts",
            vpc=self.vpc,
            vpc_subnets=self.private_subnets,
            launch_template=scanner_task_host_template,
            min_capacity=0,
            max_capacity=10,
            new_instances_protected_from_scale_in=True,
        )
        # ECS drains hosts by itself; else the construct would add a function that does.
        scanner_task_capacity = ecs.AsgCapacityProvider(
            self,
            "ScannerTaskCapacity",
            auto_scaling_group=scanner_task_hosts,
            enable_managed_termination_protection=True,
            enable_managed_draining=True,
        )
        self.cluster.add_asg_capacity_provider(scanner_task_capacity)
        scanner_task_logs = LogGroup(
            self,
            "ScannerTaskLogs",
            retention_days=self.log_retention_days,
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
        scanner_task_role = iam.Role(
            self,
            "ScannerTaskRole",
            assumed_by=iam.ServicePrincipal(
                "ecs-tasks.amazonaws.com",
                conditions={"StringEquals": {"aws:SourceAccount": cdk.Aws.ACCOUNT_ID}},
            ),
            inline_policies={
                "connections": iam.PolicyDocument(
                    statements=[
                        iam.PolicyStatement(
                            sid="ConsumeFiles",
                            actions=[
                                "sqs:ReceiveMessage",
                                "sqs:DeleteMessage",
                                "sqs:GetQueueAttributes",
                                "sqs:ChangeMessageVisibility",
                            ],
                            resources=[self.files_queue.queue_arn],
                        ),
                        iam.PolicyStatement(
                            sid="WriteFindings",
                            actions=["dynamodb:PutItem", "dynamodb:UpdateItem"],
                            resources=[self.findings_table.table_arn],
                        ),
                        iam.PolicyStatement(
                            sid="ProtectTasks",
                            actions=["ecs:GetTaskProtection", "ecs:UpdateTaskProtection"],
                            resources=[
                                (
                                    f"arn:{cdk.Aws.PARTITION}:ecs:{cdk.Aws.REGION}:{cdk.Aws.ACCOUNT_ID}:task/"
                                    f"{self.cluster.cluster_name}/*"
                                ),
                            ],
                        ),
                    ],
                ),
            },
        )
        scanner_task_execution_role = iam.Role(
            self,
            "ScannerTaskExecutionRole",
            assumed_by=iam.ServicePrincipal(
                "ecs-tasks.amazonaws.com",
                conditions={"StringEquals": {"aws:SourceAccount": cdk.Aws.ACCOUNT_ID}},
            ),
            managed_policies=[
                iam.ManagedPolicy.from_aws_managed_policy_name("service-role/AmazonECSTaskExecutionRolePolicy"),
            ],
        )
        self.scanner_task_definition = ecs.TaskDefinition(
            self,
            "ScannerTaskDefinition",
            compatibility=ecs.Compatibility.EC2,
            network_mode=ecs.NetworkMode.AWS_VPC,
            cpu="2048",
            memory_mib="8192",
            family=f"{cdk.Aws.STACK_NAME}-scanner",
            task_role=scanner_task_role.without_policy_updates(),
            execution_role=scanner_task_execution_role.without_policy_updates(),
            volumes=[ecs.Volume(name="tmp")],
        )
        scanner_task_container = self.scanner_task_definition.add_container(
            "app",
            image=ecs.ContainerImage.from_ecr_repository(self.scanner_repository, self.image_tag.value_as_string),
            logging=ecs.LogDriver.aws_logs(log_group=scanner_task_logs, stream_prefix="scanner"),
            stop_timeout=cdk.Duration.minutes(36),
            readonly_root_filesystem=True,
            privileged=True,
            linux_parameters=ecs.LinuxParameters(self, "ScannerTaskLinux", init_process_enabled=True),
            environment={
                "FINDINGS_TABLE_NAME": self.findings_table.table_name,
                "FILES_QUEUE_URL": self.files_queue.queue_url,
            },
            health_check=ecs.HealthCheck(
                command=["CMD-SHELL", 'test -n "$(find /tmp/alive -mmin -360)"'],
                interval=cdk.Duration.minutes(1),
                timeout=cdk.Duration.seconds(5),
                retries=3,
                start_period=cdk.Duration.minutes(1),
            ),
        )
        scanner_task_container.add_mount_points(
            ecs.MountPoint(source_volume="tmp", container_path="/tmp", read_only=False),
        )
        self.scanner_task_service = ecs.Ec2Service(
            self,
            "ScannerTaskService",
            cluster=self.cluster,
            task_definition=self.scanner_task_definition,
            circuit_breaker=ecs.DeploymentCircuitBreaker(rollback=True),
            min_healthy_percent=100,
            max_healthy_percent=200,
            vpc_subnets=self.private_subnets,
            security_groups=[self.scanner_task_security_group],
            enable_ecs_managed_tags=True,
            propagate_tags=ecs.PropagatedTagSource.SERVICE,
            capacity_provider_strategies=[
                ecs.CapacityProviderStrategy(capacity_provider=scanner_task_capacity.capacity_provider_name, weight=1),
            ],
        )
        # Tasks start on a capacity provider of the cluster.
        self.scanner_task_service.node.add_dependency(self.cluster)
        scanner_task_scaling = self.scanner_task_service.auto_scale_task_count(min_capacity=2, max_capacity=10)
        # A plain resource: the construct takes no metric that is calculated from others.
        appscaling.CfnScalingPolicy(
            self,
            "ScannerTaskScalingPolicy",
            policy_name="backlog",
            policy_type="TargetTrackingScaling",
            scaling_target_id=scanner_task_scaling.scalable_target_ref.resource_id,
            target_tracking_scaling_policy_configuration=appscaling.CfnScalingPolicy.TargetTrackingScalingPolicyConfigurationProperty(
                customized_metric_specification=appscaling.CfnScalingPolicy.CustomizedMetricSpecificationProperty(
                    metrics=[
                        appscaling.CfnScalingPolicy.TargetTrackingMetricDataQueryProperty(
                            id="waiting",
                            metric_stat=appscaling.CfnScalingPolicy.TargetTrackingMetricStatProperty(
                                metric=appscaling.CfnScalingPolicy.TargetTrackingMetricProperty(
                                    namespace="AWS/SQS",
                                    metric_name="ApproximateNumberOfMessagesVisible",
                                    dimensions=[
                                        appscaling.CfnScalingPolicy.TargetTrackingMetricDimensionProperty(
                                            name="QueueName",
                                            value=self.files_queue.queue_name,
                                        ),
                                    ],
                                ),
                                stat="Sum",
                            ),
                            return_data=False,
                        ),
                        appscaling.CfnScalingPolicy.TargetTrackingMetricDataQueryProperty(
                            id="working",
                            metric_stat=appscaling.CfnScalingPolicy.TargetTrackingMetricStatProperty(
                                metric=appscaling.CfnScalingPolicy.TargetTrackingMetricProperty(
                                    namespace="AWS/SQS",
                                    metric_name="ApproximateNumberOfMessagesNotVisible",
                                    dimensions=[
                                        appscaling.CfnScalingPolicy.TargetTrackingMetricDimensionProperty(
                                            name="QueueName",
                                            value=self.files_queue.queue_name,
                                        ),
                                    ],
                                ),
                                stat="Sum",
                            ),
                            return_data=False,
                        ),
                        appscaling.CfnScalingPolicy.TargetTrackingMetricDataQueryProperty(
                            id="tasks",
                            metric_stat=appscaling.CfnScalingPolicy.TargetTrackingMetricStatProperty(
                                metric=appscaling.CfnScalingPolicy.TargetTrackingMetricProperty(
                                    namespace="ECS/ContainerInsights",
                                    metric_name="RunningTaskCount",
                                    dimensions=[
                                        appscaling.CfnScalingPolicy.TargetTrackingMetricDimensionProperty(
                                            name="ClusterName",
                                            value=self.cluster.cluster_name,
                                        ),
                                        appscaling.CfnScalingPolicy.TargetTrackingMetricDimensionProperty(
                                            name="ServiceName",
                                            value=self.scanner_task_service.service_name,
                                        ),
                                    ],
                                ),
                                stat="Average",
                            ),
                            return_data=False,
                        ),
                        appscaling.CfnScalingPolicy.TargetTrackingMetricDataQueryProperty(
                            id="backlog",
                            expression="(waiting + working) / tasks",
                            label="Messages per task",
                            return_data=True,
                        ),
                    ],
                ),
                target_value=1,
                scale_in_cooldown=300,
                scale_out_cooldown=60,
            ),
        )

    def _alarms(self) -> None:
        """What tells that something has stopped working."""
        alarms = Alarms(self, "Alarms", email=self.alarm_email.value_as_string)
        alarms.add(
            "FindingsTableReadThrottlesAlarm",
            cloudwatch.Metric(
                namespace="AWS/DynamoDB",
                metric_name="ReadThrottleEvents",
                dimensions_map={"TableName": self.findings_table.table_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="Findings is throttled",
        )
        alarms.add(
            "FindingsTableWriteThrottlesAlarm",
            cloudwatch.Metric(
                namespace="AWS/DynamoDB",
                metric_name="WriteThrottleEvents",
                dimensions_map={"TableName": self.findings_table.table_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="Findings is throttled",
        )
        alarms.add(
            "ScannerTaskCpuAlarm",
            cloudwatch.Metric(
                namespace="AWS/ECS",
                metric_name="CPUUtilization",
                dimensions_map={
                    "ClusterName": self.cluster.cluster_name,
                    "ServiceName": self.scanner_task_service.service_name,
                },
                statistic="Average",
                period=cdk.Duration.minutes(5),
            ),
            threshold=85,
            periods=3,
            description="Scanner is short of CPU",
        )
        alarms.add(
            "ScannerTaskMemoryAlarm",
            cloudwatch.Metric(
                namespace="AWS/ECS",
                metric_name="MemoryUtilization",
                dimensions_map={
                    "ClusterName": self.cluster.cluster_name,
                    "ServiceName": self.scanner_task_service.service_name,
                },
                statistic="Average",
                period=cdk.Duration.minutes(5),
            ),
            threshold=85,
            periods=3,
            description="Scanner is short of memory",
        )
        alarms.add(
            "FilesQueueAgeAlarm",
            cloudwatch.Metric(
                namespace="AWS/SQS",
                metric_name="ApproximateAgeOfOldestMessage",
                dimensions_map={"QueueName": self.files_queue.queue_name},
                statistic="Maximum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=25920,
            periods=1,
            description="Messages wait too long in Files to scan",
        )
        files_dead_letter_queue_alarm = alarms.add(
            "FilesDeadLetterQueueAlarm",
            cloudwatch.Metric(
                namespace="AWS/SQS",
                metric_name="ApproximateNumberOfMessagesVisible",
                dimensions_map={"QueueName": self.files_dead_letter_queue.queue_name},
                statistic="Maximum",
                period=cdk.Duration.minutes(1),
            ),
            threshold=0,
            periods=1,
            description="Messages have failed for good: files (Dead-letter queue)",
        )
        alarms.add(
            "FilesQueueMessageExpiryAlarm",
            cloudwatch.Metric(
                namespace="AWS/SQS",
                metric_name="SentMessageSize",
                dimensions_map={"QueueName": self.files_queue.queue_name},
                statistic="Maximum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=838860.8,
            periods=1,
            description=(
                'Files to scan: at 819.2 KiB, "Message size" nears 1 MiB, above which Amazon SQS is no longer chosen '
                "(messaging)."
            ),
        )
        alarms.add(
            "FilesQueueBacklogExpiryAlarm",
            cloudwatch.Metric(
                namespace="AWS/SQS",
                metric_name="ApproximateAgeOfOldestMessage",
                dimensions_map={"QueueName": self.files_queue.queue_name},
                statistic="Maximum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=276480.0,
            periods=1,
            description=(
                'Files to scan: at 4,608 min, "Retention" nears 4 days, the limit of this deployment. It can be raised '
                "up to 14 days, above which Amazon SQS is no longer chosen (messaging)."
            ),
        )
        self.scanner_task_service.enable_deployment_alarms(
            [files_dead_letter_queue_alarm.alarm_name],
            behavior=ecs.AlarmBehavior.ROLLBACK_ON_ALARM,
        )
        alarms.show(
            "Dashboard",
            title="Alarms",
            widgets=[
                cloudwatch.GraphWidget(
                    title="Findings · findings",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/DynamoDB",
                            metric_name="ConsumedReadCapacityUnits",
                            dimensions_map={"TableName": self.findings_table.table_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/DynamoDB",
                            metric_name="ConsumedWriteCapacityUnits",
                            dimensions_map={"TableName": self.findings_table.table_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/DynamoDB",
                            metric_name="ReadThrottleEvents",
                            dimensions_map={"TableName": self.findings_table.table_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/DynamoDB",
                            metric_name="WriteThrottleEvents",
                            dimensions_map={"TableName": self.findings_table.table_name},
                            statistic="Sum",
                        ),
                    ],
                ),
                cloudwatch.GraphWidget(
                    title="Scanner · scanner",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/ECS",
                            metric_name="CPUUtilization",
                            dimensions_map={
                                "ClusterName": self.cluster.cluster_name,
                                "ServiceName": self.scanner_task_service.service_name,
                            },
                            statistic="Average",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/ECS",
                            metric_name="MemoryUtilization",
                            dimensions_map={
                                "ClusterName": self.cluster.cluster_name,
                                "ServiceName": self.scanner_task_service.service_name,
                            },
                            statistic="Average",
                        ),
                    ],
                ),
                cloudwatch.GraphWidget(
                    title="Files to scan · files",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/SQS",
                            metric_name="ApproximateNumberOfMessagesVisible",
                            dimensions_map={"QueueName": self.files_queue.queue_name},
                            statistic="Maximum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/SQS",
                            metric_name="NumberOfMessagesSent",
                            dimensions_map={"QueueName": self.files_queue.queue_name},
                            statistic="Sum",
                        ),
                    ],
                    right=[
                        cloudwatch.Metric(
                            namespace="AWS/SQS",
                            metric_name="ApproximateAgeOfOldestMessage",
                            dimensions_map={"QueueName": self.files_queue.queue_name},
                            statistic="Maximum",
                        ),
                    ],
                ),
                cloudwatch.GraphWidget(
                    title="Dead-letter queue · files",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/SQS",
                            metric_name="ApproximateNumberOfMessagesVisible",
                            dimensions_map={"QueueName": self.files_dead_letter_queue.queue_name},
                            statistic="Maximum",
                        ),
                    ],
                ),
            ],
        )

    def _outputs(self) -> None:
        """What others ask a deployment for."""
        cdk.CfnOutput(self, "FindingsTableName", value=self.findings_table.table_name, description="Name of the table")
        cdk.CfnOutput(self, "EcsClusterName", value=self.cluster.cluster_name, description="Name of the ECS cluster")
        cdk.CfnOutput(
            self,
            "ScannerTaskDefinitionArn",
            value=self.scanner_task_definition.task_definition_arn,
            description="ARN of the task definition",
        )
        cdk.CfnOutput(
            self,
            "ScannerRepositoryUri",
            value=self.scanner_repository.repository_uri,
            description="Address of the repository",
        )
        cdk.CfnOutput(self, "FilesQueueUrl", value=self.files_queue.queue_url, description="URL of the queue")
        cdk.CfnOutput(
            self,
            "FilesDeadLetterQueueUrl",
            value=self.files_dead_letter_queue.queue_url,
            description="URL of the dead-letter queue",
        )

    def _origins(self) -> None:
        """Which part of the decision each resource comes from."""
        mark(self)
