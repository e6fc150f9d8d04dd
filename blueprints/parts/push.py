"""Mobile push: the devices that register with programs, which notify those of the owner of an item."""

from advisor.architecture import Edge, Node
from blueprints.shared.programs import PROGRAMS
from blueprints.stack.registry import attribute, connection
from blueprints.stack.scope import Scope
from blueprints.traits.sent_messages import DEVICES, NOTIFY
from blueprints.values import Fn, Named, Ref, Value, joined


@connection(PROGRAMS, NOTIFY, ["push"])
def program_to_devices(scope: Scope, edge: Edge) -> None:
    """Devices register with programs, which send to those of an owner: as subscribers of the topic, all would get everything."""
    scope.carry(scope.main(edge.source), edge.id)
    application = scope.plan.parameter(edge.target).id
    words = "Platform application for device registration"
    scope.output(f"{scope.name(edge.target)}Application", Ref(application), words)


@attribute("push", DEVICES)
def devices(scope: Scope, node: Node) -> Value:
    """Return what the ARNs of the devices of a platform application start with: `arn:…:endpoint/GCM/name` of `arn:…:app/GCM/name`.

    https://docs.aws.amazon.com/sns/latest/dg/mobile-platform-endpoint.html (read 2026-12-01).
    """
    application = Fn("Split", [":app/", Ref(scope.plan.parameter(node.id).id)])
    account, name = (
        Named("Account", Fn("Select", [0, application])),
        Named("Application", Fn("Select", [1, application])),
    )
    return joined(account, ":endpoint/", name)
