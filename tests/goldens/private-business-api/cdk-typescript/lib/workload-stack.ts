import * as cdk from 'aws-cdk-lib';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

import { Api } from './components/api';
import { Monitoring } from './components/monitoring';
import { Network } from './components/network';
import { Stores } from './components/stores';
import { mark } from './origins';
import { architectureOf } from './typescript-function';

/** Internal business API */
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
    const vpcId = new cdk.CfnParameter(this, 'VpcId', {
      type: 'AWS::EC2::VPC::Id',
      description: 'ID of the existing VPC',
    });
    const privateSubnetIds = new cdk.CfnParameter(this, 'PrivateSubnetIds', {
      type: 'List<AWS::EC2::Subnet::Id>',
      description: 'IDs of private subnets in two Availability Zones',
    });
    const callerCidr = new cdk.CfnParameter(this, 'CallerCidr', {
      type: 'String',
      allowedPattern: '^\\d{1,3}(\\.\\d{1,3}){3}/\\d{1,2}$',
      description: 'CIDR range from which the private endpoint can be called',
    });

    // The network.
    const network = new Network(this, 'Network', {
      callerCidr: callerCidr,
      privateSubnetIds: privateSubnetIds,
      vpcId: vpcId,
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

    // Business API
    const api = new Api(this, 'Api', {
      architecture: architecture,
      environment: environment,
      functionReleaseRole: functionReleaseRole,
      functionRollout: functionRollout,
      ledgerTable: stores.ledgerTable,
      logRetentionDays: logRetentionDays,
      privateApiEndpoint: network.privateApiEndpoint,
      serverlessDeploymentApplication: serverlessDeploymentApplication,
    });

    // CloudWatch alarms.
    new Monitoring(this, 'Monitoring', {
      alarmEmail: alarmEmail,
      apiFunction: api.function,
      apiFunctionDeploymentGroup: api.functionDeploymentGroup,
      environment: environment,
      ledgerTable: stores.ledgerTable,
    });

    // Stack outputs.
    new cdk.CfnOutput(this, 'LedgerTableName', {
      value: stores.ledgerTable.tableName,
      description: 'Name of the table',
    });
    new cdk.CfnOutput(this, 'ApiFunctionName', {
      value: api.function.functionName,
      description: 'Name of the function',
    });
    new cdk.CfnOutput(this, 'ApiUrl', {
      value: `https://${api.api.restApiId}.execute-api.${cdk.Aws.REGION}.${cdk.Aws.URL_SUFFIX}/${environment.valueAsString}`,
      description: 'URL of the API',
    });

    // The decision behind each resource.
    mark(this);
  }
}
