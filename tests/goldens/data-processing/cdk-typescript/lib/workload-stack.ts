import * as cdk from 'aws-cdk-lib';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

import { Channels } from './components/channels';
import { Ingest } from './components/ingest';
import { Monitoring } from './components/monitoring';
import { Stores } from './components/stores';
import { Validate } from './components/validate';
import { mark } from './origins';
import { architectureOf } from './typescript-function';

/** Data processing */
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

    // Channels: messages and events.
    const channels = new Channels(this, 'Channels');

    // Ingestion
    const ingest = new Ingest(this, 'Ingest', {
      architecture: architecture,
      functionReleaseRole: functionReleaseRole,
      functionRollout: functionRollout,
      logRetentionDays: logRetentionDays,
      measurementsTable: stores.measurementsTable,
      readingsDeadLetterQueue: channels.readingsDeadLetterQueue,
      readingsStream: channels.readingsStream,
      serverlessDeploymentApplication: serverlessDeploymentApplication,
    });

    // Validation
    const validate = new Validate(this, 'Validate', {
      architecture: architecture,
      archiveBucket: stores.archiveBucket,
      functionReleaseRole: functionReleaseRole,
      functionRollout: functionRollout,
      logRetentionDays: logRetentionDays,
      measurementsTable: stores.measurementsTable,
      serverlessDeploymentApplication: serverlessDeploymentApplication,
    });

    // CloudWatch alarms.
    new Monitoring(this, 'Monitoring', {
      alarmEmail: alarmEmail,
      ingestFunction: ingest.function,
      ingestFunctionDeploymentGroup: ingest.functionDeploymentGroup,
      measurementsTable: stores.measurementsTable,
      readingsDeadLetterQueue: channels.readingsDeadLetterQueue,
      readingsStream: channels.readingsStream,
      validateEventsDeadLetterQueue: validate.eventsDeadLetterQueue,
      validateFunction: validate.function,
      validateFunctionDeploymentGroup: validate.functionDeploymentGroup,
      validatePipe: validate.pipe,
      validateStateMachine: validate.stateMachine,
    });

    // Stack outputs.
    new cdk.CfnOutput(this, 'MeasurementsTableName', {
      value: stores.measurementsTable.tableName,
      description: 'Name of the table',
    });
    new cdk.CfnOutput(this, 'ArchiveBucketName', {
      value: stores.archiveBucket.bucketName,
      description: 'Name of the bucket',
    });
    new cdk.CfnOutput(this, 'IngestFunctionName', {
      value: ingest.function.functionName,
      description: 'Name of the function',
    });
    new cdk.CfnOutput(this, 'ValidateFunctionName', {
      value: validate.function.functionName,
      description: 'Name of the function',
    });
    new cdk.CfnOutput(this, 'ValidateStateMachineArn', {
      value: validate.stateMachine.stateMachineArn,
      description: 'ARN of the state machine',
    });
    new cdk.CfnOutput(this, 'ValidatePipeName', { value: validate.pipe.ref, description: 'Name of the pipe' });
    new cdk.CfnOutput(this, 'ValidateEventsDeadLetterQueueUrl', {
      value: validate.eventsDeadLetterQueue.queueUrl,
      description: 'URL of the dead-letter queue',
    });
    new cdk.CfnOutput(this, 'ReadingsStreamName', {
      value: channels.readingsStream.streamName,
      description: 'Name of the stream',
    });
    new cdk.CfnOutput(this, 'ReadingsDeadLetterQueueUrl', {
      value: channels.readingsDeadLetterQueue.queueUrl,
      description: 'URL of the dead-letter queue',
    });

    // The decision behind each resource.
    mark(this);
  }
}
