from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_codedeploy as codedeploy
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecr as ecr
from aws_cdk import aws_eks as eks
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from .components.channels import Channels
from .components.monitoring import Monitoring
from .components.network import Network
from .components.orders import Orders
from .components.process_a import ProcessA
from .components.process_b import ProcessB
from .components.stores import Stores
from .keys import AdministeredKey
from .log_group import LogGroup
from .origins import mark
from .python_function import architecture_of


class WorkloadStack(cdk.Stack):
    """Business process integration"""

    def __init__(self, scope: Construct, construct_id: str, **kwargs: Any) -> None:
        super().__init__(scope, construct_id, **kwargs)
        self._parameters()
        self._keys()
        self.network = Network(self, "Network", log_retention_days=self.log_retention_days)
        self._shared()
        self.stores = Stores(self, "Stores")
        self.channels = Channels(
            self,
            "Channels",
            completed_email_address=self.completed_email_address,
            completed_partner_http_url=self.completed_partner_http_url,
            sns_key=self.sns_key,
        )
        Orders(
            self,
            "Orders",
            accepted_queue=self.channels.accepted_queue,
            container_insights_role=self.container_insights_role,
            kubernetes_cluster=self.kubernetes_cluster,
        )
        self.process_a = ProcessA(
            self,
            "ProcessA",
            accepted_queue=self.channels.accepted_queue,
            architecture=self.architecture,
            completed_topic=self.channels.completed_topic,
            completed_topic_sent_table=self.channels.completed_topic_sent_table,
            function_release_role=self.function_release_role,
            function_rollout=self.function_rollout,
            log_retention_days=self.log_retention_days,
            serverless_deployment_application=self.serverless_deployment_application,
        )
        self.process_b = ProcessB(
            self,
            "ProcessB",
            architecture=self.architecture,
            completed_process_b_queue=self.channels.completed_process_b_queue,
            function_release_role=self.function_release_role,
            function_rollout=self.function_rollout,
            log_retention_days=self.log_retention_days,
            records_table=self.stores.records_table,
            serverless_deployment_application=self.serverless_deployment_application,
        )
        self._queue_policies()
        Monitoring(
            self,
            "Monitoring",
            accepted_dead_letter_queue=self.channels.accepted_dead_letter_queue,
            accepted_queue=self.channels.accepted_queue,
            alarm_email=self.alarm_email,
            completed_dead_letter_queue=self.channels.completed_dead_letter_queue,
            completed_process_b_dead_letter_queue=self.channels.completed_process_b_dead_letter_queue,
            completed_process_b_queue=self.channels.completed_process_b_queue,
            completed_topic=self.channels.completed_topic,
            kubernetes_cluster=self.kubernetes_cluster,
            process_a_function=self.process_a.function,
            process_a_function_deployment_group=self.process_a.function_deployment_group,
            process_b_function=self.process_b.function,
            process_b_function_deployment_group=self.process_b.function_deployment_group,
            records_table=self.stores.records_table,
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
        self.kubernetes_version = cdk.CfnParameter(
            self,
            "KubernetesVersion",
            type="String",
            default="1.36",
            allowed_pattern="^1\\.\\d{2}$",
            description="Kubernetes version (security groups for pods require 1.36 or later)",
        )
        self.admin_role_arn = cdk.CfnParameter(
            self,
            "AdminRoleArn",
            type="String",
            allowed_pattern="^arn:aws[a-z-]*:iam::\\d{12}:role/.+$",
            description=(
                "ARN of the IAM role with administrator access to the cluster: the role that runs make deploy, or a "
                "role that kubectl assumes"
            ),
        )
        self.api_access_cidr = cdk.CfnParameter(
            self,
            "ApiAccessCidr",
            type="String",
            allowed_pattern="^\\d{1,3}(\\.\\d{1,3}){3}/\\d{1,2}$",
            description="CIDR range from which kubectl can access the cluster",
        )
        self.completed_email_address = cdk.CfnParameter(
            self,
            "CompletedEmailAddress",
            type="String",
            allowed_pattern="^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$",
            description="Email address that receives the messages",
        )
        self.completed_partner_http_url = cdk.CfnParameter(
            self,
            "CompletedPartnerHttpUrl",
            type="String",
            allowed_pattern="^https://[^\\s]+$",
            description="HTTPS URL of the partner system",
        )

    def _keys(self) -> None:
        """The KMS key for data encryption."""
        administered_kubernetes_cluster_key = AdministeredKey(
            self,
            "KubernetesClusterKey",
            description="Encrypts the Kubernetes secrets of the cluster",
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
        # The L2 construct would add wildcard statements to the key policy.
        self.kubernetes_cluster_key = kms.Key.from_key_arn(
            self,
            "KubernetesClusterKeyAsGiven",
            administered_kubernetes_cluster_key.key_arn,
        )

    def _shared(self) -> None:
        """Resources shared by several components."""
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
        # Created before the cluster: EKS would otherwise create a log group without retention.
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
                subnet_ids=[self.network.subnet_ids[0], self.network.subnet_ids[1]],
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
        eks.CfnAddon(
            self,
            "KubernetesClusterMetricsServer",
            cluster_name=self.kubernetes_cluster.ref,
            addon_name="metrics-server",
            resolve_conflicts="OVERWRITE",
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
            lifecycle_rules=[ecr.LifecycleRule(description="Keep the newest 20 images", max_image_count=20)],
            removal_policy=cdk.RemovalPolicy.RETAIN,
        )
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
        self.sns_key = kms.Alias.from_alias_name(self, "SnsKey", "alias/aws/sns")
        self.network.orders_workload_security_group.add_ingress_rule(
            ec2.Peer.security_group_id(self.kubernetes_cluster.attr_cluster_security_group_id),
            ec2.Port.tcp(8080),
            "Health checks from the nodes",
        )

    def _queue_policies(self) -> None:
        """Queue policies."""
        self.channels.completed_process_b_queue.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.ServicePrincipal("sns.amazonaws.com")],
                actions=["sqs:SendMessage"],
                resources=[self.channels.completed_process_b_queue.queue_arn],
                conditions={"ArnEquals": {"aws:SourceArn": self.channels.completed_topic.topic_arn}},
            ),
        )
        self.channels.completed_dead_letter_queue.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.ServicePrincipal("sns.amazonaws.com")],
                actions=["sqs:SendMessage"],
                resources=[self.channels.completed_dead_letter_queue.queue_arn],
                conditions={"ArnEquals": {"aws:SourceArn": self.channels.completed_topic.topic_arn}},
            ),
        )

    def _outputs(self) -> None:
        """Stack outputs."""
        cdk.CfnOutput(
            self,
            "RecordsTableName",
            value=self.stores.records_table.table_name,
            description="Name of the table",
        )
        cdk.CfnOutput(self, "EksClusterName", value=self.kubernetes_cluster.ref, description="Name of the EKS cluster")
        cdk.CfnOutput(
            self,
            "OrdersWorkloadSecurityGroupId",
            value=self.network.orders_workload_security_group.security_group_id,
            description="Security group of the pods",
        )
        cdk.CfnOutput(
            self,
            "OrdersWorkloadEnvAcceptedQueueUrl",
            value=self.channels.accepted_queue.queue_url,
            description="Environment variable for the pods",
        )
        cdk.CfnOutput(
            self,
            "OrdersRepositoryUri",
            value=self.orders_repository.repository_uri,
            description="URI of the repository",
        )
        cdk.CfnOutput(
            self,
            "ProcessAFunctionName",
            value=self.process_a.function.function_name,
            description="Name of the function",
        )
        cdk.CfnOutput(
            self,
            "ProcessBFunctionName",
            value=self.process_b.function.function_name,
            description="Name of the function",
        )
        cdk.CfnOutput(
            self,
            "AcceptedQueueUrl",
            value=self.channels.accepted_queue.queue_url,
            description="URL of the queue",
        )
        cdk.CfnOutput(
            self,
            "AcceptedDeadLetterQueueUrl",
            value=self.channels.accepted_dead_letter_queue.queue_url,
            description="URL of the dead-letter queue",
        )
        cdk.CfnOutput(
            self,
            "CompletedTopicArn",
            value=self.channels.completed_topic.topic_arn,
            description="ARN of the topic",
        )
        cdk.CfnOutput(
            self,
            "CompletedProcessBQueueUrl",
            value=self.channels.completed_process_b_queue.queue_url,
            description="URL of the queue",
        )
        cdk.CfnOutput(
            self,
            "CompletedProcessBDeadLetterQueueUrl",
            value=self.channels.completed_process_b_dead_letter_queue.queue_url,
            description="URL of the dead-letter queue",
        )
        cdk.CfnOutput(
            self,
            "CompletedDeadLetterQueueUrl",
            value=self.channels.completed_dead_letter_queue.queue_url,
            description="URL of the dead-letter queue",
        )

    def _origins(self) -> None:
        """The decision behind each resource."""
        mark(self)
