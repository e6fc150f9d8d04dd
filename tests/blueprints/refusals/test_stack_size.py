"""Stacks above the CloudFormation quota are refused, and stacks close to it are warned about, by what each target makes."""

from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from advisor_bundle import project_zip
from advisor_bundle.linting import lint
from blueprints import sam
from blueprints.plan import plan_for
from blueprints.refusals.stack_size import MOST_RESOURCES, nearly_full, resource_count, too_large
from blueprints.stack.assembly import stack_of
from blueprints.targets import TARGETS
from tests.blueprints.translation import translated


def designed(book: Book, functions: int, containers: int = 0) -> Design:
    """Return a design of so many functions, and of so many container services behind load balancers."""
    components: list[dict[str, Any]] = [{"id": f"service-{n}", "trigger": "request"} for n in range(functions)]
    image = {"trigger": "request", "packaging": "container-image", "pins": {"compute": "ecs", "entry": "alb"}}
    components += [{"id": f"shop-{n}", **image} for n in range(containers)]
    return advise(make_requirements({"components": components}), book)


@pytest.mark.parametrize("target", [target.id for target in TARGETS])
def test_a_design_of_many_functions_is_refused_with_count_and_limit(target: str, book: Book) -> None:
    design = designed(book, 24)
    count = resource_count(stack_of(plan_for(design), "en"), target)
    (refused,) = blueprints.check(design, target)
    assert refused.where == "stack"
    assert all(f"{count} " in words and "500" in words for words in (refused.reason.en, refused.reason.ja))
    for take in (lambda: project_zip(design, target, "en"), lambda: lint(design, target)):
        with pytest.raises(blueprints.Unsupported) as error:
            take()
        assert error.value == refused


@pytest.mark.parametrize("target", [target.id for target in TARGETS])
def test_a_design_close_to_the_limit_is_warned_about_and_built(target: str, book: Book) -> None:
    design = designed(book, 19)
    assert blueprints.check(design, target) == ()
    (warning,) = blueprints.warnings(plan_for(design), target)
    count = resource_count(stack_of(plan_for(design), "en"), target)
    assert MOST_RESOURCES * 0.8 <= count <= MOST_RESOURCES
    assert f"{count} resources, {100 * count // MOST_RESOURCES}%" in warning.en
    assert f"{count} 個" in warning.ja
    assert blueprints.warnings(plan_for(designed(book, 3)), target) == ()


def test_linting_repeats_the_warning_and_is_no_finding(book: Book) -> None:
    design = designed(book, 19)
    linted = lint(design, "sam")
    assert linted.findings == ()
    assert linted.warnings == blueprints.warnings(plan_for(design), "sam") != ()


def test_cdk_is_counted_with_its_route_tables_and_rules_between_groups(book: Book) -> None:
    stack = stack_of(plan_for(designed(book, 0, 3)), "en")
    # Two subnets share each of two tables, of which the public one has a route; three services admit the load balancer.
    assert resource_count(stack, "cdk-python") - resource_count(stack, "sam") == 2 + 1 + 3


def test_sam_is_counted_as_its_transform_writes_it_out(book: Book) -> None:
    plan = plan_for(designed(book, 4))
    template = translated(sam.files(plan, "en"))
    assert len(template["Resources"]) == resource_count(stack_of(plan, "en"), "sam")


@pytest.mark.parametrize(("count", "warned", "refused"), [(399, 0, 0), (400, 1, 0), (500, 1, 0), (501, 0, 1)])
def test_the_borders(count: int, warned: int, refused: int, book: Book) -> None:
    stack = stack_of(plan_for(designed(book, 1)), "en")
    for number in range(count - resource_count(stack, "sam")):
        stack.add(f"Topic{number}", "AWS::SNS::Topic", {})
    assert resource_count(stack, "sam") == count
    assert (nearly_full(stack, "sam") is not None) == bool(warned)
    assert len(list(too_large(stack, "sam"))) == refused
