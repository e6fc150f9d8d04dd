import * as cdk from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';

import { Channels } from './components/channels';
import { Monitoring } from './components/monitoring';
import { Network } from './components/network';
import { Scanner } from './components/scanner';
import { Stores } from './components/stores';
import { mark } from './origins';

/** Containers on EC2 */
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
    const taskArchitecture = new cdk.CfnParameter(this, 'TaskArchitecture', {
      type: 'String',
      default: 'ARM64',
      allowedValues: ['ARM64', 'X86_64'],
      description: 'CPU architecture of the container images; ARM64 costs 0.04045 USD per vCPU-hour, X86_64 0.05056 USD (ap-northeast-1, 2026-08-27)',
    });
    const imageTag = new cdk.CfnParameter(this, 'ImageTag', {
      type: 'String',
      allowedPattern: '^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$',
      description: 'Image tag: the commit ID',
    });
    new cdk.CfnCondition(this, 'TasksOnArm', {
      expression: cdk.Fn.conditionEquals(taskArchitecture.valueAsString, 'ARM64'),
    });

    // The network.
    const network = new Network(this, 'Network', { logRetentionDays: logRetentionDays });

    // Resources shared by several components.
    const cluster = new ecs.Cluster(this, 'Cluster', {
      vpc: network.vpc,
      containerInsightsV2: ecs.ContainerInsights.ENHANCED,
    });
    const scannerRepository = new ecr.Repository(this, 'ScannerRepository', {
      imageTagMutability: ecr.TagMutability.IMMUTABLE,
      imageScanOnPush: true,
      encryption: ecr.RepositoryEncryption.AES_256,
      lifecycleRules: [{ description: 'Keep the newest 20 images', maxImageCount: 20 }],
      removalPolicy: cdk.RemovalPolicy.RETAIN,
    });

    // Data stores.
    const stores = new Stores(this, 'Stores');

    // Channels: messages and events.
    const channels = new Channels(this, 'Channels');

    // Scanner
    const scanner = new Scanner(this, 'Scanner', {
      cluster: cluster,
      filesQueue: channels.filesQueue,
      findingsTable: stores.findingsTable,
      imageTag: imageTag,
      logRetentionDays: logRetentionDays,
      privateSubnets: network.privateSubnets,
      scannerRepository: scannerRepository,
      scannerTaskHostSecurityGroup: network.scannerTaskHostSecurityGroup,
      scannerTaskSecurityGroup: network.scannerTaskSecurityGroup,
      vpc: network.vpc,
    });

    // CloudWatch alarms.
    new Monitoring(this, 'Monitoring', {
      alarmEmail: alarmEmail,
      cluster: cluster,
      filesDeadLetterQueue: channels.filesDeadLetterQueue,
      filesQueue: channels.filesQueue,
      findingsTable: stores.findingsTable,
      scannerTaskService: scanner.taskService,
    });

    // Stack outputs.
    new cdk.CfnOutput(this, 'FindingsTableName', {
      value: stores.findingsTable.tableName,
      description: 'Name of the table',
    });
    new cdk.CfnOutput(this, 'EcsClusterName', { value: cluster.clusterName, description: 'Name of the ECS cluster' });
    new cdk.CfnOutput(this, 'ScannerTaskDefinitionArn', {
      value: scanner.taskDefinition.taskDefinitionArn,
      description: 'ARN of the task definition',
    });
    new cdk.CfnOutput(this, 'ScannerRepositoryUri', {
      value: scannerRepository.repositoryUri,
      description: 'URI of the repository',
    });
    new cdk.CfnOutput(this, 'FilesQueueUrl', { value: channels.filesQueue.queueUrl, description: 'URL of the queue' });
    new cdk.CfnOutput(this, 'FilesDeadLetterQueueUrl', {
      value: channels.filesDeadLetterQueue.queueUrl,
      description: 'URL of the dead-letter queue',
    });

    // The decision behind each resource.
    mark(this);
  }
}
