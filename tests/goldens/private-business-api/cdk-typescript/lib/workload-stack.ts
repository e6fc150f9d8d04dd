import * as path from 'node:path';

import * as cdk from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

import { Alarms } from './alarms';
import { LogGroup } from './log-group';
import { definitionOf } from './openapi';
import { mark } from './origins';
import { TypeScriptFunction, architectureOf } from './typescript-function';

const PROJECT = path.join(__dirname, '..');

/** Internal business API */
export class WorkloadStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props?: cdk.StackProps) {
    super(scope, id, props);

    // What a deployment is asked for.
    const environment = new cdk.CfnParameter(this, 'Environment', {
      type: 'String',
      default: 'dev',
      allowedPattern: '^[a-z][a-z0-9]{1,15}$',
      description: 'Name of the environment; it is the stage of APIs',
    });
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
    const vpcId = new cdk.CfnParameter(this, 'VpcId', { type: 'AWS::EC2::VPC::Id', description: 'Existing VPC' });
    const privateSubnetIds = new cdk.CfnParameter(this, 'PrivateSubnetIds', {
      type: 'List<AWS::EC2::Subnet::Id>',
      description: 'Private subnets in two zones',
    });
    const callerCidr = new cdk.CfnParameter(this, 'CallerCidr', {
      type: 'String',
      allowedPattern: '^\\d{1,3}(\\.\\d{1,3}){3}/\\d{1,2}$',
      description: 'Network from which the private entry is called',
    });

    // The network.
    const privateSubnetsGiven = [
      cdk.Fn.select(0, privateSubnetIds.valueAsList),
      cdk.Fn.select(1, privateSubnetIds.valueAsList),
    ];
    const vpc = ec2.Vpc.fromVpcAttributes(this, 'Vpc', {
      vpcId: vpcId.valueAsString,
      availabilityZones: [cdk.Fn.select(0, cdk.Fn.getAzs()), cdk.Fn.select(1, cdk.Fn.getAzs())],
      privateSubnetIds: privateSubnetsGiven,
    });
    const privateSubnets = { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS };

    // What several components share.
    const architecture = lambda.Architecture.custom(functionArchitecture.valueAsString);

