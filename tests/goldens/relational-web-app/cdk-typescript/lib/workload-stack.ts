import * as path from 'node:path';

import * as cdk from 'aws-cdk-lib';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as authorizers from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as integrations from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

import { Alarms } from './alarms';
import { LogGroup } from './log-group';
import { mark } from './origins';
import { TypeScriptFunction, architectureOf } from './typescript-function';

const PROJECT = path.join(__dirname, '..');

/** Relational web application */
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
    const deletionProtection = new cdk.CfnParameter(this, 'DeletionProtection', {
      type: 'String',
      default: 'true',
      allowedValues: ['true', 'false'],
      description: 'Whether a database refuses to be deleted',
    });

    // The network.
    // Restricting the default security group would take a function of its own; nothing here uses that group.
    const vpc = new ec2.Vpc(this, 'Vpc', {
      ipAddresses: ec2.IpAddresses.cidr('10.20.0.0/16'),
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'Private', subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 20 }],
      restrictDefaultSecurityGroup: false,
    });
    const bookingsDatabaseSecurityGroup = new ec2.SecurityGroup(this, 'BookingsDatabaseSecurityGroup', {
      vpc: vpc,
      description: 'Traffic of BookingsDatabase',
      allowAllOutbound: false,
    });
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

    // What several components share.
    const architecture = lambda.Architecture.custom(functionArchitecture.valueAsString);

    // Stores: data with one owner.
    const bookingsDatabase = new rds.DatabaseCluster(this, 'BookingsDatabase', {
      engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_16_8 }),
      writer: rds.ClusterInstance.serverlessV2('BookingsDatabaseInstance', {
        publiclyAccessible: false,
        autoMinorVersionUpgrade: true,
      }),
      vpc: vpc,
      vpcSubnets: privateSubnets,
      securityGroups: [bookingsDatabaseSecurityGroup],
      defaultDatabaseName: 'app',
      credentials: rds.Credentials.fromUsername('administrator'),
      manageMasterUserPassword: true,
      enableDataApi: true,
      serverlessV2MinCapacity: 0,
      serverlessV2MaxCapacity: 4,
      serverlessV2AutoPauseDuration: cdk.Duration.minutes(15),
      backup: { retention: cdk.Duration.days(7) },
      storageEncrypted: true,
      copyTagsToSnapshot: true,
      cloudwatchLogsExports: ['postgresql'],
      iamAuthentication: true,
      removalPolicy: cdk.RemovalPolicy.SNAPSHOT,
    });
    // A deployment says whether the database is protected; the construct's own option takes no parameter.
    (bookingsDatabase.node.defaultChild as cdk.CfnResource).addPropertyOverride(
      'DeletionProtection',
      deletionProtection.valueAsString,
    );

    // Booking
    const appFunctionLogs = new LogGroup(this, 'AppFunctionLogs', {
      retentionDays: logRetentionDays,
      removalPolicy: cdk.RemovalPolicy.DESTROY,
    });
    const appApiAccessLogs = new LogGroup(this, 'AppApiAccessLogs', {
      retentionDays: logRetentionDays,
      removalPolicy: cdk.RemovalPolicy.DESTROY,
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
    const appApiAuthorizer = new authorizers.HttpJwtAuthorizer(
      'AppApiAuthorizer',
      `https://cognito-idp.${cdk.Aws.REGION}.${cdk.Aws.URL_SUFFIX}/${userPool.userPoolId}`,
      {
        jwtAudience: [userPoolClient.userPoolClientId],
      },
    );
    const appSiteBucket = new s3.Bucket(this, 'AppSiteBucket', {
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
    const appDistributionHeaders = new cloudfront.ResponseHeadersPolicy(this, 'AppDistributionHeaders', {
      responseHeadersPolicyName: `${cdk.Aws.STACK_NAME}-AppDistribution-${cdk.Aws.REGION}`,
      securityHeadersBehavior: {
        contentSecurityPolicy: {
          contentSecurityPolicy: "default-src 'self'; connect-src 'self' https:; object-src 'none'; frame-ancestors 'none'",
          override: true,
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: cloudfront.HeadersFrameOption.DENY, override: true },
        referrerPolicy: {
          referrerPolicy: cloudfront.HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN,
          override: true,
        },
        strictTransportSecurity: {
          accessControlMaxAge: cdk.Duration.days(730),
          includeSubdomains: true,
          override: true,
        },
      },
    });
    const appDistributionAccess = new cloudfront.S3OriginAccessControl(this, 'AppDistributionAccess', {
      originAccessControlName: cdk.Fn.join('-', [
        'AppDistribution',
        cdk.Fn.select(0, cdk.Fn.split('-', cdk.Fn.select(2, cdk.Fn.split('/', cdk.Aws.STACK_ID)))),
      ]),
    });
    const appDistribution = new cloudfront.Distribution(this, 'AppDistribution', {
      comment: `Site of ${cdk.Aws.STACK_NAME}`,
      defaultRootObject: 'index.html',
      defaultBehavior: {
        origin: origins.S3BucketOrigin.withOriginAccessControl(appSiteBucket, {
          originAccessControl: appDistributionAccess,
        }),
        viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: cloudfront.CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy: appDistributionHeaders,
      },
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      priceClass: cloudfront.PriceClass.PRICE_CLASS_200,
    });
    const appApi = new apigatewayv2.HttpApi(this, 'AppApi', {
      apiName: `${cdk.Aws.STACK_NAME}-AppApi`,
      createDefaultStage: false,
      corsPreflight: {
        allowOrigins: [`https://${appDistribution.distributionDomainName}`],
        allowMethods: [
          apigatewayv2.CorsHttpMethod.GET,
          apigatewayv2.CorsHttpMethod.POST,
          apigatewayv2.CorsHttpMethod.PUT,
          apigatewayv2.CorsHttpMethod.DELETE,
        ],
        allowHeaders: ['authorization', 'content-type'],
        maxAge: cdk.Duration.hours(1),
      },
    });
    // The stage as a plain resource: its construct takes no access log in Python.
    new apigatewayv2.CfnStage(this, 'AppApiStage', {
      apiId: appApi.apiId,
      stageName: '$default',
      autoDeploy: true,
      defaultRouteSettings: { detailedMetricsEnabled: true, throttlingRateLimit: 100, throttlingBurstLimit: 200 },
      accessLogSettings: {
        destinationArn: appApiAccessLogs.logGroupArn,
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
    // The Data API takes a user's name and password from a secret; `make migrate` gives this password to the user.
    const appFunctionReadWriteBookingsDatabaseSecret = new secretsmanager.Secret(
      this,
      'AppFunctionReadWriteBookingsDatabaseSecret',
      {
        description: 'Password of app_bookings, the user by which app reaches the database',
        generateSecretString: {
          passwordLength: 32,
          excludePunctuation: true,
          secretStringTemplate: this.toJsonString({ username: 'app_bookings' }),
          generateStringKey: 'password',
        },
        removalPolicy: cdk.RemovalPolicy.DESTROY,
      },
    );
    const appFunctionRole = new iam.Role(this, 'AppFunctionRole', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      managedPolicies: [
        iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaBasicExecutionRole'),
        iam.ManagedPolicy.fromAwsManagedPolicyName('AWSXrayWriteOnlyAccess'),
      ],
      inlinePolicies: {
        connections: new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({
              sid: 'ReadWriteBookings',
              actions: [
                'rds-data:ExecuteStatement',
                'rds-data:BeginTransaction',
                'rds-data:CommitTransaction',
                'rds-data:RollbackTransaction',
              ],
              resources: [bookingsDatabase.clusterArn],
            }),
            new iam.PolicyStatement({
              sid: 'ReadWriteBookings2',
              actions: ['secretsmanager:GetSecretValue'],
              resources: [appFunctionReadWriteBookingsDatabaseSecret.secretArn],
            }),
          ],
        }),
      },
    });
    const appFunction = new TypeScriptFunction(this, 'AppFunction', {
      folder: path.join(PROJECT, 'src/app'),
      handler: 'app.handler',
      memorySize: 512,
      timeout: cdk.Duration.seconds(29),
      environment: {
        BOOKINGS_CLUSTER_ARN: bookingsDatabase.clusterArn,
        BOOKINGS_SECRET_ARN: appFunctionReadWriteBookingsDatabaseSecret.secretArn,
        BOOKINGS_DATABASE: 'app',
      },
      architecture: architecture,
      loggingFormat: lambda.LoggingFormat.JSON,
      logGroup: appFunctionLogs,
      role: appFunctionRole.withoutPolicyUpdates(),
    });
    const appApiIntegration = new integrations.HttpLambdaIntegration('AppApiIntegration', appFunction, {
      timeout: cdk.Duration.seconds(29),
      scopePermissionToRoute: false,
    });
    appApi.addRoutes({ path: '/health', methods: [apigatewayv2.HttpMethod.GET], integration: appApiIntegration });
    appApi.addRoutes({
      path: '/items',
      methods: [apigatewayv2.HttpMethod.GET, apigatewayv2.HttpMethod.POST],
      integration: appApiIntegration,
      authorizer: appApiAuthorizer,
    });
    appApi.addRoutes({
      path: '/items/{id}',
      methods: [apigatewayv2.HttpMethod.GET, apigatewayv2.HttpMethod.PUT, apigatewayv2.HttpMethod.DELETE],
      integration: appApiIntegration,
      authorizer: appApiAuthorizer,
    });

    // What tells that something has stopped working.
    const alarms = new Alarms(this, 'Alarms', { email: alarmEmail.valueAsString });
    alarms.add(
      'BookingsDatabaseCapacityAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/RDS',
        metricName: 'ACUUtilization',
        dimensionsMap: { DBClusterIdentifier: bookingsDatabase.clusterIdentifier },
        statistic: 'Average',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 90,
        periods: 3,
        description: 'Bookings is at its capacity limit',
      },
    );
    alarms.add(
      'BookingsDatabaseConnectionsAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/RDS',
        metricName: 'DatabaseConnections',
        dimensionsMap: { DBClusterIdentifier: bookingsDatabase.clusterIdentifier },
        statistic: 'Maximum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 658,
        periods: 1,
        description: 'Bookings is near its limit of connections',
      },
    );
    alarms.add(
      'AppFunctionErrorsAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        dimensionsMap: { FunctionName: appFunction.functionName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Booking fails',
      },
    );
    alarms.add(
      'AppFunctionThrottlesAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Throttles',
        dimensionsMap: { FunctionName: appFunction.functionName },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 0,
        periods: 1,
        description: 'Booking is throttled',
      },
    );
    alarms.add(
      'AppApiServerErrorsAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/ApiGateway',
        metricName: '5xx',
        dimensionsMap: { ApiId: appApi.apiId },
        statistic: 'Sum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 5,
        periods: 1,
        description: 'The endpoint of app answers with server errors',
      },
    );
    alarms.add(
      'AppApiLatencyAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/ApiGateway',
        metricName: 'Latency',
        dimensionsMap: { ApiId: appApi.apiId },
        statistic: 'p99',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 23200.0,
        periods: 3,
        description: 'The endpoint of app answers late: p99 latency near the limit',
      },
    );
    alarms.add(
      'AppFunctionRunExpiryAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Duration',
        dimensionsMap: { FunctionName: appFunction.functionName },
        statistic: 'Maximum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 23200.0,
        periods: 1,
        description: 'Booking: at 23.2 s, "Longest run" nears 29 s, the limit of this deployment. It can be raised up to 15 min, above which AWS Lambda is no longer chosen (compute) but Amazon ECS; Amazon API Gateway (HTTP API) is no longer chosen (entry) but Application Load Balancer.',
      },
    );
    alarms.add(
      'AppApiResponseExpiryAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/ApiGateway',
        metricName: 'Latency',
        dimensionsMap: { ApiId: appApi.apiId },
        statistic: 'Maximum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 24000.0,
        periods: 1,
        description: 'Booking: at 24 s, "Answer within" nears 30 s, above which Amazon API Gateway (HTTP API) is no longer chosen (entry) but Application Load Balancer.',
      },
    );
    alarms.add(
      'AppApiRequestExpiryAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/ApiGateway',
        metricName: 'DataProcessed',
        dimensionsMap: { ApiId: appApi.apiId },
        statistic: 'Maximum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 5033164.8,
        periods: 1,
        description: 'Booking: at 4.8 MiB, "Largest request" nears 6 MiB, above which AWS Lambda is no longer chosen (compute) but Amazon ECS; Amazon API Gateway (HTTP API) is no longer chosen (entry) but Application Load Balancer.',
      },
    );
    alarms.add(
      'BookingsDatabaseVolumeExpiryAlarm',
      new cloudwatch.Metric({
        namespace: 'AWS/RDS',
        metricName: 'VolumeBytesUsed',
        dimensionsMap: { DBClusterIdentifier: bookingsDatabase.clusterIdentifier },
        statistic: 'Maximum',
        period: cdk.Duration.minutes(5),
      }),
      {
        threshold: 225179981368524.8,
        periods: 1,
        description: 'Bookings: at 204.8 TiB, "Volume" nears 256 TiB, above which Amazon Aurora Serverless v2 is no longer chosen (data store).',
      },
    );
    alarms.show('Dashboard', {
      title: 'Alarms',
      widgets: [
        new cloudwatch.GraphWidget({
          title: 'Bookings · bookings',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/RDS',
              metricName: 'ACUUtilization',
              dimensionsMap: { DBClusterIdentifier: bookingsDatabase.clusterIdentifier },
              statistic: 'Average',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/RDS',
              metricName: 'DatabaseConnections',
              dimensionsMap: { DBClusterIdentifier: bookingsDatabase.clusterIdentifier },
              statistic: 'Maximum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/RDS',
              metricName: 'VolumeBytesUsed',
              dimensionsMap: { DBClusterIdentifier: bookingsDatabase.clusterIdentifier },
              statistic: 'Maximum',
            }),
          ],
        }),
        new cloudwatch.GraphWidget({
          title: 'Booking · app',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Invocations',
              dimensionsMap: { FunctionName: appFunction.functionName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Errors',
              dimensionsMap: { FunctionName: appFunction.functionName },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Throttles',
              dimensionsMap: { FunctionName: appFunction.functionName },
              statistic: 'Sum',
            }),
          ],
          right: [
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Duration',
              dimensionsMap: { FunctionName: appFunction.functionName },
              statistic: 'p99',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/Lambda',
              metricName: 'Duration',
              dimensionsMap: { FunctionName: appFunction.functionName },
              statistic: 'Maximum',
            }),
          ],
        }),
        new cloudwatch.GraphWidget({
          title: 'endpoint · app',
          width: 12,
          height: 6,
          left: [
            new cloudwatch.Metric({
              namespace: 'AWS/ApiGateway',
              metricName: 'Count',
              dimensionsMap: { ApiId: appApi.apiId },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/ApiGateway',
              metricName: '4xx',
              dimensionsMap: { ApiId: appApi.apiId },
              statistic: 'Sum',
            }),
            new cloudwatch.Metric({
              namespace: 'AWS/ApiGateway',
              metricName: '5xx',
              dimensionsMap: { ApiId: appApi.apiId },
              statistic: 'Sum',
            }),
          ],
          right: [
            new cloudwatch.Metric({
              namespace: 'AWS/ApiGateway',
              metricName: 'Latency',
              dimensionsMap: { ApiId: appApi.apiId },
              statistic: 'p99',
            }),
          ],
        }),
      ],
    });

    // What others ask a deployment for.
    new cdk.CfnOutput(this, 'BookingsDatabaseClusterArn', {
      value: bookingsDatabase.clusterArn,
      description: 'ARN of the database cluster',
    });
    new cdk.CfnOutput(this, 'BookingsDatabaseSecretArn', {
      value: bookingsDatabase.secret!.secretArn,
      description: "ARN of the administrator's secret, for migrations",
    });
    new cdk.CfnOutput(this, 'AppFunctionName', {
      value: appFunction.functionName,
      description: 'Name of the function',
    });
    new cdk.CfnOutput(this, 'AppApiUrl', {
      value: `https://${appApi.apiId}.execute-api.${cdk.Aws.REGION}.${cdk.Aws.URL_SUFFIX}`,
      description: 'Address of the API',
    });
    new cdk.CfnOutput(this, 'UserPoolId', { value: userPool.userPoolId, description: 'Id of the user pool' });
    new cdk.CfnOutput(this, 'UserPoolClientId', {
      value: userPoolClient.userPoolClientId,
      description: 'Client id for sign-in',
    });
    new cdk.CfnOutput(this, 'AppSiteBucketName', {
      value: appSiteBucket.bucketName,
      description: 'Name of the bucket',
    });
    new cdk.CfnOutput(this, 'AppDistributionDomain', {
      value: appDistribution.distributionDomainName,
      description: 'Domain name of the site',
    });
    new cdk.CfnOutput(this, 'AppDistributionId', {
      value: appDistribution.distributionId,
      description: 'Id of the distribution',
    });
    new cdk.CfnOutput(this, 'AppFunctionReadWriteBookingsDatabaseSecretArn', {
      value: appFunctionReadWriteBookingsDatabaseSecret.secretArn,
      description: 'Secret of app_bookings, for migrations',
    });

    // Which part of the decision each resource comes from.
    mark(this);
  }
}
