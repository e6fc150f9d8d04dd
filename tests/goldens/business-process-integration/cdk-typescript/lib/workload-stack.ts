import * as path from 'node:path';

import * as cdk from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

import { Alarms } from './alarms';
import { AdministeredKey } from './keys';
import { LogGroup } from './log-group';
import { mark } from './origins';
import { TypeScriptFunction, architectureOf } from './typescript-function';

const PROJECT = path.join(__dirname, '..');

/** Business process integration */
export class WorkloadStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props?: cdk.StackProps) {
    super(scope, id, props);

    // What a deployment is asked for.
    const alarmEmail = new cdk.CfnParameter(this, 'AlarmEmail', {
      type: 'String',
      allowedPattern: '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$',
      description: 'Address that gets the alarms',
    });
    const logRetentionDays = new cdk.CfnParameter(this, 'LogRetentionDays', {
      type: 'Number',
      default: '30',
      allowedValues: ['1', '7', '14', '30', '90', '180', '365', '731'],
      description: 'Days that logs are kept; a GB costs 0.76 USD once and 0.033 USD per month kept (ap-northeast-1, 2026-08-17)',
    });
    const functionArchitecture = new cdk.CfnParameter(this, 'FunctionArchitecture', {
      type: 'String',
      default: architectureOf(this),
      allowedValues: ['arm64', 'x86_64'],
      description: 'Instruction set of the functions; per GB-s arm64 0.0000133334 USD, x86_64 0.0000166667 USD (ap-northeast-1, 2026-09)',
    });
    const kubernetesVersion = new cdk.CfnParameter(this, 'KubernetesVersion', {
      type: 'String',
      default: '1.36',
      allowedPattern: '^1\\.\\d{2}$',
      description: 'Kubernetes version; security groups per pod need 1.36',
    });
    const adminRoleArn = new cdk.CfnParameter(this, 'AdminRoleArn', {
      type: 'String',
      allowedPattern: '^arn:aws[a-z-]*:iam::\\d{12}:role/.+$',
      description: 'Role that administers the cluster',
    });
    const apiAccessCidr = new cdk.CfnParameter(this, 'ApiAccessCidr', {
      type: 'String',
      allowedPattern: '^\\d{1,3}(\\.\\d{1,3}){3}/\\d{1,2}$',
      description: 'Network from which kubectl may reach the cluster',
    });
    const completedTo1EmailAddress = new cdk.CfnParameter(this, 'CompletedTo1EmailAddress', {
      type: 'String',
      allowedPattern: '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$',
      description: 'Address that gets the messages',
    });
    const completedTo2PartnerHttpUrl = new cdk.CfnParameter(this, 'CompletedTo2PartnerHttpUrl', {
      type: 'String',
      allowedPattern: '^https://[^\\s]+$',
      description: "HTTPS address of the partner's system",
    });

    // The key that data is encrypted under.
    const administeredKubernetesClusterKey = new AdministeredKey(this, 'KubernetesClusterKey', {
      description: 'Encrypts the secrets of the Kubernetes cluster',
      removalPolicy: cdk.RemovalPolicy.DESTROY,
    });
    // Constructs would add statements with wildcards to the key's policy.
    const kubernetesClusterKey = kms.Key.fromKeyArn(
      this,
      'KubernetesClusterKeyAsGiven',
      administeredKubernetesClusterKey.keyArn,
    );

