import * as cdk from 'aws-cdk-lib';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

import { Chat } from './components/chat';
import { Monitoring } from './components/monitoring';
import { Stores } from './components/stores';
import { mark } from './origins';
import { architectureOf } from './typescript-function';

/** Real-time chat */
export class WorkloadStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props?: cdk.StackProps) {
    super(scope, id, props);

    // Parameters.
    const environment = new cdk.CfnParameter(this, 'Environment', {
      type: 'String',
      default: 'dev',
      allowedPattern: '^[a-z][a-z0-9]{1,15}$',
      description: 'Name of the environment, also used as the stage name of APIs',
    });
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
    // Container images and some Python wheels contain machine code for one CPU architecture, which is chosen at
    // synthesis.
    new cdk.CfnRule(this, 'SynthesisedForArchitecture', {
      assertions: [
        {
          assert: cdk.Fn.conditionEquals(functionArchitecture.valueAsString, architectureOf(this)),
          assertDescription: 'To deploy for another CPU architecture, synthesize with -c functionArchitecture=...',
        },
      ],
    });

    // Resources shared by several components.
    const functionReleaseRole = new iam.Role(this, 'FunctionReleaseRole', {
      assumedBy: new iam.ServicePrincipal('codedeploy.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': cdk.Aws.ACCOUNT_ID } },
      }),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSCodeDeployRoleForLambdaLimited')],
    });
    const serverlessDeploymentApplication = new codedeploy.LambdaApplication(this, 'ServerlessDeploymentApplication');
    const architecture = lambda.Architecture.custom(functionArchitecture.valueAsString);

    // Data stores.
    const stores = new Stores(this, 'Stores');

    // Chat
    const chat = new Chat(this, 'Chat', {
      architecture: architecture,
      connectionsTable: stores.connectionsTable,
      environment: environment,
      functionReleaseRole: functionReleaseRole,
      functionRollout: functionRollout,
      logRetentionDays: logRetentionDays,
      serverlessDeploymentApplication: serverlessDeploymentApplication,
    });

    // CloudWatch alarms.
    new Monitoring(this, 'Monitoring', {
      alarmEmail: alarmEmail,
      chatFunction: chat.function,
      chatFunctionDeploymentGroup: chat.functionDeploymentGroup,
      chatWebSocketApi: chat.webSocketApi,
      chatWebSocketApiAuthorizerFunction: chat.webSocketApiAuthorizerFunction,
      chatWebSocketApiAuthorizerFunctionDeploymentGroup: chat.webSocketApiAuthorizerFunctionDeploymentGroup,
      connectionsTable: stores.connectionsTable,
      environment: environment,
    });

    // Stack outputs.
    new cdk.CfnOutput(this, 'ConnectionsTableName', {
      value: stores.connectionsTable.tableName,
      description: 'Name of the table',
    });
    new cdk.CfnOutput(this, 'ChatFunctionName', {
      value: chat.function.functionName,
      description: 'Name of the function',
    });
    new cdk.CfnOutput(this, 'ChatWebSocketApiUrl', {
      value: `wss://${chat.webSocketApi.apiId}.execute-api.${cdk.Aws.REGION}.${cdk.Aws.URL_SUFFIX}/${environment.valueAsString}`,
      description: 'URL of the WebSocket API',
    });
    new cdk.CfnOutput(this, 'UserPoolId', { value: chat.userPool.userPoolId, description: 'ID of the user pool' });
    new cdk.CfnOutput(this, 'UserPoolClientId', {
      value: chat.userPoolClient.userPoolClientId,
      description: 'App client ID for sign-in',
    });

    // The decision behind each resource.
    mark(this);
  }
}
