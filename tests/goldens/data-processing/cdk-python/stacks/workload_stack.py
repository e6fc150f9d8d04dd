from pathlib import Path
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as event_sources
from aws_cdk import aws_pipes as pipes
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as stepfunctions
from constructs import Construct

from .alarms import Alarms
from .log_group import LogGroup
from .origins import mark
from .python_function import PythonFunction, architecture_of

PROJECT = Path(__file__).resolve().parent.parent


class WorkloadStack(cdk.Stack):
    """Data processing"""

    def __init__(self, scope: Construct, construct_id: str, **kwargs: Any) -> None:
        super().__init__(scope, construct_id, **kwargs)
        self._parameters()
        self._shared()
        self._stores()
        self._channels()
        self._component_ingest()
        self._component_validate()
        self._alarms()
        self._outputs()
        self._origins()

    def _parameters(self) -> None:
        """What a deployment is asked for."""
        self.alarm_email = cdk.CfnParameter(
            self,
            "AlarmEmail",
            type="String",
            allowed_pattern="^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$",
            description="Address that gets the alarms",
        )
        self.log_retention_days = cdk.CfnParameter(
            self,
            "LogRetentionDays",
            type="Number",
            default="30",
            allowed_values=["1", "7", "14", "30", "90", "180", "365", "731"],
            description=(
                "Days that logs are kept; a GB costs 0.76 USD once and 0.033 USD per month kept (ap-northeast-1, "
                "2026-08-17)"
            ),
        )
        self.function_architecture = cdk.CfnParameter(
            self,
            "FunctionArchitecture",
            type="String",
            default=architecture_of(self),
            allowed_values=["arm64", "x86_64"],
            description=(
                "Instruction set of the functions; per GB-s arm64 0.0000133334 USD, x86_64 0.0000166667 USD "
                "(ap-northeast-1, 2026-09)"
            ),
        )

    def _shared(self) -> None:
        """What several components share."""
        self.architecture = lambda_.Architecture.custom(self.function_architecture.value_as_string)

    def _stores(self) -> None:
        """Stores: data with one owner."""
        self.measurements_table = dynamodb.Table(
            self,
            "MeasurementsTable",
            partition_key=dynamodb.Attribute(name="pk", type=dynamodb.AttributeType.STRING),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            encryption=dynamodb.TableEncryption.AWS_MANAGED,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True,
            ),
            time_to_live_attribute="expires_at",
            removal_policy=cdk.RemovalPolicy.RETAIN,
            stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
        )
        self.archive_bucket = s3.Bucket(
            self,
            "ArchiveBucket",
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            encryption=s3.BucketEncryption.S3_MANAGED,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            enforce_ssl=True,
            versioned=True,
            lifecycle_rules=[
                s3.LifecycleRule(
                    id="tidy",
                    abort_incomplete_multipart_upload_after=cdk.Duration.days(7),
                    noncurrent_version_expiration=cdk.Duration.days(30),
                ),
            ],
            removal_policy=cdk.RemovalPolicy.RETAIN,
        )

    def _channels(self) -> None:
        """Channels: messages and events."""
        self.readings_stream = kinesis.Stream(
            self,
            "ReadingsStream",
            stream_mode=kinesis.StreamMode.ON_DEMAND,
            encryption=kinesis.StreamEncryption.MANAGED,
            retention_period=cdk.Duration.hours(96),
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
        self.readings_dead_letter_queue = sqs.Queue(
            self,
            "ReadingsDeadLetterQueue",
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            retention_period=cdk.Duration.days(14),
        )

    def _component_ingest(self) -> None:
        """Ingestion"""
        ingest_function_logs = LogGroup(
            self,
            "IngestFunctionLogs",
            retention_days=self.log_retention_days,
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
        ingest_function_role = iam.Role(
            self,
            "IngestFunctionRole",
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
            managed_policies=[
                iam.ManagedPolicy.from_aws_managed_policy_name("service-role/AWSLambdaBasicExecutionRole"),
                iam.ManagedPolicy.from_aws_managed_policy_name("AWSXrayWriteOnlyAccess"),
            ],
            inline_policies={
                "connections": iam.PolicyDocument(
                    statements=[
                        iam.PolicyStatement(
                            sid="ConsumeReadings",
                            actions=[
                                "kinesis:DescribeStream",
                                "kinesis:DescribeStreamSummary",
                                "kinesis:GetRecords",
                                "kinesis:GetShardIterator",
                                "kinesis:ListShards",
                            ],
                            resources=[self.readings_stream.stream_arn],
                        ),
                        iam.PolicyStatement(
                            sid="WriteMeasurements",
                            actions=["dynamodb:PutItem", "dynamodb:UpdateItem"],
                            resources=[self.measurements_table.table_arn],
                        ),
                        iam.PolicyStatement(
                            sid="DeadLetterReadings",
                            actions=["sqs:SendMessage"],
                            resources=[self.readings_dead_letter_queue.queue_arn],
                        ),
                    ],
                ),
            },
        )
        self.ingest_function = PythonFunction(
            self,
            "IngestFunction",
            folder=str(PROJECT / "src" / "ingest"),
            handler="app.handler",
            memory_size=512,
            timeout=cdk.Duration.seconds(36),
            environment={"MEASUREMENTS_TABLE_NAME": self.measurements_table.table_name},
            architecture=self.architecture,
            logging_format=lambda_.LoggingFormat.JSON,
            log_group=ingest_function_logs,
            role=ingest_function_role.without_policy_updates(),
        )
        lambda_.EventSourceMapping(
            self,
            "ReadingsStreamConsumeIngestFunctionSource",
            target=self.ingest_function,
            event_source_arn=self.readings_stream.stream_arn,
            starting_position=lambda_.StartingPosition.TRIM_HORIZON,
            batch_size=100,
            max_batching_window=cdk.Duration.seconds(1),
            bisect_batch_on_error=True,
            retry_attempts=5,
            on_failure=event_sources.SqsDlq(self.readings_dead_letter_queue),
            report_batch_item_failures=True,
        )

    def _component_validate(self) -> None:
        """Validation"""
        validate_function_logs = LogGroup(
            self,
            "ValidateFunctionLogs",
            retention_days=self.log_retention_days,
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
        validate_function_role = iam.Role(
            self,
            "ValidateFunctionRole",
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
            managed_policies=[
                iam.ManagedPolicy.from_aws_managed_policy_name("service-role/AWSLambdaBasicExecutionRole"),
                iam.ManagedPolicy.from_aws_managed_policy_name("AWSXrayWriteOnlyAccess"),
            ],
            inline_policies={
                "connections": iam.PolicyDocument(
                    statements=[
                        iam.PolicyStatement(
                            sid="ReadMeasurements",
                            actions=["dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"],
                            resources=[self.measurements_table.table_arn],
                        ),
                        iam.PolicyStatement(
                            sid="WriteArchive",
                            actions=["s3:PutObject"],
                            resources=[f"{self.archive_bucket.bucket_arn}/*"],
                        ),
                    ],
                ),
            },
        )
        self.validate_function = PythonFunction(
            self,
            "ValidateFunction",
            folder=str(PROJECT / "src" / "validate"),
            handler="app.handler",
            memory_size=512,
            timeout=cdk.Duration.seconds(72),
            environment={
                "MEASUREMENTS_TABLE_NAME": self.measurements_table.table_name,
                "ARCHIVE_BUCKET_NAME": self.archive_bucket.bucket_name,
            },
            architecture=self.architecture,
            logging_format=lambda_.LoggingFormat.JSON,
            log_group=validate_function_logs,
            role=validate_function_role.without_policy_updates(),
        )
        validate_state_machine_logs = LogGroup(
            self,
            "ValidateStateMachineLogs",
            log_group_name=f"/aws/vendedlogs/states/{cdk.Aws.STACK_NAME}-validate-state-machine",
            retention_days=self.log_retention_days,
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
        validate_state_machine_role = iam.Role(
            self,
            "ValidateStateMachineRole",
            assumed_by=iam.ServicePrincipal("states.amazonaws.com"),
            managed_policies=[iam.ManagedPolicy.from_aws_managed_policy_name("AWSXrayWriteOnlyAccess")],
            inline_policies={
                "connections": iam.PolicyDocument(
                    statements=[
                        iam.PolicyStatement(
                            sid="RunValidate",
                            actions=["lambda:InvokeFunction"],
                            resources=[self.validate_function.function_arn],
                        ),
                        iam.PolicyStatement(
                            sid="DeliverLogs",
                            actions=[
                                "logs:CreateLogDelivery",
                                "logs:GetLogDelivery",
                                "logs:UpdateLogDelivery",
                                "logs:DeleteLogDelivery",
                                "logs:ListLogDeliveries",
                                "logs:PutResourcePolicy",
                                "logs:DescribeResourcePolicies",
                                "logs:DescribeLogGroups",
                            ],
                            resources=["*"],
                        ),
                    ],
                ),
            },
        )
        self.validate_state_machine = stepfunctions.StateMachine(
            self,
            "ValidateStateMachine",
            state_machine_name=f"{cdk.Aws.STACK_NAME}-validate-state-machine",
            state_machine_type=stepfunctions.StateMachineType.STANDARD,
            definition_body=stepfunctions.DefinitionBody.from_file(str(PROJECT / "statemachine" / "validate.asl.json")),
            definition_substitutions={"FunctionArn": self.validate_function.function_arn},
            role=validate_state_machine_role.without_policy_updates(),
            tracing_enabled=True,
        )
        self.validate_state_machine.node.default_child.add_property_override(
            "LoggingConfiguration",
            {
                "Level": "ERROR",
                "IncludeExecutionData": False,
                "Destinations": [
                    {"CloudWatchLogsLogGroup": {"LogGroupArn": validate_state_machine_logs.log_group_arn}},
                ],
            },
        )
        self.validate_events_dead_letter_queue = sqs.Queue(
            self,
            "ValidateEventsDeadLetterQueue",
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            retention_period=cdk.Duration.days(14),
        )
        validate_pipe_role = iam.Role(
            self,
            "ValidatePipeRole",
            assumed_by=iam.ServicePrincipal(
                "pipes.amazonaws.com",
                conditions={"StringEquals": {"aws:SourceAccount": cdk.Aws.ACCOUNT_ID}},
            ),
            inline_policies={
                "connections": iam.PolicyDocument(
                    statements=[
                        iam.PolicyStatement(
                            sid="StreamMeasurements",
                            actions=["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
                            resources=[self.measurements_table.table_stream_arn],
                        ),
                        iam.PolicyStatement(
                            sid="StartValidate",
                            actions=["states:StartExecution"],
                            resources=[self.validate_state_machine.state_machine_arn],
                        ),
                        iam.PolicyStatement(
                            sid="DeadLetterValidate",
                            actions=["sqs:SendMessage"],
                            resources=[self.validate_events_dead_letter_queue.queue_arn],
                        ),
                    ],
                ),
            },
        )
        self.validate_pipe = pipes.CfnPipe(
            self,
            "ValidatePipe",
            role_arn=validate_pipe_role.role_arn,
            desired_state="RUNNING",
            source=self.measurements_table.table_stream_arn,
            source_parameters=pipes.CfnPipe.PipeSourceParametersProperty(
                dynamo_db_stream_parameters=pipes.CfnPipe.PipeSourceDynamoDBStreamParametersProperty(
                    starting_position="TRIM_HORIZON",
                    batch_size=1,
                    maximum_retry_attempts=5,
                    dead_letter_config=pipes.CfnPipe.DeadLetterConfigProperty(
                        arn=self.validate_events_dead_letter_queue.queue_arn,
                    ),
                ),
            ),
            target=self.validate_state_machine.state_machine_arn,
            target_parameters=pipes.CfnPipe.PipeTargetParametersProperty(
                step_function_state_machine_parameters=pipes.CfnPipe.PipeTargetStateMachineParametersProperty(
                    invocation_type="FIRE_AND_FORGET",
                ),
            ),
        )

    def _alarms(self) -> None:
        """What tells that something has stopped working."""
        alarms = Alarms(self, "Alarms", email=self.alarm_email.value_as_string)
        alarms.add(
            "MeasurementsTableReadThrottlesAlarm",
            cloudwatch.Metric(
                namespace="AWS/DynamoDB",
                metric_name="ReadThrottleEvents",
                dimensions_map={"TableName": self.measurements_table.table_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="Measurements is throttled",
        )
        alarms.add(
            "MeasurementsTableWriteThrottlesAlarm",
            cloudwatch.Metric(
                namespace="AWS/DynamoDB",
                metric_name="WriteThrottleEvents",
                dimensions_map={"TableName": self.measurements_table.table_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="Measurements is throttled",
        )
        alarms.add(
            "IngestFunctionErrorsAlarm",
            cloudwatch.Metric(
                namespace="AWS/Lambda",
                metric_name="Errors",
                dimensions_map={"FunctionName": self.ingest_function.function_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="Ingestion fails",
        )
        alarms.add(
            "IngestFunctionThrottlesAlarm",
            cloudwatch.Metric(
                namespace="AWS/Lambda",
                metric_name="Throttles",
                dimensions_map={"FunctionName": self.ingest_function.function_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="Ingestion is throttled",
        )
        alarms.add(
            "ValidateFunctionErrorsAlarm",
            cloudwatch.Metric(
                namespace="AWS/Lambda",
                metric_name="Errors",
                dimensions_map={"FunctionName": self.validate_function.function_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="Validation fails",
        )
        alarms.add(
            "ValidateFunctionThrottlesAlarm",
            cloudwatch.Metric(
                namespace="AWS/Lambda",
                metric_name="Throttles",
                dimensions_map={"FunctionName": self.validate_function.function_name},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="Validation is throttled",
        )
        alarms.add(
            "ValidateStateMachineFailedAlarm",
            cloudwatch.Metric(
                namespace="AWS/States",
                metric_name="ExecutionsFailed",
                dimensions_map={"StateMachineArn": self.validate_state_machine.state_machine_arn},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="The workflow of validate fails",
        )
        alarms.add(
            "ValidateStateMachineTimedOutAlarm",
            cloudwatch.Metric(
                namespace="AWS/States",
                metric_name="ExecutionsTimedOut",
                dimensions_map={"StateMachineArn": self.validate_state_machine.state_machine_arn},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="The workflow of validate timed out",
        )
        alarms.add(
            "ValidatePipeFailedAlarm",
            cloudwatch.Metric(
                namespace="AWS/EventBridge/Pipes",
                metric_name="ExecutionFailed",
                dimensions_map={"PipeName": self.validate_pipe.ref},
                statistic="Sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=1,
            description="The pipe of validate fails",
        )
        alarms.add(
            "ValidateEventsDeadLetterQueueAlarm",
            cloudwatch.Metric(
                namespace="AWS/SQS",
                metric_name="ApproximateNumberOfMessagesVisible",
                dimensions_map={"QueueName": self.validate_events_dead_letter_queue.queue_name},
                statistic="Maximum",
                period=cdk.Duration.minutes(1),
            ),
            threshold=0,
            periods=1,
            description="Messages have failed for good: validate (Dead-letter queue)",
        )
        alarms.add(
            "ReadingsStreamAgeAlarm",
            cloudwatch.Metric(
                namespace="AWS/Kinesis",
                metric_name="GetRecords.IteratorAgeMilliseconds",
                dimensions_map={"StreamName": self.readings_stream.stream_name},
                statistic="Maximum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=600000,
            periods=1,
            description="Messages wait too long in Readings",
        )
        alarms.add(
            "ReadingsDeadLetterQueueAlarm",
            cloudwatch.Metric(
                namespace="AWS/SQS",
                metric_name="ApproximateNumberOfMessagesVisible",
                dimensions_map={"QueueName": self.readings_dead_letter_queue.queue_name},
                statistic="Maximum",
                period=cdk.Duration.minutes(1),
            ),
            threshold=0,
            periods=1,
            description="Messages have failed for good: readings (Dead-letter queue)",
        )
        alarms.add(
            "IngestFunctionRunExpiryAlarm",
            cloudwatch.Metric(
                namespace="AWS/Lambda",
                metric_name="Duration",
                dimensions_map={"FunctionName": self.ingest_function.function_name},
                statistic="Maximum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=28800.0,
            periods=1,
            description=(
                'Ingestion: at 28.8 s, "Longest run" nears 36 s, the limit of this deployment. It can be raised up to '
                "15 min, above which AWS Lambda is no longer chosen (compute) but Amazon ECS."
            ),
        )
        alarms.add(
            "ValidateFunctionRunExpiryAlarm",
            cloudwatch.Metric(
                namespace="AWS/Lambda",
                metric_name="Duration",
                dimensions_map={"FunctionName": self.validate_function.function_name},
                statistic="Maximum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=57600.0,
            periods=1,
            description=(
                'Validation: at 57.6 s, "Longest run" nears 72 s, the limit of this deployment. It can be raised up to '
                "15 min, above which AWS Lambda is no longer chosen (compute) but Amazon ECS."
            ),
        )
        alarms.add(
            "ValidateStateMachineRateExpiryAlarm",
            cloudwatch.Metric(
                namespace="AWS/States",
                metric_name="ExecutionsStarted",
                dimensions_map={"StateMachineArn": self.validate_state_machine.state_machine_arn},
                statistic="Sum",
                period=cdk.Duration.hours(1),
            ),
            threshold=28800.0,
            periods=1,
            description=(
                'Validation: at 8 per second, "Average rate" nears 10 per second, from which on AWS Step Functions '
                "(Standard) is no longer chosen (workflow) but AWS Step Functions (Express)."
            ),
        )
        alarms.add(
            "ValidateStateMachinePeakExpiryAlarm",
            cloudwatch.Metric(
                namespace="AWS/States",
                metric_name="ExecutionsStarted",
                dimensions_map={"StateMachineArn": self.validate_state_machine.state_machine_arn},
                statistic="Sum",
                period=cdk.Duration.minutes(1),
            ),
            threshold=4800.0,
            periods=1,
            description=(
                'Validation: at 80 per second, "Peak rate" nears 100 per second, from which on AWS Step Functions '
                "(Standard) is no longer chosen (workflow) but AWS Step Functions (Express)."
            ),
        )
        alarms.add(
            "ReadingsStreamBacklogExpiryAlarm",
            cloudwatch.Metric(
                namespace="AWS/Kinesis",
                metric_name="GetRecords.IteratorAgeMilliseconds",
                dimensions_map={"StreamName": self.readings_stream.stream_name},
                statistic="Maximum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=276480000.0,
            periods=1,
            description=(
                'Readings: at 4,608 min, "Retention" nears 4 days, the limit of this deployment. It can be raised up '
                "to 365 days, above which Amazon Kinesis Data Streams is no longer chosen (messaging) but Amazon MSK."
            ),
        )
        alarms.show(
            "Dashboard",
            title="Alarms",
            widgets=[
                cloudwatch.GraphWidget(
                    title="Measurements · measurements",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/DynamoDB",
                            metric_name="ConsumedReadCapacityUnits",
                            dimensions_map={"TableName": self.measurements_table.table_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/DynamoDB",
                            metric_name="ConsumedWriteCapacityUnits",
                            dimensions_map={"TableName": self.measurements_table.table_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/DynamoDB",
                            metric_name="ReadThrottleEvents",
                            dimensions_map={"TableName": self.measurements_table.table_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/DynamoDB",
                            metric_name="WriteThrottleEvents",
                            dimensions_map={"TableName": self.measurements_table.table_name},
                            statistic="Sum",
                        ),
                    ],
                ),
                cloudwatch.GraphWidget(
                    title="Ingestion · ingest",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Invocations",
                            dimensions_map={"FunctionName": self.ingest_function.function_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Errors",
                            dimensions_map={"FunctionName": self.ingest_function.function_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Throttles",
                            dimensions_map={"FunctionName": self.ingest_function.function_name},
                            statistic="Sum",
                        ),
                    ],
                    right=[
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Duration",
                            dimensions_map={"FunctionName": self.ingest_function.function_name},
                            statistic="p99",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Duration",
                            dimensions_map={"FunctionName": self.ingest_function.function_name},
                            statistic="Maximum",
                        ),
                    ],
                ),
                cloudwatch.GraphWidget(
                    title="Validation · validate",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Invocations",
                            dimensions_map={"FunctionName": self.validate_function.function_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Errors",
                            dimensions_map={"FunctionName": self.validate_function.function_name},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Throttles",
                            dimensions_map={"FunctionName": self.validate_function.function_name},
                            statistic="Sum",
                        ),
                    ],
                    right=[
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Duration",
                            dimensions_map={"FunctionName": self.validate_function.function_name},
                            statistic="p99",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/Lambda",
                            metric_name="Duration",
                            dimensions_map={"FunctionName": self.validate_function.function_name},
                            statistic="Maximum",
                        ),
                    ],
                ),
                cloudwatch.GraphWidget(
                    title="workflow · validate",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/States",
                            metric_name="ExecutionsStarted",
                            dimensions_map={"StateMachineArn": self.validate_state_machine.state_machine_arn},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/States",
                            metric_name="ExecutionsSucceeded",
                            dimensions_map={"StateMachineArn": self.validate_state_machine.state_machine_arn},
                            statistic="Sum",
                        ),
                        cloudwatch.Metric(
                            namespace="AWS/States",
                            metric_name="ExecutionsFailed",
                            dimensions_map={"StateMachineArn": self.validate_state_machine.state_machine_arn},
                            statistic="Sum",
                        ),
                    ],
                    right=[
                        cloudwatch.Metric(
                            namespace="AWS/States",
                            metric_name="ExecutionTime",
                            dimensions_map={"StateMachineArn": self.validate_state_machine.state_machine_arn},
                            statistic="Maximum",
                        ),
                    ],
                ),
                cloudwatch.GraphWidget(
                    title="pipe · validate",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/EventBridge/Pipes",
                            metric_name="ExecutionFailed",
                            dimensions_map={"PipeName": self.validate_pipe.ref},
                            statistic="Sum",
                        ),
                    ],
                ),
                cloudwatch.GraphWidget(
                    title="Dead-letter queue · validate",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/SQS",
                            metric_name="ApproximateNumberOfMessagesVisible",
                            dimensions_map={"QueueName": self.validate_events_dead_letter_queue.queue_name},
                            statistic="Maximum",
                        ),
                    ],
                ),
                cloudwatch.GraphWidget(
                    title="Readings · readings",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/Kinesis",
                            metric_name="IncomingRecords",
                            dimensions_map={"StreamName": self.readings_stream.stream_name},
                            statistic="Sum",
                        ),
                    ],
                    right=[
                        cloudwatch.Metric(
                            namespace="AWS/Kinesis",
                            metric_name="GetRecords.IteratorAgeMilliseconds",
                            dimensions_map={"StreamName": self.readings_stream.stream_name},
                            statistic="Maximum",
                        ),
                    ],
                ),
                cloudwatch.GraphWidget(
                    title="Dead-letter queue · readings",
                    width=12,
                    height=6,
                    left=[
                        cloudwatch.Metric(
                            namespace="AWS/SQS",
                            metric_name="ApproximateNumberOfMessagesVisible",
                            dimensions_map={"QueueName": self.readings_dead_letter_queue.queue_name},
                            statistic="Maximum",
                        ),
                    ],
                ),
            ],
        )

    def _outputs(self) -> None:
        """What others ask a deployment for."""
        cdk.CfnOutput(
            self,
            "MeasurementsTableName",
            value=self.measurements_table.table_name,
            description="Name of the table",
        )
        cdk.CfnOutput(
            self,
            "ArchiveBucketName",
            value=self.archive_bucket.bucket_name,
            description="Name of the bucket",
        )
        cdk.CfnOutput(
            self,
            "IngestFunctionName",
            value=self.ingest_function.function_name,
            description="Name of the function",
        )
        cdk.CfnOutput(
            self,
            "ValidateFunctionName",
            value=self.validate_function.function_name,
            description="Name of the function",
        )
        cdk.CfnOutput(
            self,
            "ValidateStateMachineArn",
            value=self.validate_state_machine.state_machine_arn,
            description="ARN of the state machine",
        )
        cdk.CfnOutput(self, "ValidatePipeName", value=self.validate_pipe.ref, description="Name of the pipe")
        cdk.CfnOutput(
            self,
            "ValidateEventsDeadLetterQueueUrl",
            value=self.validate_events_dead_letter_queue.queue_url,
            description="URL of the dead-letter queue",
        )
        cdk.CfnOutput(
            self,
            "ReadingsStreamName",
            value=self.readings_stream.stream_name,
            description="Name of the stream",
        )
        cdk.CfnOutput(
            self,
            "ReadingsDeadLetterQueueUrl",
            value=self.readings_dead_letter_queue.queue_url,
            description="URL of the dead-letter queue",
        )

    def _origins(self) -> None:
        """Which part of the decision each resource comes from."""
        mark(self)
