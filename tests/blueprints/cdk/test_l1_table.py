"""The table of L1 classes says what the pinned library says, in Python and in TypeScript."""

import re
from collections.abc import Mapping

import pytest

from advisor.book import Book
from blueprints.cdk.lifting import l1
from blueprints.cdk.lifting.l1_table import python_name, spellings, types
from blueprints.cdk.lifting.registry import lifts
from blueprints.cdk.lifting.resource import NotLifted
from blueprints.cdk.lifting.short_forms import resources_of
from blueprints.cdk.typescript.names import member
from blueprints.plan import Plan
from blueprints.stack.assembly import stack_of
from prove.cases import stories, supplements
from prove.cases.pairwise import pairwise
from prove.l1_table import SITE, TABLE, assembly, rows, text, types_without_lift

_STRUCT = re.compile(r"class (\w+)[(:]|name_mapping=\{([^}]*)\}|jsii_type=\"aws-cdk-lib\.([\w.]+)\"")
_PAIR = re.compile(r'"(\w+)": "(\w+)"')


@pytest.fixture(scope="module")
def mapped() -> dict[str, dict[str, str]]:
    """What the library's own Python calls the options of each struct: full name -> Python -> TypeScript."""
    (package,) = SITE.glob("python3*/site-packages/aws_cdk")
    options: dict[str, dict[str, str]] = {}
    for module in {type.module for type in types().values()}:
        name = ""
        for match in _STRUCT.finditer((package / module / "__init__.py").read_text("utf-8")):
            name = match[3] or name
            if match[2]:
                options[name] = dict(_PAIR.findall(match[2]))
    return options


def test_table_matches_the_library() -> None:
    assert text(rows(assembly(), set(types()))) == TABLE.read_text("utf-8")


def test_table_has_the_types_without_a_lift_that_parts_name() -> None:
    assert set(types()) == types_without_lift(), "`python -m prove.l1_table` makes the table of types anew"
    assert len(types()) > 50


def test_table_has_every_type_of_every_case_that_has_no_lift(book: Book, connection_plans: Mapping[str, Plan]) -> None:
    plans = {case.name: case.plan for case in (*stories(book), *supplements(book), *pairwise(book))} | connection_plans
    for name, plan in plans.items():
        used = {resource["Type"] for resource in resources_of(stack_of(plan, "en")).values()}
        assert used <= {*types(), *lifts().types}, name


def test_names_are_those_of_the_library_in_both_languages(mapped: Mapping[str, Mapping[str, str]]) -> None:
    compared = 0
    for type in types().values():
        own = f"{type.module}.{type.kind}"
        assert spellings()[type.module, type.kind] == mapped[f"{own}Props"], type.name
        for struct in type.structs:
            assert spellings()[type.module, f"{type.kind}.{struct}"] == mapped[f"{own}.{struct}"], struct
            compared += 1
        for attribute in type.attributes:
            assert member(python_name(attribute)) == attribute
    assert compared > 300


def test_an_unknown_property_names_the_command_that_regenerates_the_table() -> None:
    type = types()["AWS::Events::Rule"]
    with pytest.raises(NotLifted, match=r"Colour of AWS::Events::Rule.*python -m prove.l1_table"):
        type.property("Colour")
    with pytest.raises(NotLifted, match=r"Shade of AWS::Events::Rule.*python -m prove.l1_table"):
        type.attribute("Shade")


def test_attribute_of_a_nested_name() -> None:
    assert l1.attribute("AWS::ElastiCache::ServerlessCache", "Endpoint.Address") == "attr_endpoint_address"
