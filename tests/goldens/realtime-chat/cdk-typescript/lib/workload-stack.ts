import * as path from 'node:path';

import * as cdk from 'aws-cdk-lib';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as authorizers from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as integrations from 'aws-cdk-lib/aws-apigatewayv2-integrations';
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

/** Real-time chat */
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
    // Images and some wheels hold machine code, which is chosen when the app is synthesised.
    new cdk.CfnRule(this, 'SynthesisedForArchitecture', {
      assertions: [
        {
          assert: cdk.Fn.conditionEquals(functionArchitecture.valueAsString, architectureOf(this)),
          assertDescription: 'Synthesise with -c functionArchitecture=... to deploy for another instruction set.',
        },
      ],
    });

    // What several components share.
    const architecture = lambda.Architecture.custom(functionArchitecture.valueAsString);

    // Stores: data with one owner.
    const connectionsTable = new dynamodb.Table(this, 'ConnectionsTable', {
      partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      encryption: dynamodb.TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'expires_at',
      removalPolicy: cdk.RemovalPolicy.RETAIN,
    });

    // Chat
    const chatFunctionLogs = new LogGroup(this, 'ChatFunctionLogs', {
      retentionDays: logRetentionDays,
      removalPolicy: cdk.RemovalPolicy.DESTROY,
    });
    const chatWebSocketApi = new apigatewayv2.WebSocketApi(this, 'ChatWebSocketApi', {
      apiName: `${cdk.Aws.STACK_NAME}-ChatWebSocketApi`,
      routeSelectionExpression: '$request.body.action',
    });
    const chatFunctionRole = new iam.Role(this, 'ChatFunctionRole', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      managedPolicies: [
        iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaBasicExecutionRole'),
        iam.ManagedPolicy.fromAwsManagedPolicyName('AWSXrayWriteOnlyAccess'),
      ],
      inlinePolicies: {
        connections: new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({
              sid: 'ReadWriteConnections',
              actions: [
                'dynamodb:GetItem',
                'dynamodb:PutItem',
                'dynamodb:UpdateItem',
                'dynamodb:DeleteItem',
                'dynamodb:Query',
                'dynamodb:Scan',
              ],
              resources: [connectionsTable.tableArn],
            }),
            new iam.PolicyStatement({
              sid: 'PushChat',
              actions: ['execute-api:ManageConnections'],
              resources: [
                `arn:${cdk.Aws.PARTITION}:execute-api:${cdk.Aws.REGION}:${cdk.Aws.ACCOUNT_ID}:${chatWebSocketApi.apiId}/${environment.valueAsString}/POST/@connections/*`,
              ],
            }),
          ],
        }),
      },
    });
    const chatFunction = new TypeScriptFunction(this, 'ChatFunction', {
      folder: path.join(PROJECT, 'src/chat'),
      handler: 'app.handler',
      memorySize: 512,
      timeout: cdk.Duration.seconds(5),
      environment: {
        CONNECTIONS_TABLE_NAME: connectionsTable.tableName,
        CHAT_CONNECTIONS_URL: `https://${chatWebSocketApi.apiId}.execute-api.${cdk.Aws.REGION}.${cdk.Aws.URL_SUFFIX}/${environment.valueAsString}`,
      },
      architecture: architecture,
      loggingFormat: lambda.LoggingFormat.JSON,
      logGroup: chatFunctionLogs,
      role: chatFunctionRole.withoutPolicyUpdates(),
    });
    const chatWebSocketApiIntegration = new integrations.WebSocketLambdaIntegration(
      'ChatWebSocketApiIntegration',
      chatFunction,
    );
    chatWebSocketApi.addRoute('$disconnect', { integration: chatWebSocketApiIntegration });
    chatWebSocketApi.addRoute('$default', { integration: chatWebSocketApiIntegration });
    const chatWebSocketApiAccessLogs = new LogGroup(this, 'ChatWebSocketApiAccessLogs', {
      retentionDays: logRetentionDays,
      removalPolicy: cdk.RemovalPolicy.DESTROY,
    });
    // The stage as a plain resource: its construct takes no access log in Python.
    new apigatewayv2.CfnStage(this, 'ChatWebSocketApiStage', {
      apiId: chatWebSocketApi.apiId,
      stageName: environment.valueAsString,
      autoDeploy: true,
      defaultRouteSettings: { detailedMetricsEnabled: true, throttlingRateLimit: 400, throttlingBurstLimit: 800 },
      accessLogSettings: {
        destinationArn: chatWebSocketApiAccessLogs.logGroupArn,
        format: this.toJsonString({
          requestId: '$context.requestId',
          ip: '$context.identity.sourceIp',
          time: '$context.requestTime',
          routeKey: '$context.routeKey',
          status: '$context.status',
          error: '$context.error.message',
        }),
      },
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
    // A browser or a mobile app cannot keep a secret, so the client has none.
    const userPoolClient = new cognito.UserPoolClient(this, 'UserPoolClient', {
      userPool: userPool,
      authFlows: { userPassword: true, userSrp: true },
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      disableOAuth: true,
      generateSecret: false,
    });
    const chatWebSocketApiAuthorizerFunctionLogs = new LogGroup(this, 'ChatWebSocketApiAuthorizerFunctionLogs', {
      retentionDays: logRetentionDays,
      removalPolicy: cdk.RemovalPolicy.DESTROY,
    });
    const chatWebSocketApiAuthorizerFunctionRole = new iam.Role(this, 'ChatWebSocketApiAuthorizerFunctionRole', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      managedPolicies: [
        iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaBasicExecutionRole'),
        iam.ManagedPolicy.fromAwsManagedPolicyName('AWSXrayWriteOnlyAccess'),
      ],
    });
    const chatWebSocketApiAuthorizerFunction = new TypeScriptFunction(this, 'ChatWebSocketApiAuthorizerFunction', {
      folder: path.join(PROJECT, 'src/chat'),
      handler: 'authorizer.handler',
      memorySize: 256,
      timeout: cdk.Duration.seconds(10),
      environment: {
        TOKEN_ISSUER: `https://cognito-idp.${cdk.Aws.REGION}.${cdk.Aws.URL_SUFFIX}/${userPool.userPoolId}`,
        TOKEN_AUDIENCE: userPoolClient.userPoolClientId,
      },
      architecture: architecture,
      loggingFormat: lambda.LoggingFormat.JSON,
      logGroup: chatWebSocketApiAuthorizerFunctionLogs,
      role: chatWebSocketApiAuthorizerFunctionRole.withoutPolicyUpdates(),
    });
    // A WebSocket API knows no user pools, and a browser sends no header: the token is in the address.
    const chatWebSocketApiAuthorizer = new authorizers.WebSocketLambdaAuthorizer(
      'ChatWebSocketApiAuthorizer',
      chatWebSocketApiAuthorizerFunction,
      {
        identitySource: ['route.request.querystring.token'],
      },
    );
    chatWebSocketApi.addRoute('$connect', {
      integration: chatWebSocketApiIntegration,
      authorizer: chatWebSocketApiAuthorizer,
    });

    // What tells that something has stopped working.
    const alarms = new Alarms(this, 'Alarms', { email: alarmEmail.valueAsString });
    alarms.add(
      'ConnectionsTableReadThrottlesAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'ReadThrottleEvents',
        dimensionsMap: { TableName: connectionsTable.tableName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Connections is throttled',
      },
    );
    alarms.add(
      'ConnectionsTableWriteThrottlesAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'WriteThrottleEvents',
        dimensionsMap: { TableName: connectionsTable.tableName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Connections is throttled',
      },
    );
    alarms.add(
      'ChatFunctionErrorsAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        dimensionsMap: { FunctionName: chatFunction.functionName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Chat fails',
      },
    );
    alarms.add(
      'ChatFunctionThrottlesAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Throttles',
        dimensionsMap: { FunctionName: chatFunction.functionName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Chat is throttled',
      },
    );
    alarms.add(
      'ChatWebSocketApiServerErrorsAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/ApiGateway',
        metricName: 'IntegrationError',
        dimensionsMap: { ApiId: chatWebSocketApi.apiId, Stage: environment.valueAsString },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 5,
        periods: 1,
        description: 'The endpoint of chat answers with server errors',
      },
    );
    alarms.add(
      'ChatWebSocketApiAuthorizerErrorsAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        dimensionsMap: { FunctionName: chatWebSocketApiAuthorizerFunction.functionName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'The token check of chat fails',
      },
    );
    alarms.add(
      'ChatWebSocketApiAuthorizerThrottlesAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Throttles',
        dimensionsMap: { FunctionName: chatWebSocketApiAuthorizerFunction.functionName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'The token check of chat is throttled',
      },
    );
    alarms.add(
      'ChatFunctionRunExpiryAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Duration',
        dimensionsMap: { FunctionName: chatFunction.functionName },
        statistic: 'Maximum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 4000.0,
        periods: 1,
        description: 'Chat: at 4 s, "Longest run" nears 5 s, the limit of this deployment. It can be raised up to 15 min, above which AWS Lambda is no longer chosen (compute) but Amazon ECS; Amazon API Gateway (WebSocket API) is no longer chosen (entry) but Application Load Balancer.',
      },
    );
    alarms.show('Dashboard', {
      title: 'Alarms',
      widgets: [
        new cloudwatch.GraphWidget({
          title: 'Connections · connections',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/DynamoDB',
              metricName: 'ConsumedReadCapacityUnits',
              dimensionsMap: { TableName: connectionsTable.tableName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/DynamoDB',
              metricName: 'ConsumedWriteCapacityUnits',
              dimensionsMap: { TableName: connectionsTable.tableName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/DynamoDB',
              metricName: 'ReadThrottleEvents',
              dimensionsMap: { TableName: connectionsTable.tableName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/DynamoDB',
              metricName: 'WriteThrottleEvents',
              dimensionsMap: { TableName: connectionsTable.tableName },
              statistic: 'Sum',
            }),
          ],
        }),
        new cloudwatch.GraphWidget({
          title: 'Chat · chat',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Invocations',
              dimensionsMap: { FunctionName: chatFunction.functionName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Errors',
              dimensionsMap: { FunctionName: chatFunction.functionName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Throttles',
              dimensionsMap: { FunctionName: chatFunction.functionName },
              statistic: 'Sum',
            }),
          ],
          right: [
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Duration',
              dimensionsMap: { FunctionName: chatFunction.functionName },
              statistic: 'p99',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Duration',
              dimensionsMap: { FunctionName: chatFunction.functionName },
              statistic: 'Maximum',
            }),
          ],
        }),
        new cloudwatch.GraphWidget({
          title: 'endpoint · chat',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/ApiGateway',
              metricName: 'ConnectCount',
              dimensionsMap: { ApiId: chatWebSocketApi.apiId, Stage: environment.valueAsString },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/ApiGateway',
              metricName: 'MessageCount',
              dimensionsMap: { ApiId: chatWebSocketApi.apiId, Stage: environment.valueAsString },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/ApiGateway',
              metricName: 'IntegrationError',
              dimensionsMap: { ApiId: chatWebSocketApi.apiId, Stage: environment.valueAsString },
              statistic: 'Sum',
            }),
          ],
          right: [
            new cloudwatch.Metric({
              namespace: 'AWS/ApiGateway',
              metricName: 'IntegrationLatency',
              dimensionsMap: { ApiId: chatWebSocketApi.apiId, Stage: environment.valueAsString },
              statistic: 'p99',
            }),
          ],
        }),
      ],
    });

    // What others ask a deployment for.
    new cdk.CfnOutput(this, 'ConnectionsTableName', {
      value: connectionsTable.tableName,
      description: 'Name of the table',
    });
    new cdk.CfnOutput(this, 'ChatFunctionName', {
      value: chatFunction.functionName,
      description: 'Name of the function',
    });
    new cdk.CfnOutput(this, 'ChatWebSocketApiUrl', {
      value: `wss://${chatWebSocketApi.apiId}.execute-api.${cdk.Aws.REGION}.${cdk.Aws.URL_SUFFIX}/${environment.valueAsString}`,
      description: 'Address of the WebSocket API',
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
