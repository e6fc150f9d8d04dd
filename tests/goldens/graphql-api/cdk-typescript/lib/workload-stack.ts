import * as cdk from 'aws-cdk-lib';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

import { Graph } from './components/graph';
import { Monitoring } from './components/monitoring';
import { Stores } from './components/stores';
import { mark } from './origins';
import { architectureOf } from './typescript-function';

/** GraphQL API */
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

    // Notes API
    const graph = new Graph(this, 'Graph', {
      architecture: architecture,
      functionReleaseRole: functionReleaseRole,
      functionRollout: functionRollout,
      logRetentionDays: logRetentionDays,
      notesTable: stores.notesTable,
      serverlessDeploymentApplication: serverlessDeploymentApplication,
    });

    // CloudWatch alarms.
    new Monitoring(this, 'Monitoring', {
      alarmEmail: alarmEmail,
      graphFunction: graph.function,
      graphFunctionDeploymentGroup: graph.functionDeploymentGroup,
      graphGraphqlApi: graph.graphqlApi,
      notesTable: stores.notesTable,
    });

    // Stack outputs.
    new cdk.CfnOutput(this, 'NotesTableName', { value: stores.notesTable.tableName, description: 'Name of the table' });
    new cdk.CfnOutput(this, 'GraphFunctionName', {
      value: graph.function.functionName,
      description: 'Name of the function',
    });
    new cdk.CfnOutput(this, 'GraphGraphqlApiUrl', {
      value: graph.graphqlApi.graphqlUrl,
      description: 'URL of the GraphQL API',
    });
    new cdk.CfnOutput(this, 'UserPoolId', { value: graph.userPool.userPoolId, description: 'ID of the user pool' });
    new cdk.CfnOutput(this, 'UserPoolClientId', {
      value: graph.userPoolClient.userPoolClientId,
      description: 'App client ID for sign-in',
    });

    // The decision behind each resource.
    mark(this);
  }
}
