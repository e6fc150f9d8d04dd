"""The functions that a stack has beside those of its components: authorizers, migrations, approvals."""

from blueprints.plan import RUNTIME
from blueprints.plan.network import HTTPS_PORT
from blueprints.shared.network import ANYWHERE
from blueprints.stack.scope import Json, Scope
from blueprints.values import Ref, Value


def function_properties(
    *, directory: str, handler: str, timeout_s: int, memory_mib: int, logs: Value, variables: Json
) -> Json:
    """Return the properties of such a function before its policies; `logs` is its log group."""
    return {
        "CodeUri": f"{directory}/",
        "Handler": handler,
        "Runtime": RUNTIME,
        "Architectures": [Ref("FunctionArchitecture")],
        "Timeout": timeout_s,
        "MemorySize": memory_mib,
        "Tracing": "Active",
        "LoggingConfig": {"LogGroup": logs, "LogFormat": "JSON"},
        "Environment": {"Variables": variables},
    }


def placement(scope: Scope, id: str, *, node: str | None = None, group: str | None = None) -> Json:
    """Return the network configuration of such a function, with its security group, where all compute must run in the VPC."""
    network = scope.plan.network
    if network is None or not network.own.inside:
        return {}
    https = {"IpProtocol": "tcp", "FromPort": HTTPS_PORT, "ToPort": HTTPS_PORT, "CidrIp": ANYWHERE}
    properties: Json = {
        "GroupDescription": f"Security group of {id}",
        "VpcId": scope.vpc(),
        "SecurityGroupEgress": [{**https, "Description": "HTTPS to AWS services and partners"}],
    }
    own = f"{id}SecurityGroup"
    scope.add(own, "AWS::EC2::SecurityGroup", properties, node=node, group=group)
    return {"VpcConfig": {"SubnetIds": scope.subnets(), "SecurityGroupIds": [Ref(own)]}}
