"""What channels deliver: topics and rules to queues, people, partners and other accounts, and what fails for good."""

from advisor.architecture import Edge
from advisor.text import Text
from blueprints.registry import carried, connection
from blueprints.sam.connections.started import rule, rule_role
from blueprints.sam.roles import role, trust
from blueprints.sam.services.functions import permission
from blueprints.scope import Json, Scope, allow
from blueprints.traits.sqs import RECEIVE_ACTIONS
from blueprints.traits.state_machine import SERVICES
from blueprints.values import Att, Ref, SecretValue, account_root

QUEUES = ("sqs", "sqs-fifo")
TOPICS = ("sns", "sns-fifo")
PROGRAMS = ("lambda", "ecs", "eks", "ec2", "batch")
#: Protocol of a subscription, by who is outside.
PROTOCOLS = {"email": "email", "sms": "sms", "partner-http": "https", "saas": "https"}
CALLS_PER_SECOND = 50
MAPPING = "AWS::Lambda::EventSourceMapping"


def subscription_id(scope: Scope, edge: Edge) -> str:
    """Return the logical id of a topic's subscription."""
    return f"{scope.name(edge.id)}Subscription"


def subscribe(scope: Scope, edge: Edge, protocol: str, endpoint: object, **more: object) -> None:
    """Subscribe an endpoint to the topic that an edge leaves."""
    properties: Json = {"TopicArn": scope.of(edge.source, "arn"), "Protocol": protocol, "Endpoint": endpoint, **more}
    scope.add(subscription_id(scope, edge), "AWS::SNS::Subscription", properties, edge=edge.id)


@connection(TOPICS, "deliver", QUEUES)
def topic_to_queue(scope: Scope, edge: Edge) -> None:
    """Subscribe the queue, without SNS's envelope; the queue's policy lets the topic in."""
    subscribe(scope, edge, "sqs", scope.of(edge.target, "arn"), RawMessageDelivery=True)


@connection(["sns"], "deliver", list(PROTOCOLS))
def topic_to_outside(scope: Scope, edge: Edge) -> None:
    """Subscribe an address that the deployment names; it must confirm."""
    service = scope.architecture.node(edge.target).service
    subscribe(scope, edge, PROTOCOLS[service], Ref(scope.plan.parameter(edge.target).id))


@connection(["sns"], "deliver", ["push"])
def topic_to_push(scope: Scope, edge: Edge) -> None:
    """Devices subscribe when they register, through the publisher: the topic is told of the platform application."""
    scope.carry(scope.main(edge.source), edge.id)
    application = scope.plan.parameter(edge.target).id
    words = Text(
        "Platform application that devices register with", "デバイスを登録するプラットフォームアプリケーション"
    )
    scope.output(f"{scope.name(edge.target)}Application", Ref(application), words)


@connection(["sns"], "deliver", ["lambda", "function"])
def topic_to_function(scope: Scope, edge: Edge) -> None:
    """Subscribe a function and let the topic invoke it."""
    target = scope.architecture.node(edge.target)
    outside = target.kind == "outside"
    arn = Ref(scope.plan.parameter(target.id).id) if outside else scope.of(target.id, "arn")
    subscribe(scope, edge, "lambda", arn)
    id = f"{scope.name(edge.id)}Permission"
    _permit(scope, id, edge, arn, "sns.amazonaws.com", scope.of(edge.source, "arn"))


@connection(["eventbridge-bus"], "deliver", ["function"])
def rule_to_function(scope: Scope, edge: Edge) -> None:
    """Let a rule invoke a function that exists."""
    arn = Ref(scope.plan.parameter(edge.target).id)
    rule(scope, edge, {"Arn": arn})
    id = f"{scope.name(edge.id)}Permission"
    _permit(scope, id, edge, arn, "events.amazonaws.com", scope.of(edge.id, "rule-arn"))


@connection(["sqs-fifo"], "deliver", ["function"])
def function_takes(scope: Scope, edge: Edge) -> None:
    """Read the queue for a function that exists: the mapping stands here, and the queue lets the function's role in."""
    name = scope.name(edge.target)
    properties = {
        "EventSourceArn": scope.of(edge.source, "arn"),
        "FunctionName": Ref(scope.plan.parameter(edge.target).id),
        "BatchSize": 1,
    }
    policy = f"{scope.name(edge.source)}Policy"
    scope.add(f"{scope.name(edge.id)}Source", MAPPING, properties, edge=edge.id, depends=[policy])
    scope.properties(scope.main(edge.source))["VisibilityTimeout"] = Ref(f"{name}VisibilitySeconds")
    statement = {
        "Sid": f"{name}Takes",
        "Effect": "Allow",
        "Principal": {"AWS": Ref(f"{name}RoleArn")},
        "Action": list(RECEIVE_ACTIONS),
        "Resource": scope.of(edge.source, "arn"),
    }
    scope.queue_statements.setdefault(edge.source, []).append((statement, edge.id))


