"""The function that applies the migrations of a database in the VPC, as its administrator."""

from advisor.architecture import Node
from advisor.text import Text
from blueprints.plan.migrations import HANDLER, MEMORY_MIB, TIMEOUT_S, migrations_of
from blueprints.plan.network import HTTPS_PORT
from blueprints.shared.logs import log_group
from blueprints.shared.network import ANYWHERE, group_id
from blueprints.shared.own_functions import function_properties
from blueprints.shared.roles import policy
from blueprints.stack.scope import Json, Scope, allow
from blueprints.values import Att, Ref

_WHY = Text(
    "Only `make migrate` invokes this function. It alone can read the administrator password. The application code cannot.",
    "この関数を呼び出すのは `make migrate` だけです。管理者のパスワードを読み取れるのはこの関数だけで、アプリケーションのコードは読み取れません。",
)


def add_migrations(scope: Scope, node: Node, port: int) -> None:
    """Add the function for a database that some program uses, and let it reach the database."""
    found = next((one for one in migrations_of(scope.architecture) if one.store.id == node.id), None)
    if found is None:
        return
    id = f"{scope.name(node.id)}Migrations"
    group = _security_group(scope, node, id, port)
    secret = scope.of(node.id, "secret-arn")
    properties = function_properties(
        directory=found.directory,
        handler=HANDLER,
        timeout_s=TIMEOUT_S,
        memory_mib=MEMORY_MIB,
        logs=log_group(scope, f"{id}Logs", node=node.id),
        variables={"ENDPOINT": scope.of(node.id, "endpoint"), "SECRET_ARN": secret},
    )
    properties["Policies"] = [policy([allow("ReadAdministrator", ["secretsmanager:GetSecretValue"], [secret])])]
    properties["VpcConfig"] = {"SubnetIds": scope.subnets(), "SecurityGroupIds": [group]}
    scope.add(id, "AWS::Serverless::Function", properties, node=node.id, why=_WHY)
    scope.output(f"{id}Name", Ref(id), "Function that applies the migrations")


def _security_group(scope: Scope, node: Node, id: str, port: int) -> Ref:
    """Add the function's security group, and the rules on both sides by which it reaches the database."""
    database, own = group_id(scope, node.id), f"{id}SecurityGroup"
    ports = {"IpProtocol": "tcp", "FromPort": port, "ToPort": port}
    https = {"IpProtocol": "tcp", "FromPort": HTTPS_PORT, "ToPort": HTTPS_PORT, "CidrIp": ANYWHERE}
    properties: Json = {
        "GroupDescription": f"Security group of {id}",
        "VpcId": scope.vpc(),
        "SecurityGroupEgress": [{**https, "Description": "HTTPS to Secrets Manager"}],
    }
    scope.add(own, "AWS::EC2::SecurityGroup", properties, node=node.id)
    ingress = {**ports, "SourceSecurityGroupId": Att(own, "GroupId"), "Description": f"From {id}"}
    scope.properties(database).setdefault("SecurityGroupIngress", []).append(ingress)
    egress = {
        "GroupId": Att(own, "GroupId"),
        **ports,
        "DestinationSecurityGroupId": Att(database, "GroupId"),
        "Description": f"To {scope.name(node.id)}",
    }
    scope.add(f"{id}Egress", "AWS::EC2::SecurityGroupEgress", egress, node=node.id)
    return Ref(own)
