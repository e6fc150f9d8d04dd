"""The program that combines the results of a distributed map reads them, and nothing else of their bucket."""

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from blueprints.plan.statements import statements
from blueprints.values.reference import Ref

_WORK = {"id": "work", "trigger": "schedule", "parallel_items": 20000, "reads": ["files"], "longest_run_s": 5}
_FILES = {"id": "files", "access": "objects"}


def _reading(book: Book, **answers: object) -> list[tuple[tuple[str, ...], tuple[Ref, ...]]]:
    design = advise(make_requirements({"components": [{**_WORK, **answers}], "stores": [_FILES]}), book)
    found = statements(design.architecture)["work.compute"]
    return [(one.actions, one.resources) for one in found if one.sid == "ReadItemResults"]


def test_the_program_that_combines_results_may_read_them(book: Book) -> None:
    results = Ref("work.workflow", "results-bucket-arn", "/runs/*")
    assert _reading(book, combined_result=True) == [(("s3:GetObject",), (results,))]
    assert _reading(book) == []