def _permit(scope: Scope, id: str, edge: Edge, arn: object, principal: str, source: object) -> None:
    if scope.architecture.node(edge.target).kind != "outside":
        permission(scope, id, edge.target, principal, source, edge.id)
        return
    properties = {
        "Action": "lambda:InvokeFunction",
        "FunctionName": arn,
        "Principal": principal,
        "SourceArn": source,
    }
    scope.add(id, "AWS::Lambda::Permission", properties, edge=edge.id)


@connection(TOPICS, "deliver", ["other-account"])
def topic_to_account(scope: Scope, edge: Edge) -> None:
    """Let the other account subscribe its queue; it does so itself."""
    topic, account = scope.of(edge.source, "arn"), Ref(scope.plan.parameter(edge.target).id)
    statement = {
        "Sid": f"{scope.name(edge.target)}Subscribes",
        "Effect": "Allow",
        "Principal": {"AWS": account_root(account)},
        "Action": "sns:Subscribe",
        "Resource": topic,
        "Condition": {"StringEquals": {"sns:Protocol": "sqs"}},
    }
    scope.topic_statements.setdefault(edge.source, []).append((statement, edge.id))


@connection(["eventbridge-bus"], "deliver", QUEUES)
def rule_to_queue(scope: Scope, edge: Edge) -> None:
    """Put the events that a rule matches into the queue; the queue's policy lets the rule in."""
    target: Json = {"Arn": scope.of(edge.target, "arn")}
    if scope.architecture.node(edge.target).service == "sqs-fifo":
        target["SqsParameters"] = {"MessageGroupId": "events"}
    rule(scope, edge, target)


@connection(["eventbridge-bus"], "deliver", ["other-account"])
def rule_to_account(scope: Scope, edge: Edge) -> None:
    """Send the events that a rule matches to the other account's default bus."""
    rule(scope, edge, {"Arn": scope.of(edge.target, "arn"), "RoleArn": rule_role(scope, edge)})


@connection(["eventbridge-bus"], "deliver", ["partner-http", "saas"])
def rule_to_address(scope: Scope, edge: Edge) -> None:
    """Call an address for every event; the key that it wants is made here and given to its owner."""
    name, node = scope.name(edge.id), edge.target
    key = {"GenerateSecretString": {"PasswordLength": 40, "ExcludePunctuation": True}}
    secret = scope.add(f"{name}Key", "AWS::SecretsManager::Secret", key, edge=edge.id)
    connection_properties = {
        "AuthorizationType": "API_KEY",
        "AuthParameters": {"ApiKeyAuthParameters": {"ApiKeyName": "x-api-key", "ApiKeyValue": SecretValue(secret)}},
    }
    scope.add(f"{name}Connection", "AWS::Events::Connection", connection_properties, edge=edge.id)
    destination = {
        "ConnectionArn": Att(f"{name}Connection", "Arn"),
        "HttpMethod": "POST",
        "InvocationEndpoint": Ref(scope.plan.parameter(node).id),
        "InvocationRateLimitPerSecond": CALLS_PER_SECOND,
    }
    scope.add(f"{name}Destination", "AWS::Events::ApiDestination", destination, edge=edge.id)
    rule(scope, edge, {"Arn": Att(f"{name}Destination", "Arn"), "RoleArn": calling_role(scope, edge)})


def calling_role(scope: Scope, edge: Edge) -> object:
    """Return the role by which a rule calls its API destination, and no other."""
    name = scope.name(edge.id)
    statement = allow("CallDestination", ["events:InvokeApiDestination"], [Att(f"{name}Destination", "Arn")])
    return role(scope, f"{name}Role", trust("events.amazonaws.com", confined=True), [statement], edge=edge.id)


@connection(["s3"], "emit", ["eventbridge-bus"])
def bucket_emits(scope: Scope, edge: Edge) -> None:
    """Let the bucket tell EventBridge of its objects."""
    bucket = scope.main(edge.source)
    scope.properties(bucket)["NotificationConfiguration"] = {"EventBridgeConfiguration": {"EventBridgeEnabled": True}}
    scope.carry(bucket, edge.id)


carried(["saas", "application", "aws-service"], ["emit"], ["eventbridge-bus"], by="target")
carried(["application", "saas"], ["publish"], [*QUEUES, *TOPICS, "kinesis"], by="target")


carried(PROGRAMS, ["publish"], [*QUEUES, *TOPICS, "eventbridge-bus", "kinesis"])
carried(PROGRAMS, ["read", "write", "read-write"], ["dynamodb", "s3", "aurora-serverless"])
carried(PROGRAMS, ["get-secret"], ["secrets-manager"])
carried(PROGRAMS, ["call"], ["lambda", *SERVICES, "alb", "api-gateway-http", "api-gateway-rest"])
carried(["lambda"], ["push"], ["api-gateway-websocket"])
