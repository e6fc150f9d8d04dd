import * as path from 'node:path';

import * as cdk from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as eventSources from 'aws-cdk-lib/aws-lambda-event-sources';
import * as pipes from 'aws-cdk-lib/aws-pipes';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as stepfunctions from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';

import { Alarms } from './alarms';
import { LogGroup } from './log-group';
import { mark } from './origins';
import { TypeScriptFunction, architectureOf } from './typescript-function';

const PROJECT = path.join(__dirname, '..');

/** Data processing */
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
    const measurementsTable = new dynamodb.Table(this, 'MeasurementsTable', {
      partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      encryption: dynamodb.TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'expires_at',
      removalPolicy: cdk.RemovalPolicy.RETAIN,
      stream: dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
    });
    const archiveBucket = new s3.Bucket(this, 'ArchiveBucket', {
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      encryption: s3.BucketEncryption.S3_MANAGED,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      lifecycleRules: [
        {
          id: 'tidy',
          abortIncompleteMultipartUploadAfter: cdk.Duration.days(7),
          noncurrentVersionExpiration: cdk.Duration.days(30),
        },
      ],
      removalPolicy: cdk.RemovalPolicy.RETAIN,
    });

    // Channels: messages and events.
    const readingsStream = new kinesis.Stream(this, 'ReadingsStream', {
      streamMode: kinesis.StreamMode.ON_DEMAND,
      encryption: kinesis.StreamEncryption.MANAGED,
      retentionPeriod: cdk.Duration.hours(96),
      removalPolicy: cdk.RemovalPolicy.DESTROY,
    });
    const readingsDeadLetterQueue = new sqs.Queue(this, 'ReadingsDeadLetterQueue', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      retentionPeriod: cdk.Duration.days(14),
    });

    // Ingestion
    const ingestFunctionLogs = new LogGroup(this, 'IngestFunctionLogs', {
      retentionDays: logRetentionDays,
      removalPolicy: cdk.RemovalPolicy.DESTROY,
    });
    const ingestFunctionRole = new iam.Role(this, 'IngestFunctionRole', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      managedPolicies: [
        iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaBasicExecutionRole'),
        iam.ManagedPolicy.fromAwsManagedPolicyName('AWSXrayWriteOnlyAccess'),
      ],
      inlinePolicies: {
        connections: new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({
              sid: 'ConsumeReadings',
              actions: [
                'kinesis:DescribeStream',
                'kinesis:DescribeStreamSummary',
                'kinesis:GetRecords',
                'kinesis:GetShardIterator',
                'kinesis:ListShards',
              ],
              resources: [readingsStream.streamArn],
            }),
            new iam.PolicyStatement({
              sid: 'WriteMeasurements',
              actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
              resources: [measurementsTable.tableArn],
            }),
            new iam.PolicyStatement({
              sid: 'DeadLetterReadings',
              actions: ['sqs:SendMessage'],
              resources: [readingsDeadLetterQueue.queueArn],
            }),
          ],
        }),
      },
    });
    const ingestFunction = new TypeScriptFunction(this, 'IngestFunction', {
      folder: path.join(PROJECT, 'src/ingest'),
      handler: 'app.handler',
      memorySize: 512,
      timeout: cdk.Duration.seconds(36),
      environment: { MEASUREMENTS_TABLE_NAME: measurementsTable.tableName },
      architecture: architecture,
      loggingFormat: lambda.LoggingFormat.JSON,
      logGroup: ingestFunctionLogs,
      role: ingestFunctionRole.withoutPolicyUpdates(),
    });
    new lambda.EventSourceMapping(this, 'ReadingsStreamConsumeIngestFunctionSource', {
      target: ingestFunction,
      eventSourceArn: readingsStream.streamArn,
      startingPosition: lambda.StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      maxBatchingWindow: cdk.Duration.seconds(1),
      bisectBatchOnError: true,
      retryAttempts: 5,
      onFailure: new eventSources.SqsDlq(readingsDeadLetterQueue),
      reportBatchItemFailures: true,
    });

    // Validation
    const validateFunctionLogs = new LogGroup(this, 'ValidateFunctionLogs', {
      retentionDays: logRetentionDays,
      removalPolicy: cdk.RemovalPolicy.DESTROY,
    });
    const validateFunctionRole = new iam.Role(this, 'ValidateFunctionRole', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      managedPolicies: [
        iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaBasicExecutionRole'),
        iam.ManagedPolicy.fromAwsManagedPolicyName('AWSXrayWriteOnlyAccess'),
      ],
      inlinePolicies: {
        connections: new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({
              sid: 'ReadMeasurements',
              actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan'],
              resources: [measurementsTable.tableArn],
            }),
            new iam.PolicyStatement({
              sid: 'WriteArchive',
              actions: ['s3:PutObject'],
              resources: [`${archiveBucket.bucketArn}/*`],
            }),
          ],
        }),
      },
    });
    const validateFunction = new TypeScriptFunction(this, 'ValidateFunction', {
      folder: path.join(PROJECT, 'src/validate'),
      handler: 'app.handler',
      memorySize: 512,
      timeout: cdk.Duration.seconds(72),
      environment: {
        MEASUREMENTS_TABLE_NAME: measurementsTable.tableName,
        ARCHIVE_BUCKET_NAME: archiveBucket.bucketName,
      },
      architecture: architecture,
      loggingFormat: lambda.LoggingFormat.JSON,
      logGroup: validateFunctionLogs,
      role: validateFunctionRole.withoutPolicyUpdates(),
    });
    const validateStateMachineLogs = new LogGroup(this, 'ValidateStateMachineLogs', {
      logGroupName: `/aws/vendedlogs/states/${cdk.Aws.STACK_NAME}-validate-state-machine`,
      retentionDays: logRetentionDays,
      removalPolicy: cdk.RemovalPolicy.DESTROY,
    });
    const validateStateMachineRole = new iam.Role(this, 'ValidateStateMachineRole', {
      assumedBy: new iam.ServicePrincipal('states.amazonaws.com'),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AWSXrayWriteOnlyAccess')],
      inlinePolicies: {
        connections: new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({
              sid: 'RunValidate',
              actions: ['lambda:InvokeFunction'],
              resources: [validateFunction.functionArn],
            }),
            new iam.PolicyStatement({
              sid: 'DeliverLogs',
              actions: [
                'logs:CreateLogDelivery',
                'logs:GetLogDelivery',
                'logs:UpdateLogDelivery',
                'logs:DeleteLogDelivery',
                'logs:ListLogDeliveries',
                'logs:PutResourcePolicy',
                'logs:DescribeResourcePolicies',
                'logs:DescribeLogGroups',
              ],
              resources: ['*'],
            }),
          ],
        }),
      },
    });
    const validateStateMachine = new stepfunctions.StateMachine(this, 'ValidateStateMachine', {
      stateMachineName: `${cdk.Aws.STACK_NAME}-validate-state-machine`,
      stateMachineType: stepfunctions.StateMachineType.STANDARD,
      definitionBody: stepfunctions.DefinitionBody.fromFile(path.join(PROJECT, 'statemachine/validate.asl.json')),
      definitionSubstitutions: { FunctionArn: validateFunction.functionArn },
      role: validateStateMachineRole.withoutPolicyUpdates(),
      tracingEnabled: true,
    });
    (validateStateMachine.node.defaultChild as cdk.CfnResource).addPropertyOverride('LoggingConfiguration', {
      Level: 'ERROR',
      IncludeExecutionData: false,
      Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: validateStateMachineLogs.logGroupArn } }],
    });
    const validateEventsDeadLetterQueue = new sqs.Queue(this, 'ValidateEventsDeadLetterQueue', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      retentionPeriod: cdk.Duration.days(14),
    });
    const validatePipeRole = new iam.Role(this, 'ValidatePipeRole', {
      assumedBy: new iam.ServicePrincipal('pipes.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': cdk.Aws.ACCOUNT_ID } },
      }),
      inlinePolicies: {
        connections: new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({
              sid: 'StreamMeasurements',
              actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
              resources: [measurementsTable.tableStreamArn!],
            }),
            new iam.PolicyStatement({
              sid: 'StartValidate',
              actions: ['states:StartExecution'],
              resources: [validateStateMachine.stateMachineArn],
            }),
            new iam.PolicyStatement({
              sid: 'DeadLetterValidate',
              actions: ['sqs:SendMessage'],
              resources: [validateEventsDeadLetterQueue.queueArn],
            }),
          ],
        }),
      },
    });
    const validatePipe = new pipes.CfnPipe(this, 'ValidatePipe', {
      roleArn: validatePipeRole.roleArn,
      desiredState: 'RUNNING',
      source: measurementsTable.tableStreamArn!,
      sourceParameters: {
        dynamoDbStreamParameters: {
          startingPosition: 'TRIM_HORIZON',
          batchSize: 1,
          maximumRetryAttempts: 5,
          deadLetterConfig: { arn: validateEventsDeadLetterQueue.queueArn },
        },
      },
      target: validateStateMachine.stateMachineArn,
      targetParameters: { stepFunctionStateMachineParameters: { invocationType: 'FIRE_AND_FORGET' } },
    });

    // What tells that something has stopped working.
    const alarms = new Alarms(this, 'Alarms', { email: alarmEmail.valueAsString });
    alarms.add(
      'MeasurementsTableReadThrottlesAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'ReadThrottleEvents',
        dimensionsMap: { TableName: measurementsTable.tableName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Measurements is throttled',
      },
    );
    alarms.add(
      'MeasurementsTableWriteThrottlesAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'WriteThrottleEvents',
        dimensionsMap: { TableName: measurementsTable.tableName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Measurements is throttled',
      },
    );
    alarms.add(
      'IngestFunctionErrorsAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        dimensionsMap: { FunctionName: ingestFunction.functionName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Ingestion fails',
      },
    );
    alarms.add(
      'IngestFunctionThrottlesAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Throttles',
        dimensionsMap: { FunctionName: ingestFunction.functionName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Ingestion is throttled',
      },
    );
    alarms.add(
      'ValidateFunctionErrorsAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        dimensionsMap: { FunctionName: validateFunction.functionName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Validation fails',
      },
    );
    alarms.add(
      'ValidateFunctionThrottlesAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Throttles',
        dimensionsMap: { FunctionName: validateFunction.functionName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Validation is throttled',
      },
    );
    alarms.add(
      'ValidateStateMachineFailedAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/States',
        metricName: 'ExecutionsFailed',
        dimensionsMap: { StateMachineArn: validateStateMachine.stateMachineArn },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'The workflow of validate fails',
      },
    );
    alarms.add(
      'ValidateStateMachineTimedOutAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/States',
        metricName: 'ExecutionsTimedOut',
        dimensionsMap: { StateMachineArn: validateStateMachine.stateMachineArn },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'The workflow of validate timed out',
      },
    );
    alarms.add(
      'ValidatePipeFailedAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/EventBridge/Pipes',
        metricName: 'ExecutionFailed',
        dimensionsMap: { PipeName: validatePipe.ref },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'The pipe of validate fails',
      },
    );
    alarms.add(
      'ValidateEventsDeadLetterQueueAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateNumberOfMessagesVisible',
        dimensionsMap: { QueueName: validateEventsDeadLetterQueue.queueName },
        statistic: 'Maximum',
        period: cdk.Duration.minutes(1),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Messages have failed for good: validate (Dead-letter queue)',
      },
    );
    alarms.add(
      'ReadingsStreamAgeAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/Kinesis',
        metricName: 'GetRecords.IteratorAgeMilliseconds',
        dimensionsMap: { StreamName: readingsStream.streamName },
        statistic: 'Maximum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 600000,
        periods: 1,
        description: 'Messages wait too long in Readings',
      },
    );
    alarms.add(
      'ReadingsDeadLetterQueueAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateNumberOfMessagesVisible',
        dimensionsMap: { QueueName: readingsDeadLetterQueue.queueName },
        statistic: 'Maximum',
        period: cdk.Duration.minutes(1),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Messages have failed for good: readings (Dead-letter queue)',
      },
    );
    alarms.add(
      'IngestFunctionRunExpiryAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Duration',
        dimensionsMap: { FunctionName: ingestFunction.functionName },
        statistic: 'Maximum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 28800.0,
        periods: 1,
        description: 'Ingestion: at 28.8 s, "Longest run" nears 36 s, the limit of this deployment. It can be raised up to 15 min, above which AWS Lambda is no longer chosen (compute) but Amazon ECS.',
      },
    );
    alarms.add(
      'ValidateFunctionRunExpiryAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Duration',
        dimensionsMap: { FunctionName: validateFunction.functionName },
        statistic: 'Maximum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 57600.0,
        periods: 1,
        description: 'Validation: at 57.6 s, "Longest run" nears 72 s, the limit of this deployment. It can be raised up to 15 min, above which AWS Lambda is no longer chosen (compute) but Amazon ECS.',
      },
    );
    alarms.add(
      'ValidateStateMachineRateExpiryAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/States',
        metricName: 'ExecutionsStarted',
        dimensionsMap: { StateMachineArn: validateStateMachine.stateMachineArn },
        statistic: 'Sum',
        period: cdk.Duration.hours(1),
      }),
      {
        threshold: 28800.0,
        periods: 1,
        description: 'Validation: at 8 per second, "Average rate" nears 10 per second, from which on AWS Step Functions (Standard) is no longer chosen (workflow) but AWS Step Functions (Express).',
      },
    );
    alarms.add(
      'ValidateStateMachinePeakExpiryAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/States',
        metricName: 'ExecutionsStarted',
        dimensionsMap: { StateMachineArn: validateStateMachine.stateMachineArn },
        statistic: 'Sum',
        period: cdk.Duration.minutes(1),
      }),
      {
        threshold: 4800.0,
        periods: 1,
        description: 'Validation: at 80 per second, "Peak rate" nears 100 per second, from which on AWS Step Functions (Standard) is no longer chosen (workflow) but AWS Step Functions (Express).',
      },
    );
    alarms.add(
      'ReadingsStreamBacklogExpiryAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/Kinesis',
        metricName: 'GetRecords.IteratorAgeMilliseconds',
        dimensionsMap: { StreamName: readingsStream.streamName },
        statistic: 'Maximum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 276480000.0,
        periods: 1,
        description: 'Readings: at 4,608 min, "Retention" nears 4 days, the limit of this deployment. It can be raised up to 365 days, above which Amazon Kinesis Data Streams is no longer chosen (messaging) but Amazon MSK.',
      },
    );
    alarms.show('Dashboard', {
      title: 'Alarms',
      widgets: [
        new cloudwatch.GraphWidget({
          title: 'Measurements · measurements',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/DynamoDB',
              metricName: 'ConsumedReadCapacityUnits',
              dimensionsMap: { TableName: measurementsTable.tableName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/DynamoDB',
              metricName: 'ConsumedWriteCapacityUnits',
              dimensionsMap: { TableName: measurementsTable.tableName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/DynamoDB',
              metricName: 'ReadThrottleEvents',
              dimensionsMap: { TableName: measurementsTable.tableName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/DynamoDB',
              metricName: 'WriteThrottleEvents',
              dimensionsMap: { TableName: measurementsTable.tableName },
              statistic: 'Sum',
            }),
          ],
        }),
        new cloudwatch.GraphWidget({
          title: 'Ingestion · ingest',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Invocations',
              dimensionsMap: { FunctionName: ingestFunction.functionName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Errors',
              dimensionsMap: { FunctionName: ingestFunction.functionName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Throttles',
              dimensionsMap: { FunctionName: ingestFunction.functionName },
              statistic: 'Sum',
            }),
          ],
          right: [
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Duration',
              dimensionsMap: { FunctionName: ingestFunction.functionName },
              statistic: 'p99',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Duration',
              dimensionsMap: { FunctionName: ingestFunction.functionName },
              statistic: 'Maximum',
            }),
          ],
        }),
        new cloudwatch.GraphWidget({
          title: 'Validation · validate',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Invocations',
              dimensionsMap: { FunctionName: validateFunction.functionName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Errors',
              dimensionsMap: { FunctionName: validateFunction.functionName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Throttles',
              dimensionsMap: { FunctionName: validateFunction.functionName },
              statistic: 'Sum',
            }),
          ],
          right: [
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Duration',
              dimensionsMap: { FunctionName: validateFunction.functionName },
              statistic: 'p99',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Duration',
              dimensionsMap: { FunctionName: validateFunction.functionName },
              statistic: 'Maximum',
            }),
          ],
        }),
        new cloudwatch.GraphWidget({
          title: 'workflow · validate',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/States',
              metricName: 'ExecutionsStarted',
              dimensionsMap: { StateMachineArn: validateStateMachine.stateMachineArn },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/States',
              metricName: 'ExecutionsSucceeded',
              dimensionsMap: { StateMachineArn: validateStateMachine.stateMachineArn },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/States',
              metricName: 'ExecutionsFailed',
              dimensionsMap: { StateMachineArn: validateStateMachine.stateMachineArn },
              statistic: 'Sum',
            }),
          ],
          right: [
            new cloudwatch.Metric({
              namespace: 'AWS/States',
              metricName: 'ExecutionTime',
              dimensionsMap: { StateMachineArn: validateStateMachine.stateMachineArn },
              statistic: 'Maximum',
            }),
          ],
        }),
        new cloudwatch.GraphWidget({
          title: 'pipe · validate',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/EventBridge/Pipes',
              metricName: 'ExecutionFailed',
              dimensionsMap: { PipeName: validatePipe.ref },
              statistic: 'Sum',
            }),
          ],
        }),
        new cloudwatch.GraphWidget({
          title: 'Dead-letter queue · validate',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/SQS',
              metricName: 'ApproximateNumberOfMessagesVisible',
              dimensionsMap: { QueueName: validateEventsDeadLetterQueue.queueName },
              statistic: 'Maximum',
            }),
          ],
        }),
        new cloudwatch.GraphWidget({
          title: 'Readings · readings',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/Kinesis',
              metricName: 'IncomingRecords',
              dimensionsMap: { StreamName: readingsStream.streamName },
              statistic: 'Sum',
            }),
          ],
          right: [
            new cloudwatch.Metric({
              namespace: 'AWS/Kinesis',
              metricName: 'GetRecords.IteratorAgeMilliseconds',
              dimensionsMap: { StreamName: readingsStream.streamName },
              statistic: 'Maximum',
            }),
          ],
        }),
        new cloudwatch.GraphWidget({
          title: 'Dead-letter queue · readings',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/SQS',
              metricName: 'ApproximateNumberOfMessagesVisible',
              dimensionsMap: { QueueName: readingsDeadLetterQueue.queueName },
              statistic: 'Maximum',
            }),
          ],
        }),
      ],
    });

    // What others ask a deployment for.
    new cdk.CfnOutput(this, 'MeasurementsTableName', {
      value: measurementsTable.tableName,
      description: 'Name of the table',
    });
    new cdk.CfnOutput(this, 'ArchiveBucketName', {
      value: archiveBucket.bucketName,
      description: 'Name of the bucket',
    });
    new cdk.CfnOutput(this, 'IngestFunctionName', {
      value: ingestFunction.functionName,
      description: 'Name of the function',
    });
    new cdk.CfnOutput(this, 'ValidateFunctionName', {
      value: validateFunction.functionName,
      description: 'Name of the function',
    });
    new cdk.CfnOutput(this, 'ValidateStateMachineArn', {
      value: validateStateMachine.stateMachineArn,
      description: 'ARN of the state machine',
    });
    new cdk.CfnOutput(this, 'ValidatePipeName', { value: validatePipe.ref, description: 'Name of the pipe' });
    new cdk.CfnOutput(this, 'ValidateEventsDeadLetterQueueUrl', {
      value: validateEventsDeadLetterQueue.queueUrl,
      description: 'URL of the dead-letter queue',
    });
    new cdk.CfnOutput(this, 'ReadingsStreamName', {
      value: readingsStream.streamName,
      description: 'Name of the stream',
    });
    new cdk.CfnOutput(this, 'ReadingsDeadLetterQueueUrl', {
      value: readingsDeadLetterQueue.queueUrl,
      description: 'URL of the dead-letter queue',
    });

    // Which part of the decision each resource comes from.
    mark(this);
  }
}
