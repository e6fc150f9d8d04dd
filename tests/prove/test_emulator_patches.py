"""The emulator with and without each patch: a patch is superfluous once its gap is closed."""

import io
import json
import threading
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import boto3
import pytest

from prove import tools
from prove.emulator.patches import PATCHES
from prove.emulator.process import Emulator
from prove.traffic.calls import Address

TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": ["ecs-tasks.amazonaws.com", "states.amazonaws.com", "eks.amazonaws.com"]},
                "Action": "sts:AssumeRole",
            },
            {
                "Effect": "Allow",
                "Principal": {"AWS": "arn:aws:iam::000000000000:root"},
                "Action": "sts:AssumeRole",
            },
        ],
    }
)
ROLE = "arn:aws:iam::000000000000:role/probe"


@pytest.fixture(scope="module")
def patched(emulator_python: Path, cdk_python: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    with Emulator(tmp_path_factory.mktemp("patched")) as emulator:
        yield _prepared(emulator)


@pytest.fixture(scope="module")
def bare(emulator_python: Path, cdk_python: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    with Emulator(tmp_path_factory.mktemp("bare"), patches=("host_processes",)) as emulator:
        yield _prepared(emulator)


@pytest.fixture(scope="module")
def untouched(emulator_python: Path, cdk_python: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    with Emulator(tmp_path_factory.mktemp("untouched"), patches=()) as emulator:
        yield _prepared(emulator)


def _prepared(emulator: Emulator) -> Emulator:
    iam = emulator.client("iam")
    iam.create_role(RoleName="probe", AssumeRolePolicyDocument=TRUST)
    statement = {"Effect": "Allow", "Action": ["sqs:CreateQueue", "sqs:SendMessage", "s3:PutObject"], "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    iam.put_role_policy(RoleName="probe", PolicyName="may", PolicyDocument=document)
    return emulator


def _stack(emulator: Emulator, name: str, resources: dict[str, Any], outputs: dict[str, Any] | None = None) -> str:
    """Return the status that a stack ends in, or why it was refused."""
    client = emulator.client("cloudformation")
    template = {"Resources": resources, "Outputs": {key: {"Value": value} for key, value in (outputs or {}).items()}}
    try:
        client.create_stack(StackName=name, TemplateBody=json.dumps(template), Capabilities=["CAPABILITY_IAM"])
        return str(_until(lambda: _status(client, name)))
    except client.exceptions.ClientError as error:
        return str(error)


def _status(client: Any, name: str) -> str | None:
    status: str = client.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"]
    return None if status.endswith("IN_PROGRESS") else status


def _until(condition: Callable[[], Any], timeout: float = 12) -> Any:
    end = time.monotonic() + timeout
    while not (value := condition()) and time.monotonic() < end:
        time.sleep(0.1)
    return value


def _created_and_deleted(emulator: Emulator, name: str, resources: dict[str, Any]) -> bool:
    if _stack(emulator, name, resources) != "CREATE_COMPLETE":
        return False
    client = emulator.client("cloudformation")
    client.delete_stack(StackName=name)
    deleted: list[str] = ["DELETE_COMPLETE"]
    summaries = client.list_stacks()["StackSummaries"]
    return bool(_until(lambda: any(stack["StackName"] == name and stack["StackStatus"] in deleted for stack in summaries or ())
                       or any(stack["StackName"] == name and stack["StackStatus"] in deleted
                              for stack in client.list_stacks()["StackSummaries"])))  # fmt: skip


VPC = {
    "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}},
    "Subnet": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Vpc"}, "CidrBlock": "10.0.0.0/24"}},
}
CLUSTER = {
    "Cluster": {
        "Type": "AWS::EKS::Cluster",
        "Properties": {"Name": "probe", "RoleArn": ROLE, "ResourcesVpcConfig": {"SubnetIds": ["subnet-1"]}},
    }
}


def network_types(emulator: Emulator) -> bool:
    address = {"Type": "AWS::EC2::EIP", "Properties": {"Domain": "vpc"}}
    gateway = {
        "Type": "AWS::EC2::NatGateway",
        "Properties": {"AllocationId": {"Fn::GetAtt": ["Eip", "AllocationId"]}, "SubnetId": {"Ref": "Subnet"}},
    }
    log = {
        "Type": "AWS::EC2::FlowLog",
        "Properties": {"ResourceId": {"Ref": "Vpc"}, "ResourceType": "VPC", "TrafficType": "ALL"},
    }
    deployed = _created_and_deleted(emulator, "network-types", {**VPC, "Eip": address, "Nat": gateway, "Log": log})
    ec2 = emulator.client("ec2")
    return deployed and not ec2.describe_addresses()["Addresses"] and not ec2.describe_flow_logs()["FlowLogs"]


def capacity_types(emulator: Emulator) -> bool:
    provider = {
        "Type": "AWS::ECS::CapacityProvider",
        "Properties": {"AutoScalingGroupProvider": {"AutoScalingGroupArn": "arn:aws:autoscaling:x"}},
    }
    strategy = [{"CapacityProvider": {"Ref": "Provider"}, "Weight": 1}]
    place = {
        "Type": "AWS::ECS::ClusterCapacityProviderAssociations",
        "Properties": {
            "Cluster": {"Ref": "Cluster"},
            "CapacityProviders": [{"Ref": "Provider"}],
            "DefaultCapacityProviderStrategy": strategy,
        },
    }
    cluster = {"Type": "AWS::ECS::Cluster", "Properties": {"ClusterName": "capacity"}}
    return _created_and_deleted(emulator, "capacity-types", {"Cluster": cluster, "Provider": provider, "Place": place})


def eks_types(emulator: Emulator) -> bool:
    named = {"ClusterName": {"Ref": "Cluster"}}
    add_on = {"Type": "AWS::EKS::Addon", "Properties": {**named, "AddonName": "vpc-cni"}}
    entry = {"Type": "AWS::EKS::AccessEntry", "Properties": {**named, "PrincipalArn": ROLE}}
    pods = {
        "Type": "AWS::EKS::PodIdentityAssociation",
        "Properties": {**named, "Namespace": "app", "ServiceAccount": "a", "RoleArn": ROLE},
    }
    return _created_and_deleted(emulator, "eks-types", {**CLUSTER, "AddOn": add_on, "Entry": entry, "Pods": pods})


def accepted_types(emulator: Emulator) -> bool:
    target = {
        "Type": "AWS::ApplicationAutoScaling::ScalableTarget",
        "Properties": {"MinCapacity": 1, "MaxCapacity": 2, "ResourceId": "a", "ScalableDimension": "b", "ServiceNamespace": "ecs"},
    }  # fmt: skip
    return _created_and_deleted(emulator, "accepted-types", {"Target": target})


def plain_attributes(emulator: Emulator) -> bool:
    attribute = {"Fn::GetAtt": ["Vpc", "CidrBlock"]}
    status = _stack(emulator, "plain-attributes", VPC, {"Range": attribute})
    if status != "CREATE_COMPLETE":
        return False
    (stack,) = emulator.client("cloudformation").describe_stacks(StackName="plain-attributes")["Stacks"]
    return bool(stack["Outputs"][0]["OutputValue"] == "10.0.0.0/16")


def group_rules(emulator: Emulator) -> bool:
    """Whether one group is opened to another by rules that are made after both."""
    group = {"Type": "AWS::EC2::SecurityGroup", "Properties": {"GroupDescription": "g", "VpcId": {"Ref": "Vpc"}}}
    first, other = ({"Fn::GetAtt": [id, "GroupId"]} for id in ("One", "Other"))
    rule = {"IpProtocol": "tcp", "FromPort": 8080, "ToPort": 8080}
    ingress = {"GroupId": first, "SourceSecurityGroupId": other, **rule}
    egress = {"GroupId": other, "DestinationSecurityGroupId": first, **rule}
    rules = {
        "In": {"Type": "AWS::EC2::SecurityGroupIngress", "Properties": ingress},
        "Out": {"Type": "AWS::EC2::SecurityGroupEgress", "Properties": egress},
    }
    if (
        _stack(emulator, "group-rules", {**VPC, "One": group, "Other": group, **rules}, {"One": first})
        != "CREATE_COMPLETE"
    ):
        return False
    (stack,) = emulator.client("cloudformation").describe_stacks(StackName="group-rules")["Stacks"]
    id = stack["Outputs"][0]["OutputValue"]
    (group_description,) = emulator.client("ec2").describe_security_groups(GroupIds=[id])["SecurityGroups"]
    opened = [
        pair["GroupId"] for permission in group_description["IpPermissions"] for pair in permission["UserIdGroupPairs"]
    ]
    return len(opened) == 1 and _created_and_deleted(
        emulator, "group-rules-again", {**VPC, "One": group, "Other": group, **rules}
    )


def public_parameters(emulator: Emulator) -> bool:
    """Whether a template gets the newest image of ECS by its public name."""
    name = "/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id"
    parameter = {"Type": "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>", "Default": name}
    body = {"Parameters": {"Image": parameter}, "Resources": VPC, "Outputs": {"Image": {"Value": {"Ref": "Image"}}}}
    client = emulator.client("cloudformation")
    try:
        client.create_stack(StackName="public-parameters", TemplateBody=json.dumps(body))
    except client.exceptions.ClientError:
        return False

    def stack_outputs() -> list[dict[str, str]] | None:
        (stack,) = client.describe_stacks(StackName="public-parameters")["Stacks"]
        return stack.get("Outputs") if stack["StackStatus"].endswith("COMPLETE") else None

    outputs = _until(stack_outputs, 5)
    return bool(outputs and outputs[0]["OutputValue"].startswith("ami-"))


def secret_references(emulator: Emulator) -> bool:
    """Whether a template hands on the ARN of its secret, and takes the secret away with the stack."""
    secret = {"Secret": {"Type": "AWS::SecretsManager::Secret", "Properties": {"SecretString": "s"}}}
    _stack(emulator, "secret-references", secret, {"Secret": {"Ref": "Secret"}})
    client = emulator.client("cloudformation")
    (stack,) = client.describe_stacks(StackName="secret-references")["Stacks"]
    arns = [listed_secret["ARN"] for listed_secret in emulator.client("secretsmanager").list_secrets()["SecretList"]]
    if stack["Outputs"][0]["OutputValue"] not in arns:
        return False
    client.delete_stack(StackName="secret-references")
    return bool(_until(lambda: not emulator.client("secretsmanager").list_secrets()["SecretList"]))


def _task(emulator: Emulator, name: str, code: str) -> str:
    """Return the task definition of a program in Python."""
    folder = emulator.folder / name
    folder.mkdir(exist_ok=True)
    (folder / "main.py").write_text(code, "utf-8")
    emulator.push(f"registry/{name}", folder, ["python", "main.py"], tools.tool("emulator"))
    container = {"name": "app", "image": f"registry/{name}:1", "essential": True}
    response = emulator.client("ecs").register_task_definition(
        family=name, taskRoleArn=ROLE, networkMode="awsvpc", containerDefinitions=[container]
    )
    return str(response["taskDefinition"]["taskDefinitionArn"])


def _exit_code(emulator: Emulator, definition: str) -> int | None:
    ecs = emulator.client("ecs")
    ecs.create_cluster(clusterName="probe")
    arn = ecs.run_task(cluster="probe", taskDefinition=definition)["tasks"][0]["taskArn"]

    def ended() -> dict[str, Any] | None:
        (task,) = ecs.describe_tasks(cluster="probe", tasks=[arn])["tasks"]
        return task if task["lastStatus"] == "STOPPED" else None

    task = _until(ended)
    return task["containers"][0].get("exitCode") if task else None


def host_processes(emulator: Emulator) -> bool:
    return _exit_code(emulator, _task(emulator, "processes", "raise SystemExit(7)")) == 7


def task_roles(emulator: Emulator) -> bool:
    code = "import boto3; boto3.client('sqs').create_queue(QueueName='made-by-the-task')"
    return _exit_code(emulator, _task(emulator, "roles", code)) == 0


def task_exit_codes(emulator: Emulator) -> bool:
    step = {
        "Type": "Task",
        "Resource": "arn:aws:states:::ecs:runTask.sync",
        "Parameters": {"Cluster": "probe", "TaskDefinition": _task(emulator, "codes", "raise SystemExit(7)")},
        "End": True,
    }
    return _execution(emulator, "codes", step) == "FAILED"


def _execution(emulator: Emulator, name: str, step: dict[str, Any]) -> str:
    states = emulator.client("stepfunctions")
    emulator.client("ecs").create_cluster(clusterName="probe")
    definition = json.dumps({"StartAt": "Step", "States": {"Step": step}})
    machine = states.create_state_machine(name=name, definition=definition, roleArn=ROLE)["stateMachineArn"]
    run = states.start_execution(stateMachineArn=machine)["executionArn"]

    def ended() -> str | None:
        status: str = states.describe_execution(executionArn=run)["status"]
        return None if status == "RUNNING" else status

    return str(_until(ended))


def quick_schedules(emulator: Emulator) -> bool:
    """Whether two schedules after one another start at once and tell their time: the first may be lucky."""
    return all(_scheduled(emulator, name) for name in ("first", "second"))


def queue_pipes(emulator: Emulator) -> bool:
    """Whether a pipe starts a state machine with the message of a queue, once."""
    sqs, states = emulator.client("sqs"), emulator.client("stepfunctions")
    url = sqs.create_queue(QueueName="piped")["QueueUrl"]
    definition = json.dumps({"StartAt": "Done", "States": {"Done": {"Type": "Pass", "End": True}}})
    machine = states.create_state_machine(name="piped", definition=definition, roleArn=ROLE)["stateMachineArn"]
    queue = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    emulator.client("pipes").create_pipe(Name="piped", RoleArn=ROLE, Source=queue, Target=machine)
    sqs.send_message(QueueUrl=url, MessageBody='{"id": "m1"}')
    found = _until(lambda: states.list_executions(stateMachineArn=machine)["executions"], 8)
    given = [states.describe_execution(executionArn=one["executionArn"])["input"] for one in found or ()]
    return [json.loads(one)[0]["body"] for one in given] == ['{"id": "m1"}']


def _scheduled(emulator: Emulator, name: str) -> bool:
    sqs = emulator.client("sqs")
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    emulator.client("scheduler").create_schedule(
        Name=name,
        ScheduleExpression="at(2020-01-01T00:00:00)",
        FlexibleTimeWindow={"Mode": "OFF"},
        Target={
            "Arn": f"arn:aws:sqs:ap-northeast-1:000000000000:{name}",
            "RoleArn": ROLE,
            "Input": '{"time": "<aws.scheduler.scheduled-time>"}',
        },
    )
    messages = _until(lambda: sqs.receive_message(QueueUrl=url).get("Messages"), 4)
    return bool(messages) and json.loads(messages[0]["Body"])["time"].startswith("20")


def _by_role(emulator: Emulator, service: str) -> Any:
    """Return a client with the permissions of the probes' role."""
    keys = emulator.client("sts").assume_role(RoleArn=ROLE, RoleSessionName="probe")["Credentials"]
    return boto3.client(
        service,
        endpoint_url=emulator.endpoint,
        region_name="ap-northeast-1",
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys["SessionToken"],
    )


def batch_actions(emulator: Emulator) -> bool:
    """Whether a role that may send a message sends several in a batch, and still does nothing that it may not."""
    queue = emulator.client("sqs").create_queue(QueueName="batches")["QueueUrl"]
    by_role = _by_role(emulator, "sqs")
    entries = [{"Id": str(number), "MessageBody": "{}"} for number in range(2)]
    try:
        by_role.send_message_batch(QueueUrl=queue, Entries=entries)
    except by_role.exceptions.ClientError:
        return False
    try:
        by_role.delete_message_batch(QueueUrl=queue, Entries=[{"Id": "0", "ReceiptHandle": "none"}])
    except by_role.exceptions.ClientError as error:
        return str(error.response["Error"]["Code"]).startswith("AccessDenied")
    return False


def secure_transport(emulator: Emulator) -> bool:
    """Whether a bucket that refuses requests without TLS takes one of a role, which stands for TLS."""
    s3 = emulator.client("s3")
    s3.create_bucket(Bucket="secure", CreateBucketConfiguration={"LocationConstraint": "ap-northeast-1"})
    refusal = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": ["arn:aws:s3:::secure", "arn:aws:s3:::secure/*"],
               "Condition": {"Bool": {"aws:SecureTransport": "false"}}}  # fmt: skip
    s3.put_bucket_policy(Bucket="secure", Policy=json.dumps({"Version": "2012-10-17", "Statement": [refusal]}))
    by_role = _by_role(emulator, "s3")
    try:
        by_role.put_object(Bucket="secure", Key="a", Body=b"a")
    except by_role.exceptions.ClientError:
        return False
    return True


def image_registry(emulator: Emulator) -> bool:
    """Whether a role may ask for the one repository that it names, and a tag without an image is an error."""
    ecr, iam = emulator.client("ecr"), emulator.client("iam")
    arn = ecr.create_repository(repositoryName="images")["repository"]["repositoryArn"]
    statement = {"Effect": "Allow", "Action": ["ecr:DescribeRepositories", "ecr:DescribeImages"], "Resource": arn}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    iam.put_role_policy(RoleName="probe", PolicyName="images", PolicyDocument=document)
    by_role = _by_role(emulator, "ecr")
    try:
        by_role.describe_repositories(repositoryNames=["images"])
        by_role.describe_images(repositoryName="images", imageIds=[{"imageTag": "none"}])
    except by_role.exceptions.ImageNotFoundException:
        return True
    except by_role.exceptions.ClientError:
        return False
    return False


def _listener(messages: list[dict[str, Any]]) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            messages.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def _confirmation_requested(emulator: Emulator, name: str, scheme: str) -> bool:
    """Whether an address is asked to confirm the subscription that a template makes."""
    messages: list[dict[str, Any]] = []
    server = _listener(messages)
    subscription = {
        "Type": "AWS::SNS::Subscription",
        "Properties": {
            "TopicArn": {"Ref": "Topic"},
            "Protocol": scheme,
            "Endpoint": f"{scheme}://127.0.0.1:{server.server_port}/",
        },
    }
    _stack(emulator, name, {"Topic": {"Type": "AWS::SNS::Topic"}, "Subscription": subscription})
    received = bool(_until(lambda: messages, 3))
    server.shutdown()
    return received and messages[0]["Type"] == "SubscriptionConfirmation"


def confirmations(emulator: Emulator) -> bool:
    return _confirmation_requested(emulator, "confirmations", "http")


def partners(emulator: Emulator) -> bool:
    return _confirmation_requested(emulator, "partners", "https")


def mailbox(emulator: Emulator) -> bool:
    sns = emulator.client("sns")
    topic = sns.create_topic(Name="mail")["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="sms", Endpoint="+12065550100")
    sns.publish(TopicArn=topic, Message="hello")
    return any(message["message"] == "hello" for message in emulator.mail())


def _function(emulator: Emulator, name: str, code: str) -> str:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("app.py", code)
    response = emulator.client("lambda").create_function(
        FunctionName=name, Runtime="python3.13", Role=ROLE, Handler="app.handler", Timeout=10,
        Code={"ZipFile": out.getvalue()},
    )  # fmt: skip
    return str(response["FunctionArn"])


def token_issuers(emulator: Emulator) -> bool:
    pool = emulator.client("cognito-idp").create_user_pool(PoolName="issuer")["UserPool"]["Id"]
    address = f"https://cognito-idp.ap-northeast-1.amazonaws.com/{pool}/.well-known/jwks.json"
    code = f"import json, urllib.request\ndef handler(*_):\n    return json.load(urllib.request.urlopen({address!r}, timeout=5))\n"
    _function(emulator, "issuer", code)
    answer = json.load(emulator.client("lambda").invoke(FunctionName="issuer")["Payload"])
    return bool((answer or {}).get("keys"))


def service_integrations(emulator: Emulator) -> bool:
    """Whether an HTTP API puts a request into a queue, and not without the right to."""
    return _accepted(emulator, "may", "sqs:SendMessage") and not _accepted(emulator, "may-not", "sqs:ReceiveMessage")


def _accepted(emulator: Emulator, name: str, action: str) -> bool:
    statement = {"Effect": "Allow", "Action": action, "Resource": {"Fn::GetAtt": ["Queue", "Arn"]}}
    document = {"Version": "2012-10-17", "Statement": [statement]}
    role = {
        "AssumeRolePolicyDocument": json.loads(TRUST),
        "Policies": [{"PolicyName": "p", "PolicyDocument": document}],
    }
    integration = {
        "ApiId": {"Ref": "Api"},
        "IntegrationType": "AWS_PROXY",
        "IntegrationSubtype": "SQS-SendMessage",
        "PayloadFormatVersion": "1.0",
        "CredentialsArn": {"Fn::GetAtt": ["Role", "Arn"]},
        "RequestParameters": {"QueueUrl": {"Ref": "Queue"}, "MessageBody": "$request.body"},
    }
    target = {"Fn::Sub": "integrations/${Integration}"}
    resources = {
        "Queue": {"Type": "AWS::SQS::Queue"},
        "Role": {"Type": "AWS::IAM::Role", "Properties": role},
        "Api": {"Type": "AWS::ApiGatewayV2::Api", "Properties": {"Name": name, "ProtocolType": "HTTP"}},
        "Stage": {"Type": "AWS::ApiGatewayV2::Stage", "Properties": {"ApiId": {"Ref": "Api"}, "StageName": "$default", "AutoDeploy": True}},
        "Integration": {"Type": "AWS::ApiGatewayV2::Integration", "Properties": integration},
        "Route": {"Type": "AWS::ApiGatewayV2::Route", "Properties": {"ApiId": {"Ref": "Api"}, "RouteKey": "POST /in", "Target": target}},
    }  # fmt: skip
    assert _stack(emulator, f"integration-{name}", resources, {"Api": {"Ref": "Api"}}) == "CREATE_COMPLETE"
    (stack,) = emulator.client("cloudformation").describe_stacks(StackName=f"integration-{name}")["Stacks"]
    host = f"{stack['Outputs'][0]['OutputValue']}.execute-api.localhost:{emulator.port}"
    return Address(emulator.endpoint, host).call("POST", "/in", {"id": 1}).status == 200


def connection_addresses(emulator: Emulator) -> bool:
    bucket = emulator.client("s3")
    bucket.create_bucket(Bucket="code", CreateBucketConfiguration={"LocationConstraint": "ap-northeast-1"})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("app.py", "import os\ndef handler(*_):\n    return os.environ['CONNECTIONS']\n")
    bucket.put_object(Bucket="code", Key="code.zip", Body=out.getvalue())
    address = {"Fn::Sub": "https://abcd1234.execute-api.${AWS::Region}.${AWS::URLSuffix}/dev"}
    properties = {
        "FunctionName": "connections",
        "Runtime": "python3.13",
        "Handler": "app.handler",
        "Role": ROLE,
        "Code": {"S3Bucket": "code", "S3Key": "code.zip"},
        "Environment": {"Variables": {"CONNECTIONS": address}},
    }
    _stack(emulator, "connections", {"Function": {"Type": "AWS::Lambda::Function", "Properties": properties}})
    url = json.load(emulator.client("lambda").invoke(FunctionName="connections")["Payload"])
    return bool(url == f"{emulator.endpoint}/_aws/execute-api/abcd1234/dev")


def graphql_lists(emulator: Emulator) -> bool:
    arn = _function(emulator, "lists", "def handler(*_):\n    return [1, 2]\n")
    appsync = emulator.client("appsync")
    api = appsync.create_graphql_api(name="lists", authenticationType="API_KEY")["graphqlApi"]["apiId"]
    key = appsync.create_api_key(apiId=api)["apiKey"]["id"]
    appsync.start_schema_creation(apiId=api, definition=b"type Query { numbers: [Int!]! }")
    source = {"name": "f", "type": "AWS_LAMBDA", "lambdaConfig": {"lambdaFunctionArn": arn}, "serviceRoleArn": ROLE}
    appsync.create_data_source(apiId=api, **source)
    appsync.create_resolver(apiId=api, typeName="Query", fieldName="numbers", dataSourceName="f")
    host = f"{api}.appsync-api.ap-northeast-1.localhost:{emulator.port}"
    answer = Address(emulator.endpoint, host).call("POST", "/graphql", {"query": "{ numbers }"}, {"x-api-key": key})
    return bool(((answer.value or {}).get("data") or {}).get("numbers") == [1, 2])


def absent_fields(emulator: Emulator) -> bool:
    """Whether a function behind an HTTP API is not told of parameters that its path does not have."""
    code = "import json\ndef handler(event, _):\n    return {'statusCode': 200, 'body': json.dumps(event)}\n"
    arn, api = _function(emulator, "fields", code), emulator.client("apigatewayv2")
    id = api.create_api(Name="fields", ProtocolType="HTTP")["ApiId"]
    integration = api.create_integration(
        ApiId=id, IntegrationType="AWS_PROXY", IntegrationUri=arn, PayloadFormatVersion="2.0"
    )
    api.create_route(ApiId=id, RouteKey="POST /items", Target=f"integrations/{integration['IntegrationId']}")
    api.create_stage(ApiId=id, StageName="$default", AutoDeploy=True)
    emulator.client("lambda").add_permission(
        FunctionName="fields", StatementId="api", Action="lambda:InvokeFunction", Principal="apigateway.amazonaws.com"
    )
    answer = Address(emulator.endpoint, f"{id}.execute-api.localhost:{emulator.port}").call("POST", "/items", {})
    assert answer.status == 200
    return None not in answer.value.values()


def private_apis(emulator: Emulator) -> bool:
    """Whether an API whose OpenAPI body lets one VPC endpoint in answers there, and nowhere else."""
    everybody = {"Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*"}
    elsewhere = {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}
    statements = [{"Effect": "Allow", **everybody}, {"Effect": "Deny", **everybody, "Condition": elsewhere}]
    integration = {"type": "mock", "requestTemplates": {"application/json": '{"statusCode": 200}'}}
    integration["responses"] = {"default": {"statusCode": "200"}}
    operation = {"responses": {"200": {"description": "ok"}}, "x-amazon-apigateway-integration": integration}
    body = {
        "openapi": "3.0.1",
        "info": {"title": "private", "version": "1"},
        "paths": {"/health": {"get": operation}},
        "x-amazon-apigateway-policy": {"Version": "2012-10-17", "Statement": statements},
    }
    resources = {
        "Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Body": body}},
        "Deployment": {
            "Type": "AWS::ApiGateway::Deployment",
            "Properties": {"RestApiId": {"Ref": "Api"}, "StageName": "v1"},
        },
    }
    assert _stack(emulator, "private-apis", resources, {"Api": {"Ref": "Api"}}) == "CREATE_COMPLETE"
    (stack,) = emulator.client("cloudformation").describe_stacks(StackName="private-apis")["Stacks"]
    host = f"{stack['Outputs'][0]['OutputValue']}.execute-api.localhost:{emulator.port}"
    inside, outside = (Address(emulator.endpoint, host, "/v1", endpoint=endpoint) for endpoint in ("vpce-1", ""))
    return (inside.call("GET", "/health").status, outside.call("GET", "/health").status) == (200, 403)


def durable_functions(emulator: Emulator) -> bool:
    """Whether each name starts one execution of a function that a template makes, and what fails is set aside."""
    code = "def handler(event, _):\n    return {'Status': 'FAILED', 'Error': {'ErrorMessage': 'as planned'}}\n"
    queue = emulator.client("sqs")
    url = queue.create_queue(QueueName="durable-dead")["QueueUrl"]
    arn = queue.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    properties = {
        "FunctionName": "durable-probe", "Runtime": "python3.13", "Handler": "index.handler", "Role": ROLE,
        "Code": {"ZipFile": code}, "DurableConfig": {"ExecutionTimeout": 60}, "DeadLetterConfig": {"TargetArn": arn},
    }  # fmt: skip
    resources = {"Function": {"Type": "AWS::Lambda::Function", "Properties": properties}}
    assert _stack(emulator, "durable", resources) == "CREATE_COMPLETE"
    client = emulator.client("lambda")
    started = {"FunctionName": "durable-probe", "InvocationType": "Event", "DurableExecutionName": "once"}
    for _ in range(2):
        client.invoke(**started, Payload=b'{"id": 1}')
    executions = client.list_durable_executions_by_function(FunctionName="durable-probe")["DurableExecutions"]
    dead_letters = _until(lambda: queue.receive_message(QueueUrl=url).get("Messages"))
    try:
        client.invoke(**started, Payload=b'{"id": 2}')
    except client.exceptions.DurableExecutionAlreadyStartedException:
        return [execution["DurableExecutionName"] for execution in executions] == ["once"] and bool(dead_letters)
    return False


def missing_paths(emulator: Emulator) -> bool:
    return [
        _execution(emulator, f"path-{number}", {"Type": "Pass", "End": True, **path})
        for number, path in enumerate(({"InputPath": "$.records"}, {"OutputPath": "$.records"}, {"InputPath": "$"}))
    ] == ["FAILED", "FAILED", "SUCCEEDED"]


def map_results(emulator: Emulator) -> bool:
    """Whether a distributed map writes down what came of its items, and ends with the place of that."""
    bucket, storage = "map-results", emulator.client("s3")
    storage.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": storage.meta.region_name})
    step = {
        "Type": "Map",
        "ItemsPath": "$.items",
        "ItemProcessor": {
            "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
            "StartAt": "One",
            "States": {"One": {"Type": "Pass", "End": True}},
        },
        "ResultWriter": {
            "Resource": "arn:aws:states:::s3:putObject",
            "Parameters": {"Bucket": bucket, "Prefix": "runs"},
        },
        "ResultSelector": {"at.$": "$.ResultWriterDetails.Key"},
        "End": True,
    }
    definition = {
        "StartAt": "Given",
        "States": {"Given": {"Type": "Pass", "Result": {"items": [1]}, "Next": "Map"}, "Map": step},
    }
    states = emulator.client("stepfunctions")
    machine = states.create_state_machine(name="map-results", definition=json.dumps(definition), roleArn=ROLE)
    run = states.start_execution(stateMachineArn=machine["stateMachineArn"])["executionArn"]
    _until(lambda: states.describe_execution(executionArn=run)["status"] != "RUNNING")
    written = storage.list_objects_v2(Bucket=bucket).get("Contents", [])
    return [entry["Key"].rpartition("/")[2] for entry in written] == ["manifest.json"]


def signed_origins(emulator: Emulator) -> bool:
    """Whether CloudFront reaches a function URL that asks for a signature, and only with the hash of the body."""
    _function(emulator, "signed", "def handler(*_):\n    return {'statusCode': 200, 'body': 'well'}\n")
    address = emulator.client("lambda").create_function_url_config(FunctionName="signed", AuthType="AWS_IAM")
    control = {
        "Name": "signed",
        "OriginAccessControlOriginType": "lambda",
        "SigningBehavior": "always",
        "SigningProtocol": "sigv4",
    }
    cloudfront = emulator.client("cloudfront")
    access = cloudfront.create_origin_access_control(OriginAccessControlConfig=control)["OriginAccessControl"]["Id"]
    origin = {
        "Id": "origin",
        "DomainName": address["FunctionUrl"].split("/")[2].partition(":")[0],
        "OriginAccessControlId": access,
        "CustomOriginConfig": {"HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "https-only"},
    }
    methods = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"]
    behavior = {
        "TargetOriginId": "origin",
        "ViewerProtocolPolicy": "allow-all",
        "CachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
        "OriginRequestPolicyId": "b689b0a8-53d0-40ab-baf2-68738e2966ac",
        "AllowedMethods": {"Quantity": len(methods), "Items": methods},
    }
    config = {
        "CallerReference": "signed",
        "Comment": "",
        "Enabled": True,
        "Origins": {"Quantity": 1, "Items": [origin]},
    }
    made = cloudfront.create_distribution(DistributionConfig={**config, "DefaultCacheBehavior": behavior})
    place = Address(emulator.endpoint, made["Distribution"]["DomainName"])
    hashed = replace(place, viewer=True).call("POST", "/", {"name": "desk"})
    return (hashed.status, place.call("POST", "/", {"name": "desk"}).status) == (200, 403)


PROBES: dict[str, Callable[[Emulator], bool]] = {
    probe.__name__: probe
    for probe in (
        host_processes, task_roles, batch_actions, network_types, group_rules, plain_attributes, public_parameters, secret_references, capacity_types, eks_types, accepted_types,
        token_issuers, connection_addresses, service_integrations, graphql_lists, task_exit_codes, quick_schedules, queue_pipes, secure_transport, partners, confirmations, mailbox, absent_fields, private_apis,
        durable_functions, missing_paths, map_results, image_registry, signed_origins,
    )
}  # fmt: skip


def test_every_patch_has_a_probe() -> None:
    assert set(PROBES) == set(PATCHES)


@pytest.fixture(scope="module")
def outcomes(patched: Emulator, bare: Emulator, untouched: Emulator) -> dict[tuple[str, str], Future[bool]]:
    """Whether the emulator behaves, by patch, with it and without: the accounts side by side, for most of it is waiting."""
    without = {name: untouched if name == "host_processes" else bare for name in PROBES}
    results: dict[tuple[str, str], Future[bool]] = {}
    with ExitStack() as stack:
        accounts = {emulator: stack.enter_context(ThreadPoolExecutor(1)) for emulator in (patched, bare, untouched)}
        for name, probe in sorted(PROBES.items()):
            results[name, "with"] = accounts[patched].submit(probe, patched)
            results[name, "without"] = accounts[without[name]].submit(probe, without[name])
    return results


@pytest.mark.parametrize("name", sorted(PROBES))
def test_the_emulator_behaves_with_the_patch(name: str, outcomes: Mapping[tuple[str, str], Future[bool]]) -> None:
    assert outcomes[name, "with"].result()


@pytest.mark.parametrize("name", sorted(PROBES))
def test_the_emulator_lacks_the_behaviour_without_the_patch(
    name: str, outcomes: Mapping[tuple[str, str], Future[bool]]
) -> None:
    assert not outcomes[name, "without"].result(), "take the patch away: it is not needed"


@pytest.mark.usefixtures("emulator_python", "cdk_python")
def test_the_emulator_ends_with_its_child_processes(tmp_path: Path) -> None:
    with Emulator(tmp_path) as emulator:
        pid = _prepared(emulator).pid
        ecs = emulator.client("ecs")
        ecs.create_cluster(clusterName="probe")
        sleeps = "import os, time, pathlib; pathlib.Path('pid').write_text(str(os.getpid())); time.sleep(60)"
        definition = _task(emulator, "sleeps", sleeps)
        ecs.run_task(cluster="probe", taskDefinition=definition)
        file = tmp_path / "sleeps" / "pid"
        assert _until(lambda: file.exists() and file.read_text())
        child = int(file.read_text())
    assert not Path(f"/proc/{pid}").exists()
    assert _until(lambda: not Path(f"/proc/{child}").exists(), 5)


def test_a_container_has_an_address_of_its_own(patched: Emulator) -> None:
    """It answers there on the port of its program, wherever the program listens."""
    code = (
        "import os, http.server as h\n"
        "class H(h.BaseHTTPRequestHandler):\n"
        "    def do_GET(self): self.send_response(204); self.end_headers()\n"
        "h.HTTPServer(('127.0.0.1', int(os.environ['PORT'])), H).serve_forever()\n"
    )
    ecs = patched.client("ecs")
    ecs.create_cluster(clusterName="probe")
    task = ecs.run_task(cluster="probe", taskDefinition=_task(patched, "serves", code))["tasks"][0]["taskArn"]

    def address() -> str | None:
        (description,) = ecs.describe_tasks(cluster="probe", tasks=[task])["tasks"]
        details = [detail for attachment in description.get("attachments", ()) for detail in attachment["details"]]
        return next((detail["value"] for detail in details if detail["name"] == "privateIPv4Address"), None)

    container_address = _until(address)
    assert container_address

    def status() -> int | None:
        try:
            return Address(f"http://{container_address}:8080", container_address).call("GET", "/").status
        except OSError:
            return None

    assert _until(status) == 204
    ecs.stop_task(cluster="probe", task=task)


def test_zips_of_functions_are_run(patched: Emulator) -> None:
    """A function runs on the Python of its runtime, with the SDK that Lambda has."""
    _function(patched, "version", "import sys, boto3\ndef handler(*_):\n    return list(sys.version_info[:2])\n")
    assert json.load(patched.client("lambda").invoke(FunctionName="version")["Payload"]) == [3, 13]


def _durable(patched: Emulator, name: str, code: str) -> Any:
    """Deploy a durable function and start an execution of it; return the client of Lambda."""
    properties = {
        "FunctionName": name, "Runtime": "python3.13", "Handler": "index.handler", "Role": ROLE, "Timeout": 30,
        "Code": {"ZipFile": code}, "DurableConfig": {"ExecutionTimeout": 60},
    }  # fmt: skip
    resources = {"Function": {"Type": "AWS::Lambda::Function", "Properties": properties}}
    assert _stack(patched, name, resources) == "CREATE_COMPLETE"
    client = patched.client("lambda")
    client.invoke(FunctionName=name, InvocationType="Event", Payload=b"{}")
    return client


def test_a_callback_without_a_limit_does_not_end(patched: Emulator) -> None:
    code = (
        "import boto3\n"
        "def handler(event, _):\n"
        "    if any(o['Type'] == 'CALLBACK' for o in event['InitialExecutionState']['Operations']):\n"
        "        return {'Status': 'FAILED', 'Error': {'ErrorMessage': 'it ended'}}\n"
        "    limits = {'TimeoutSeconds': 600, 'HeartbeatTimeoutSeconds': 0}\n"
        "    asks = {'Id': 'asks', 'Type': 'CALLBACK', 'Action': 'START', 'CallbackOptions': limits}\n"
        "    boto3.client('lambda').checkpoint_durable_execution(\n"
        "        DurableExecutionArn=event['DurableExecutionArn'], CheckpointToken=event['CheckpointToken'], Updates=[asks])\n"
        "    return {'Status': 'PENDING'}\n"
    )
    client = _durable(patched, "durable-waits", code)

    def waiting() -> Any:
        summaries = client.list_durable_executions_by_function(FunctionName="durable-waits")["DurableExecutions"]
        arns = [summary["DurableExecutionArn"] for summary in summaries]
        histories = [client.get_durable_execution_history(DurableExecutionArn=arn)["Events"] for arn in arns]
        return arns if any(e["EventType"] == "InvocationCompleted" for events in histories for e in events) else None

    (arn,) = _until(waiting)
    time.sleep(2)
    assert client.get_durable_execution(DurableExecutionArn=arn)["Status"] == "RUNNING"


def test_invocations_of_an_execution_do_not_overlap(patched: Emulator) -> None:
    """A callback that is answered while the function still runs is seen by its next invocation, not by one beside it."""
    code = (
        "import boto3, time\n"
        "def handler(event, _):\n"
        "    arn, token = event['DurableExecutionArn'], event['CheckpointToken']\n"
        "    client = boto3.client('lambda')\n"
        "    found = [o for o in event['InitialExecutionState']['Operations'] if o['Type'] == 'CALLBACK']\n"
        "    if found:\n"
        "        return {'Status': 'SUCCEEDED', 'Result': found[0]['Status']}\n"
        "    def keep(token, *updates):\n"
        "        return client.checkpoint_durable_execution(DurableExecutionArn=arn, CheckpointToken=token, Updates=updates)\n"
        "    asked = keep(token, {'Id': 'asks', 'Type': 'CALLBACK', 'Action': 'START'})\n"
        "    (made,) = [o for o in asked['NewExecutionState']['Operations'] if o['Type'] == 'CALLBACK']\n"
        "    client.send_durable_execution_callback_success(CallbackId=made['CallbackDetails']['CallbackId'])\n"
        "    time.sleep(1)\n"
        "    try:\n"
        "        keep(asked['CheckpointToken'], {'Id': 'told', 'Type': 'STEP', 'Action': 'SUCCEED', 'Payload': '1'})\n"
        "    except Exception as error:\n"
        "        return {'Status': 'FAILED', 'Error': {'ErrorMessage': str(error)}}\n"
        "    return {'Status': 'PENDING'}\n"
    )
    client = _durable(patched, "durable-turns", code)

    def ended() -> Any:
        summaries = client.list_durable_executions_by_function(FunctionName="durable-turns")["DurableExecutions"]
        arns = [summary["DurableExecutionArn"] for summary in summaries]
        executions = [client.get_durable_execution(DurableExecutionArn=arn) for arn in arns]
        return next((execution for execution in executions if execution["Status"] != "RUNNING"), None)

    execution = _until(ended)
    outcome = (execution["Status"], execution.get("Result"), execution.get("Error"))
    assert outcome == ("SUCCEEDED", "SUCCEEDED", None)
