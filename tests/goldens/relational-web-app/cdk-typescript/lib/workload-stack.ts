import * as cdk from 'aws-cdk-lib';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

import { App } from './components/app';
import { Monitoring } from './components/monitoring';
import { Network } from './components/network';
import { Stores } from './components/stores';
import { mark } from './origins';
import { architectureOf } from './typescript-function';

/** Web application with a relational database */
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
    const deletionProtection = new cdk.CfnParameter(this, 'DeletionProtection', {
      type: 'String',
      default: 'true',
      allowedValues: ['true', 'false'],
      description: 'Deletion protection of the resources of this stack that support it',
    });

    // The network.
    const network = new Network(this, 'Network', { logRetentionDays: logRetentionDays });

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
    const stores = new Stores(this, 'Stores', {
      bookingsDatabaseSecurityGroup: network.bookingsDatabaseSecurityGroup,
      deletionProtection: deletionProtection,
      privateSubnets: network.privateSubnets,
      vpc: network.vpc,
    });

    // Booking
    const app = new App(this, 'App', {
      architecture: architecture,
      bookingsDatabase: stores.bookingsDatabase,
      functionReleaseRole: functionReleaseRole,
      functionRollout: functionRollout,
      logRetentionDays: logRetentionDays,
      serverlessDeploymentApplication: serverlessDeploymentApplication,
    });

    // CloudWatch alarms.
    new Monitoring(this, 'Monitoring', {
      alarmEmail: alarmEmail,
      appApi: app.api,
      appFunction: app.function,
      appFunctionDeploymentGroup: app.functionDeploymentGroup,
      bookingsDatabase: stores.bookingsDatabase,
    });

    // Stack outputs.
    new cdk.CfnOutput(this, 'BookingsDatabaseClusterArn', {
      value: stores.bookingsDatabase.clusterArn,
      description: 'ARN of the database cluster',
    });
    new cdk.CfnOutput(this, 'BookingsDatabaseSecretArn', {
      value: stores.bookingsDatabase.secret!.secretArn,
      description: 'ARN of the secret with the administrator credentials, for migrations',
    });
    new cdk.CfnOutput(this, 'AppFunctionName', {
      value: app.function.functionName,
      description: 'Name of the function',
    });
    new cdk.CfnOutput(this, 'AppApiUrl', {
      value: `https://${app.api.apiId}.execute-api.${cdk.Aws.REGION}.${cdk.Aws.URL_SUFFIX}`,
      description: 'URL of the API',
    });
    new cdk.CfnOutput(this, 'UserPoolId', { value: app.userPool.userPoolId, description: 'ID of the user pool' });
    new cdk.CfnOutput(this, 'UserPoolClientId', {
      value: app.userPoolClient.userPoolClientId,
      description: 'App client ID for sign-in',
    });
    new cdk.CfnOutput(this, 'AppSiteBucketName', {
      value: app.siteBucket.bucketName,
      description: 'Name of the bucket',
    });
    new cdk.CfnOutput(this, 'AppDistributionAccessLogsName', {
      value: app.distributionAccessLogs.bucketName,
      description: 'Bucket for access logs',
    });
    new cdk.CfnOutput(this, 'AppDistributionDomain', {
      value: app.distribution.distributionDomainName,
      description: 'Domain name of the website',
    });
    new cdk.CfnOutput(this, 'AppDistributionId', {
      value: app.distribution.distributionId,
      description: 'ID of the distribution',
    });
    new cdk.CfnOutput(this, 'AppFunctionReadWriteBookingsDatabaseSecretArn', {
      value: app.functionReadWriteBookingsDatabaseSecret.secretArn,
      description: 'Secret of app_bookings, for migrations',
    });

    // The decision behind each resource.
    mark(this);
  }
}
