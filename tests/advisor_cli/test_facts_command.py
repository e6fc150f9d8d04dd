"""`advisor facts`: every fact with its value in force; --stale names those that were not checked lately."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import rules
from advisor_cli.main import cli
from tests.rules.test_packs import FACT

BOOK = rules.load_book()


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(cli, ["facts", *arguments])
    assert "Traceback" not in result.output
    assert "fault of the program" not in result.output
    return result


def listed(*arguments: str) -> dict[str, Any]:
    found = json.loads(run(*arguments, "--format", "json").stdout)["facts"]
    return {fact["id"]: fact for fact in found}


def test_every_fact_is_listed_with_its_source() -> None:
    result = run()
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(BOOK.facts)
    assert all("https://" in line for line in lines)


def test_the_value_in_force_is_that_of_the_day() -> None:
    assert listed("--service", "sqs")["sqs-message-size"]["in_words"] == "1 MiB"
    older = listed("--service", "sqs", "--as-of", "2025-01-01")["sqs-message-size"]
    assert (older["value"], older["in_words"], older["unit"]) == (262144, "256 KiB", "B")
    assert older["series"][-1] == {"from": "2025-08-04", "value": 1048576}
    assert listed("--as-of", "1990-01-01")["sqs-message-size"]["in_words"] == "not yet in force"
    assert listed("--lang", "ja")["sqs-retention"]["in_words"] == "14 日"


def test_a_service_has_its_own_facts_and_those_that_limit_it() -> None:
    own = listed("--service", "lambda")
    assert {fact["service"] for fact in own.values()} >= {"lambda"}
    for service in BOOK.services.values():
        assert {limit.fact for limit in service.limits} <= set(listed("--service", service.id))
    result = run("--service", "sq")
    assert result.exit_code == 2
    assert '--service: "sq" must be one of: alb, amazon-mq' in result.stderr
    assert "使える値" in run("--service", "sq", "--lang", "ja").stderr


@pytest.mark.parametrize(("ago", "days", "stale"), [(10, "9", True), (10, "10", False), (400, "365", True)])
def test_stale_is_what_was_not_checked_in_so_many_days(ago: int, days: str, stale: bool, tmp_path: Path) -> None:
    day = (date.today() - timedelta(days=ago)).isoformat()
    fact = {**FACT, "id": "house-fact", "source": {"url": "https://example.com", "checked": day}}
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "house.yaml").write_text(json.dumps({"facts": [fact]}))
    result = run("--stale", "--days", days, "--service", "house", "--book", str(tmp_path))
    assert result.exit_code == (1 if stale else 0)
    assert ("house-fact" in result.stdout) == stale
    assert result.stderr.startswith("1 of 1 facts were last checked more than" if stale else "All facts were checked")


def test_wrong_days_are_a_sentence() -> None:
    assert run("--stale", "--days", "-1").exit_code == 2
    assert "from 0 to 36,500" in run("--stale", "--days", "soon").stderr + run("--stale", "--days", "-1").stderr
