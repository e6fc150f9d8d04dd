import * as cdk from 'aws-cdk-lib';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

import { Channels } from './components/channels';
import { Monitoring } from './components/monitoring';
import { Network } from './components/network';
import { Orders } from './components/orders';
import { ProcessA } from './components/process-a';
import { ProcessB } from './components/process-b';
import { Stores } from './components/stores';
import { AdministeredKey } from './keys';
import { LogGroup } from './log-group';
import { mark } from './origins';
import { architectureOf } from './typescript-function';

/** Business process integration */
export class WorkloadStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props?: cdk.StackProps) {
    super(scope, id, props);

    // Parameters.
    const alarmEmail = new cdk.CfnParameter(this, 'AlarmEmail', {
      type: 'String',
      allowedPattern: '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$',
      description: 'Email address for alarm notifications',
    });
    const logRetentionDays = new cdk.CfnParameter(this, 'LogRetentionDays', {
      type: 'Number',
      default: '30',
      allowedValues: ['1', '7', '14', '30', '90', '180', '365', '731'],
      description: 'Log retention in days; each GB costs 0.76 USD for ingestion and 0.033 USD per month of storage (ap-northeast-1, 2026-08-17)',
    });
    const functionArchitecture = new cdk.CfnParameter(this, 'FunctionArchitecture', {
      type: 'String',
      default: architectureOf(this),
      allowedValues: ['arm64', 'x86_64'],
      description: 'CPU architecture of the Lambda functions; arm64 costs 0.0000133334 USD per GB-second, x86_64 0.0000166667 USD (ap-northeast-1, 2026-09)',
    });
    const functionRollout = new cdk.CfnParameter(this, 'FunctionRollout', {
      type: 'String',
      default: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
      allowedValues: [
        'CodeDeployDefault.LambdaCanary10Percent5Minutes',
        'CodeDeployDefault.LambdaCanary10Percent15Minutes',
        'CodeDeployDefault.LambdaLinear10PercentEvery1Minute',
        'CodeDeployDefault.LambdaAllAtOnce',
      ],
      description: 'Traffic shifting to a new function version: by default, 10% first and the rest after 5 minutes; all at once with CodeDeployDefault.LambdaAllAtOnce',
    });
    const kubernetesVersion = new cdk.CfnParameter(this, 'KubernetesVersion', {
      type: 'String',
      default: '1.36',
      allowedPattern: '^1\\.\\d{2}$',
      description: 'Kubernetes version (security groups for pods require 1.36 or later)',
    });
    const adminRoleArn = new cdk.CfnParameter(this, 'AdminRoleArn', {
      type: 'String',
      allowedPattern: '^arn:aws[a-z-]*:iam::\\d{12}:role/.+$',
      description: 'ARN of the IAM role with administrator access to the cluster: the role that runs make deploy, or a role that kubectl assumes',
    });
    const apiAccessCidr = new cdk.CfnParameter(this, 'ApiAccessCidr', {
      type: 'String',
      allowedPattern: '^\\d{1,3}(\\.\\d{1,3}){3}/\\d{1,2}$',
      description: 'CIDR range from which kubectl can access the cluster',
    });
    const completedEmailAddress = new cdk.CfnParameter(this, 'CompletedEmailAddress', {
      type: 'String',
      allowedPattern: '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$',
      description: 'Email address that receives the messages',
    });
    const completedPartnerHttpUrl = new cdk.CfnParameter(this, 'CompletedPartnerHttpUrl', {
      type: 'String',
      allowedPattern: '^https://[^\\s]+$',
      description: 'HTTPS URL of the partner system',
    });

    // The KMS key for data encryption.
    const administeredKubernetesClusterKey = new AdministeredKey(this, 'KubernetesClusterKey', {
      description: 'Encrypts the Kubernetes secrets of the cluster',
      removalPolicy: cdk.RemovalPolicy.DESTROY,
    });
    // The L2 construct would add wildcard statements to the key policy.
    const kubernetesClusterKey = kms.Key.fromKeyArn(
      this,
      'KubernetesClusterKeyAsGiven',
      administeredKubernetesClusterKey.keyArn,
    );

    // The network.
    const network = new Network(this, 'Network', { logRetentionDays: logRetentionDays });

