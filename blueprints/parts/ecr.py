"""Image repositories."""

from advisor.architecture import Edge, Node
from blueprints.plan.customer_key import FINDING, KeyUse
from blueprints.stack.registry import carried, connection, encrypted, service
from blueprints.stack.scope import Json, Scope
from blueprints.values import Att, Value
from blueprints.values.json_text import JsonText

RETAINED_IMAGES = 20

carried(["ecs", "eks", "batch"], ["pull"], ["ecr"], by="target")


@service("ecr")
def repositories(scope: Scope, node: Node) -> None:
    """One repository per image: tags do not change, and images are scanned when they arrive.

    A function is created with its image, so SAM and the CDK push that to a repository of their own before the stack exists.
    """
    rule = {
        "rulePriority": 1,
        "description": f"Keep the newest {RETAINED_IMAGES} images",
        "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": RETAINED_IMAGES},
        "action": {"type": "expire"},
    }
    properties = {
        "ImageTagMutability": "IMMUTABLE",
        "ImageScanningConfiguration": {"ScanOnPush": True},
        "EncryptionConfiguration": {"EncryptionType": "AES256"},
        "LifecyclePolicy": {"LifecyclePolicyText": JsonText({"rules": [rule]})},
    }
    for edge in scope.architecture.entering(node.id, "pull"):
        program = scope.plan.program(edge.source)
        assert program is not None
        if program.kind == "image-function":
            continue
        id = program.repository
        scope.add(id, "AWS::ECR::Repository", dict(properties), node=node.id, edge=edge.id, kept="Retain")
        scope.mains.setdefault(node.id, id)
        words = "URI of the repository"
        scope.output(f"{id}Uri", Att(id, "RepositoryUri"), words)


@connection(["lambda"], "pull", ["ecr"])
def pulled_by_function(scope: Scope, edge: Edge) -> None:
    """The function represents the repository that SAM or the CDK creates for its image, unless the stack has one."""
    function = scope.main(edge.source)
    scope.carry(function, edge.id)
    if edge.target not in scope.mains:
        scope.also(function, edge.target)


@encrypted("AWS::ECR::Repository", KeyUse("ecr", FINDING, grants=True))
def _under_key(properties: Json, arn: Value) -> None:
    properties["EncryptionConfiguration"] = {"EncryptionType": "KMS", "KmsKey": arn}
