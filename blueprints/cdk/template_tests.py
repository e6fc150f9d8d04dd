"""Template tests of generated projects: data retention and encryption, access, and monitoring."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from advisor.text import Lang, Text
from blueprints.cdk.acceptance import acceptance_of
from blueprints.cdk.lifting.short_forms import resources_of
from blueprints.cdk.tree import Module, Value
from blueprints.stack.scope import Json, Scope

_ANYTHING = Module("assertions", "assertions").Match.any_value()
#: Type -> the ways in which its data is encrypted, as properties: those of one kind are all encrypted one way.
_ENCRYPTION: Mapping[str, tuple[dict[str, Any], ...]] = {
    "AWS::DynamoDB::GlobalTable": ({"SSESpecification": {"SSEEnabled": True}},),
    "AWS::DynamoDB::Table": ({"SSESpecification": {"SSEEnabled": True}},),
    "AWS::EFS::FileSystem": ({"Encrypted": True},),
    "AWS::Kinesis::Stream": ({"StreamEncryption": {"EncryptionType": "KMS"}},),
    "AWS::RDS::DBCluster": ({"StorageEncrypted": True},),
    "AWS::RDS::DBInstance": ({"StorageEncrypted": True},),
    "AWS::S3::Bucket": ({"BucketEncryption": _ANYTHING},),
    "AWS::SNS::Topic": ({"KmsMasterKeyId": _ANYTHING},),
    "AWS::SQS::Queue": ({"SqsManagedSseEnabled": True}, {"KmsMasterKeyId": _ANYTHING}),
}
#: What keeps old versions of code and holds no data.
_CODE = "AWS::Lambda::Version"
_EVERYONE = "0.0.0.0/0"
_TITLE = Text(
    "Invariants of the stack, checked against the synthesized CloudFormation template.",
    "スタックの不変条件を、合成した CloudFormation テンプレートに対して検査します。",
)
#: What stands above each table of the tests.
TABLES: Mapping[str, Text] = {
    "KEPT": Text(
        "Resources that store data, and what happens to them when the stack is deleted.",
        "データを保存するリソースと、スタック削除時の扱い。",
    ),
    "ENCRYPTED": Text("Encryption of data at rest.", "保存データの暗号化。"),
    "OPEN_PORTS": Text("Ports that are open to the internet.", "インターネットに公開するポート。"),
    "ALARMS": Text("Number of alarms in the stack.", "スタックのアラームの数。"),
    "ACCEPTED": Text(
        "Accepted findings of the cdk-nag AWS Solutions rules, with reasons. Add your own accepted findings here.",
        "許容する cdk-nag（AWS Solutions ルール）の検出結果とその理由。独自に許容する検出結果もここに追加します。",
    ),
}


@dataclass(frozen=True, slots=True)
class Expected:
    """An assertion on a template.

    `kept`: type -> what becomes of its resources when they leave the stack, and their number. `encrypted`: type -> the
    properties by which all of its resources are encrypted. `open_ports`: where everyone gets in; None where there is no
    network. `accepted`: what cdk-nag finds and does not count.
    """

    kept: Mapping[str, Value]
    encrypted: Mapping[str, Value]
    open_ports: tuple[int, ...] | None
    buckets: bool
    queues: bool
    alarms: int
    accepted: Mapping[str, Value]

    @property
    def blocks(self) -> set[str]:
        """Return which tests there are."""
        there = {
            "kept": bool(self.kept),
            "encrypted": bool(self.encrypted),
            "properties": self.queues or self.open_ports is not None,
            "network": self.open_ports is not None,
            "buckets": self.buckets,
            "queues": self.queues,
            "alarms": bool(self.alarms),
        }
        return {name for name, present in there.items() if present}

    def composed(self, source: str, comment: str, lang: Lang) -> str:
        """Return the text of the tests: those blocks of a source that a project has, each begun by a comment of one word."""
        blocks: dict[str, list[str]] = {}
        for line in source.splitlines():
            if line.startswith(comment) and line.removeprefix(comment).isalpha():
                blocks[line.removeprefix(comment)] = block = []
            else:
                block.append(line)
        chosen = ["\n".join(block) for name, block in blocks.items() if name in self.blocks | {"head", "nag"}]
        return "\n".join(chosen).replace("@title@", _TITLE.in_(lang)) + "\n"


def expected_of(scope: Scope, paths: Mapping[str, str]) -> Expected:
    """Return the assertions on the template of a stack; `paths` are paths of constructs below the stack."""
    resources = resources_of(scope)
    types = Counter(resource["Type"] for resource in resources.values())
    return Expected(
        _kept(resources),
        {type: way for type in sorted(types) if (way := _encryption(type, resources)) is not None},
        _open_ports(resources) if "AWS::EC2::SecurityGroup" in types else None,
        "AWS::S3::Bucket" in types,
        any("RedrivePolicy" in resource.get("Properties", {}) for resource in resources.values()),
        types["AWS::CloudWatch::Alarm"],
        acceptance_of(resources, paths, scope.lang),
    )


def _kept(resources: Mapping[str, Json]) -> dict[str, Value]:
    counted = Counter(
        (resource["Type"], resource["DeletionPolicy"])
        for resource in resources.values()
        if resource.get("DeletionPolicy", "Delete") != "Delete" and resource["Type"] != _CODE
    )
    return {type: {"policy": policy, "number": number} for (type, policy), number in sorted(counted.items())}


def _encryption(type: str, resources: Mapping[str, Json]) -> dict[str, Any] | None:
    """Return the one way in which all resources of a type are encrypted."""
    stated = [resource.get("Properties", {}) for resource in resources.values() if resource["Type"] == type]
    ways = _ENCRYPTION.get(type, ())
    return next((way for way in ways if all(_says(properties, way) for properties in stated)), None)


def _says(properties: Any, way: Any) -> bool:
    if isinstance(way, dict):
        return isinstance(properties, Mapping) and all(
            key in properties and _says(properties[key], inner) for key, inner in way.items()
        )
    return way is _ANYTHING or bool(properties == way)


def _open_ports(resources: Mapping[str, Json]) -> tuple[int, ...]:
    """Return the ports that groups open to everyone, one for each rule."""
    ports = [
        int(rule["FromPort"])
        for resource in resources.values()
        if resource["Type"] == "AWS::EC2::SecurityGroup"
        for rule in resource["Properties"].get("SecurityGroupIngress", ())
        if rule.get("CidrIp") == _EVERYONE
    ]
    return tuple(sorted(ports))
