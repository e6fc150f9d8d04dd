"""Rows of a store: items of callers, results and totals among them, and whom they belong to."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
import yaml

import blueprints
import rules
from advisor.advise import advise
from advisor.requirements import make_requirements
from advisor.text import LANGS, Lang

TARGETS = [target.id for target in blueprints.TARGETS]
API = "{id: api, trigger: request, exposure: public, authentication: sign-up, reads: [orders], writes: [orders], %s}"
HOOK = "{id: hook, trigger: request, exposure: partner, authentication: signature, writes: [orders]}"
NIGHTLY = "{id: nightly, trigger: schedule, reads: [orders], %s}"
JOBS = "{id: jobs, carries: work}"
#: A data store with an API without a program, webhooks, changes that start work, and totals.
CHANGES = f"""
components:
  - {API % "protocol: graphql, logic: none"}
  - {HOOK}
  - {{id: worker, trigger: event, event_source: table-change, listens_to: orders, writes: [orders]}}
  - {NIGHTLY % "writes: [orders]"}
stores: [{{id: orders, access: key-value}}]
"""
#: A worker with messages about the items of callers, and about the totals of a run.
MIXED = f"""
components:
  - {API % "publishes: [jobs]"}
  - {{id: index, trigger: message, listens_to: jobs, reads: [orders], writes: [found, orders]}}
  - {NIGHTLY % "writes: [orders], publishes: [jobs]"}
channels: [{JOBS}]
stores: [{{id: orders, access: relational}}, {{id: found, access: search}}]
"""
#: A run that sends a message about each item, of which the API signs some, to a worker and a partner.
RUN = f"""
components:
  - {API % "uses_secrets: true"}
  - {{id: ship, trigger: message, listens_to: jobs, writes: [%s]}}
  - {NIGHTLY % "publishes: [jobs, partners]"}
channels:
  - {{id: jobs, carries: work, rate_average_rps: 1}}
  - {{id: partners, carries: event, rate_average_rps: 1, destinations: [{{kind: partner-http}}]}}
stores: [{{id: orders, access: key-value}}, {{id: kept, access: key-value}}]
"""
MAP = f"""
components:
  - {API.replace("[orders]", "[files, orders]") % "direct_uploads: true"}
  - {{id: convert, trigger: event, event_source: s3-object, listens_to: files, parallel_items: 5000, steps: 2,
      combined_result: true, compensation: true, retries: true, reads: [files], writes: [orders]}}
stores: [{{id: files, access: objects, item_bytes: 10 MiB}}, {{id: orders, access: key-value}}]
"""


@cache
def built(requirements: str, target: str, lang: Lang = "en") -> Mapping[str, bytes]:
    """Return the files of a project."""
    asked: dict[str, Any] = yaml.safe_load(requirements)
    channels = asked.get("channels", [])
    used = [name for one in asked["components"] for name in (*one.get("reads", ()), *one.get("writes", ()))]
    stores = [one for one in asked["stores"] if one["id"] in used]
    given = {**asked, "title": "T", "channels": channels, "stores": stores}
    return blueprints.build(advise(make_requirements(given), rules.load_book()), target, lang=lang, extras={})


def files_of(requirements: str, target: str) -> dict[str, str]:
    """Return the code of a project, by component and module."""
    found = built(requirements, target)
    code = {path: text.decode() for path, text in found.items() if re.search(r"src/.*\.(py|ts)\Z|template\.", path)}
    return {path.removeprefix("src/").replace("-", "_").rpartition(".")[0]: text for path, text in code.items()}


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("requirements", [CHANGES, MIXED, RUN % "orders"])
def test_a_prefix_that_results_have_is_used(requirements: str, target: str) -> None:
    for path, text in files_of(requirements, target).items():
        for name in ("PREFIX", "RESULT_OF", "INSIDE", "FOUND"):
            assert len(re.findall(rf"\b{name}\b", text)) != 1, (path, name)


@pytest.mark.parametrize("target", TARGETS)
def test_results_and_totals_beside_items_of_an_api_without_a_program_are_marked(target: str) -> None:
    files = files_of(CHANGES, target)
    for program in ("worker", "nightly"):
        assert re.search(r'"?result_of"?: RESULT_OF', files[f"{program}/store_orders"]), program
    assert re.search(r"PREFIX \+ item", files["worker/store_orders"])


@pytest.mark.parametrize("target", TARGETS)
def test_a_second_sender_does_not_make_rows_of_results(target: str) -> None:
    service, store = (files_of(MIXED, target)[f"index/{name}"] for name in ("service", "store_orders"))
    assert re.search(r"nightly\.['\"]", service)
    assert re.search(r"set_?[rR]esult\(", service)
    assert "internal:index" in service
    assert re.search(r"results/[{$]", store)


@pytest.mark.parametrize("target", TARGETS)
def test_a_run_sends_nothing_that_programs_keep_in_items(target: str) -> None:
    assert re.search(
        r"INSIDE = [(\[]['\"]ship_result['\"], ['\"]signature['\"]", files_of(RUN % "orders", target)["nightly/service"]
    )


@pytest.mark.parametrize("target", TARGETS)
def test_work_on_each_item_of_a_run_adds_no_row(target: str) -> None:
    service = files_of(RUN % "orders", target)["ship/service"]
    assert re.search(r"set_?[rR]esult\(", service)
    assert not re.search(r"put_?[oO]nce\(|put\(", service)
    assert re.search(r"put_?[oO]nce\(|put\(", files_of(RUN % "kept", target)["ship/service"])


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("isolation", ["per-tenant", "shared"])
@pytest.mark.parametrize("packaging", ["", "packaging: container-image, "])
def test_callers_who_are_known_find_no_webhook_whoever_else_writes(packaging: str, isolation: str, target: str) -> None:
    hook = HOOK.replace("id: hook", f"{packaging}id: hook")
    api = API % ("isolation: per-tenant" if isolation == "per-tenant" else "longest_run_s: 5")
    given = f"components: [{api}, {hook}, {NIGHTLY % 'writes: [orders]'}]\nstores: [{{id: orders, access: key-value}}]"
    files = files_of(given, target)
    door = files.get("hook/caller") or files["hook/main"]
    assert "internal:hook" in door


@pytest.mark.parametrize("target", TARGETS)
def test_the_item_of_a_map_is_the_item_of_the_upload(target: str) -> None:
    files = files_of(MAP, target)
    assert re.search(r"['\"]Key['\"] in ", files["convert/message"])
    assert (
        re.search(r"get\(.*object['\"]? in message", files["convert/service"])
        or "message.id : about" in files["convert/service"]
    )


@pytest.mark.parametrize("lang", LANGS)
def test_the_readme_says_where_results_about_no_item_are(lang: Lang) -> None:
    readme = built(MIXED, "sam", lang)["README.md"].decode()
    assert "`results/`" in readme
    assert "`nightly`" in readme
    assert "`results/`" not in built(RUN % "orders", "sam", lang)["README.md"].decode()
