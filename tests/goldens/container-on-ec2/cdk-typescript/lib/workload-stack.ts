import * as cdk from 'aws-cdk-lib';
import * as appscaling from 'aws-cdk-lib/aws-applicationautoscaling';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

import { Alarms } from './alarms';
import { LogGroup } from './log-group';
import { mark } from './origins';

/** Containers on EC2 */
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
    const taskArchitecture = new cdk.CfnParameter(this, 'TaskArchitecture', {
      type: 'String',
      default: 'ARM64',
      allowedValues: ['ARM64', 'X86_64'],
      description: 'Instruction set of the container images; per vCPU-h ARM64 0.04045 USD, X86_64 0.05056 USD (ap-northeast-1, 2026-08-27)',
    });
    const imageTag = new cdk.CfnParameter(this, 'ImageTag', {
      type: 'String',
      allowedPattern: '^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$',
      description: 'Tag of the images to run: the commit; make deploy gives it',
    });
    new cdk.CfnCondition(this, 'TasksOnArm', {
      expression: cdk.Fn.conditionEquals(taskArchitecture.valueAsString, 'ARM64'),
    });

    // The network.
    // Restricting the default security group would take a function of its own; nothing here uses that group.
    const vpc = new ec2.Vpc(this, 'Vpc', {
      ipAddresses: ec2.IpAddresses.cidr('10.20.0.0/16'),
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'Private', subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 20 }],
      restrictDefaultSecurityGroup: false,
    });
    const scannerTaskSecurityGroup = new ec2.SecurityGroup(this, 'ScannerTaskSecurityGroup', {
      vpc: vpc,
      description: 'Traffic of ScannerTask',
      allowAllOutbound: false,
    });
    scannerTaskSecurityGroup.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'AWS and partners');
    const scannerTaskHostSecurityGroup = new ec2.SecurityGroup(this, 'ScannerTaskHostSecurityGroup', {
      vpc: vpc,
      description: 'Hosts of ScannerTask',
      allowAllOutbound: false,
    });
    scannerTaskHostSecurityGroup.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'AWS');
    const privateSubnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
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
    vpc.addGatewayEndpoint('DynamodbEndpoint', {
      service: ec2.GatewayVpcEndpointAwsService.DYNAMODB,
      subnets: [privateSubnets],
    });
    vpc.addGatewayEndpoint('S3Endpoint', { service: ec2.GatewayVpcEndpointAwsService.S3, subnets: [privateSubnets] });
    const endpointSecurityGroup = new ec2.SecurityGroup(this, 'EndpointSecurityGroup', {
      vpc: vpc,
      description: 'VPC endpoints',
      allowAllOutbound: false,
    });
    endpointSecurityGroup.addIngressRule(ec2.Peer.ipv4(vpc.vpcCidrBlock), ec2.Port.tcp(443), 'the VPC');
    vpc.addInterfaceEndpoint('EcrApiEndpoint', {
      service: new ec2.InterfaceVpcEndpointAwsService('ecr.api'),
      subnets: privateSubnets,
      securityGroups: [endpointSecurityGroup],
      open: false,
    });
    vpc.addInterfaceEndpoint('EcrDkrEndpoint', {
      service: new ec2.InterfaceVpcEndpointAwsService('ecr.dkr'),
      subnets: privateSubnets,
      securityGroups: [endpointSecurityGroup],
      open: false,
    });
    vpc.addInterfaceEndpoint('EcsEndpoint', {
      service: new ec2.InterfaceVpcEndpointAwsService('ecs'),
      subnets: privateSubnets,
      securityGroups: [endpointSecurityGroup],
      open: false,
    });
    vpc.addInterfaceEndpoint('EcsAgentEndpoint', {
      service: new ec2.InterfaceVpcEndpointAwsService('ecs-agent'),
      subnets: privateSubnets,
      securityGroups: [endpointSecurityGroup],
      open: false,
    });
    vpc.addInterfaceEndpoint('EcsTelemetryEndpoint', {
      service: new ec2.InterfaceVpcEndpointAwsService('ecs-telemetry'),
      subnets: privateSubnets,
      securityGroups: [endpointSecurityGroup],
      open: false,
    });
    vpc.addInterfaceEndpoint('LogsEndpoint', {
      service: new ec2.InterfaceVpcEndpointAwsService('logs'),
      subnets: privateSubnets,
      securityGroups: [endpointSecurityGroup],
      open: false,
    });
    vpc.addInterfaceEndpoint('SqsEndpoint', {
      service: new ec2.InterfaceVpcEndpointAwsService('sqs'),
      subnets: privateSubnets,
      securityGroups: [endpointSecurityGroup],
      open: false,
    });

    // What several components share.
    const cluster = new ecs.Cluster(this, 'Cluster', { vpc: vpc, containerInsightsV2: ecs.ContainerInsights.ENHANCED });
    const scannerRepository = new ecr.Repository(this, 'ScannerRepository', {
      imageTagMutability: ecr.TagMutability.IMMUTABLE,
      imageScanOnPush: true,
      encryption: ecr.RepositoryEncryption.AES_256,
      lifecycleRules: [{ description: 'keep the newest 20', maxImageCount: 20 }],
      removalPolicy: cdk.RemovalPolicy.RETAIN,
    });

    // Stores: data with one owner.
    const findingsTable = new dynamodb.Table(this, 'FindingsTable', {
      partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      encryption: dynamodb.TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'expires_at',
      removalPolicy: cdk.RemovalPolicy.RETAIN,
    });

    // Channels: messages and events.
    const filesDeadLetterQueue = new sqs.Queue(this, 'FilesDeadLetterQueue', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      retentionPeriod: cdk.Duration.days(14),
    });
    const filesQueue = new sqs.Queue(this, 'FilesQueue', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      visibilityTimeout: cdk.Duration.minutes(216),
      retentionPeriod: cdk.Duration.days(4),
      receiveMessageWaitTime: cdk.Duration.seconds(20),
      deadLetterQueue: { queue: filesDeadLetterQueue, maxReceiveCount: 3 },
    });

    // Scanner
    const scannerTaskHostRole = new iam.Role(this, 'ScannerTaskHostRole', {
      assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonEC2ContainerServiceforEC2Role')],
    });
    // Tasks must not get the host's credentials.
    const scannerTaskHostImagePath = cdk.Fn.conditionIf('TasksOnArm', 'arm64/', '').toString();
    const scannerTaskUserData = ec2.UserData.forLinux();
    scannerTaskUserData.addCommands('echo ECS_AWSVPC_BLOCK_IMDS=true >> /etc/ecs/ecs.config');
    const scannerTaskHostTemplate = new ec2.LaunchTemplate(this, 'ScannerTaskHostTemplate', {
      instanceType: new ec2.InstanceType(cdk.Fn.conditionIf('TasksOnArm', 'm7g.xlarge', 'm7i.xlarge').toString()),
      machineImage: ec2.MachineImage.resolveSsmParameterAtLaunch(
        `/aws/service/ecs/optimized-ami/amazon-linux-2023/${scannerTaskHostImagePath}recommended/image_id`,
      ),
      role: scannerTaskHostRole.withoutPolicyUpdates(),
      securityGroup: scannerTaskHostSecurityGroup,
      userData: scannerTaskUserData,
      blockDevices: [
        {
          deviceName: '/dev/xvda',
          volume: ec2.BlockDeviceVolume.ebs(50, {
            encrypted: true,
            deleteOnTermination: true,
            volumeType: ec2.EbsDeviceVolumeType.GP3,
          }),
        },
      ],
      requireImdsv2: true,
      httpPutResponseHopLimit: 1,
      detailedMonitoring: true,
    });
    const scannerTaskHosts = new autoscaling.AutoScalingGroup(this, 'ScannerTaskHosts', {
      vpc: vpc,
      vpcSubnets: privateSubnets,
      launchTemplate: scannerTaskHostTemplate,
      minCapacity: 0,
      maxCapacity: 10,
      newInstancesProtectedFromScaleIn: true,
    });
    // ECS drains hosts by itself; else the construct would add a function that does.
    const scannerTaskCapacity = new ecs.AsgCapacityProvider(this, 'ScannerTaskCapacity', {
      autoScalingGroup: scannerTaskHosts,
      enableManagedTerminationProtection: true,
      enableManagedDraining: true,
    });
    cluster.addAsgCapacityProvider(scannerTaskCapacity);
    const scannerTaskLogs = new LogGroup(this, 'ScannerTaskLogs', {
      retentionDays: logRetentionDays,
      removalPolicy: cdk.RemovalPolicy.DESTROY,
    });
    const scannerTaskRole = new iam.Role(this, 'ScannerTaskRole', {
      assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': cdk.Aws.ACCOUNT_ID } },
      }),
      inlinePolicies: {
        connections: new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({
              sid: 'ConsumeFiles',
              actions: [
                'sqs:ReceiveMessage',
                'sqs:DeleteMessage',
                'sqs:GetQueueAttributes',
                'sqs:ChangeMessageVisibility',
              ],
              resources: [filesQueue.queueArn],
            }),
            new iam.PolicyStatement({
              sid: 'WriteFindings',
              actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
              resources: [findingsTable.tableArn],
            }),
            new iam.PolicyStatement({
              sid: 'ProtectTasks',
              actions: ['ecs:GetTaskProtection', 'ecs:UpdateTaskProtection'],
              resources: [
                `arn:${cdk.Aws.PARTITION}:ecs:${cdk.Aws.REGION}:${cdk.Aws.ACCOUNT_ID}:task/${cluster.clusterName}/*`,
              ],
            }),
          ],
        }),
      },
    });
    const scannerTaskExecutionRole = new iam.Role(this, 'ScannerTaskExecutionRole', {
      assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': cdk.Aws.ACCOUNT_ID } },
      }),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonECSTaskExecutionRolePolicy')],
    });
    const scannerTaskDefinition = new ecs.TaskDefinition(this, 'ScannerTaskDefinition', {
      compatibility: ecs.Compatibility.EC2,
      networkMode: ecs.NetworkMode.AWS_VPC,
      cpu: '2048',
      memoryMiB: '8192',
      family: `${cdk.Aws.STACK_NAME}-scanner`,
      taskRole: scannerTaskRole.withoutPolicyUpdates(),
      executionRole: scannerTaskExecutionRole.withoutPolicyUpdates(),
      volumes: [{ name: 'tmp' }],
    });
    const scannerTaskContainer = scannerTaskDefinition.addContainer('app', {
      image: ecs.ContainerImage.fromEcrRepository(scannerRepository, imageTag.valueAsString),
      logging: ecs.LogDriver.awsLogs({ logGroup: scannerTaskLogs, streamPrefix: 'scanner' }),
      stopTimeout: cdk.Duration.minutes(36),
      readonlyRootFilesystem: true,
      privileged: true,
      linuxParameters: new ecs.LinuxParameters(this, 'ScannerTaskLinux', { initProcessEnabled: true }),
      environment: { FINDINGS_TABLE_NAME: findingsTable.tableName, FILES_QUEUE_URL: filesQueue.queueUrl },
      healthCheck: {
        command: ['CMD-SHELL', 'test -n "$(find /tmp/alive -mmin -360)"'],
        interval: cdk.Duration.minutes(1),
        timeout: cdk.Duration.seconds(5),
        retries: 3,
        startPeriod: cdk.Duration.minutes(1),
      },
    });
    scannerTaskContainer.addMountPoints({ sourceVolume: 'tmp', containerPath: '/tmp', readOnly: false });
    const scannerTaskService = new ecs.Ec2Service(this, 'ScannerTaskService', {
      cluster: cluster,
      taskDefinition: scannerTaskDefinition,
      circuitBreaker: { rollback: true },
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      vpcSubnets: privateSubnets,
      securityGroups: [scannerTaskSecurityGroup],
      enableECSManagedTags: true,
      propagateTags: ecs.PropagatedTagSource.SERVICE,
      capacityProviderStrategies: [{ capacityProvider: scannerTaskCapacity.capacityProviderName, weight: 1 }],
    });
    // Tasks start on a capacity provider of the cluster.
    scannerTaskService.node.addDependency(cluster);
    const scannerTaskScaling = scannerTaskService.autoScaleTaskCount({ minCapacity: 2, maxCapacity: 10 });
    // A plain resource: the construct takes no metric that is calculated from others.
    new appscaling.CfnScalingPolicy(this, 'ScannerTaskScalingPolicy', {
      policyName: 'backlog',
      policyType: 'TargetTrackingScaling',
      scalingTargetId: scannerTaskScaling.scalableTargetRef.resourceId,
      targetTrackingScalingPolicyConfiguration: {
        customizedMetricSpecification: {
          metrics: [
            {
              id: 'waiting',
              metricStat: {
                metric: {
                  namespace: 'AWS/SQS',
                  metricName: 'ApproximateNumberOfMessagesVisible',
                  dimensions: [{ name: 'QueueName', value: filesQueue.queueName }],
                },
                stat: 'Sum',
              },
              returnData: false,
            },
            {
              id: 'working',
              metricStat: {
                metric: {
                  namespace: 'AWS/SQS',
                  metricName: 'ApproximateNumberOfMessagesNotVisible',
                  dimensions: [{ name: 'QueueName', value: filesQueue.queueName }],
                },
                stat: 'Sum',
              },
              returnData: false,
            },
            {
              id: 'tasks',
              metricStat: {
                metric: {
                  namespace: 'ECS/ContainerInsights',
                  metricName: 'RunningTaskCount',
                  dimensions: [
                    { name: 'ClusterName', value: cluster.clusterName },
                    { name: 'ServiceName', value: scannerTaskService.serviceName },
                  ],
                },
                stat: 'Average',
              },
              returnData: false,
            },
            { id: 'backlog', expression: '(waiting + working) / tasks', label: 'Messages per task', returnData: true },
          ],
        },
        targetValue: 1,
        scaleInCooldown: 300,
        scaleOutCooldown: 60,
      },
    });

    // What tells that something has stopped working.
    const alarms = new Alarms(this, 'Alarms', { email: alarmEmail.valueAsString });
    alarms.add(
      'FindingsTableReadThrottlesAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'ReadThrottleEvents',
        dimensionsMap: { TableName: findingsTable.tableName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Findings is throttled',
      },
    );
    alarms.add(
      'FindingsTableWriteThrottlesAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'WriteThrottleEvents',
        dimensionsMap: { TableName: findingsTable.tableName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Findings is throttled',
      },
    );
    alarms.add(
      'ScannerTaskCpuAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/ECS',
        metricName: 'CPUUtilization',
        dimensionsMap: { ClusterName: cluster.clusterName, ServiceName: scannerTaskService.serviceName },
        statistic: 'Average',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 85,
        periods: 3,
        description: 'Scanner is short of CPU',
      },
    );
    alarms.add(
      'ScannerTaskMemoryAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/ECS',
        metricName: 'MemoryUtilization',
        dimensionsMap: { ClusterName: cluster.clusterName, ServiceName: scannerTaskService.serviceName },
        statistic: 'Average',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 85,
        periods: 3,
        description: 'Scanner is short of memory',
      },
    );
    alarms.add(
      'FilesQueueAgeAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateAgeOfOldestMessage',
        dimensionsMap: { QueueName: filesQueue.queueName },
        statistic: 'Maximum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 25920,
        periods: 1,
        description: 'Messages wait too long in Files to scan',
      },
    );
    const filesDeadLetterQueueAlarm = alarms.add(
      'FilesDeadLetterQueueAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateNumberOfMessagesVisible',
        dimensionsMap: { QueueName: filesDeadLetterQueue.queueName },
        statistic: 'Maximum',
        period: cdk.Duration.minutes(1),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Messages have failed for good: files (Dead-letter queue)',
      },
    );
    alarms.add(
      'FilesQueueMessageExpiryAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'SentMessageSize',
        dimensionsMap: { QueueName: filesQueue.queueName },
        statistic: 'Maximum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 838860.8,
        periods: 1,
        description: 'Files to scan: at 819.2 KiB, "Message size" nears 1 MiB, above which Amazon SQS is no longer chosen (messaging).',
      },
    );
    alarms.add(
      'FilesQueueBacklogExpiryAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateAgeOfOldestMessage',
        dimensionsMap: { QueueName: filesQueue.queueName },
        statistic: 'Maximum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 276480.0,
        periods: 1,
        description: 'Files to scan: at 4,608 min, "Retention" nears 4 days, the limit of this deployment. It can be raised up to 14 days, above which Amazon SQS is no longer chosen (messaging).',
      },
    );
    scannerTaskService.enableDeploymentAlarms([filesDeadLetterQueueAlarm.alarmName], {
      behavior: ecs.AlarmBehavior.ROLLBACK_ON_ALARM,
    });
    alarms.show('Dashboard', {
      title: 'Alarms',
      widgets: [
        new cloudwatch.GraphWidget({
          title: 'Findings · findings',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/DynamoDB',
              metricName: 'ConsumedReadCapacityUnits',
              dimensionsMap: { TableName: findingsTable.tableName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/DynamoDB',
              metricName: 'ConsumedWriteCapacityUnits',
              dimensionsMap: { TableName: findingsTable.tableName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/DynamoDB',
              metricName: 'ReadThrottleEvents',
              dimensionsMap: { TableName: findingsTable.tableName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/DynamoDB',
              metricName: 'WriteThrottleEvents',
              dimensionsMap: { TableName: findingsTable.tableName },
              statistic: 'Sum',
            }),
          ],
        }),
        new cloudwatch.GraphWidget({
          title: 'Scanner · scanner',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/ECS',
              metricName: 'CPUUtilization',
              dimensionsMap: { ClusterName: cluster.clusterName, ServiceName: scannerTaskService.serviceName },
              statistic: 'Average',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/ECS',
              metricName: 'MemoryUtilization',
              dimensionsMap: { ClusterName: cluster.clusterName, ServiceName: scannerTaskService.serviceName },
              statistic: 'Average',
            }),
          ],
        }),
        new cloudwatch.GraphWidget({
          title: 'Files to scan · files',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/SQS',
              metricName: 'ApproximateNumberOfMessagesVisible',
              dimensionsMap: { QueueName: filesQueue.queueName },
              statistic: 'Maximum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/SQS',
              metricName: 'NumberOfMessagesSent',
              dimensionsMap: { QueueName: filesQueue.queueName },
              statistic: 'Sum',
            }),
          ],
          right: [
            new cloudwatch.Metric({
              namespace: 'AWS/SQS',
              metricName: 'ApproximateAgeOfOldestMessage',
              dimensionsMap: { QueueName: filesQueue.queueName },
              statistic: 'Maximum',
            }),
          ],
        }),
        new cloudwatch.GraphWidget({
          title: 'Dead-letter queue · files',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/SQS',
              metricName: 'ApproximateNumberOfMessagesVisible',
              dimensionsMap: { QueueName: filesDeadLetterQueue.queueName },
              statistic: 'Maximum',
            }),
          ],
        }),
      ],
    });

    // What others ask a deployment for.
    new cdk.CfnOutput(this, 'FindingsTableName', { value: findingsTable.tableName, description: 'Name of the table' });
    new cdk.CfnOutput(this, 'EcsClusterName', { value: cluster.clusterName, description: 'Name of the ECS cluster' });
    new cdk.CfnOutput(this, 'ScannerTaskDefinitionArn', {
      value: scannerTaskDefinition.taskDefinitionArn,
      description: 'ARN of the task definition',
    });
    new cdk.CfnOutput(this, 'ScannerRepositoryUri', {
      value: scannerRepository.repositoryUri,
      description: 'Address of the repository',
    });
    new cdk.CfnOutput(this, 'FilesQueueUrl', { value: filesQueue.queueUrl, description: 'URL of the queue' });
    new cdk.CfnOutput(this, 'FilesDeadLetterQueueUrl', {
      value: filesDeadLetterQueue.queueUrl,
      description: 'URL of the dead-letter queue',
    });

    // Which part of the decision each resource comes from.
    mark(this);
  }
}
