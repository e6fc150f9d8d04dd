"""Runs that make one result of all items: a missing last step, and messages about single items, are found."""

from tests.prove.behaviour.planting import redefined, rules_after, rules_with
from tests.prove.behaviour.written import Stories, stories

__all__ = ["stories"]

_STORED = "    store_bills.put(result)\n    return result"
_SENT = '    channel_done.send({**result, "type": "bill.done", "key": result["id"], "item": result})\n    return result'


def test_a_run_that_ends_with_its_last_item_is_found(stories: Stories) -> None:
    end_early = redefined('"Next": "Combine"', '"Next": "End"')
    project = stories.project("combined-items")
    assert project.rules_found_by("contracts") == set()
    assert rules_with(project, "contracts", end_early) == {"items-not-combined"}


def test_a_message_for_each_item_is_found(stories: Stories) -> None:
    sent = _STORED.replace("    return result", _SENT)
    project = stories.project("combined-items")
    assert rules_after(project, "contracts", "src/bill/service.py", _STORED, sent) == {"items-not-combined"}


def test_a_list_of_results_that_the_program_cannot_read_is_found(stories: Stories) -> None:
    project = stories.project("combined-objects")
    assert project.rules_found_by("contracts") == set()
    assert "map-fails" in rules_with(project, "contracts", redefined('"JSONL"', '"JSON"'))


def test_an_item_that_takes_the_result_from_its_run_is_found(stories: Stories) -> None:
    counted_first = redefined('"ToleratedFailurePercentage": 100', '"ToleratedFailurePercentage": 5')
    found = rules_with(stories.project("combined-objects"), "contracts", counted_first)
    assert found == {"failure-takes-the-result"}


def test_a_combined_result_that_does_not_name_the_failed_items_is_found(stories: Stories) -> None:
    project, find = stories.project("combined-objects"), "= item_results.failed(results)"
    assert rules_after(project, "contracts", "src/bill/service.py", find, "= 0, [], ''") == {"failed-item-unnamed"}