    // Resources shared by several components.
    const kubernetesClusterRole = new iam.Role(this, 'KubernetesClusterRole', {
      assumedBy: new iam.SessionTagsPrincipal(new iam.ServicePrincipal('eks.amazonaws.com')),
      managedPolicies: [
        iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEKSClusterPolicy'),
        iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEKSComputePolicy'),
        iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEKSBlockStoragePolicy'),
        iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEKSLoadBalancingPolicy'),
        iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEKSNetworkingPolicy'),
      ],
    });
    const kubernetesClusterNodeRole = new iam.Role(this, 'KubernetesClusterNodeRole', {
      assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: [
        iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEKSWorkerNodeMinimalPolicy'),
        iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEC2ContainerRegistryPullOnly'),
      ],
    });
    const kubernetesClusterLogs = new LogGroup(this, 'KubernetesClusterLogs', {
      logGroupName: `/aws/eks/${cdk.Aws.STACK_NAME}/cluster`,
      retentionDays: logRetentionDays,
      removalPolicy: cdk.RemovalPolicy.DESTROY,
    });
    // Created before the cluster: EKS would otherwise create a log group without retention.
    const kubernetesCluster = new eks.CfnCluster(this, 'KubernetesCluster', {
      name: cdk.Aws.STACK_NAME,
      version: kubernetesVersion.valueAsString,
      roleArn: kubernetesClusterRole.roleArn,
      accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false },
      bootstrapSelfManagedAddons: false,
      computeConfig: {
        enabled: true,
        nodePools: ['general-purpose', 'system'],
        nodeRoleArn: kubernetesClusterNodeRole.roleArn,
      },
      kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: true } },
      storageConfig: { blockStorage: { enabled: true } },
      encryptionConfig: [{ provider: { keyArn: kubernetesClusterKey.keyArn }, resources: ['secrets'] }],
      logging: {
        clusterLogging: {
          enabledTypes: [
            { type: 'api' },
            { type: 'audit' },
            { type: 'authenticator' },
            { type: 'controllerManager' },
            { type: 'scheduler' },
          ],
        },
      },
      resourcesVpcConfig: {
        subnetIds: [network.subnetIds[0], network.subnetIds[1]],
        endpointPrivateAccess: true,
        endpointPublicAccess: true,
        publicAccessCidrs: [apiAccessCidr.valueAsString],
      },
    });
    kubernetesCluster.node.addDependency(kubernetesClusterLogs);
    new eks.CfnAccessEntry(this, 'KubernetesClusterAdmin', {
      clusterName: kubernetesCluster.ref,
      principalArn: adminRoleArn.valueAsString,
      accessPolicies: [
        {
          accessScope: { type: 'cluster' },
          policyArn: `arn:${cdk.Aws.PARTITION}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`,
        },
      ],
    });
    new eks.CfnAddon(this, 'KubernetesClusterMetricsServer', {
      clusterName: kubernetesCluster.ref,
      addonName: 'metrics-server',
      resolveConflicts: 'OVERWRITE',
    });
    const containerInsightsRole = new iam.Role(this, 'ContainerInsightsRole', {
      assumedBy: new iam.SessionTagsPrincipal(new iam.ServicePrincipal('pods.eks.amazonaws.com')),
      managedPolicies: [
        iam.ManagedPolicy.fromAwsManagedPolicyName('CloudWatchAgentServerPolicy'),
        iam.ManagedPolicy.fromAwsManagedPolicyName('AWSXrayWriteOnlyAccess'),
      ],
    });
    const ordersRepository = new ecr.Repository(this, 'OrdersRepository', {
      imageTagMutability: ecr.TagMutability.IMMUTABLE,
      imageScanOnPush: true,
      encryption: ecr.RepositoryEncryption.AES_256,
      lifecycleRules: [{ description: 'Keep the newest 20 images', maxImageCount: 20 }],
      removalPolicy: cdk.RemovalPolicy.RETAIN,
    });
    const functionReleaseRole = new iam.Role(this, 'FunctionReleaseRole', {
      assumedBy: new iam.ServicePrincipal('codedeploy.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': cdk.Aws.ACCOUNT_ID } },
      }),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSCodeDeployRoleForLambdaLimited')],
    });
    const serverlessDeploymentApplication = new codedeploy.LambdaApplication(this, 'ServerlessDeploymentApplication');
    const architecture = lambda.Architecture.custom(functionArchitecture.valueAsString);
    const snsKey = kms.Alias.fromAliasName(this, 'SnsKey', 'alias/aws/sns');
    network.ordersWorkloadSecurityGroup.addIngressRule(
      ec2.Peer.securityGroupId(kubernetesCluster.attrClusterSecurityGroupId),
      ec2.Port.tcp(8080),
      'Health checks from the nodes',
    );

    // Data stores.
    const stores = new Stores(this, 'Stores');

    // Channels: messages and events.
    const channels = new Channels(this, 'Channels', {
      completedEmailAddress: completedEmailAddress,
      completedPartnerHttpUrl: completedPartnerHttpUrl,
      snsKey: snsKey,
    });

    // Order application
    new Orders(this, 'Orders', {
      acceptedQueue: channels.acceptedQueue,
      containerInsightsRole: containerInsightsRole,
      kubernetesCluster: kubernetesCluster,
    });

    // Process A
    const processA = new ProcessA(this, 'ProcessA', {
      acceptedQueue: channels.acceptedQueue,
      architecture: architecture,
      completedTopic: channels.completedTopic,
      completedTopicSentTable: channels.completedTopicSentTable,
      functionReleaseRole: functionReleaseRole,
      functionRollout: functionRollout,
      logRetentionDays: logRetentionDays,
      serverlessDeploymentApplication: serverlessDeploymentApplication,
    });

    // Process B
    const processB = new ProcessB(this, 'ProcessB', {
      architecture: architecture,
      completedProcessBQueue: channels.completedProcessBQueue,
      functionReleaseRole: functionReleaseRole,
      functionRollout: functionRollout,
      logRetentionDays: logRetentionDays,
      recordsTable: stores.recordsTable,
      serverlessDeploymentApplication: serverlessDeploymentApplication,
    });

    // Queue policies.
    channels.completedProcessBQueue.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('sns.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [channels.completedProcessBQueue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': channels.completedTopic.topicArn } },
      }),
    );
    channels.completedDeadLetterQueue.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('sns.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [channels.completedDeadLetterQueue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': channels.completedTopic.topicArn } },
      }),
    );

    // CloudWatch alarms.
    new Monitoring(this, 'Monitoring', {
      acceptedDeadLetterQueue: channels.acceptedDeadLetterQueue,
      acceptedQueue: channels.acceptedQueue,
      alarmEmail: alarmEmail,
      completedDeadLetterQueue: channels.completedDeadLetterQueue,
      completedProcessBDeadLetterQueue: channels.completedProcessBDeadLetterQueue,
      completedProcessBQueue: channels.completedProcessBQueue,
      completedTopic: channels.completedTopic,
      kubernetesCluster: kubernetesCluster,
      processAFunction: processA.function,
      processAFunctionDeploymentGroup: processA.functionDeploymentGroup,
      processBFunction: processB.function,
      processBFunctionDeploymentGroup: processB.functionDeploymentGroup,
      recordsTable: stores.recordsTable,
    });

    // Stack outputs.
    new cdk.CfnOutput(this, 'RecordsTableName', {
      value: stores.recordsTable.tableName,
      description: 'Name of the table',
    });
    new cdk.CfnOutput(this, 'EksClusterName', { value: kubernetesCluster.ref, description: 'Name of the EKS cluster' });
    new cdk.CfnOutput(this, 'OrdersWorkloadSecurityGroupId', {
      value: network.ordersWorkloadSecurityGroup.securityGroupId,
      description: 'Security group of the pods',
    });
    new cdk.CfnOutput(this, 'OrdersWorkloadEnvAcceptedQueueUrl', {
      value: channels.acceptedQueue.queueUrl,
      description: 'Environment variable for the pods',
    });
    new cdk.CfnOutput(this, 'OrdersRepositoryUri', {
      value: ordersRepository.repositoryUri,
      description: 'URI of the repository',
    });
    new cdk.CfnOutput(this, 'ProcessAFunctionName', {
      value: processA.function.functionName,
      description: 'Name of the function',
    });
    new cdk.CfnOutput(this, 'ProcessBFunctionName', {
      value: processB.function.functionName,
      description: 'Name of the function',
    });
    new cdk.CfnOutput(this, 'AcceptedQueueUrl', {
      value: channels.acceptedQueue.queueUrl,
      description: 'URL of the queue',
    });
    new cdk.CfnOutput(this, 'AcceptedDeadLetterQueueUrl', {
      value: channels.acceptedDeadLetterQueue.queueUrl,
      description: 'URL of the dead-letter queue',
    });
    new cdk.CfnOutput(this, 'CompletedTopicArn', {
      value: channels.completedTopic.topicArn,
      description: 'ARN of the topic',
    });
    new cdk.CfnOutput(this, 'CompletedProcessBQueueUrl', {
      value: channels.completedProcessBQueue.queueUrl,
      description: 'URL of the queue',
    });
    new cdk.CfnOutput(this, 'CompletedProcessBDeadLetterQueueUrl', {
      value: channels.completedProcessBDeadLetterQueue.queueUrl,
      description: 'URL of the dead-letter queue',
    });
    new cdk.CfnOutput(this, 'CompletedDeadLetterQueueUrl', {
      value: channels.completedDeadLetterQueue.queueUrl,
      description: 'URL of the dead-letter queue',
    });

    // The decision behind each resource.
    mark(this);
  }
}
