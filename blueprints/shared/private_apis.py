"""The VPC endpoint of private APIs, which all those of a stack share.

A VPC has one endpoint with private DNS for a service, and one endpoint serves every private API
(https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html, read 2026-12-01).
"""

from blueprints.plan.network import HTTPS_PORT
from blueprints.shared.network import GROUP, NO_EGRESS, group_id, interface_endpoint
from blueprints.stack.scope import Json, Scope
from blueprints.values import Att, Ref

#: The logical id: that of no single API, so that it stays when APIs come and go.
ENDPOINT = "PrivateApiEndpoint"
_GROUP = f"{ENDPOINT}SecurityGroup"


def add_private_api_endpoint(scope: Scope) -> None:
    """Add the endpoint, which lets in the callers of the own network and the programs that call a private API."""
    network = scope.plan.network
    if network is None or not network.private_apis:
        return
    https: Json = {"IpProtocol": "tcp", "FromPort": HTTPS_PORT, "ToPort": HTTPS_PORT}
    callers: list[Json] = [{**https, "CidrIp": Ref("CallerCidr"), "Description": "From callers"}]
    for caller in network.private_callers:
        group = Att(group_id(scope, caller), "GroupId")
        callers.append({**https, "SourceSecurityGroupId": group, "Description": f"From {scope.name(caller)}"})
    security = {
        "GroupDescription": "Callers of the private APIs",
        "VpcId": scope.vpc(),
        "SecurityGroupIngress": callers,
        "SecurityGroupEgress": NO_EGRESS,
    }
    scope.add(_GROUP, "AWS::EC2::SecurityGroup", security, group=GROUP)
    interface_endpoint(scope, ENDPOINT, "execute-api", _GROUP)