    // The network.
    // Restricting the default security group would take a function of its own; nothing here uses that group.
    const vpc = new ec2.Vpc(this, 'Vpc', {
      ipAddresses: ec2.IpAddresses.cidr('10.20.0.0/16'),
      maxAzs: 2,
      natGateways: 1,
      subnetConfiguration: [
        { name: 'Private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 20 },
        { name: 'Public', cidrMask: 22, subnetType: ec2.SubnetType.PUBLIC, mapPublicIpOnLaunch: false },
      ],
      restrictDefaultSecurityGroup: false,
    });
    const ordersWorkloadSecurityGroup = new ec2.SecurityGroup(this, 'OrdersWorkloadSecurityGroup', {
      vpc: vpc,
      description: 'Traffic of OrdersWorkload',
      allowAllOutbound: false,
    });
    ordersWorkloadSecurityGroup.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'AWS and partners');
    ordersWorkloadSecurityGroup.addEgressRule(ec2.Peer.ipv4(vpc.vpcCidrBlock), ec2.Port.udp(53), 'names');
    ordersWorkloadSecurityGroup.addEgressRule(ec2.Peer.ipv4(vpc.vpcCidrBlock), ec2.Port.tcp(53), 'names');
    const privateSubnets = { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS };
    cdk.Tags.of(vpc.privateSubnets[0]).add('kubernetes.io/role/internal-elb', '1', {
      includeResourceTypes: ['AWS::EC2::Subnet'],
    });
    cdk.Tags.of(vpc.privateSubnets[1]).add('kubernetes.io/role/internal-elb', '1', {
      includeResourceTypes: ['AWS::EC2::Subnet'],
    });
    cdk.Tags.of(vpc.publicSubnets[0]).add('kubernetes.io/role/elb', '1', {
      includeResourceTypes: ['AWS::EC2::Subnet'],
    });
    cdk.Tags.of(vpc.publicSubnets[1]).add('kubernetes.io/role/elb', '1', {
      includeResourceTypes: ['AWS::EC2::Subnet'],
    });
    const flowLogsGroup = new LogGroup(this, 'FlowLogsGroup', {
      retentionDays: logRetentionDays,
      removalPolicy: cdk.RemovalPolicy.DESTROY,
    });
    const flowLogsRole = new iam.Role(this, 'FlowLogsRole', {
      assumedBy: new iam.ServicePrincipal('vpc-flow-logs.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': cdk.Aws.ACCOUNT_ID } },
      }),
      inlinePolicies: {
        connections: new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({
              sid: 'WriteFlowLogs',
              actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
              resources: [flowLogsGroup.logGroupArn],
            }),
          ],
        }),
      },
    });
    new ec2.FlowLog(this, 'FlowLogs', {
      resourceType: ec2.FlowLogResourceType.fromVpc(vpc),
      destination: ec2.FlowLogDestination.toCloudWatchLogs(flowLogsGroup, flowLogsRole.withoutPolicyUpdates()),
    });
    vpc.addGatewayEndpoint('S3Endpoint', { service: ec2.GatewayVpcEndpointAwsService.S3, subnets: [privateSubnets] });
    const subnetIds = vpc.selectSubnets({ subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }).subnetIds;

    // What several components share.
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
    // Its log group is created first: EKS would create one that never expires.
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
        subnetIds: [subnetIds[0], subnetIds[1]],
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
      lifecycleRules: [{ description: 'keep the newest 20', maxImageCount: 20 }],
      removalPolicy: cdk.RemovalPolicy.RETAIN,
    });
    const architecture = lambda.Architecture.custom(functionArchitecture.valueAsString);
    const snsKey = kms.Alias.fromAliasName(this, 'SnsKey', 'alias/aws/sns');
    ordersWorkloadSecurityGroup.addIngressRule(
      ec2.Peer.securityGroupId(kubernetesCluster.attrClusterSecurityGroupId),
      ec2.Port.tcp(8080),
      'health checks of the nodes',
    );

    // Stores: data with one owner.
    const recordsTable = new dynamodb.Table(this, 'RecordsTable', {
      partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      encryption: dynamodb.TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'expires_at',
      removalPolicy: cdk.RemovalPolicy.RETAIN,
    });

    // Channels: messages and events.
    const acceptedDeadLetterQueue = new sqs.Queue(this, 'AcceptedDeadLetterQueue', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      retentionPeriod: cdk.Duration.days(14),
    });
    const acceptedQueue = new sqs.Queue(this, 'AcceptedQueue', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      visibilityTimeout: cdk.Duration.seconds(289),
      retentionPeriod: cdk.Duration.days(4),
      receiveMessageWaitTime: cdk.Duration.seconds(20),
      deadLetterQueue: { queue: acceptedDeadLetterQueue, maxReceiveCount: 3 },
    });
    const completedTopic = new sns.Topic(this, 'CompletedTopic', { masterKey: snsKey });
    const completedProcessBDeadLetterQueue = new sqs.Queue(this, 'CompletedProcessBDeadLetterQueue', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      retentionPeriod: cdk.Duration.days(14),
    });
    const completedProcessBQueue = new sqs.Queue(this, 'CompletedProcessBQueue', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      visibilityTimeout: cdk.Duration.seconds(289),
      retentionPeriod: cdk.Duration.days(4),
      receiveMessageWaitTime: cdk.Duration.seconds(20),
      deadLetterQueue: { queue: completedProcessBDeadLetterQueue, maxReceiveCount: 3 },
    });
    const completedDeadLetterQueue = new sqs.Queue(this, 'CompletedDeadLetterQueue', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      retentionPeriod: cdk.Duration.days(14),
    });
    new sns.Subscription(this, 'CompletedTopicDeliverProcessBQueueSubscription', {
      topic: completedTopic,
      protocol: sns.SubscriptionProtocol.SQS,
      endpoint: completedProcessBQueue.queueArn,
      rawMessageDelivery: true,
      deadLetterQueue: completedDeadLetterQueue,
    });
    new sns.Subscription(this, 'CompletedTopicDeliverTo1EmailSubscription', {
      topic: completedTopic,
      protocol: sns.SubscriptionProtocol.EMAIL,
      endpoint: completedTo1EmailAddress.valueAsString,
      deadLetterQueue: completedDeadLetterQueue,
    });
    new sns.Subscription(this, 'CompletedTopicDeliverTo2PartnerHttpSubscription', {
      topic: completedTopic,
      protocol: sns.SubscriptionProtocol.HTTPS,
      endpoint: completedTo2PartnerHttpUrl.valueAsString,
      deadLetterQueue: completedDeadLetterQueue,
    });

    // Order application
    new eks.CfnAddon(this, 'ContainerInsights', {
      clusterName: kubernetesCluster.ref,
      addonName: 'amazon-cloudwatch-observability',
      resolveConflicts: 'OVERWRITE',
      podIdentityAssociations: [{ roleArn: containerInsightsRole.roleArn, serviceAccount: 'cloudwatch-agent' }],
    });
    const ordersWorkloadRole = new iam.Role(this, 'OrdersWorkloadRole', {
      assumedBy: new iam.SessionTagsPrincipal(new iam.ServicePrincipal('pods.eks.amazonaws.com')),
      inlinePolicies: {
        connections: new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({
              sid: 'PublishAccepted',
              actions: ['sqs:SendMessage'],
              resources: [acceptedQueue.queueArn],
            }),
          ],
        }),
      },
    });
    new eks.CfnPodIdentityAssociation(this, 'OrdersWorkloadIdentity', {
      clusterName: kubernetesCluster.ref,
      namespace: 'app',
      serviceAccount: 'orders',
      roleArn: ordersWorkloadRole.roleArn,
    });

    // Process A
    const processAFunctionLogs = new LogGroup(this, 'ProcessAFunctionLogs', {
      retentionDays: logRetentionDays,
      removalPolicy: cdk.RemovalPolicy.DESTROY,
    });
    const processAFunctionRole = new iam.Role(this, 'ProcessAFunctionRole', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      managedPolicies: [
        iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaBasicExecutionRole'),
        iam.ManagedPolicy.fromAwsManagedPolicyName('AWSXrayWriteOnlyAccess'),
      ],
      inlinePolicies: {
        connections: new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({
              sid: 'ConsumeAccepted',
              actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
              resources: [acceptedQueue.queueArn],
            }),
            new iam.PolicyStatement({
              sid: 'PublishCompleted',
              actions: ['sns:Publish'],
              resources: [completedTopic.topicArn],
            }),
          ],
        }),
      },
    });
    const processAFunction = new TypeScriptFunction(this, 'ProcessAFunction', {
      folder: path.join(PROJECT, 'src/process-a'),
      handler: 'app.handler',
      memorySize: 512,
      timeout: cdk.Duration.seconds(48),
      environment: { COMPLETED_TOPIC_ARN: completedTopic.topicArn },
      architecture: architecture,
      loggingFormat: lambda.LoggingFormat.JSON,
      logGroup: processAFunctionLogs,
      role: processAFunctionRole.withoutPolicyUpdates(),
    });
    new lambda.EventSourceMapping(this, 'AcceptedQueueConsumeProcessAFunctionSource', {
      target: processAFunction,
      eventSourceArn: acceptedQueue.queueArn,
      batchSize: 2,
      maxBatchingWindow: cdk.Duration.seconds(1),
      maxConcurrency: 120,
      reportBatchItemFailures: true,
    });

    // Process B
    const processBFunctionLogs = new LogGroup(this, 'ProcessBFunctionLogs', {
      retentionDays: logRetentionDays,
      removalPolicy: cdk.RemovalPolicy.DESTROY,
    });
    const processBFunctionRole = new iam.Role(this, 'ProcessBFunctionRole', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      managedPolicies: [
        iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaBasicExecutionRole'),
        iam.ManagedPolicy.fromAwsManagedPolicyName('AWSXrayWriteOnlyAccess'),
      ],
      inlinePolicies: {
        connections: new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({
              sid: 'ConsumeCompleted',
              actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
              resources: [completedProcessBQueue.queueArn],
            }),
            new iam.PolicyStatement({
              sid: 'WriteRecords',
              actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
              resources: [recordsTable.tableArn],
            }),
          ],
        }),
      },
    });
    const processBFunction = new TypeScriptFunction(this, 'ProcessBFunction', {
      folder: path.join(PROJECT, 'src/process-b'),
      handler: 'app.handler',
      memorySize: 512,
      timeout: cdk.Duration.seconds(48),
      environment: { RECORDS_TABLE_NAME: recordsTable.tableName },
      architecture: architecture,
      loggingFormat: lambda.LoggingFormat.JSON,
      logGroup: processBFunctionLogs,
      role: processBFunctionRole.withoutPolicyUpdates(),
    });
    new lambda.EventSourceMapping(this, 'CompletedProcessBQueueConsumeProcessBF06fecaSource', {
      target: processBFunction,
      eventSourceArn: completedProcessBQueue.queueArn,
      batchSize: 2,
      maxBatchingWindow: cdk.Duration.seconds(1),
      maxConcurrency: 120,
      reportBatchItemFailures: true,
    });

    // Who may put messages into queues.
    completedProcessBQueue.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('sns.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [completedProcessBQueue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': completedTopic.topicArn } },
      }),
    );
    completedDeadLetterQueue.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('sns.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [completedDeadLetterQueue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': completedTopic.topicArn } },
      }),
    );

    // What tells that something has stopped working.
    const alarms = new Alarms(this, 'Alarms', { email: alarmEmail.valueAsString });
    alarms.add(
      'RecordsTableReadThrottlesAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'ReadThrottleEvents',
        dimensionsMap: { TableName: recordsTable.tableName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Records is throttled',
      },
    );
    alarms.add(
      'RecordsTableWriteThrottlesAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'WriteThrottleEvents',
        dimensionsMap: { TableName: recordsTable.tableName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Records is throttled',
      },
    );
    alarms.add(
      'OrdersWorkloadRestartsAlarm',
      new cloudwatch.Metric({
        namespace: 'ContainerInsights',
        metricName: 'pod_number_of_container_restarts',
        dimensionsMap: { ClusterName: kubernetesCluster.ref, Namespace: 'app', PodName: 'orders' },
        statistic: 'Maximum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 3,
        periods: 1,
        description: 'Order application keeps restarting',
      },
    );
    alarms.add(
      'ProcessAFunctionErrorsAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        dimensionsMap: { FunctionName: processAFunction.functionName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Process A fails',
      },
    );
    alarms.add(
      'ProcessAFunctionThrottlesAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Throttles',
        dimensionsMap: { FunctionName: processAFunction.functionName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Process A is throttled',
      },
    );
    alarms.add(
      'ProcessBFunctionErrorsAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        dimensionsMap: { FunctionName: processBFunction.functionName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Process B fails',
      },
    );
    alarms.add(
      'ProcessBFunctionThrottlesAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Throttles',
        dimensionsMap: { FunctionName: processBFunction.functionName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Process B is throttled',
      },
    );
    alarms.add(
      'AcceptedQueueAgeAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateAgeOfOldestMessage',
        dimensionsMap: { QueueName: acceptedQueue.queueName },
        statistic: 'Maximum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 578,
        periods: 1,
        description: 'Messages wait too long in Accepted orders',
      },
    );
    alarms.add(
      'AcceptedDeadLetterQueueAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateNumberOfMessagesVisible',
        dimensionsMap: { QueueName: acceptedDeadLetterQueue.queueName },
        statistic: 'Maximum',
        period: cdk.Duration.minutes(1),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Messages have failed for good: accepted (Dead-letter queue)',
      },
    );
    alarms.add(
      'CompletedTopicFailedAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/SNS',
        metricName: 'NumberOfNotificationsFailed',
        dimensionsMap: { TopicName: completedTopic.topicName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Completed orders cannot deliver',
      },
    );
    alarms.add(
      'CompletedProcessBQueueAgeAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateAgeOfOldestMessage',
        dimensionsMap: { QueueName: completedProcessBQueue.queueName },
        statistic: 'Maximum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 578,
        periods: 1,
        description: 'Messages wait too long in Process B',
      },
    );
    alarms.add(
      'CompletedProcessBDeadLetterQueueAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateNumberOfMessagesVisible',
        dimensionsMap: { QueueName: completedProcessBDeadLetterQueue.queueName },
        statistic: 'Maximum',
        period: cdk.Duration.minutes(1),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Messages have failed for good: completed (Dead-letter queue)',
      },
    );
    alarms.add(
      'CompletedDeadLetterQueueAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateNumberOfMessagesVisible',
        dimensionsMap: { QueueName: completedDeadLetterQueue.queueName },
        statistic: 'Maximum',
        period: cdk.Duration.minutes(1),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Messages have failed for good: completed (Dead-letter queue)',
      },
    );
    alarms.add(
      'ProcessAFunctionRunExpiryAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Duration',
        dimensionsMap: { FunctionName: processAFunction.functionName },
        statistic: 'Maximum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 38400.0,
        periods: 1,
        description: 'Process A: at 38.4 s, "Longest run" nears 48 s, the limit of this deployment. It can be raised up to 15 min, above which AWS Lambda is no longer chosen (compute) but Amazon ECS.',
      },
    );
    alarms.add(
      'ProcessBFunctionRunExpiryAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Duration',
        dimensionsMap: { FunctionName: processBFunction.functionName },
        statistic: 'Maximum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 38400.0,
        periods: 1,
        description: 'Process B: at 38.4 s, "Longest run" nears 48 s, the limit of this deployment. It can be raised up to 15 min, above which AWS Lambda is no longer chosen (compute) but Amazon ECS.',
      },
    );
    alarms.add(
      'AcceptedQueueMessageExpiryAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'SentMessageSize',
        dimensionsMap: { QueueName: acceptedQueue.queueName },
        statistic: 'Maximum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 838860.8,
        periods: 1,
        description: 'Accepted orders: at 819.2 KiB, "Message size" nears 1 MiB, above which Amazon SQS is no longer chosen (messaging).',
      },
    );
    alarms.add(
      'AcceptedQueueBacklogExpiryAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateAgeOfOldestMessage',
        dimensionsMap: { QueueName: acceptedQueue.queueName },
        statistic: 'Maximum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 276480.0,
        periods: 1,
        description: 'Accepted orders: at 4,608 min, "Retention" nears 4 days, the limit of this deployment. It can be raised up to 14 days, above which Amazon SQS is no longer chosen (messaging).',
      },
    );
    alarms.add(
      'CompletedProcessBQueueMessageExpiryAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'SentMessageSize',
        dimensionsMap: { QueueName: completedProcessBQueue.queueName },
        statistic: 'Maximum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 209715.2,
        periods: 1,
        description: 'Completed orders: at 204.8 KiB, "Message size" nears 256 KiB, above which Amazon SNS is no longer chosen (messaging); Amazon SQS is no longer chosen (queue per consumer).',
      },
    );
    alarms.add(
      'CompletedProcessBQueueBacklogExpiryAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateAgeOfOldestMessage',
        dimensionsMap: { QueueName: completedProcessBQueue.queueName },
        statistic: 'Maximum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 2880.0,
        periods: 1,
        description: 'Completed orders: at 48 min, "Retention" nears 1 h, above which Amazon SNS is no longer chosen (messaging); Amazon SQS is no longer chosen (queue per consumer).',
      },
    );
    alarms.show('Dashboard', {
      title: 'Alarms',
      widgets: [
        new cloudwatch.GraphWidget({
          title: 'Records · records',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/DynamoDB',
              metricName: 'ConsumedReadCapacityUnits',
              dimensionsMap: { TableName: recordsTable.tableName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/DynamoDB',
              metricName: 'ConsumedWriteCapacityUnits',
              dimensionsMap: { TableName: recordsTable.tableName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/DynamoDB',
              metricName: 'ReadThrottleEvents',
              dimensionsMap: { TableName: recordsTable.tableName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/DynamoDB',
              metricName: 'WriteThrottleEvents',
              dimensionsMap: { TableName: recordsTable.tableName },
              statistic: 'Sum',
            }),
          ],
        }),
        new cloudwatch.GraphWidget({
          title: 'Order application · orders',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'ContainerInsights',
              metricName: 'pod_number_of_container_restarts',
              dimensionsMap: { ClusterName: kubernetesCluster.ref, Namespace: 'app', PodName: 'orders' },
              statistic: 'Maximum',
            }),
          ],
        }),
        new cloudwatch.GraphWidget({
          title: 'Process A · process-a',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Invocations',
              dimensionsMap: { FunctionName: processAFunction.functionName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Errors',
              dimensionsMap: { FunctionName: processAFunction.functionName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Throttles',
              dimensionsMap: { FunctionName: processAFunction.functionName },
              statistic: 'Sum',
            }),
          ],
          right: [
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Duration',
              dimensionsMap: { FunctionName: processAFunction.functionName },
              statistic: 'p99',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Duration',
              dimensionsMap: { FunctionName: processAFunction.functionName },
              statistic: 'Maximum',
            }),
          ],
        }),
        new cloudwatch.GraphWidget({
          title: 'Process B · process-b',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Invocations',
              dimensionsMap: { FunctionName: processBFunction.functionName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Errors',
              dimensionsMap: { FunctionName: processBFunction.functionName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Throttles',
              dimensionsMap: { FunctionName: processBFunction.functionName },
              statistic: 'Sum',
            }),
          ],
          right: [
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Duration',
              dimensionsMap: { FunctionName: processBFunction.functionName },
              statistic: 'p99',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Duration',
              dimensionsMap: { FunctionName: processBFunction.functionName },
              statistic: 'Maximum',
            }),
          ],
        }),
        new cloudwatch.GraphWidget({
          title: 'Accepted orders · accepted',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/SQS',
              metricName: 'ApproximateNumberOfMessagesVisible',
              dimensionsMap: { QueueName: acceptedQueue.queueName },
              statistic: 'Maximum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/SQS',
              metricName: 'NumberOfMessagesSent',
              dimensionsMap: { QueueName: acceptedQueue.queueName },
              statistic: 'Sum',
            }),
          ],
          right: [
            new cloudwatch.Metric({
              namespace: 'AWS/SQS',
              metricName: 'ApproximateAgeOfOldestMessage',
              dimensionsMap: { QueueName: acceptedQueue.queueName },
              statistic: 'Maximum',
            }),
          ],
        }),
        new cloudwatch.GraphWidget({
          title: 'Dead-letter queue · accepted',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/SQS',
              metricName: 'ApproximateNumberOfMessagesVisible',
              dimensionsMap: { QueueName: acceptedDeadLetterQueue.queueName },
              statistic: 'Maximum',
            }),
          ],
        }),
        new cloudwatch.GraphWidget({
          title: 'Completed orders · completed',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/SNS',
              metricName: 'NumberOfMessagesPublished',
              dimensionsMap: { TopicName: completedTopic.topicName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/SNS',
              metricName: 'NumberOfNotificationsDelivered',
              dimensionsMap: { TopicName: completedTopic.topicName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/SNS',
              metricName: 'NumberOfNotificationsFailed',
              dimensionsMap: { TopicName: completedTopic.topicName },
              statistic: 'Sum',
            }),
          ],
        }),
        new cloudwatch.GraphWidget({
          title: 'Process B · completed',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/SQS',
              metricName: 'ApproximateNumberOfMessagesVisible',
              dimensionsMap: { QueueName: completedProcessBQueue.queueName },
              statistic: 'Maximum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/SQS',
              metricName: 'NumberOfMessagesSent',
              dimensionsMap: { QueueName: completedProcessBQueue.queueName },
              statistic: 'Sum',
            }),
          ],
          right: [
            new cloudwatch.Metric({
              namespace: 'AWS/SQS',
              metricName: 'ApproximateAgeOfOldestMessage',
              dimensionsMap: { QueueName: completedProcessBQueue.queueName },
              statistic: 'Maximum',
            }),
          ],
        }),
        new cloudwatch.GraphWidget({
          title: 'Dead-letter queue · completed',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/SQS',
              metricName: 'ApproximateNumberOfMessagesVisible',
              dimensionsMap: { QueueName: completedProcessBDeadLetterQueue.queueName },
              statistic: 'Maximum',
            }),
          ],
        }),
        new cloudwatch.GraphWidget({
          title: 'Dead-letter queue · completed',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/SQS',
              metricName: 'ApproximateNumberOfMessagesVisible',
              dimensionsMap: { QueueName: completedDeadLetterQueue.queueName },
              statistic: 'Maximum',
            }),
          ],
        }),
      ],
    });

    // What others ask a deployment for.
    new cdk.CfnOutput(this, 'RecordsTableName', { value: recordsTable.tableName, description: 'Name of the table' });
    new cdk.CfnOutput(this, 'EksClusterName', { value: kubernetesCluster.ref, description: 'Name of the EKS cluster' });
    new cdk.CfnOutput(this, 'OrdersWorkloadSecurityGroupId', {
      value: ordersWorkloadSecurityGroup.securityGroupId,
      description: 'Security group of the pods',
    });
    new cdk.CfnOutput(this, 'OrdersWorkloadEnvAcceptedQueueUrl', {
      value: acceptedQueue.queueUrl,
      description: 'Environment variable for the pods',
    });
    new cdk.CfnOutput(this, 'OrdersRepositoryUri', {
      value: ordersRepository.repositoryUri,
      description: 'Address of the repository',
    });
    new cdk.CfnOutput(this, 'ProcessAFunctionName', {
      value: processAFunction.functionName,
      description: 'Name of the function',
    });
    new cdk.CfnOutput(this, 'ProcessBFunctionName', {
      value: processBFunction.functionName,
      description: 'Name of the function',
    });
    new cdk.CfnOutput(this, 'AcceptedQueueUrl', { value: acceptedQueue.queueUrl, description: 'URL of the queue' });
    new cdk.CfnOutput(this, 'AcceptedDeadLetterQueueUrl', {
      value: acceptedDeadLetterQueue.queueUrl,
      description: 'URL of the dead-letter queue',
    });
    new cdk.CfnOutput(this, 'CompletedTopicArn', { value: completedTopic.topicArn, description: 'ARN of the topic' });
    new cdk.CfnOutput(this, 'CompletedProcessBQueueUrl', {
      value: completedProcessBQueue.queueUrl,
      description: 'URL of the queue',
    });
    new cdk.CfnOutput(this, 'CompletedProcessBDeadLetterQueueUrl', {
      value: completedProcessBDeadLetterQueue.queueUrl,
      description: 'URL of the dead-letter queue',
    });
    new cdk.CfnOutput(this, 'CompletedDeadLetterQueueUrl', {
      value: completedDeadLetterQueue.queueUrl,
      description: 'URL of the dead-letter queue',
    });

    // Which part of the decision each resource comes from.
    mark(this);
  }
}
