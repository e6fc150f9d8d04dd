"""REST APIs: an OpenAPI definition of the project, its deployment, its stage and keys for callers."""

from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.numbers import duration
from blueprints.cdk.lifting.openapi import definition
from blueprints.cdk.lifting.registry import lift, naming
from blueprints.cdk.lifting.resource import Properties, Resource
from blueprints.cdk.lifts.network.vpc_endpoints import ENDPOINT
from blueprints.cdk.modules import apigateway
from blueprints.cdk.tree import THIS, Do, Let, Value
from blueprints.values import Ref

_API = "AWS::ApiGateway::RestApi"
_DEPLOYMENT = "AWS::ApiGateway::Deployment"
_STAGE = "AWS::ApiGateway::Stage"
_PLAN_KEY = "AWS::ApiGateway::UsagePlanKey"
_GROUP = "AWS::Logs::LogGroup"
#: Setting of all methods -> the option of a stage.
_METHODS = {
    "MetricsEnabled": "metrics_enabled",
    "ThrottlingRateLimit": "throttling_rate_limit",
    "ThrottlingBurstLimit": "throttling_burst_limit",
    "CachingEnabled": "caching_enabled",
    "CacheTtlInSeconds": "cache_ttl",
    "CacheDataEncrypted": "cache_data_encrypted",
}
_CLUSTER = {"CacheClusterEnabled": "cache_cluster_enabled", "CacheClusterSize": "cache_cluster_size"}


@lift(_API, ref="rest_api_id", members={"RootResourceId": "rest_api_root_resource_id"})
def rest_api(lifter: Lifter, resource: Resource) -> Statements:
    """An API by its definition, without the deployment and the role for logs that CDK would add."""
    options: dict[str, Value] = {
        "rest_api_name": lifter.value(resource.take("Name")),
        "api_definition": apigateway.ApiDefinition.from_inline(definition(lifter, resource.id, resource.take("Body"))),
        **_endpoint_types(lifter, resource.part("EndpointConfiguration")),
    }
    if "Parameters" in resource:
        options["parameters"] = lifter.value(resource.take("Parameters"))
    options |= {"deploy": False, "cloud_watch_role": False}
    yield Let(lifter.name(resource), apigateway.SpecRestApi(THIS, resource.id, **options))


def _endpoint_types(lifter: Lifter, endpoint: Properties) -> dict[str, Value]:
    kinds = endpoint.take("Types")
    if kinds == ["REGIONAL"]:
        return {"endpoint_types": [apigateway.EndpointType.REGIONAL]}
    if kinds != ["PRIVATE"]:
        endpoint.refuse("Types", kinds)
    vpc_endpoints: list[Value] = [
        lifter.construct(endpoint_id, ENDPOINT) for endpoint_id in endpoint.take("VpcEndpointIds")
    ]
    private = apigateway.EndpointConfiguration(types=[apigateway.EndpointType.PRIVATE], vpc_endpoints=vpc_endpoints)
    return {"endpoint_configuration": private}


@lift(_DEPLOYMENT, ref="deployment_id", members={"DeploymentId": "deployment_id"})
def deployment(lifter: Lifter, resource: Resource) -> Statements:
    """A deployment, which CDK replaces whenever the definition of its API changes."""
    api = lifter.construct(resource.take("RestApiId"), _API)
    yield Let(lifter.name(resource), apigateway.Deployment(THIS, resource.id, api=api))


@lift(_STAGE, ref="stage_name")
def stage(lifter: Lifter, resource: Resource) -> Statements:
    """A stage with its access log and method settings."""
    deployed = resource.take("DeploymentId")
    deployed_api = lifter.resources[deployed.name].properties["RestApiId"] if isinstance(deployed, Ref) else None
    resource.expect("RestApiId", deployed_api)
    options: dict[str, Value] = {
        "deployment": lifter.construct(deployed, _DEPLOYMENT),
        "stage_name": lifter.value(resource.take("StageName")),
    }
    if "AccessLogSetting" in resource:
        log = resource.part("AccessLogSetting")
        group = lifter.construct(log.take("DestinationArn"), _GROUP, "Arn")
        options["access_log_destination"] = apigateway.LogGroupLogDestination(group)
        options["access_log_format"] = apigateway.AccessLogFormat.custom(lifter.value(log.take("Format")))
    if "TracingEnabled" in resource:
        options["tracing_enabled"] = resource.take("TracingEnabled")
    options |= {option: resource.take(name) for name, option in _CLUSTER.items() if name in resource}
    for every in resource.parts("MethodSettings"):
        every.expect("HttpMethod", "*")
        every.expect("ResourcePath", "/*")
        for name, option in _METHODS.items():
            if name in every:
                value = every.take(name)
                options[option] = duration(value) if name.endswith("Seconds") else value
    yield Let(lifter.name(resource), apigateway.Stage(THIS, resource.id, **options))
    for dependency_id in resource.depends():
        yield Do(lifter.ref(resource).node.add_dependency(lifter.dependency(dependency_id)))


@lift(
    "AWS::ApiGateway::UsagePlan",
    ref="usage_plan_id",
    members={"Id": "usage_plan_id"},
    absorbs=(naming(_PLAN_KEY, "UsagePlanId"),),
)
def usage_plan(lifter: Lifter, resource: Resource) -> Statements:
    """A usage plan with its API keys."""
    limits = resource.part("Throttle")
    throttle = apigateway.ThrottleSettings(rate_limit=limits.take("RateLimit"), burst_limit=limits.take("BurstLimit"))
    stages: list[Value] = [
        apigateway.UsagePlanPerApiStage(
            api=lifter.construct(api_stage.take("ApiId"), _API), stage=lifter.construct(api_stage.take("Stage"), _STAGE)
        )
        for api_stage in resource.parts("ApiStages")
    ]
    options: dict[str, Value] = {"throttle": throttle, "api_stages": stages}
    yield Let(lifter.name(resource), apigateway.UsagePlan(THIS, resource.id, **options))
    for key in resource.of_type(_PLAN_KEY):
        key.expect("UsagePlanId", Ref(resource.id))
        key.expect("KeyType", "API_KEY")
        api_key = lifter.construct(key.take("KeyId"), "AWS::ApiGateway::ApiKey")
        yield Do(lifter.ref(resource).add_api_key(api_key))


@lift("AWS::ApiGateway::ApiKey", ref="key_id", members={"APIKeyId": "key_id"})
def api_key(lifter: Lifter, resource: Resource) -> Statements:
    """A key for stages."""
    resource.expect("Enabled", True)
    stages: list[Value] = []
    for stage_key in resource.parts("StageKeys"):
        stage_name = stage_key.take("StageName")
        stages.append(lifter.construct(stage_name, _STAGE))
        stage_key.expect("RestApiId", lifter.resources[stage_name.name].properties["RestApiId"])
    yield Let(lifter.name(resource), apigateway.ApiKey(THIS, resource.id, stages=stages))
