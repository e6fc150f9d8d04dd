import * as cdk from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

import { Alarms } from './alarms';
import { LogGroup } from './log-group';
import { mark } from './origins';

/** Container web service */
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
    const certificateArn = new cdk.CfnParameter(this, 'CertificateArn', {
      type: 'String',
      allowedPattern: '^arn:aws[a-z-]*:acm:[a-z0-9-]+:\\d{12}:certificate/[a-f0-9-]{36}$',
      description: 'Certificate for the domain name',
    });

    // The network.
    // Restricting the default security group would take a function of its own; nothing here uses that group.
    const vpc = new ec2.Vpc(this, 'Vpc', {
      ipAddresses: ec2.IpAddresses.cidr('10.20.0.0/16'),
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [
        { name: 'Private', subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 20 },
        { name: 'Public', cidrMask: 22, subnetType: ec2.SubnetType.PUBLIC, mapPublicIpOnLaunch: false },
      ],
      restrictDefaultSecurityGroup: false,
    });
    const webTaskSecurityGroup = new ec2.SecurityGroup(this, 'WebTaskSecurityGroup', {
      vpc: vpc,
      description: 'Traffic of WebTask',
      allowAllOutbound: false,
    });
    webTaskSecurityGroup.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'AWS and partners');
    const webLoadBalancerSecurityGroup = new ec2.SecurityGroup(this, 'WebLoadBalancerSecurityGroup', {
      vpc: vpc,
      description: 'Traffic of WebLoadBalancer',
      allowAllOutbound: false,
    });
    webTaskSecurityGroup.addIngressRule(webLoadBalancerSecurityGroup, ec2.Port.tcp(8080), 'from WebLoadBalancer');
    webLoadBalancerSecurityGroup.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'AWS and partners');
    webLoadBalancerSecurityGroup.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'callers');
    webLoadBalancerSecurityGroup.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(80), 'callers, to be redirected');
    webLoadBalancerSecurityGroup.addEgressRule(webTaskSecurityGroup, ec2.Port.tcp(8080), 'to WebTask');
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
    vpc.addInterfaceEndpoint('LogsEndpoint', {
      service: new ec2.InterfaceVpcEndpointAwsService('logs'),
      subnets: privateSubnets,
      securityGroups: [endpointSecurityGroup],
      open: false,
    });
    vpc.addInterfaceEndpoint('SecretsmanagerEndpoint', {
      service: new ec2.InterfaceVpcEndpointAwsService('secretsmanager'),
      subnets: privateSubnets,
      securityGroups: [endpointSecurityGroup],
      open: false,
    });

    // What several components share.
    const cluster = new ecs.Cluster(this, 'Cluster', { vpc: vpc, containerInsightsV2: ecs.ContainerInsights.ENHANCED });
    const webRepository = new ecr.Repository(this, 'WebRepository', {
      imageTagMutability: ecr.TagMutability.IMMUTABLE,
      imageScanOnPush: true,
      encryption: ecr.RepositoryEncryption.AES_256,
      lifecycleRules: [{ description: 'keep the newest 20', maxImageCount: 20 }],
      removalPolicy: cdk.RemovalPolicy.RETAIN,
    });

    // Stores: data with one owner.
    const sessionsTable = new dynamodb.Table(this, 'SessionsTable', {
      partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      encryption: dynamodb.TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'expires_at',
      removalPolicy: cdk.RemovalPolicy.RETAIN,
    });
    sessionsTable.addGlobalSecondaryIndex({
      indexName: 'owner',
      partitionKey: { name: 'owner', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
      projectionType: dynamodb.ProjectionType.ALL,
    });

    // Web service
    const webTaskLogs = new LogGroup(this, 'WebTaskLogs', {
      retentionDays: logRetentionDays,
      removalPolicy: cdk.RemovalPolicy.DESTROY,
    });
    const webTaskExecutionRole = new iam.Role(this, 'WebTaskExecutionRole', {
      assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': cdk.Aws.ACCOUNT_ID } },
      }),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonECSTaskExecutionRolePolicy')],
    });
    // Load balancers log to S3 alone, and only under keys that S3 manages.
    const webLoadBalancerAccessLogs = new s3.Bucket(this, 'WebLoadBalancerAccessLogs', {
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      encryption: s3.BucketEncryption.S3_MANAGED,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      lifecycleRules: [
        {
          id: 'expire',
          abortIncompleteMultipartUploadAfter: cdk.Duration.days(7),
          noncurrentVersionExpiration: cdk.Duration.days(7),
          expiration: cdk.Duration.days(90),
        },
      ],
      removalPolicy: cdk.RemovalPolicy.RETAIN,
    });
    webLoadBalancerAccessLogs.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'DeliverLogs',
        principals: [new iam.ServicePrincipal('logdelivery.elasticloadbalancing.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [`${webLoadBalancerAccessLogs.bucketArn}/AWSLogs/${cdk.Aws.ACCOUNT_ID}/*`],
      }),
    );
    const webLoadBalancer = new elbv2.ApplicationLoadBalancer(this, 'WebLoadBalancer', {
      vpc: vpc,
      internetFacing: true,
      vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
      securityGroup: webLoadBalancerSecurityGroup,
      dropInvalidHeaderFields: true,
      idleTimeout: cdk.Duration.minutes(1),
      deletionProtection: false,
    });
    webLoadBalancer.setAttribute('access_logs.s3.enabled', 'true');
    webLoadBalancer.setAttribute('access_logs.s3.bucket', webLoadBalancerAccessLogs.bucketName);
    webLoadBalancer.node.addDependency(webLoadBalancerAccessLogs);
    webLoadBalancer.addListener('Redirect', {
      port: 80,
      open: false,
      defaultAction: elbv2.ListenerAction.redirect({ protocol: 'HTTPS', port: '443', permanent: true }),
    });
    // Its first value is random. Its owner puts the real value in, so that no template contains it.
    const webSecret = new secretsmanager.Secret(this, 'WebSecret', {
      description: 'Secret of web; put its value in after the first deployment',
      generateSecretString: { passwordLength: 32, excludePunctuation: true },
      removalPolicy: cdk.RemovalPolicy.RETAIN,
    });
    const webTaskRole = new iam.Role(this, 'WebTaskRole', {
      assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': cdk.Aws.ACCOUNT_ID } },
      }),
      inlinePolicies: {
        connections: new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({
              sid: 'GetSecretWeb',
              actions: ['secretsmanager:GetSecretValue'],
              resources: [webSecret.secretArn],
            }),
            new iam.PolicyStatement({
              sid: 'ReadWriteSessions',
              actions: [
                'dynamodb:GetItem',
                'dynamodb:PutItem',
                'dynamodb:UpdateItem',
                'dynamodb:DeleteItem',
                'dynamodb:Scan',
              ],
              resources: [sessionsTable.tableArn],
            }),
            new iam.PolicyStatement({
              sid: 'ReadWriteSessions2',
              actions: ['dynamodb:Query'],
              resources: [sessionsTable.tableArn, `${sessionsTable.tableArn}/index/owner`],
            }),
          ],
        }),
      },
    });
    const webTaskDefinition = new ecs.FargateTaskDefinition(this, 'WebTaskDefinition', {
      cpu: 1024,
      memoryLimitMiB: 2048,
      runtimePlatform: {
        cpuArchitecture: ecs.CpuArchitecture.of(taskArchitecture.valueAsString),
        operatingSystemFamily: ecs.OperatingSystemFamily.LINUX,
      },
      family: `${cdk.Aws.STACK_NAME}-web`,
      taskRole: webTaskRole.withoutPolicyUpdates(),
      executionRole: webTaskExecutionRole.withoutPolicyUpdates(),
      volumes: [{ name: 'tmp' }],
    });
    const webTaskContainer = webTaskDefinition.addContainer('app', {
      image: ecs.ContainerImage.fromEcrRepository(webRepository, imageTag.valueAsString),
      logging: ecs.LogDriver.awsLogs({ logGroup: webTaskLogs, streamPrefix: 'web' }),
      stopTimeout: cdk.Duration.minutes(1),
      readonlyRootFilesystem: true,
      linuxParameters: new ecs.LinuxParameters(this, 'WebTaskLinux', { initProcessEnabled: true }),
      environment: { WEB_SECRET_ARN: webSecret.secretArn, SESSIONS_TABLE_NAME: sessionsTable.tableName },
      portMappings: [{ containerPort: 8080 }],
    });
    webTaskContainer.addMountPoints({ sourceVolume: 'tmp', containerPath: '/tmp', readOnly: false });
    const webTaskService = new ecs.FargateService(this, 'WebTaskService', {
      cluster: cluster,
      taskDefinition: webTaskDefinition,
      circuitBreaker: { rollback: true },
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      vpcSubnets: privateSubnets,
      securityGroups: [webTaskSecurityGroup],
      enableECSManagedTags: true,
      propagateTags: ecs.PropagatedTagSource.SERVICE,
      healthCheckGracePeriod: cdk.Duration.minutes(1),
      platformVersion: ecs.FargatePlatformVersion.LATEST,
    });
    const webTaskScaling = webTaskService.autoScaleTaskCount({ minCapacity: 2, maxCapacity: 8 });
    const webTaskTargetGroup = new elbv2.ApplicationTargetGroup(this, 'WebTaskTargetGroup', {
      vpc: vpc,
      targetType: elbv2.TargetType.IP,
      protocol: elbv2.ApplicationProtocol.HTTP,
      port: 8080,
      healthCheck: {
        path: '/health',
        interval: cdk.Duration.seconds(15),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 3,
      },
      deregistrationDelay: cdk.Duration.seconds(30),
      stickinessCookieDuration: cdk.Duration.days(1),
      targets: [webTaskService.loadBalancerTarget({ containerName: 'app', containerPort: 8080 })],
    });
    webLoadBalancer.addListener('Listener', {
      port: 443,
      open: false,
      certificates: [elbv2.ListenerCertificate.fromArn(certificateArn.valueAsString)],
      sslPolicy: elbv2.SslPolicy.RECOMMENDED_TLS,
      defaultAction: elbv2.ListenerAction.forward([webTaskTargetGroup]),
    });
    webTaskScaling.scaleOnRequestCount('WebTaskScalingPolicy', {
      requestsPerTarget: 3360,
      targetGroup: webTaskTargetGroup,
      policyName: 'requests',
      scaleInCooldown: cdk.Duration.minutes(5),
      scaleOutCooldown: cdk.Duration.minutes(1),
    });

    // What tells that something has stopped working.
    const alarms = new Alarms(this, 'Alarms', { email: alarmEmail.valueAsString });
    alarms.add(
      'SessionsTableReadThrottlesAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'ReadThrottleEvents',
        dimensionsMap: { TableName: sessionsTable.tableName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Sessions is throttled',
      },
    );
    alarms.add(
      'SessionsTableWriteThrottlesAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'WriteThrottleEvents',
        dimensionsMap: { TableName: sessionsTable.tableName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Sessions is throttled',
      },
    );
    alarms.add(
      'WebTaskCpuAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/ECS',
        metricName: 'CPUUtilization',
        dimensionsMap: { ClusterName: cluster.clusterName, ServiceName: webTaskService.serviceName },
        statistic: 'Average',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 85,
        periods: 3,
        description: 'Web service is short of CPU',
      },
    );
    alarms.add(
      'WebTaskMemoryAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/ECS',
        metricName: 'MemoryUtilization',
        dimensionsMap: { ClusterName: cluster.clusterName, ServiceName: webTaskService.serviceName },
        statistic: 'Average',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 85,
        periods: 3,
        description: 'Web service is short of memory',
      },
    );
    const webLoadBalancerServerErrorsAlarm = alarms.add(
      'WebLoadBalancerServerErrorsAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/ApplicationELB',
        metricName: 'HTTPCode_ELB_5XX_Count',
        dimensionsMap: { LoadBalancer: webLoadBalancer.loadBalancerFullName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 5,
        periods: 1,
        description: 'The load balancer of web answers with server errors',
      },
    );
    const webLoadBalancerTargetErrorsAlarm = alarms.add(
      'WebLoadBalancerTargetErrorsAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/ApplicationELB',
        metricName: 'HTTPCode_Target_5XX_Count',
        dimensionsMap: { LoadBalancer: webLoadBalancer.loadBalancerFullName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 5,
        periods: 1,
        description: 'The load balancer of web answers with server errors',
      },
    );
    alarms.add(
      'WebLoadBalancerLatencyAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/ApplicationELB',
        metricName: 'TargetResponseTime',
        dimensionsMap: { LoadBalancer: webLoadBalancer.loadBalancerFullName },
        statistic: 'p99',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 8.0,
        periods: 3,
        description: 'The load balancer of web answers late: p99 latency near the limit',
      },
    );
    alarms.add(
      'WebTaskUnhealthyAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/ApplicationELB',
        metricName: 'UnHealthyHostCount',
        dimensionsMap: {
          LoadBalancer: webLoadBalancer.loadBalancerFullName,
          TargetGroup: webTaskTargetGroup.targetGroupFullName,
        },
        statistic: 'Maximum',
        period: cdk.Duration.minutes(1),
      }),
      {
        threshold: 0,
        periods: 3,
        description: 'The load balancer of web has targets that do not answer',
      },
    );
    alarms.add(
      'WebLoadBalancerRunExpiryAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/ApplicationELB',
        metricName: 'TargetResponseTime',
        dimensionsMap: { LoadBalancer: webLoadBalancer.loadBalancerFullName },
        statistic: 'Maximum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 48.0,
        periods: 1,
        description: 'Web service: at 48 s, "Longest run" nears 1 min, the limit of this deployment. It can be raised up to 4,000 s, above which Application Load Balancer is no longer chosen (entry) but Amazon API Gateway (REST API).',
      },
    );
    webTaskService.enableDeploymentAlarms(
      [webLoadBalancerServerErrorsAlarm.alarmName, webLoadBalancerTargetErrorsAlarm.alarmName],
      {
        behavior: ecs.AlarmBehavior.ROLLBACK_ON_ALARM,
      },
    );
    alarms.show('Dashboard', {
      title: 'Alarms',
      widgets: [
        new cloudwatch.GraphWidget({
          title: 'Sessions · sessions',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/DynamoDB',
              metricName: 'ConsumedReadCapacityUnits',
              dimensionsMap: { TableName: sessionsTable.tableName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/DynamoDB',
              metricName: 'ConsumedWriteCapacityUnits',
              dimensionsMap: { TableName: sessionsTable.tableName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/DynamoDB',
              metricName: 'ReadThrottleEvents',
              dimensionsMap: { TableName: sessionsTable.tableName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/DynamoDB',
              metricName: 'WriteThrottleEvents',
              dimensionsMap: { TableName: sessionsTable.tableName },
              statistic: 'Sum',
            }),
          ],
        }),
        new cloudwatch.GraphWidget({
          title: 'Web service · web',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/ECS',
              metricName: 'CPUUtilization',
              dimensionsMap: { ClusterName: cluster.clusterName, ServiceName: webTaskService.serviceName },
              statistic: 'Average',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/ECS',
              metricName: 'MemoryUtilization',
              dimensionsMap: { ClusterName: cluster.clusterName, ServiceName: webTaskService.serviceName },
              statistic: 'Average',
            }),
          ],
        }),
        new cloudwatch.GraphWidget({
          title: 'load balancer · web',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/ApplicationELB',
              metricName: 'RequestCount',
              dimensionsMap: { LoadBalancer: webLoadBalancer.loadBalancerFullName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/ApplicationELB',
              metricName: 'HTTPCode_Target_5XX_Count',
              dimensionsMap: { LoadBalancer: webLoadBalancer.loadBalancerFullName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/ApplicationELB',
              metricName: 'HTTPCode_ELB_5XX_Count',
              dimensionsMap: { LoadBalancer: webLoadBalancer.loadBalancerFullName },
              statistic: 'Sum',
            }),
          ],
          right: [
            new cloudwatch.Metric({
              namespace: 'AWS/ApplicationELB',
              metricName: 'TargetResponseTime',
              dimensionsMap: { LoadBalancer: webLoadBalancer.loadBalancerFullName },
              statistic: 'p99',
            }),
          ],
        }),
      ],
    });

    // What others ask a deployment for.
    new cdk.CfnOutput(this, 'SessionsTableName', { value: sessionsTable.tableName, description: 'Name of the table' });
    new cdk.CfnOutput(this, 'EcsClusterName', { value: cluster.clusterName, description: 'Name of the ECS cluster' });
    new cdk.CfnOutput(this, 'WebTaskDefinitionArn', {
      value: webTaskDefinition.taskDefinitionArn,
      description: 'ARN of the task definition',
    });
    new cdk.CfnOutput(this, 'WebLoadBalancerAccessLogsName', {
      value: webLoadBalancerAccessLogs.bucketName,
      description: 'Bucket of access logs',
    });
    new cdk.CfnOutput(this, 'WebLoadBalancerDnsName', {
      value: webLoadBalancer.loadBalancerDnsName,
      description: 'Host name of the load balancer',
    });
    new cdk.CfnOutput(this, 'WebRepositoryUri', {
      value: webRepository.repositoryUri,
      description: 'Address of the repository',
    });
    new cdk.CfnOutput(this, 'WebSecretArn', { value: webSecret.secretArn, description: 'ARN of the secret' });

    // Which part of the decision each resource comes from.
    mark(this);
  }
}
