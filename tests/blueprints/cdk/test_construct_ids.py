"""No two constructs of a stack have one id: CDK refuses the second, and CloudFormation keeps outputs apart from resources."""

from collections import Counter

import pytest

import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from blueprints.cdk.origins import constructs
from blueprints.cdk.sections import stack
from blueprints.cdk.tree import Call, Stack
from blueprints.plan import plan_for
from blueprints.stack.assembly import stack_of
from tests.blueprints.answers import NAMES, design_from

EVERY = (*rules.STORIES, *NAMES)


def lifted(design: Design) -> Stack:
    return stack(stack_of(plan_for(design), "en"))


def ids(lifted_stack: Stack) -> list[str]:
    statements = [statement for section in lifted_stack.sections for statement in section.statements]
    return [id for statement in statements for id in constructs(statement)]


@pytest.mark.parametrize("name", EVERY)
def test_no_two_constructs_have_one_id(name: str, book: Book) -> None:
    design = advise(rules.load_story(name), book) if name in rules.STORIES else design_from(name, book)
    assert [id for id, count in Counter(ids(lifted(design))).items() if count > 1] == []


def test_an_output_that_is_called_as_a_construct_keeps_its_name(book: Book) -> None:
    made = lifted(design_from("nothing-kept", book))
    assert {"ByHandTaskCapacity", "ByHandTaskCapacityOutput"} <= set(ids(made))
    (outputs,) = (section for section in made.sections if section.name == "outputs")
    calls = [call for one in outputs.statements for call in one.expressions if isinstance(call, Call)]
    assert [call._args for call in calls if call._args[0] == "ByHandTaskCapacity"] == [("ByHandTaskCapacity",)]
