import * as path from 'node:path';

import * as cdk from 'aws-cdk-lib';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

import { Alarms } from './alarms';
import { LogGroup } from './log-group';
import { mark } from './origins';
import { TypeScriptFunction, architectureOf } from './typescript-function';

const PROJECT = path.join(__dirname, '..');

/** GraphQL API */
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

    // What several components share.
    const architecture = lambda.Architecture.custom(functionArchitecture.valueAsString);

    // Stores: data with one owner.
    const notesTable = new dynamodb.Table(this, 'NotesTable', {
      partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      encryption: dynamodb.TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'expires_at',
      removalPolicy: cdk.RemovalPolicy.RETAIN,
    });
    notesTable.addGlobalSecondaryIndex({
      indexName: 'owner',
      partitionKey: { name: 'owner', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
      projectionType: dynamodb.ProjectionType.ALL,
    });

    // Notes API
    const graphFunctionLogs = new LogGroup(this, 'GraphFunctionLogs', {
      retentionDays: logRetentionDays,
      removalPolicy: cdk.RemovalPolicy.DESTROY,
    });
    const graphFunctionRole = new iam.Role(this, 'GraphFunctionRole', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      managedPolicies: [
        iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaBasicExecutionRole'),
        iam.ManagedPolicy.fromAwsManagedPolicyName('AWSXrayWriteOnlyAccess'),
      ],
      inlinePolicies: {
        connections: new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({
              sid: 'ReadWriteNotes',
              actions: [
                'dynamodb:GetItem',
                'dynamodb:PutItem',
                'dynamodb:UpdateItem',
                'dynamodb:DeleteItem',
                'dynamodb:Scan',
              ],
              resources: [notesTable.tableArn],
            }),
            new iam.PolicyStatement({
              sid: 'ReadWriteNotes2',
              actions: ['dynamodb:Query'],
              resources: [notesTable.tableArn, `${notesTable.tableArn}/index/owner`],
            }),
          ],
        }),
      },
    });
    const graphFunction = new TypeScriptFunction(this, 'GraphFunction', {
      folder: path.join(PROJECT, 'src/graph'),
      handler: 'app.handler',
      memorySize: 512,
      timeout: cdk.Duration.seconds(3),
      environment: { NOTES_TABLE_NAME: notesTable.tableName },
      architecture: architecture,
      loggingFormat: lambda.LoggingFormat.JSON,
      logGroup: graphFunctionLogs,
      role: graphFunctionRole.withoutPolicyUpdates(),
    });
    const graphGraphqlApiLogsRole = new iam.Role(this, 'GraphGraphqlApiLogsRole', {
      assumedBy: new iam.ServicePrincipal('appsync.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': cdk.Aws.ACCOUNT_ID } },
      }),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSAppSyncPushToCloudWatchLogs')],
    });
    const userPool = new cognito.UserPool(this, 'UserPool', {
      selfSignUpEnabled: true,
      signInAliases: { email: true },
      autoVerify: { email: true },
      accountRecovery: cognito.AccountRecovery.EMAIL_ONLY,
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: cdk.Duration.days(3),
      },
      deletionProtection: true,
      mfa: cognito.Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      removalPolicy: cdk.RemovalPolicy.RETAIN,
    });
    const graphGraphqlApi = new appsync.GraphqlApi(this, 'GraphGraphqlApi', {
      name: `${cdk.Aws.STACK_NAME}-GraphGraphqlApi`,
      definition: appsync.Definition.fromFile(path.join(PROJECT, 'graphql/schema.graphql')),
      authorizationConfig: {
        defaultAuthorization: {
          authorizationType: appsync.AuthorizationType.USER_POOL,
          userPoolConfig: { userPool: userPool },
        },
      },
      queryDepthLimit: 8,
      resolverCountLimit: 100,
      xrayEnabled: true,
    });
    // Set on the resource itself: `log_config` would add a function that sets the log's retention.
    (graphGraphqlApi.node.defaultChild as cdk.CfnResource).addPropertyOverride('LogConfig', {
      CloudWatchLogsRoleArn: graphGraphqlApiLogsRole.roleArn,
      FieldLogLevel: 'ERROR',
      ExcludeVerboseContent: true,
    });
    new LogGroup(this, 'GraphGraphqlApiLogs', {
      logGroupName: `/aws/appsync/apis/${graphGraphqlApi.apiId}`,
      retentionDays: logRetentionDays,
      removalPolicy: cdk.RemovalPolicy.DESTROY,
    });
    // A browser or a mobile app cannot keep a secret, so the client has none.
    const userPoolClient = new cognito.UserPoolClient(this, 'UserPoolClient', {
      userPool: userPool,
      authFlows: { userPassword: true, userSrp: true },
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      disableOAuth: true,
      generateSecret: false,
    });
    const graphFunctionDataSourceRole = new iam.Role(this, 'GraphFunctionDataSourceRole', {
      assumedBy: new iam.ServicePrincipal('appsync.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': cdk.Aws.ACCOUNT_ID } },
      }),
      inlinePolicies: {
        connections: new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({
              sid: 'AskFunction',
              actions: ['lambda:InvokeFunction'],
              resources: [graphFunction.functionArn],
            }),
          ],
        }),
      },
    });
    const graphFunctionDataSource = new appsync.LambdaDataSource(this, 'GraphFunctionDataSource', {
      api: graphGraphqlApi,
      name: 'GraphFunction',
      lambdaFunction: graphFunction,
      serviceRole: graphFunctionDataSourceRole.withoutPolicyUpdates(),
    });
    graphFunctionDataSource.createResolver('GraphGraphqlApiItemResolver', { typeName: 'Query', fieldName: 'item' });
    graphFunctionDataSource.createResolver('GraphGraphqlApiItemsResolver', { typeName: 'Query', fieldName: 'items' });
    graphFunctionDataSource.createResolver('GraphGraphqlApiCreateItemResolver', {
      typeName: 'Mutation',
      fieldName: 'createItem',
    });
    graphFunctionDataSource.createResolver('GraphGraphqlApiReplaceItemResolver', {
      typeName: 'Mutation',
      fieldName: 'replaceItem',
    });
    graphFunctionDataSource.createResolver('GraphGraphqlApiRemoveItemResolver', {
      typeName: 'Mutation',
      fieldName: 'removeItem',
    });

    // What tells that something has stopped working.
    const alarms = new Alarms(this, 'Alarms', { email: alarmEmail.valueAsString });
    alarms.add(
      'NotesTableReadThrottlesAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'ReadThrottleEvents',
        dimensionsMap: { TableName: notesTable.tableName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Notes is throttled',
      },
    );
    alarms.add(
      'NotesTableWriteThrottlesAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'WriteThrottleEvents',
        dimensionsMap: { TableName: notesTable.tableName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Notes is throttled',
      },
    );
    alarms.add(
      'GraphFunctionErrorsAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        dimensionsMap: { FunctionName: graphFunction.functionName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Notes API fails',
      },
    );
    alarms.add(
      'GraphFunctionThrottlesAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Throttles',
        dimensionsMap: { FunctionName: graphFunction.functionName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Notes API is throttled',
      },
    );
    alarms.add(
      'GraphGraphqlApiServerErrorsAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/AppSync',
        metricName: '5XXError',
        dimensionsMap: { GraphQLAPIId: graphGraphqlApi.apiId },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 5,
        periods: 1,
        description: 'The GraphQL API of graph answers with server errors',
      },
    );
    alarms.add(
      'GraphGraphqlApiLatencyAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/AppSync',
        metricName: 'Latency',
        dimensionsMap: { GraphQLAPIId: graphGraphqlApi.apiId },
        statistic: 'p99',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 2400.0,
        periods: 3,
        description: 'The GraphQL API of graph answers late: p99 latency near the limit',
      },
    );
    alarms.add(
      'GraphFunctionRunExpiryAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Duration',
        dimensionsMap: { FunctionName: graphFunction.functionName },
        statistic: 'Maximum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 2400.0,
        periods: 1,
        description: 'Notes API: at 2.4 s, "Longest run" nears 3 s, the limit of this deployment. It can be raised up to 30 s, above which AWS Lambda is no longer chosen (compute) but Amazon ECS; AWS AppSync (GraphQL) is no longer chosen (entry) but Application Load Balancer.',
      },
    );
    alarms.show('Dashboard', {
      title: 'Alarms',
      widgets: [
        new cloudwatch.GraphWidget({
          title: 'Notes · notes',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/DynamoDB',
              metricName: 'ConsumedReadCapacityUnits',
              dimensionsMap: { TableName: notesTable.tableName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/DynamoDB',
              metricName: 'ConsumedWriteCapacityUnits',
              dimensionsMap: { TableName: notesTable.tableName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/DynamoDB',
              metricName: 'ReadThrottleEvents',
              dimensionsMap: { TableName: notesTable.tableName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/DynamoDB',
              metricName: 'WriteThrottleEvents',
              dimensionsMap: { TableName: notesTable.tableName },
              statistic: 'Sum',
            }),
          ],
        }),
        new cloudwatch.GraphWidget({
          title: 'Notes API · graph',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Invocations',
              dimensionsMap: { FunctionName: graphFunction.functionName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Errors',
              dimensionsMap: { FunctionName: graphFunction.functionName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Throttles',
              dimensionsMap: { FunctionName: graphFunction.functionName },
              statistic: 'Sum',
            }),
          ],
          right: [
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Duration',
              dimensionsMap: { FunctionName: graphFunction.functionName },
              statistic: 'p99',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Duration',
              dimensionsMap: { FunctionName: graphFunction.functionName },
              statistic: 'Maximum',
            }),
          ],
        }),
        new cloudwatch.GraphWidget({
          title: 'GraphQL API · graph',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/AppSync',
              metricName: '4XXError',
              dimensionsMap: { GraphQLAPIId: graphGraphqlApi.apiId },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/AppSync',
              metricName: '5XXError',
              dimensionsMap: { GraphQLAPIId: graphGraphqlApi.apiId },
              statistic: 'Sum',
            }),
          ],
          right: [
            new cloudwatch.Metric({
              namespace: 'AWS/AppSync',
              metricName: 'Latency',
              dimensionsMap: { GraphQLAPIId: graphGraphqlApi.apiId },
              statistic: 'p99',
            }),
          ],
        }),
      ],
    });

    // What others ask a deployment for.
    new cdk.CfnOutput(this, 'NotesTableName', { value: notesTable.tableName, description: 'Name of the table' });
    new cdk.CfnOutput(this, 'GraphFunctionName', {
      value: graphFunction.functionName,
      description: 'Name of the function',
    });
    new cdk.CfnOutput(this, 'GraphGraphqlApiUrl', {
      value: graphGraphqlApi.graphqlUrl,
      description: 'Address of the GraphQL API',
    });
    new cdk.CfnOutput(this, 'UserPoolId', { value: userPool.userPoolId, description: 'Id of the user pool' });
    new cdk.CfnOutput(this, 'UserPoolClientId', {
      value: userPoolClient.userPoolClientId,
      description: 'Client id for sign-in',
    });

    // Which part of the decision each resource comes from.
    mark(this);
  }
}
