from pathlib import Path
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecr as ecr
from aws_cdk import aws_eks as eks
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from .alarms import Alarms
from .keys import AdministeredKey
from .log_group import LogGroup
from .origins import mark
from .python_function import PythonFunction, architecture_of

PROJECT = Path(__file__).resolve().parent.parent


class WorkloadStack(cdk.Stack):
    """Business process integration"""

    def __init__(self, scope: Construct, construct_id: str, **kwargs: Any) -> None:
        super().__init__(scope, construct_id, **kwargs)
        self._parameters()
        self._keys()
        self._network()
        self._shared()
        self._stores()
        self._channels()
        self._component_orders()
        self._component_process_a()
        self._component_process_b()
        self._queue_policies()
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
        self.kubernetes_version = cdk.CfnParameter(
            self,
            "KubernetesVersion",
            type="String",
            default="1.36",
            allowed_pattern="^1\\.\\d{2}$",
            description="Kubernetes version; security groups per pod need 1.36",
        )
        self.admin_role_arn = cdk.CfnParameter(
            self,
            "AdminRoleArn",
            type="String",
            allowed_pattern="^arn:aws[a-z-]*:iam::\\d{12}:role/.+$",
            description="Role that administers the cluster",
        )
        self.api_access_cidr = cdk.CfnParameter(
            self,
            "ApiAccessCidr",
            type="String",
            allowed_pattern="^\\d{1,3}(\\.\\d{1,3}){3}/\\d{1,2}$",
            description="Network from which kubectl may reach the cluster",
        )
        self.completed_to1_email_address = cdk.CfnParameter(
            self,
            "CompletedTo1EmailAddress",
            type="String",
            allowed_pattern="^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$",
            description="Address that gets the messages",
        )
        self.completed_to2_partner_http_url = cdk.CfnParameter(
            self,
            "CompletedTo2PartnerHttpUrl",
            type="String",
            allowed_pattern="^https://[^\\s]+$",
            description="HTTPS address of the partner's system",
        )

    def _keys(self) -> None:
        """The key that data is encrypted under."""
        administered_kubernetes_cluster_key = AdministeredKey(
            self,
            "KubernetesClusterKey",
            description="Encrypts the secrets of the Kubernetes cluster",
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
        # Constructs would add statements with wildcards to the key's policy.
        self.kubernetes_cluster_key = kms.Key.from_key_arn(
            self,
            "KubernetesClusterKeyAsGiven",
            administered_kubernetes_cluster_key.key_arn,
        )

    def _network(self) -> None:
        """The network."""
        # Restricting the default security group would take a function of its own; nothing here uses that group.
        vpc = ec2.Vpc(
            self,
            "Vpc",
            ip_addresses=ec2.IpAddresses.cidr("10.20.0.0/16"),
            max_azs=2,
            nat_gateways=1,
            subnet_configuration=[
                ec2.SubnetConfiguration(name="Private", subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS, cidr_mask=20),
                ec2.SubnetConfiguration(
                    name="Public",
                    cidr_mask=22,
                    subnet_type=ec2.SubnetType.PUBLIC,
                    map_public_ip_on_launch=False,
                ),
            ],
            restrict_default_security_group=False,
        )
        self.orders_workload_security_group = ec2.SecurityGroup(
            self,
            "OrdersWorkloadSecurityGroup",
            vpc=vpc,
            description="Traffic of OrdersWorkload",
            allow_all_outbound=False,
        )
        self.orders_workload_security_group.add_egress_rule(ec2.Peer.any_ipv4(), ec2.Port.tcp(443), "AWS and partners")
        self.orders_workload_security_group.add_egress_rule(
            ec2.Peer.ipv4(vpc.vpc_cidr_block),
            ec2.Port.udp(53),
            "names",
        )
        self.orders_workload_security_group.add_egress_rule(
            ec2.Peer.ipv4(vpc.vpc_cidr_block),
            ec2.Port.tcp(53),
            "names",
        )
        private_subnets = ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS)
        cdk.Tags.of(vpc.private_subnets[0]).add(
            "kubernetes.io/role/internal-elb",
            "1",
            include_resource_types=["AWS::EC2::Subnet"],
        )
        cdk.Tags.of(vpc.private_subnets[1]).add(
            "kubernetes.io/role/internal-elb",
            "1",
            include_resource_types=["AWS::EC2::Subnet"],
        )
        cdk.Tags.of(vpc.public_subnets[0]).add(
            "kubernetes.io/role/elb",
            "1",
            include_resource_types=["AWS::EC2::Subnet"],
        )
        cdk.Tags.of(vpc.public_subnets[1]).add(
            "kubernetes.io/role/elb",
            "1",
            include_resource_types=["AWS::EC2::Subnet"],
        )
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
            resource_type=ec2.FlowLogResourceType.from_vpc(vpc),
            destination=ec2.FlowLogDestination.to_cloud_watch_logs(
                flow_logs_group,
                flow_logs_role.without_policy_updates(),
            ),
        )
        vpc.add_gateway_endpoint("S3Endpoint", service=ec2.GatewayVpcEndpointAwsService.S3, subnets=[private_subnets])
        self.subnet_ids = vpc.select_subnets(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS).subnet_ids

    def _shared(self) -> None:
        """What several components share."""
        kubernetes_cluster_role = iam.Role(
            self,
            "KubernetesClusterRole",
            assumed_by=iam.SessionTagsPrincipal(iam.ServicePrincipal("eks.amazonaws.com")),
            managed_policies=[
                iam.ManagedPolicy.from_aws_managed_policy_name("AmazonEKSClusterPolicy"),
                iam.ManagedPolicy.from_aws_managed_policy_name("AmazonEKSComputePolicy"),
                iam.ManagedPolicy.from_aws_managed_policy_name("AmazonEKSBlockStoragePolicy"),
                iam.ManagedPolicy.from_aws_managed_policy_name("AmazonEKSLoadBalancingPolicy"),
                iam.ManagedPolicy.from_aws_managed_policy_name("AmazonEKSNetworkingPolicy"),
            ],
        )
        kubernetes_cluster_node_role = iam.Role(
            self,
            "KubernetesClusterNodeRole",
            assumed_by=iam.ServicePrincipal("ec2.amazonaws.com"),
            managed_policies=[
                iam.ManagedPolicy.from_aws_managed_policy_name("AmazonEKSWorkerNodeMinimalPolicy"),
                iam.ManagedPolicy.from_aws_managed_policy_name("AmazonEC2ContainerRegistryPullOnly"),
            ],
        )
        kubernetes_cluster_logs = LogGroup(
            self,
            "KubernetesClusterLogs",
            log_group_name=f"/aws/eks/{cdk.Aws.STACK_NAME}/cluster",
            retention_days=self.log_retention_days,
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
        # Its log group is created first: EKS would create one that never expires.
        self.kubernetes_cluster = eks.CfnCluster(
            self,
            "KubernetesCluster",
            name=cdk.Aws.STACK_NAME,
            version=self.kubernetes_version.value_as_string,
            role_arn=kubernetes_cluster_role.role_arn,
            access_config=eks.CfnCluster.AccessConfigProperty(
                authentication_mode="API",
                bootstrap_cluster_creator_admin_permissions=False,
            ),
            bootstrap_self_managed_addons=False,
            compute_config=eks.CfnCluster.ComputeConfigProperty(
                enabled=True,
                node_pools=["general-purpose", "system"],
                node_role_arn=kubernetes_cluster_node_role.role_arn,
            ),
            kubernetes_network_config=eks.CfnCluster.KubernetesNetworkConfigProperty(
                elastic_load_balancing=eks.CfnCluster.ElasticLoadBalancingProperty(enabled=True),
            ),
            storage_config=eks.CfnCluster.StorageConfigProperty(
                block_storage=eks.CfnCluster.BlockStorageProperty(enabled=True),
            ),
            encryption_config=[
                eks.CfnCluster.EncryptionConfigProperty(
                    provider=eks.CfnCluster.ProviderProperty(key_arn=self.kubernetes_cluster_key.key_arn),
                    resources=["secrets"],
                ),
            ],
            logging=eks.CfnCluster.LoggingProperty(
                cluster_logging=eks.CfnCluster.ClusterLoggingProperty(
                    enabled_types=[
                        eks.CfnCluster.LoggingTypeConfigProperty(type="api"),
                        eks.CfnCluster.LoggingTypeConfigProperty(type="audit"),
                        eks.CfnCluster.LoggingTypeConfigProperty(type="authenticator"),
                        eks.CfnCluster.LoggingTypeConfigProperty(type="controllerManager"),
                        eks.CfnCluster.LoggingTypeConfigProperty(type="scheduler"),
                    ],
                ),
            ),
            resources_vpc_config=eks.CfnCluster.ResourcesVpcConfigProperty(
                subnet_ids=[self.subnet_ids[0], self.subnet_ids[1]],
                endpoint_private_access=True,
                endpoint_public_access=True,
                public_access_cidrs=[self.api_access_cidr.value_as_string],
            ),
        )
        self.kubernetes_cluster.node.add_dependency(kubernetes_cluster_logs)
        eks.CfnAccessEntry(
            self,
            "KubernetesClusterAdmin",
            cluster_name=self.kubernetes_cluster.ref,
            principal_arn=self.admin_role_arn.value_as_string,
            access_policies=[
                eks.CfnAccessEntry.AccessPolicyProperty(
                    access_scope=eks.CfnAccessEntry.AccessScopeProperty(type="cluster"),
                    policy_arn=f"arn:{cdk.Aws.PARTITION}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
                ),
            ],
        )
        self.container_insights_role = iam.Role(
            self,
            "ContainerInsightsRole",
            assumed_by=iam.SessionTagsPrincipal(iam.ServicePrincipal("pods.eks.amazonaws.com")),
            managed_policies=[
                iam.ManagedPolicy.from_aws_managed_policy_name("CloudWatchAgentServerPolicy"),
                iam.ManagedPolicy.from_aws_managed_policy_name("AWSXrayWriteOnlyAccess"),
            ],
        )
        self.orders_repository = ecr.Repository(
            self,
            "OrdersRepository",
            image_tag_mutability=ecr.TagMutability.IMMUTABLE,
            image_scan_on_push=True,
            encryption=ecr.RepositoryEncryption.AES_256,
            lifecycle_rules=[ecr.LifecycleRule(description="keep the newest 20", max_image_count=20)],
            removal_policy=cdk.RemovalPolicy.RETAIN,
        )
        self.architecture = lambda_.Architecture.custom(self.function_architecture.value_as_string)
        self.sns_key = kms.Alias.from_alias_name(self, "SnsKey", "alias/aws/sns")
        self.orders_workload_security_group.add_ingress_rule(
            ec2.Peer.security_group_id(self.kubernetes_cluster.attr_cluster_security_group_id),
            ec2.Port.tcp(8080),
            "health checks of the nodes",
        )

    def _stores(self) -> None:
        """Stores: data with one owner."""
        self.records_table = dynamodb.Table(
            self,
            "RecordsTable",
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
        self.accepted_dead_letter_queue = sqs.Queue(
            self,
            "AcceptedDeadLetterQueue",
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            retention_period=cdk.Duration.days(14),
        )
        self.accepted_queue = sqs.Queue(
            self,
            "AcceptedQueue",
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            visibility_timeout=cdk.Duration.seconds(289),
            retention_period=cdk.Duration.days(4),
            receive_message_wait_time=cdk.Duration.seconds(20),
            dead_letter_queue=sqs.DeadLetterQueue(queue=self.accepted_dead_letter_queue, max_receive_count=3),
        )
        self.completed_topic = sns.Topic(self, "CompletedTopic", master_key=self.sns_key)
        self.completed_process_b_dead_letter_queue = sqs.Queue(
            self,
            "CompletedProcessBDeadLetterQueue",
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            retention_period=cdk.Duration.days(14),
        )
        self.completed_process_b_queue = sqs.Queue(
            self,
            "CompletedProcessBQueue",
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            visibility_timeout=cdk.Duration.seconds(289),
            retention_period=cdk.Duration.days(4),
            receive_message_wait_time=cdk.Duration.seconds(20),
            dead_letter_queue=sqs.DeadLetterQueue(
                queue=self.completed_process_b_dead_letter_queue,
                max_receive_count=3,
            ),
        )
        self.completed_dead_letter_queue = sqs.Queue(
            self,
            "CompletedDeadLetterQueue",
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            retention_period=cdk.Duration.days(14),
        )
        sns.Subscription(
            self,
            "CompletedTopicDeliverProcessBQueueSubscription",
            topic=self.completed_topic,
            protocol=sns.SubscriptionProtocol.SQS,
            endpoint=self.completed_process_b_queue.queue_arn,
            raw_message_delivery=True,
            dead_letter_queue=self.completed_dead_letter_queue,
        )
        sns.Subscription(
            self,
            "CompletedTopicDeliverTo1EmailSubscription",
            topic=self.completed_topic,
            protocol=sns.SubscriptionProtocol.EMAIL,
            endpoint=self.completed_to1_email_address.value_as_string,
            dead_letter_queue=self.completed_dead_letter_queue,
        )
        sns.Subscription(
            self,
            "CompletedTopicDeliverTo2PartnerHttpSubscription",
            topic=self.completed_topic,
            protocol=sns.SubscriptionProtocol.HTTPS,
            endpoint=self.completed_to2_partner_http_url.value_as_string,
            dead_letter_queue=self.completed_dead_letter_queue,
        )

    def _component_orders(self) -> None:
        """Order application"""
        eks.CfnAddon(
            self,
            "ContainerInsights",
            cluster_name=self.kubernetes_cluster.ref,
            addon_name="amazon-cloudwatch-observability",
            resolve_conflicts="OVERWRITE",
            pod_identity_associations=[
                eks.CfnAddon.PodIdentityAssociationProperty(
                    role_arn=self.container_insights_role.role_arn,
                    service_account="cloudwatch-agent",
                ),
            ],
        )
        orders_workload_role = iam.Role(
            self,
            "OrdersWorkloadRole",
            assumed_by=iam.SessionTagsPrincipal(iam.ServicePrincipal("pods.eks.amazonaws.com")),
            inline_policies={
                "connections": iam.PolicyDocument(
                    statements=[
                        iam.PolicyStatement(
                            sid="PublishAccepted",
                            actions=["sqs:SendMessage"],
                            resources=[self.accepted_queue.queue_arn],
                        ),
                    ],
                ),
            },
        )
        eks.CfnPodIdentityAssociation(
            self,
            "OrdersWorkloadIdentity",
            cluster_name=self.kubernetes_cluster.ref,
            namespace="app",
            service_account="orders",
            role_arn=orders_workload_role.role_arn,
        )

    def _component_process_a(self) -> None:
        """Process A"""
        process_a_function_logs = LogGroup(
            self,
            "ProcessAFunctionLogs",
            retention_days=self.log_retention_days,
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
        process_a_function_role = iam.Role(
            self,
            "ProcessAFunctionRole",
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
            managed_policies=[
                iam.ManagedPolicy.from_aws_managed_policy_name("service-role/AWSLambdaBasicExecutionRole"),
                iam.ManagedPolicy.from_aws_managed_policy_name("AWSXrayWriteOnlyAccess"),
            ],
            inline_policies={
                "connections": iam.PolicyDocument(
                    statements=[
                        iam.PolicyStatement(
                            sid="ConsumeAccepted",
                            actions=["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
                            resources=[self.accepted_queue.queue_arn],
                        ),
                        iam.PolicyStatement(
                            sid="PublishCompleted",
                            actions=["sns:Publish"],
                            resources=[self.completed_topic.topic_arn],
                        ),
                    ],
                ),
            },
        )
        self.process_a_function = PythonFunction(
            self,
            "ProcessAFunction",
            folder=str(PROJECT / "src" / "process-a"),
            handler="app.handler",
            memory_size=512,
            timeout=cdk.Duration.seconds(48),
            environment={"COMPLETED_TOPIC_ARN": self.completed_topic.topic_arn},
            architecture=self.architecture,
            logging_format=lambda_.LoggingFormat.JSON,
            log_group=process_a_function_logs,
            role=process_a_function_role.without_policy_updates(),
        )
        lambda_.EventSourceMapping(
            self,
            "AcceptedQueueConsumeProcessAFunctionSource",
            target=self.process_a_function,
            event_source_arn=self.accepted_queue.queue_arn,
            batch_size=2,
            max_batching_window=cdk.Duration.seconds(1),
            max_concurrency=120,
            report_batch_item_failures=True,
        )

    def _component_process_b(self) -> None:
        """Process B"""
        process_b_function_logs = LogGroup(
            self,
            "ProcessBFunctionLogs",
            retention_days=self.log_retention_days,
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
        process_b_function_role = iam.Role(
            self,
            "ProcessBFunctionRole",
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
            managed_policies=[
                iam.ManagedPolicy.from_aws_managed_policy_name("service-role/AWSLambdaBasicExecutionRole"),
                iam.ManagedPolicy.from_aws_managed_policy_name("AWSXrayWriteOnlyAccess"),
            ],
            inline_policies={
                "connections": iam.PolicyDocument(
                    statements=[
                        iam.PolicyStatement(
                            sid="ConsumeCompleted",
                            actions=["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
                            resources=[self.completed_process_b_queue.queue_arn],
                        ),
                        iam.PolicyStatement(
                            sid="WriteRecords",
                            actions=["dynamodb:PutItem", "dynamodb:UpdateItem"],
                            resources=[self.records_table.table_arn],
                        ),
                    ],
                ),
            },
        )
        self.process_b_function = PythonFunction(
            self,
            "ProcessBFunction",
            folder=str(PROJECT / "src" / "process-b"),
            handler="app.handler",
            memory_size=512,
            timeout=cdk.Duration.seconds(48),
            environment={"RECORDS_TABLE_NAME": self.records_table.table_name},
            architecture=self.architecture,
            logging_format=lambda_.LoggingFormat.JSON,
            log_group=process_b_function_logs,
            role=process_b_function_role.without_policy_updates(),
        )
        lambda_.EventSourceMapping(
            self,
            "CompletedProcessBQueueConsumeProcessBF06fecaSource",
            target=self.process_b_function,
            event_source_arn=self.completed_process_b_queue.queue_arn,
            batch_size=2,
            max_batching_window=cdk.Duration.seconds(1),
            max_concurrency=120,
            report_batch_item_failures=True,
        )

    def _queue_policies(self) -> None:
        """Who may put messages into queues."""
        self.completed_process_b_queue.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.ServicePrincipal("sns.amazonaws.com")],
                actions=["sqs:SendMessage"],
                resources=[self.completed_process_b_queue.queue_arn],
                conditions={"ArnEquals": {"aws:SourceArn": self.completed_topic.topic_arn}},
            ),
        )
        self.completed_dead_letter_queue.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.ServicePrincipal("sns.amazonaws.com")],
                actions=["sqs:SendMessage"],
                resources=[self.completed_dead_letter_queue.queue_arn],
                conditions={"ArnEquals": {"aws:SourceArn": self.completed_topic.topic_arn}},
            ),
        )

    def _alarms(self) -> None:
        """What tells that something has stopped working."""
        alarms = Alarms(self, "Alarms", email=self.alarm_email.value_as_string)
        alarms.add(
            "RecordsTableReadThrottlesAlarm",
            cloudwatch.Metric(
                namespace="AWS/DynamoDB",
                metric_name="ReadThrottleEvents",
                dimensions_map={"TableName": self.records_table.table_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="Records is throttled",
        )
        alarms.add(
            "RecordsTableWriteThrottlesAlarm",
            cloudwatch.Metric(
                namespace="AWS/DynamoDB",
                metric_name="WriteThrottleEvents",
                dimensions_map={"TableName": self.records_table.table_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="Records is throttled",
        )
        alarms.add(
            "OrdersWorkloadRestartsAlarm",
            cloudwatch.Metric(
                namespace="ContainerInsights",
                metric_name="pod_number_of_container_restarts",
                dimensions_map={"ClusterName": self.kubernetes_cluster.ref, "Namespace": "app", "PodName": "orders"},
                statistic="Maximum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=3,
            periods=1,
            description="Order application keeps restarting",
        )
        alarms.add(
            "ProcessAFunctionErrorsAlarm",
            cloudwatch.Metric(
                namespace="AWS/Lambda",
                metric_name="Errors",
                dimensions_map={"FunctionName": self.process_a_function.function_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="Process A fails",
        )
        alarms.add(
            "ProcessAFunctionThrottlesAlarm",
            cloudwatch.Metric(
                namespace="AWS/Lambda",
                metric_name="Throttles",
                dimensions_map={"FunctionName": self.process_a_function.function_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="Process A is throttled",
        )
        alarms.add(
            "ProcessBFunctionErrorsAlarm",
            cloudwatch.Metric(
                namespace="AWS/Lambda",
                metric_name="Errors",
                dimensions_map={"FunctionName": self.process_b_function.function_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="Process B fails",
        )
        alarms.add(
            "ProcessBFunctionThrottlesAlarm",
            cloudwatch.Metric(
                namespace="AWS/Lambda",
                metric_name="Throttles",
                dimensions_map={"FunctionName": self.process_b_function.function_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="Process B is throttled",
        )
        alarms.add(
            "AcceptedQueueAgeAlarm",
            cloudwatch.Metric(
                namespace="AWS/SQS",
                metric_name="ApproximateAgeOfOldestMessage",
                dimensions_map={"QueueName": self.accepted_queue.queue_name},
                statistic="Maximum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=578,
            periods=1,
            description="Messages wait too long in Accepted orders",
        )
        alarms.add(
            "AcceptedDeadLetterQueueAlarm",
            cloudwatch.Metric(
                namespace="AWS/SQS",
                metric_name="ApproximateNumberOfMessagesVisible",
                dimensions_map={"QueueName": self.accepted_dead_letter_queue.queue_name},
                statistic="Maximum",
                period=cdk.Duration.minutes(1),
            ),
            threshold=0,
            periods=1,
            description="Messages have failed for good: accepted (Dead-letter queue)",
        )
        alarms.add(
            "CompletedTopicFailedAlarm",
            cloudwatch.Metric(
                namespace="AWS/SNS",
                metric_name="NumberOfNotificationsFailed",
                dimensions_map={"TopicName": self.completed_topic.topic_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="Completed orders cannot deliver",
        )
        alarms.add(
            "CompletedProcessBQueueAgeAlarm",
            cloudwatch.Metric(
                namespace="AWS/SQS",
                metric_name="ApproximateAgeOfOldestMessage",
                dimensions_map={"QueueName": self.completed_process_b_queue.queue_name},
                statistic="Maximum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=578,
            periods=1,
            description="Messages wait too long in Process B",
        )
        alarms.add(
            "CompletedProcessBDeadLetterQueueAlarm",
            cloudwatch.Metric(
                namespace="AWS/SQS",
                metric_name="ApproximateNumberOfMessagesVisible",
                dimensions_map={"QueueName": self.completed_process_b_dead_letter_queue.queue_name},
                statistic="Maximum",
                period=cdk.Duration.minutes(1),
            ),
            threshold=0,
            periods=1,
            description="Messages have failed for good: completed (Dead-letter queue)",
        )
        alarms.add(
            "CompletedDeadLetterQueueAlarm",
            cloudwatch.Metric(
                namespace="AWS/SQS",
                metric_name="ApproximateNumberOfMessagesVisible",
                dimensions_map={"QueueName": self.completed_dead_letter_queue.queue_name},
                statistic="Maximum",
                period=cdk.Duration.minutes(1),
            ),
            threshold=0,
            periods=1,
            description="Messages have failed for good: completed (Dead-letter queue)",
        )
        alarms.add(
            "ProcessAFunctionRunExpiryAlarm",
            cloudwatch.Metric(
                namespace="AWS/Lambda",
                metric_name="Duration",
                dimensions_map={"FunctionName": self.process_a_function.function_name},
                statistic="Maximum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=38400.0,
            periods=1,
            description=(
                'Process A: at 38.4 s, "Longest run" nears 48 s, the limit of this deployment. It can be raised up to '
                "15 min, above which AWS Lambda is no longer chosen (compute) but Amazon ECS."
            ),
        )
        alarms.add(
            "ProcessBFunctionRunExpiryAlarm",
            cloudwatch.Metric(
                namespace="AWS/Lambda",
                metric_name="Duration",
                dimensions_map={"FunctionName": self.process_b_function.function_name},
                statistic="Maximum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=38400.0,
            periods=1,
            description=(
                'Process B: at 38.4 s, "Longest run" nears 48 s, the limit of this deployment. It can be raised up to '
                "15 min, above which AWS Lambda is no longer chosen (compute) but Amazon ECS."
            ),
        )
        alarms.add(
            "AcceptedQueueMessageExpiryAlarm",
            cloudwatch.Metric(
                namespace="AWS/SQS",
                metric_name="SentMessageSize",
                dimensions_map={"QueueName": self.accepted_queue.queue_name},
                statistic="Maximum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=838860.8,
            periods=1,
            description=(
                'Accepted orders: at 819.2 KiB, "Message size" nears 1 MiB, above which Amazon SQS is no longer chosen '
                "(messaging)."
            ),
        )
        alarms.add(
            "AcceptedQueueBacklogExpiryAlarm",
            cloudwatch.Metric(
                namespace="AWS/SQS",
                metric_name="ApproximateAgeOfOldestMessage",
                dimensions_map={"QueueName": self.accepted_queue.queue_name},
                statistic="Maximum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=276480.0,
            periods=1,
            description=(
                'Accepted orders: at 4,608 min, "Retention" nears 4 days, the limit of this deployment. It can be '
                "raised up to 14 days, above which Amazon SQS is no longer chosen (messaging)."
            ),
        )
        alarms.add(
            "CompletedProcessBQueueMessageExpiryAlarm",
            cloudwatch.Metric(
                namespace="AWS/SQS",
                metric_name="SentMessageSize",
                dimensions_map={"QueueName": self.completed_process_b_queue.queue_name},
                statistic="Maximum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=209715.2,
            periods=1,
            description=(
                'Completed orders: at 204.8 KiB, "Message size" nears 256 KiB, above which Amazon SNS is no longer '
                "chosen (messaging); Amazon SQS is no longer chosen (queue per consumer)."
            ),
        )
        alarms.add(
            "CompletedProcessBQueueBacklogExpiryAlarm",
            cloudwatch.Metric(
                namespace="AWS/SQS",
                metric_name="ApproximateAgeOfOldestMessage",
                dimensions_map={"QueueName": self.completed_process_b_queue.queue_name},
                statistic="Maximum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=2880.0,
            periods=1,
            description=(
                'Completed orders: at 48 min, "Retention" nears 1 h, above which Amazon SNS is no longer chosen '
                "(messaging); Amazon SQS is no longer chosen (queue per consumer)."
            ),
        )
        alarms.show(
            "Dashboard",
            title="Alarms",
            widgets=[
                cloudwatch.GraphWidget(
                    title="Records · records",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/DynamoDB",
                            metric_name="ConsumedReadCapacityUnits",
                            dimensions_map={"TableName": self.records_table.table_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/DynamoDB",
                            metric_name="ConsumedWriteCapacityUnits",
                            dimensions_map={"TableName": self.records_table.table_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/DynamoDB",
                            metric_name="ReadThrottleEvents",
                            dimensions_map={"TableName": self.records_table.table_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/DynamoDB",
                            metric_name="WriteThrottleEvents",
                            dimensions_map={"TableName": self.records_table.table_name},
                            statistic="Sum",
                        ),
                    ],
                ),
                cloudwatch.GraphWidget(
                    title="Order application · orders",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="ContainerInsights",
                            metric_name="pod_number_of_container_restarts",
                            dimensions_map={
                                "ClusterName": self.kubernetes_cluster.ref,
                                "Namespace": "app",
                                "PodName": "orders",
                            },
                            statistic="Maximum",
                        ),
                    ],
                ),
                cloudwatch.GraphWidget(
                    title="Process A · process-a",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Invocations",
                            dimensions_map={"FunctionName": self.process_a_function.function_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Errors",
                            dimensions_map={"FunctionName": self.process_a_function.function_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Throttles",
                            dimensions_map={"FunctionName": self.process_a_function.function_name},
                            statistic="Sum",
                        ),
                    ],
                    right=[
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Duration",
                            dimensions_map={"FunctionName": self.process_a_function.function_name},
                            statistic="p99",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Duration",
                            dimensions_map={"FunctionName": self.process_a_function.function_name},
                            statistic="Maximum",
                        ),
                    ],
                ),
                cloudwatch.GraphWidget(
                    title="Process B · process-b",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Invocations",
                            dimensions_map={"FunctionName": self.process_b_function.function_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Errors",
                            dimensions_map={"FunctionName": self.process_b_function.function_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Throttles",
                            dimensions_map={"FunctionName": self.process_b_function.function_name},
                            statistic="Sum",
                        ),
                    ],
                    right=[
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Duration",
                            dimensions_map={"FunctionName": self.process_b_function.function_name},
                            statistic="p99",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Duration",
                            dimensions_map={"FunctionName": self.process_b_function.function_name},
                            statistic="Maximum",
                        ),
                    ],
                ),
                cloudwatch.GraphWidget(
                    title="Accepted orders · accepted",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/SQS",
                            metric_name="ApproximateNumberOfMessagesVisible",
                            dimensions_map={"QueueName": self.accepted_queue.queue_name},
                            statistic="Maximum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/SQS",
                            metric_name="NumberOfMessagesSent",
                            dimensions_map={"QueueName": self.accepted_queue.queue_name},
                            statistic="Sum",
                        ),
                    ],
                    right=[
                        cloudwatch.Metric(
                            namespace="AWS/SQS",
                            metric_name="ApproximateAgeOfOldestMessage",
                            dimensions_map={"QueueName": self.accepted_queue.queue_name},
                            statistic="Maximum",
                        ),
                    ],
                ),
                cloudwatch.GraphWidget(
                    title="Dead-letter queue · accepted",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/SQS",
                            metric_name="ApproximateNumberOfMessagesVisible",
                            dimensions_map={"QueueName": self.accepted_dead_letter_queue.queue_name},
                            statistic="Maximum",
                        ),
                    ],
                ),
                cloudwatch.GraphWidget(
                    title="Completed orders · completed",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/SNS",
                            metric_name="NumberOfMessagesPublished",
                            dimensions_map={"TopicName": self.completed_topic.topic_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/SNS",
                            metric_name="NumberOfNotificationsDelivered",
                            dimensions_map={"TopicName": self.completed_topic.topic_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/SNS",
                            metric_name="NumberOfNotificationsFailed",
                            dimensions_map={"TopicName": self.completed_topic.topic_name},
                            statistic="Sum",
                        ),
                    ],
                ),
                cloudwatch.GraphWidget(
                    title="Process B · completed",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/SQS",
                            metric_name="ApproximateNumberOfMessagesVisible",
                            dimensions_map={"QueueName": self.completed_process_b_queue.queue_name},
                            statistic="Maximum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/SQS",
                            metric_name="NumberOfMessagesSent",
                            dimensions_map={"QueueName": self.completed_process_b_queue.queue_name},
                            statistic="Sum",
                        ),
                    ],
                    right=[
                        cloudwatch.Metric(
                            namespace="AWS/SQS",
                            metric_name="ApproximateAgeOfOldestMessage",
                            dimensions_map={"QueueName": self.completed_process_b_queue.queue_name},
                            statistic="Maximum",
                        ),
                    ],
                ),
                cloudwatch.GraphWidget(
                    title="Dead-letter queue · completed",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/SQS",
                            metric_name="ApproximateNumberOfMessagesVisible",
                            dimensions_map={"QueueName": self.completed_process_b_dead_letter_queue.queue_name},
                            statistic="Maximum",
                        ),
                    ],
                ),
                cloudwatch.GraphWidget(
                    title="Dead-letter queue · completed",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/SQS",
                            metric_name="ApproximateNumberOfMessagesVisible",
                            dimensions_map={"QueueName": self.completed_dead_letter_queue.queue_name},
                            statistic="Maximum",
                        ),
                    ],
                ),
            ],
        )

    def _outputs(self) -> None:
        """What others ask a deployment for."""
        cdk.CfnOutput(self, "RecordsTableName", value=self.records_table.table_name, description="Name of the table")
        cdk.CfnOutput(self, "EksClusterName", value=self.kubernetes_cluster.ref, description="Name of the EKS cluster")
        cdk.CfnOutput(
            self,
            "OrdersWorkloadSecurityGroupId",
            value=self.orders_workload_security_group.security_group_id,
            description="Security group of the pods",
        )
        cdk.CfnOutput(
            self,
            "OrdersWorkloadEnvAcceptedQueueUrl",
            value=self.accepted_queue.queue_url,
            description="Environment variable for the pods",
        )
        cdk.CfnOutput(
            self,
            "OrdersRepositoryUri",
            value=self.orders_repository.repository_uri,
            description="Address of the repository",
        )
        cdk.CfnOutput(
            self,
            "ProcessAFunctionName",
            value=self.process_a_function.function_name,
            description="Name of the function",
        )
        cdk.CfnOutput(
            self,
            "ProcessBFunctionName",
            value=self.process_b_function.function_name,
            description="Name of the function",
        )
        cdk.CfnOutput(self, "AcceptedQueueUrl", value=self.accepted_queue.queue_url, description="URL of the queue")
        cdk.CfnOutput(
            self,
            "AcceptedDeadLetterQueueUrl",
            value=self.accepted_dead_letter_queue.queue_url,
            description="URL of the dead-letter queue",
        )
        cdk.CfnOutput(self, "CompletedTopicArn", value=self.completed_topic.topic_arn, description="ARN of the topic")
        cdk.CfnOutput(
            self,
            "CompletedProcessBQueueUrl",
            value=self.completed_process_b_queue.queue_url,
            description="URL of the queue",
        )
        cdk.CfnOutput(
            self,
            "CompletedProcessBDeadLetterQueueUrl",
            value=self.completed_process_b_dead_letter_queue.queue_url,
            description="URL of the dead-letter queue",
        )
        cdk.CfnOutput(
            self,
            "CompletedDeadLetterQueueUrl",
            value=self.completed_dead_letter_queue.queue_url,
            description="URL of the dead-letter queue",
        )

    def _origins(self) -> None:
        """Which part of the decision each resource comes from."""
        mark(self)