    // Stores: data with one owner.
    const ledgerTable = new dynamodb.Table(this, 'LedgerTable', {
      partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      encryption: dynamodb.TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'expires_at',
      removalPolicy: cdk.RemovalPolicy.RETAIN,
    });
    ledgerTable.addGlobalSecondaryIndex({
      indexName: 'owner',
      partitionKey: { name: 'owner', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
      projectionType: dynamodb.ProjectionType.ALL,
    });

    // Business API
    const apiFunctionLogs = new LogGroup(this, 'ApiFunctionLogs', {
      retentionDays: logRetentionDays,
      removalPolicy: cdk.RemovalPolicy.DESTROY,
    });
    const apiFunctionRole = new iam.Role(this, 'ApiFunctionRole', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      managedPolicies: [
        iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaBasicExecutionRole'),
        iam.ManagedPolicy.fromAwsManagedPolicyName('AWSXrayWriteOnlyAccess'),
      ],
      inlinePolicies: {
        connections: new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({
              sid: 'ReadWriteLedger',
              actions: [
                'dynamodb:GetItem',
                'dynamodb:PutItem',
                'dynamodb:UpdateItem',
                'dynamodb:DeleteItem',
                'dynamodb:Scan',
              ],
              resources: [ledgerTable.tableArn],
            }),
            new iam.PolicyStatement({
              sid: 'ReadWriteLedger2',
              actions: ['dynamodb:Query'],
              resources: [ledgerTable.tableArn, `${ledgerTable.tableArn}/index/owner`],
            }),
          ],
        }),
      },
    });
    const apiFunction = new TypeScriptFunction(this, 'ApiFunction', {
      folder: path.join(PROJECT, 'src/api'),
      handler: 'app.handler',
      memorySize: 512,
      timeout: cdk.Duration.seconds(10),
      environment: { LEDGER_TABLE_NAME: ledgerTable.tableName },
      architecture: architecture,
      loggingFormat: lambda.LoggingFormat.JSON,
      logGroup: apiFunctionLogs,
      role: apiFunctionRole.withoutPolicyUpdates(),
    });
    const apiEndpointSecurityGroup = new ec2.SecurityGroup(this, 'ApiEndpointSecurityGroup', {
      vpc: vpc,
      description: 'Callers of the private API',
      allowAllOutbound: false,
    });
    apiEndpointSecurityGroup.addIngressRule(ec2.Peer.ipv4(callerCidr.valueAsString), ec2.Port.tcp(443), 'callers');
    const apiEndpoint = new ec2.InterfaceVpcEndpoint(this, 'ApiEndpoint', {
      vpc: vpc,
      subnets: privateSubnets,
      service: ec2.InterfaceVpcEndpointAwsService.APIGATEWAY,
      privateDnsEnabled: true,
      securityGroups: [apiEndpointSecurityGroup],
      open: false,
    });
    const apiAccessLogs = new LogGroup(this, 'ApiAccessLogs', {
      retentionDays: logRetentionDays,
      removalPolicy: cdk.RemovalPolicy.DESTROY,
    });
    const api = new apigateway.SpecRestApi(this, 'Api', {
      restApiName: `${cdk.Aws.STACK_NAME}-Api`,
      apiDefinition: apigateway.ApiDefinition.fromInline(
        definitionOf(path.join(PROJECT, 'openapi/api.json'), {
          StackName: cdk.Aws.STACK_NAME,
          Partition: cdk.Aws.PARTITION,
          Region: cdk.Aws.REGION,
          ApiFunctionArn: apiFunction.functionArn,
          AccountId: cdk.Aws.ACCOUNT_ID,
          ApiEndpoint: apiEndpoint.vpcEndpointId,
        }),
      ),
      endpointConfiguration: { types: [apigateway.EndpointType.PRIVATE], vpcEndpoints: [apiEndpoint] },
      parameters: { endpointConfigurationTypes: 'PRIVATE' },
      deploy: false,
      cloudWatchRole: false,
    });
    const apiDeployment = new apigateway.Deployment(this, 'ApiDeployment', { api: api });
    new apigateway.Stage(this, 'ApiStage', {
      deployment: apiDeployment,
      stageName: environment.valueAsString,
      accessLogDestination: new apigateway.LogGroupLogDestination(apiAccessLogs),
      accessLogFormat: apigateway.AccessLogFormat.custom(
        this.toJsonString({
          requestId: '$context.requestId',
          ip: '$context.identity.sourceIp',
          time: '$context.requestTime',
          method: '$context.httpMethod',
          path: '$context.path',
          status: '$context.status',
        }),
      ),
      tracingEnabled: true,
      metricsEnabled: true,
      throttlingRateLimit: 100,
      throttlingBurstLimit: 200,
    });
    new lambda.CfnPermission(this, 'ApiInvokeFunctionPermission', {
      action: 'lambda:InvokeFunction',
      functionName: apiFunction.functionName,
      principal: 'apigateway.amazonaws.com',
      sourceArn: `arn:${cdk.Aws.PARTITION}:execute-api:${cdk.Aws.REGION}:${cdk.Aws.ACCOUNT_ID}:${api.restApiId}/*/*/*`,
    });

    // What tells that something has stopped working.
    const alarms = new Alarms(this, 'Alarms', { email: alarmEmail.valueAsString });
    alarms.add(
      'LedgerTableReadThrottlesAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'ReadThrottleEvents',
        dimensionsMap: { TableName: ledgerTable.tableName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Ledger is throttled',
      },
    );
    alarms.add(
      'LedgerTableWriteThrottlesAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'WriteThrottleEvents',
        dimensionsMap: { TableName: ledgerTable.tableName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Ledger is throttled',
      },
    );
    alarms.add(
      'ApiFunctionErrorsAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        dimensionsMap: { FunctionName: apiFunction.functionName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Business API fails',
      },
    );
    alarms.add(
      'ApiFunctionThrottlesAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Throttles',
        dimensionsMap: { FunctionName: apiFunction.functionName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Business API is throttled',
      },
    );
    alarms.add(
      'ApiServerErrorsAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/ApiGateway',
        metricName: '5XXError',
        dimensionsMap: { ApiName: `${cdk.Aws.STACK_NAME}-Api`, Stage: environment.valueAsString },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 5,
        periods: 1,
        description: 'The endpoint of api answers with server errors',
      },
    );
    alarms.add(
      'ApiLatencyAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/ApiGateway',
        metricName: 'Latency',
        dimensionsMap: { ApiName: `${cdk.Aws.STACK_NAME}-Api`, Stage: environment.valueAsString },
        statistic: 'p99',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 8000.0,
        periods: 3,
        description: 'The endpoint of api answers late: p99 latency near the limit',
      },
    );
    alarms.add(
      'ApiFunctionRunExpiryAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Duration',
        dimensionsMap: { FunctionName: apiFunction.functionName },
        statistic: 'Maximum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 8000.0,
        periods: 1,
        description: 'Business API: at 8 s, "Longest run" nears 10 s, the limit of this deployment. It can be raised up to 15 min, above which AWS Lambda is no longer chosen (compute) but Amazon ECS.',
      },
    );
    alarms.show('Dashboard', {
      title: 'Alarms',
      widgets: [
        new cloudwatch.GraphWidget({
          title: 'Ledger · ledger',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/DynamoDB',
              metricName: 'ConsumedReadCapacityUnits',
              dimensionsMap: { TableName: ledgerTable.tableName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/DynamoDB',
              metricName: 'ConsumedWriteCapacityUnits',
              dimensionsMap: { TableName: ledgerTable.tableName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/DynamoDB',
              metricName: 'ReadThrottleEvents',
              dimensionsMap: { TableName: ledgerTable.tableName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/DynamoDB',
              metricName: 'WriteThrottleEvents',
              dimensionsMap: { TableName: ledgerTable.tableName },
              statistic: 'Sum',
            }),
          ],
        }),
        new cloudwatch.GraphWidget({
          title: 'Business API · api',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Invocations',
              dimensionsMap: { FunctionName: apiFunction.functionName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Errors',
              dimensionsMap: { FunctionName: apiFunction.functionName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Throttles',
              dimensionsMap: { FunctionName: apiFunction.functionName },
              statistic: 'Sum',
            }),
          ],
          right: [
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Duration',
              dimensionsMap: { FunctionName: apiFunction.functionName },
              statistic: 'p99',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Duration',
              dimensionsMap: { FunctionName: apiFunction.functionName },
              statistic: 'Maximum',
            }),
          ],
        }),
        new cloudwatch.GraphWidget({
          title: 'endpoint · api',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/ApiGateway',
              metricName: 'Count',
              dimensionsMap: { ApiName: `${cdk.Aws.STACK_NAME}-Api`, Stage: environment.valueAsString },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/ApiGateway',
              metricName: '4XXError',
              dimensionsMap: { ApiName: `${cdk.Aws.STACK_NAME}-Api`, Stage: environment.valueAsString },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/ApiGateway',
              metricName: '5XXError',
              dimensionsMap: { ApiName: `${cdk.Aws.STACK_NAME}-Api`, Stage: environment.valueAsString },
              statistic: 'Sum',
            }),
          ],
          right: [
            new cloudwatch.Metric({
              namespace: 'AWS/ApiGateway',
              metricName: 'Latency',
              dimensionsMap: { ApiName: `${cdk.Aws.STACK_NAME}-Api`, Stage: environment.valueAsString },
              statistic: 'p99',
            }),
          ],
        }),
      ],
    });

    // What others ask a deployment for.
    new cdk.CfnOutput(this, 'LedgerTableName', { value: ledgerTable.tableName, description: 'Name of the table' });
    new cdk.CfnOutput(this, 'ApiFunctionName', {
      value: apiFunction.functionName,
      description: 'Name of the function',
    });
    new cdk.CfnOutput(this, 'ApiUrl', {
      value: `https://${api.restApiId}.execute-api.${cdk.Aws.REGION}.${cdk.Aws.URL_SUFFIX}/${environment.valueAsString}`,
      description: 'Address of the API',
    });

    // Which part of the decision each resource comes from.
    mark(this);
  }
}
