import * as cdk from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';

import { Monitoring } from './components/monitoring';
import { Network } from './components/network';
import { Stores } from './components/stores';
import { Web } from './components/web';
import { mark } from './origins';

/** Container web service */
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
    const deletionProtection = new cdk.CfnParameter(this, 'DeletionProtection', {
      type: 'String',
      default: 'true',
      allowedValues: ['true', 'false'],
      description: 'Deletion protection of the resources of this stack that support it',
    });
    const certificateArn = new cdk.CfnParameter(this, 'CertificateArn', {
      type: 'String',
      allowedPattern: '^arn:aws[a-z-]*:acm:[a-z0-9-]+:\\d{12}:certificate/[a-f0-9-]{36}$',
      description: 'ARN of the ACM certificate for the domain name, in the Region of the load balancer',
    });

    // The network.
    const network = new Network(this, 'Network', { logRetentionDays: logRetentionDays });

    // Resources shared by several components.
    const cluster = new ecs.Cluster(this, 'Cluster', {
      vpc: network.vpc,
      containerInsightsV2: ecs.ContainerInsights.ENHANCED,
    });
    const webRepository = new ecr.Repository(this, 'WebRepository', {
      imageTagMutability: ecr.TagMutability.IMMUTABLE,
      imageScanOnPush: true,
      encryption: ecr.RepositoryEncryption.AES_256,
      lifecycleRules: [{ description: 'Keep the newest 20 images', maxImageCount: 20 }],
      removalPolicy: cdk.RemovalPolicy.RETAIN,
    });

    // Data stores.
    const stores = new Stores(this, 'Stores');

    // Web service
    const web = new Web(this, 'Web', {
      certificateArn: certificateArn,
      cluster: cluster,
      deletionProtection: deletionProtection,
      imageTag: imageTag,
      logRetentionDays: logRetentionDays,
      privateSubnets: network.privateSubnets,
      sessionsTable: stores.sessionsTable,
      taskArchitecture: taskArchitecture,
      vpc: network.vpc,
      webLoadBalancerSecurityGroup: network.webLoadBalancerSecurityGroup,
      webRepository: webRepository,
      webTaskSecurityGroup: network.webTaskSecurityGroup,
    });

    // CloudWatch alarms.
    new Monitoring(this, 'Monitoring', {
      alarmEmail: alarmEmail,
      cluster: cluster,
      sessionsTable: stores.sessionsTable,
      webLoadBalancer: web.loadBalancer,
      webTaskService: web.taskService,
      webTaskTargetGroup: web.taskTargetGroup,
    });

    // Stack outputs.
    new cdk.CfnOutput(this, 'SessionsTableName', {
      value: stores.sessionsTable.tableName,
      description: 'Name of the table',
    });
    new cdk.CfnOutput(this, 'EcsClusterName', { value: cluster.clusterName, description: 'Name of the ECS cluster' });
    new cdk.CfnOutput(this, 'WebTaskDefinitionArn', {
      value: web.taskDefinition.taskDefinitionArn,
      description: 'ARN of the task definition',
    });
    new cdk.CfnOutput(this, 'WebLoadBalancerAccessLogsName', {
      value: web.loadBalancerAccessLogs.bucketName,
      description: 'Bucket for access logs',
    });
    new cdk.CfnOutput(this, 'WebLoadBalancerDnsName', {
      value: web.loadBalancer.loadBalancerDnsName,
      description: 'Host name of the load balancer',
    });
    new cdk.CfnOutput(this, 'WebRepositoryUri', {
      value: webRepository.repositoryUri,
      description: 'URI of the repository',
    });
    new cdk.CfnOutput(this, 'WebSecretArn', { value: web.webSecret.secretArn, description: 'ARN of the secret' });

    // The decision behind each resource.
    mark(this);
  }
}
