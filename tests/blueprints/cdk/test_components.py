"""A stack in components: each says what it takes and gives, and nothing is lost or called otherwise by dividing it."""

import ast
import re
from collections.abc import Mapping
from pathlib import PurePosixPath

import pytest

from advisor.text import Lang, Text
from blueprints.cdk.components import COMPONENTS, Divided, divided
from blueprints.cdk.modules import cdk, ec2, elbv2, lambda_, sqs
from blueprints.cdk.origins import constructs
from blueprints.cdk.sections import stack
from blueprints.cdk.tree import THIS, Do, Let, Ref, Section, Stack, Statement
from blueprints.cdk.value_types import TEXTS, type_of
from blueprints.plan import Plan
from blueprints.stack.assembly import stack_of


def section(name: str, *statements: Statement, en: str = "") -> Section:
    return Section(name, Text.same(en or name), statements)


def whole(*sections: Section) -> Stack:
    return Stack("WorkloadStack", Text.same("A stack"), sections, {"OrdersQueue": {"node": "orders"}})


def orders(*statements: Statement) -> Divided:
    return divided(
        whole(
            section("component_orders", *statements),
            section("outputs", Do(cdk.CfnOutput(THIS, "Q", value=Ref("orders_queue").queue_arn))),
        )
    )


def test_every_design_is_divided_without_loss(plans_to_synthesise: Mapping[str, tuple[Plan, Lang]]) -> None:
    for name, (plan, lang) in plans_to_synthesise.items():
        before = stack(stack_of(plan, lang))
        parts = divided(before)
        made = [statement for one in parts.components for statement in one.statements]
        left = [statement for one in parts.stack.sections if not one.inline for statement in one.statements]
        assert len(made) + len(left) == sum(len(one.statements) for one in before.sections), name
        assert set(parts.stack.origins) == {parts.paths.get(id, id) for id in before.origins}, name
        for component in parts.components:
            used = {used for statement in component.statements for used in statement.names_used}
            own = {statement.name for statement in component.statements if isinstance(statement, Let)}
            assert used - own == set(component.takes), name
            assert set(component.gives) <= own, name
            ids = [id for statement in component.statements for id in constructs(statement)]
            assert len(ids) == len(set(ids)), name


def test_every_design_is_printed_in_both_languages(
    python_files: Mapping[str, Mapping[str, bytes]], typescript_files: Mapping[str, Mapping[str, bytes]]
) -> None:
    assert len(python_files) > 40
    for name, files in python_files.items():
        for path, source in files.items():
            assert not path.endswith(".py") or ast.parse(source), f"{name}: {path}"
        modules = {PurePosixPath(path).stem for path in files if path.startswith("stacks/components/")} - {"__init__"}
        printed = {PurePosixPath(path).stem for path in typescript_files[name] if path.startswith("lib/components/")}
        assert {module.replace("_", "-") for module in modules} == printed, name


def test_names_are_shorter_by_that_of_their_component_and_logical_ids_stay() -> None:
    parts = orders(
        Let("orders_queue", sqs.Queue(THIS, "OrdersQueue")), Do(sqs.Queue(THIS, "Other", dead=Ref("orders_queue")))
    )
    (component,) = parts.components
    assert (component.name, component.module) == ("Orders", "components.orders")
    assert list(component.gives) == ["queue"]
    assert parts.paths == {"OrdersQueue": "Orders/Queue", "Other": "Orders/Other"}
    assert parts.stack.origins == {"Orders/Queue": {"node": "orders"}}
    assert [id for statement in component.statements for id in constructs(statement)] == ["Queue", "Other"]


def test_a_name_that_is_taken_stays_whole() -> None:
    parts = orders(
        Let("orders_queue", sqs.Queue(THIS, "OrdersQueue")),
        Let("queue", sqs.Queue(THIS, "Queue")),
        Do(Ref("queue").call(Ref("orders_queue"))),
    )
    (component,) = parts.components
    assert [statement.name for statement in component.statements if isinstance(statement, Let)] == [
        "orders_queue",
        "queue",
    ]
    assert parts.paths["OrdersQueue"] == "Orders/OrdersQueue"


def test_components_are_called_unlike_what_is_there() -> None:
    parts = divided(
        whole(
            section("parameters", Let("orders", cdk.CfnParameter(THIS, "Orders"))),
            section("stores", Let("a", sqs.Queue(THIS, "A"))),
            section("component_stores", Do(sqs.Queue(THIS, "B"))),
            section("component_orders", Do(sqs.Queue(THIS, "C"))),
            section("component_import", Do(sqs.Queue(THIS, "D"))),
            section("component_construct", Do(sqs.Queue(THIS, "E"))),
        )
    )
    modules = [component.module for component in parts.components]
    assert len(modules) == len(set(modules)) == 5
    assert "components.import" not in modules
    assert "Construct" not in [component.name for component in parts.components]
    ids = [id for one in parts.stack.sections for statement in one.statements for id in constructs(statement)]
    assert len(ids) == len(set(ids))


def test_what_only_a_stack_has_is_asked_of_the_stack() -> None:
    parts = orders(Let("orders_queue", sqs.Queue(THIS, "OrdersQueue", text=THIS.to_json_string({}))))
    (statement,) = parts.components[0].statements
    assert [one for one in statement.expressions if getattr(one, "_name", "") == "of"]


def test_types_are_known_or_refused() -> None:
    values = {"balancer": elbv2.NetworkLoadBalancer(THIS, "B"), "same": Ref("balancer")}
    assert type_of(Ref("same"), values)._name == "NetworkLoadBalancer"  # type: ignore[union-attr]
    assert type_of(Ref("balancer").add_listener("L"), values)._name == "NetworkListener"  # type: ignore[union-attr]
    assert type_of(lambda_.Architecture.custom("arm64"), {})._name == "Architecture"  # type: ignore[union-attr]
    assert type_of(ec2.SubnetSelection(), {})._name == "SubnetSelection"  # type: ignore[union-attr]
    assert type_of([cdk.Fn.select(0, "ids")], {}) == TEXTS
    assert type_of(Ref("same").select_subnets().subnet_ids, values) == TEXTS
    for unknown in ([Ref("same")], "text", Ref("same").something()):
        with pytest.raises(TypeError):
            type_of(unknown, values)


def test_the_stack_names_each_component_and_what_it_takes(sources: Mapping[str, Mapping[str, bytes]]) -> None:
    source = sources["async-coupling"]["stacks/workload_stack.py"].decode()
    made = re.findall(r"self\.(\w+) = (\w+)\(self, \"(\w+)\"|self\.(\w+) = (\w+)\(\n\s+self,\n\s+\"(\w+)\"", source)
    ids = [one[2] or one[5] for one in made if (one[1] or one[4])[:1].isupper()]
    assert ids == ["Stores", "Channels", "ProcessA", "ProcessB"]
    assert "done_topic=self.channels.done_topic" in source
    assert "Monitoring(" in source
    assert set(COMPONENTS.values()) >= {"Network", "Stores", "Channels", "Monitoring"}
