"""The check suppressions: every row names a claim or a marker, and each claim is found untrue where it is."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from prove.behaviour.claims import CONDITION, MARKERS, all_claims
from prove.static.evidence import ANSWERED, EVIDENCE
from prove.static.suppressions import suppressions
from tests.prove.behaviour.sam_projects import WrittenProject, story, write_project
from tests.prove.behaviour.test_trust import BALANCED_CONTAINER, FOREIGN_TOKENS, REST_CONTAINER, answers

Resources = dict[str, Any]
Fault = Callable[[Resources], None]
#: Claims about our own questions: no template can make them untrue.
OF_QUESTIONS = {
    "requirements-ask-for-no-threat-protection",
    "requirements-restrict-no-countries",
}


def test_every_row_names_its_claim_or_says_that_it_claims_nothing() -> None:
    for suppression in suppressions():
        assert suppression.claim in {*MARKERS, *all_claims()}, suppression.id


def test_a_condition_is_part_of_every_place() -> None:
    words = {word for word, _ in (*EVIDENCE.values(), *ANSWERED.values())}
    for suppression in suppressions():
        if suppression.claim == CONDITION:
            assert all(any(place.endswith(f"[[]{word}]") for word in words) for place in suppression.places)


def test_no_claim_is_without_a_row() -> None:
    assert {*all_claims()} == {suppression.claim for suppression in suppressions()} - {*MARKERS}


def every(resources: Resources, type: str) -> list[dict[str, Any]]:
    found = [resource["Properties"] for resource in resources.values() if resource["Type"] == type]
    assert found, type
    return found


def changed(type: str, **properties: Any) -> Fault:
    """Return what sets properties of every resource of a type; those that are None are removed."""

    def plant(resources: Resources) -> None:
        for found in every(resources, type):
            found.update({key: value for key, value in properties.items() if value is not None})
            for key in [key for key, value in properties.items() if value is None]:
                found.pop(key, None)

    return plant


def removed(type: str) -> Fault:
    def plant(resources: Resources) -> None:
        for id in [id for id, resource in resources.items() if resource["Type"] == type]:
            del resources[id]

    return plant


def in_containers(**properties: Any) -> Fault:
    def plant(resources: Resources) -> None:
        for definition in every(resources, "AWS::ECS::TaskDefinition"):
            for container in definition["ContainerDefinitions"]:
                container.update(properties)
                container.pop("HealthCheck", None) if "HealthCheck" in properties else None

    return plant


def without_targets(resources: Resources) -> None:
    for rule in every(resources, "AWS::Events::Rule"):
        for target in rule["Targets"]:
            target.pop("DeadLetterConfig", None)


def admitted(type: str) -> Fault:
    """Return what lets another account in by the first policy of a type."""

    def plant(resources: Resources) -> None:
        policy = every(resources, type)[0]
        stranger = {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::999999999999:root"},
            "Action": "*",
            "Resource": "*",
        }
        policy["PolicyDocument"]["Statement"].append(stranger)

    return plant


def key_for_everybody(resources: Resources) -> None:
    key = every(resources, "AWS::KMS::Key")[0]
    key["KeyPolicy"]["Statement"].append({"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*"})


def answering_on_80(resources: Resources) -> None:
    for listener in every(resources, "AWS::ElasticLoadBalancingV2::Listener"):
        if listener["Port"] == 80:
            listener["DefaultActions"] = [{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "200"}}]


def unlogged(resources: Resources) -> None:
    for balancer in every(resources, "AWS::ElasticLoadBalancingV2::LoadBalancer"):
        balancer.pop("LoadBalancerAttributes", None)


def managed_permissions(resources: Resources) -> None:
    for role in every(resources, "AWS::IAM::Role"):
        role.setdefault("ManagedPolicyArns", []).append("arn:aws:iam::aws:policy/AdministratorAccess")


def a_dead_letter_queue_is_read(resources: Resources) -> None:
    queue = next(
        id for id, r in resources.items() if r["Type"] == "AWS::SQS::Queue" and "RedrivePolicy" not in r["Properties"]
    )
    for mapping in every(resources, "AWS::Lambda::EventSourceMapping"):
        mapping["EventSourceArn"] = {"Fn::GetAtt": [queue, "Arn"]}


def open_cluster(resources: Resources) -> None:
    for cluster in every(resources, "AWS::EKS::Cluster"):
        cluster["ResourcesVpcConfig"]["PublicAccessCidrs"] = ["0.0.0.0/0"]


def the_secret_itself(resources: Resources) -> None:
    every(resources, "AWS::Lambda::Function")[0]["Description"] = {"Fn::Sub": "${OidcClientSecretArn}"}


def fixed_size(resources: Resources) -> None:
    changed("AWS::RDS::DBInstance", DBInstanceClass="db.t4g.medium")(resources)


def in_the_vpc(resources: Resources) -> None:
    access = "arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/fsap-1"
    resources["Access"] = {"Type": "AWS::EFS::AccessPoint", "Properties": {}}
    changed(
        "AWS::Lambda::Function",
        FileSystemConfigs=[{"Arn": {"Fn::GetAtt": ["Access", "Arn"]}, "LocalMountPath": access}],
    )(resources)


def a_stream_of_its_own(resources: Resources) -> None:
    removed("AWS::Kinesis::ResourcePolicy")(resources) if any(
        r["Type"] == "AWS::Kinesis::ResourcePolicy" for r in resources.values()
    ) else None
    resources["StreamKey"] = {"Type": "AWS::KMS::Key", "Properties": {"KeyPolicy": {"Statement": []}}}
    changed("AWS::Kinesis::Stream", StreamEncryption={"EncryptionType": "KMS", "KeyId": {"Ref": "StreamKey"}})(
        resources
    )


def key_with_grants(resources: Resources) -> None:
    program = {"Sid": "Grants", "Effect": "Allow", "Principal": {"AWS": {"Fn::GetAtt": ["ApiFunctionRole", "Arn"]}}}
    key = every(resources, "AWS::KMS::Key")[0]
    key["KeyPolicy"]["Statement"].append({**program, "Action": "kms:CreateGrant", "Resource": "*"})


def roles_with_grants(resources: Resources) -> None:
    statement = {"Effect": "Allow", "Action": "kms:CreateGrant", "Resource": "*"}
    policy = {"PolicyName": "grants", "PolicyDocument": {"Version": "2012-10-17", "Statement": [statement]}}
    for role in every(resources, "AWS::IAM::Role"):
        role.setdefault("Policies", []).append(policy)


def another_origin(resources: Resources) -> None:
    for site in every(resources, "AWS::CloudFront::Distribution"):
        for origin in site["DistributionConfig"]["Origins"]:
            origin["DomainName"] = "www.example.com"


def without_first_page(resources: Resources) -> None:
    for site in every(resources, "AWS::CloudFront::Distribution"):
        del site["DistributionConfig"]["DefaultRootObject"]


KEYED = answers({"authentication": "sign-up"}, {"customer_managed_keys": True})
KEYED_FILES = {**KEYED, "stores": [{"id": "data", "access": "objects"}]}
GUARDED = answers({"authentication": "sign-up", "waf": True})
CACHED = answers({"authentication": "sign-up", "caching": True})
ROUTES = answers({"authentication": "sign-up"})
#: A function URL that everybody may call.
OPEN_URL = answers({"authentication": "none", "pins": {"entry": "lambda-function-url"}})
GUARDED_URL = answers({"authentication": "aws-iam", "pins": {"entry": "lambda-function-url"}})
#: A GraphQL API without sign-in.
WITH_A_KEY: dict[str, Any] = {
    "components": [
        {"id": "catalogue", "trigger": "request", "protocol": "graphql", "authentication": "none", "reads": ["kept"], "writes": ["kept"]}
    ],
    "stores": [{"id": "kept", "access": "key-value"}],
}  # fmt: skip
#: A function on managed instances that reaches a cache in their VPC.
ON_INSTANCES = answers({"authentication": "sign-up", "pins": {"compute": "lambda-managed-instances"}})
ON_INSTANCES["stores"] = [{"id": "data", "access": "cache"}]
TEMPLATES: list[tuple[str, dict[str, Any] | str, Fault]] = [
    ("api-access-is-logged", ROUTES, changed("AWS::ApiGatewayV2::Stage", AccessLogSettings=None)),
    ("functions-log-to-kept-groups", ROUTES, changed("AWS::Lambda::Function", LoggingConfig=None)),
    ("functions-log-to-kept-groups", ROUTES, changed("AWS::Logs::LogGroup", RetentionInDays=None)),
    ("unkept-messages-go-to-people", "async-coupling", changed("AWS::SNS::Subscription", RedrivePolicy=None)),
    ("events-end-in-a-queue", "durable", changed("AWS::Lambda::Function", DeadLetterConfig=None)),
    ("workflow-errors-are-logged", "scheduled-batch", changed("AWS::StepFunctions::StateMachine", LoggingConfiguration=None)),
    ("graphql-errors-are-logged", "graphql-api", changed("AWS::AppSync::GraphQLApi", LogConfig=None)),
    ("inner-balancers-stand-behind-a-logged-api", BALANCED_CONTAINER, unlogged),
    ("inner-balancers-stand-behind-a-logged-api", REST_CONTAINER, changed("AWS::ApiGateway::Stage", AccessLogSetting=None)),
    ("alarms-watch-the-tasks-of-hosts", "container-on-ec2", removed("AWS::CloudWatch::Alarm")),
    ("alarms-watch-the-tasks-of-hosts", "container-on-ec2", removed("AWS::ECS::CapacityProvider")),
    ("own-keys-where-asked", KEYED, changed("AWS::Logs::LogGroup", KmsKeyId=None)),
    ("own-keys-where-asked", KEYED_FILES,
     changed("AWS::S3::Bucket", BucketEncryption={"ServerSideEncryptionConfiguration": []})),
    ("requirements-ask-for-no-object-lock", "retention", changed("AWS::S3::Bucket", ObjectLockConfiguration=None)),
    ("grants-go-through-services", KEYED, key_with_grants),
    ("grants-go-through-services", ROUTES, roles_with_grants),
    ("only-inner-balancers-are-unprotected", BALANCED_CONTAINER, unlogged),
    ("only-inner-balancers-are-unprotected", REST_CONTAINER, removed("AWS::ApiGateway::VpcLink")),
    ("only-tokens-have-no-resource", "approval", roles_with_grants),
    ("origins-are-of-this-stack", "web-application", another_origin),
    ("origins-are-of-this-stack", "content-delivery", another_origin),
    ("sites-have-a-first-page", "web-application", without_first_page),
    ("buckets-notify-who-listens", "event-driven-job", changed("AWS::S3::Bucket", NotificationConfiguration=None)),
    ("topics-invoke-released-functions", "direct-delivery", removed("AWS::Lambda::Permission")),
    ("hosts-stand-in-two-zones", "container-on-ec2",
     changed("AWS::AutoScaling::AutoScalingGroup", VPCZoneIdentifier=["subnet-1"])),
    ("hosts-follow-their-tasks", "container-on-ec2", removed("AWS::ECS::CapacityProvider")),
    ("hosts-are-built-on-nitro", "container-on-ec2",
     changed("AWS::EC2::LaunchTemplate", LaunchTemplateData={"InstanceType": "m4.large"})),
    ("clusters-have-enhanced-insights", "container-on-ec2", changed("AWS::ECS::Cluster", ClusterSettings=None)),
    ("only-windows-writes-to-its-root", "container-on-ec2", in_containers(ReadonlyRootFilesystem=False)),
    ("privileged-where-asked", "container-web-service", in_containers(Privileged=True)),
    ("variables-hold-no-secrets", ROUTES,
     changed("AWS::Lambda::Function", Environment={"Variables": {"KEY": "{{resolve:secretsmanager:key}}"}})),
    ("variables-hold-no-secrets", "container-web-service",
     in_containers(Environment=[{"Name": "KEY", "Value": "{{resolve:secretsmanager:key}}"}])),
    ("keys-are-confined", ROUTES, key_for_everybody),
    ("stream-keys-serve-other-accounts", "data-processing", a_stream_of_its_own),
    ("secrets-are-another-partys", "container-web-service", changed("AWS::SecretsManager::Secret", Description="A key")),
    ("client-secret-is-resolved", FOREIGN_TOKENS, the_secret_itself),
    ("cluster-encrypts-secrets", "kubernetes-migration", changed("AWS::EKS::Cluster", EncryptionConfig=None)),
    ("firewall-where-asked", GUARDED, removed("AWS::WAFv2::WebACLAssociation")),
    ("cache-where-asked", CACHED, changed("AWS::ApiGateway::Stage", CacheClusterEnabled=False)),
    ("second-factor-is-offered", ROUTES, changed("AWS::Cognito::UserPool", MfaConfiguration="OFF")),
    ("open-routes-are-meant", ROUTES, changed("AWS::ApiGatewayV2::Route", AuthorizationType="NONE")),
    ("open-routes-are-meant", GUARDED_URL, changed("AWS::Lambda::Url", AuthType="NONE")),
    ("everybody-invokes-by-an-open-url-alone", OPEN_URL,
     changed("AWS::Lambda::Permission", FunctionUrlAuthType=None, InvokedViaFunctionUrl=None)),
    ("everybody-invokes-by-an-open-url-alone", OPEN_URL, changed("AWS::Lambda::Url", AuthType="AWS_IAM")),
    ("graphql-keys-where-no-sign-in-is-asked", WITH_A_KEY, changed("AWS::AppSync::ApiKey", Expires=None)),
    ("only-public-balancers-are-open", BALANCED_CONTAINER, changed("AWS::ElasticLoadBalancingV2::LoadBalancer", Scheme="internal")),
    ("only-public-balancers-are-open", BALANCED_CONTAINER, answering_on_80),
    ("cluster-endpoint-is-confined", "kubernetes-migration", open_cluster),
    ("dead-letters-at-the-source", "mass-messages", changed("AWS::SQS::Queue", RedrivePolicy=None)),
    ("functions-inside-reach-something-inside", ROUTES, in_the_vpc),
    ("functions-inside-reach-something-inside", ON_INSTANCES, changed("AWS::Lambda::CapacityProvider", VpcConfig=None)),
    ("programs-have-written-out-permissions", ROUTES, managed_permissions),
    ("data-sources-are-in-the-template", "graphql-api", removed("AWS::AppSync::DataSource")),
    ("buckets-serve-this-stack", "web-application", admitted("AWS::S3::BucketPolicy")),
    ("queues-serve-this-account", "async-coupling", admitted("AWS::SQS::QueuePolicy")),
    ("queues-for-people-are-read-by-nothing", "mass-messages", a_dead_letter_queue_is_read),
    ("databases-are-protected", "relational-web-app", changed("AWS::RDS::DBCluster", DeletionProtection=False)),
    (
        "databases-let-in-programs-alone",
        "relational-web-app",
        changed("AWS::EC2::SecurityGroup", SecurityGroupIngress=[{"IpProtocol": "tcp", "CidrIp": "0.0.0.0/0"}]),
    ),
    ("databases-ring-alarms", "relational-web-app", fixed_size),
    ("only-windows-leaves-the-user-to-its-image", "container-on-ec2", in_containers(User="")),
    ("health-is-checked-from-outside", "container-on-ec2", in_containers(HealthCheck=None)),
    ("tags-are-immutable", "container-web-service", changed("AWS::ECR::Repository", ImageTagMutability="MUTABLE")),
]  # fmt: skip
FILES: list[tuple[str, dict[str, Any] | str, str, str, str]] = [
    ("windows-images-have-a-named-user", "container-web-service", "src/web/Dockerfile", "USER 10001", "USER app"),
    (
        "graphql-apis-are-public-where-asked",
        "graphql-api",
        "requirements.yaml",
        "  protocol: graphql",
        "  protocol: graphql\n  exposure: private",
    ),
    (
        "graphql-keys-where-no-sign-in-is-asked",
        WITH_A_KEY,
        "requirements.yaml",
        "authentication: none",
        "authentication: sign-up",
    ),
    ("images-name-their-user", "container-web-service", "src/web/Dockerfile", "USER 10001", ""),
    ("base-has-a-version", "container-web-service", "src/web/Dockerfile", ":3.13-slim", ":latest"),
    (
        "only-the-device-plugin-is-root",
        "kubernetes-migration",
        "kubernetes/base/*",
        "runAsNonRoot: true",
        "runAsNonRoot: false",
    ),
    (
        "pods-without-readiness-take-no-requests",
        "kubernetes-migration",
        "kubernetes/base/*",
        "readinessProbe",
        "startupProbe",
    ),
    ("memory-of-pods-is-limited", "kubernetes-migration", "kubernetes/base/*", "limits:", "maxima:"),
    ("health-is-checked-from-outside", "kubernetes-migration", "kubernetes/base/*", "livenessProbe", "startupProbe"),
    (
        "called-workflows-are-here",
        ROUTES,
        ".github/workflows/delivery.yml",
        "workflows/deploy.yml",
        "workflows/ship.yml",
    ),
    ("one-choice-of-an-environment", ROUTES, ".github/workflows/delivery.yml", "type: choice", "type: string"),
    (
        "runtime-is-the-tested-one",
        ROUTES,
        ".github/workflows/delivery.yml",
        'python-version: "3.13"',
        'python-version: "3.12"',
    ),
    (
        "transform-takes-the-rollout",
        ROUTES,
        "template.yaml",
        "Type: !Ref FunctionRollout",
        "Type: Canary10Percent5Minutes",
    ),
]


def written(design: dict[str, Any] | str, folder: Path) -> WrittenProject:
    return write_project(story(design) if isinstance(design, str) else design, folder / "project")


@pytest.mark.parametrize(("claim", "design", "fault"), TEMPLATES)
def test_a_template_of_which_a_sentence_is_untrue_is_found(
    claim: str, design: dict[str, Any] | str, fault: Fault, tmp_path: Path
) -> None:
    project = written(design, tmp_path)
    assert project.rules_found_by("suppressions") == set()
    project.plant(fault)
    assert claim in project.rules_found_by("suppressions")


@pytest.mark.parametrize(("claim", "design", "path", "old", "new"), FILES)
def test_a_file_of_which_a_sentence_is_untrue_is_found(
    claim: str, design: dict[str, Any] | str, path: str, old: str, new: str, tmp_path: Path
) -> None:
    project = written(design, tmp_path)
    assert project.rules_found_by("suppressions") == set()
    files = [file for file in project.evidence.folder.glob(path) if old in file.read_text("utf-8")]
    assert files
    for file in files:
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    assert claim in project.rules_found_by("suppressions")


def test_a_rate_that_the_decision_does_not_count_is_found(tmp_path: Path) -> None:
    project = written(answers({"authentication": "sign-up", "rate_peak_rps": 20}), tmp_path)
    (project.evidence.folder / "DECISION.md").write_text("Nothing is counted.", "utf-8")
    assert "concurrency-is-counted" in project.rules_found_by("suppressions")


def test_every_claim_is_planted() -> None:
    planted = {claim for claim, *_ in (*TEMPLATES, *FILES)} | {"concurrency-is-counted"}
    assert {*all_claims()} - OF_QUESTIONS == planted
