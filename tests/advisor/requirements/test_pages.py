"""A site that is linked to an API: its pages call the API from the browser, and nothing of the site runs on a server."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from advisor.verdict import decide_workload, revised
from advisor.verdict.origins import behind
from advisor.vocabulary import FIELDS
from renderers.record import record_of

SITE: dict[str, Any] = {"id": "site", "trigger": ["request"], "static_site": True, "calls": ["api"]}
API: dict[str, Any] = {"id": "api", "trigger": ["request"], "reads": ["orders"], "writes": ["orders"]}
STORES = [{"id": "orders", "access": "relational"}]


def designed(book: Book, site: dict[str, Any] | None = None, api: dict[str, Any] | None = None) -> Design:
    components = [{**SITE, **(site or {})}, {**API, **(api or {})}]
    stores = [*STORES, {"id": "files", "access": "objects"}] if "files" in (site or {}).get("reads", ()) else STORES
    return advise(make_requirements({"components": components, "stores": stores}), book)


def programs(design: Design) -> set[str]:
    return {node.subject for node in design.architecture.nodes if node.role == "compute"}


@pytest.mark.parametrize("logic", [{}, {"logic": "none"}], ids=["unanswered", "no code"])
@pytest.mark.parametrize("api", [{}, {"exposure": "public"}, {"authentication": "sign-up"}, {"cdn": True}])
def test_a_site_that_calls_an_api_is_files_and_one_api_that_browsers_reach(
    book: Book, logic: dict[str, Any], api: dict[str, Any]
) -> None:
    design = designed(book, logic, api)
    assert programs(design) == {"api"}
    assert [node.id for node in design.architecture.nodes if node.role == "entry"] == ["api.entry"]
    assert not [edge for edge in design.architecture.edges if edge.verb == "call"]
    assert design.verdict.subjects["api"].known.values["exposure"] == "public"


def test_the_requests_say_which_pages_they_come_from(book: Book) -> None:
    (edge,) = (edge for edge in designed(book).architecture.edges if edge.verb == "request")
    assert edge.sentence.en.endswith('the pages of "site" do so from the browser')
    assert "「site」のページがブラウザから呼び出す" in edge.sentence.ja


def test_the_assumptions_say_that_the_pages_call(book: Book) -> None:
    known = {id: subject.known for id, subject in designed(book).verdict.subjects.items()}
    (site,), (api,) = known["site"].because["logic"], known["api"].because["exposure"]
    assert (site.subject, site.text.en) == ("api", 'the pages of the site call "{subject}"')
    assert (api.subject, api.text.en) == ("site", 'the pages of "{subject}" call it from the browser')


@pytest.mark.parametrize("authentication", ["sign-up", "existing-provider"])
@pytest.mark.parametrize("logic", [{}, {"logic": "none"}], ids=["unanswered", "no code"])
def test_users_who_sign_in_to_a_site_are_checked_by_the_api_that_its_pages_call(
    book: Book, authentication: str, logic: dict[str, Any]
) -> None:
    design = designed(book, {"authentication": authentication, **logic})
    assert programs(design) == {"api"}
    (check,) = (edge for edge in design.architecture.edges if edge.verb == "authorize")
    assert check.source == "api.entry"
    api = design.verdict.subjects["api"].known
    assert api.values["authentication"] == authentication
    assert api.because["authentication"][0].subject == "site"


@pytest.mark.parametrize(
    ("site", "api"),
    [
        ({"authentication": "sign-up"}, {"authentication": "none"}),
        ({"authentication": "aws-iam"}, {}),
        ({"logic": "code"}, {}),
        ({"reads": ["orders"]}, {}),
        ({"language": "java"}, {}),
        ({"memory_mib": 1024}, {}),
        ({"steps": 2}, {}),
        ({"migrates_from": "app-runner"}, {}),
        ({"pins": {"compute": "lambda"}}, {}),
        ({"pins": {"entry": "api-gateway-http"}}, {}),
        ({}, {"exposure": "private"}),
        ({}, {"authentication": "aws-iam"}),
        ({}, {"trigger": ["on-demand"]}),
        ({}, {"protocol": "grpc"}),
        ({"exposure": "private"}, {}),
    ],
)
def test_a_site_with_work_for_a_program_has_one(book: Book, site: dict[str, Any], api: dict[str, Any]) -> None:
    assert "site" in programs(designed(book, site, api))


def services(design: Design) -> dict[str, Any]:
    return {id: subject.services for id, subject in design.verdict.subjects.items()}


def test_stating_what_is_assumed_of_a_site_or_chosen_for_it_changes_nothing(book: Book) -> None:
    before = designed(book)
    site = before.verdict.subjects["site"]
    known = site.known
    # A trigger is not stated by what would start the component: these are of no meaning for what requests start.
    assumed = {
        field.id: known.values[field.id]
        for field in FIELDS["component"]
        if field.id in known.assumed and field.default is not None and known.values.get(field.id) is not None
    }
    assert {"steps", "language", "logic", "memory_mib"} <= assumed.keys()
    for field, value in assumed.items():
        assert services(designed(book, {field: value})) == services(before), field
    chosen = {role: str(service) for role, service in site.services.items() if service is not None}
    assert {"compute", "delivery", "hosting", "observability"} <= chosen.keys()
    for role, service in chosen.items():
        assert services(designed(book, {"pins": {role: service}})) == services(before), role


def test_a_firewall_specified_for_a_site_is_that_of_its_content_delivery(book: Book) -> None:
    before = designed(book, {"waf": True})
    assert programs(before) == {"api"}
    assert services(designed(book, {"waf": True, "pins": {"firewall": "waf"}})) == services(before)


def test_what_a_site_calls_besides_is_decided_again_when_one_of_it_becomes_private(book: Book) -> None:
    two = [{**SITE, "calls": ["api", "second"]}, API, {"id": "second", "trigger": ["request"]}]
    design = advise(make_requirements({"components": two, "stores": STORES}), book)
    assert design.verdict.subjects["api"].known.values["exposure"] == "public"
    changed = revised(design.verdict, "second", {"exposure": "private"}, design.dated)
    assert changed.subjects["api"].known.values["exposure"] == "private"
    assert changed == decide_workload(changed.answers, design.dated)


def of_two_sites(book: Book, first: dict[str, Any], second: dict[str, Any]) -> Design:
    sites = [{**SITE, "id": "landing", **first}, {**SITE, "id": "portal", **second}]
    return advise(make_requirements({"components": [*sites, API], "stores": STORES}), book)


OPEN_AND_SIGNED_IN: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {"authentication": "sign-up"}),
    ({"authentication": "sign-up"}, {}),
    ({"authentication": "none"}, {"authentication": "sign-up"}),
    ({"authentication": "sign-up"}, {"authentication": "sign-up"}),
]


@pytest.mark.parametrize(("first", "second"), OPEN_AND_SIGNED_IN)
def test_an_api_checks_its_callers_if_users_sign_in_to_one_of_the_sites_that_call_it(
    book: Book, first: dict[str, Any], second: dict[str, Any]
) -> None:
    design = of_two_sites(book, first, second)
    assert programs(design) == {"api"}
    api = design.verdict.subjects["api"]
    assert api.known.values["authentication"] == "sign-up"
    assert api.services["identity"] == "cognito"
    signed_in = [id for id, site in (("landing", first), ("portal", second)) if site.get("authentication") == "sign-up"]
    assert [because.subject for because in api.known.because["authentication"]] == signed_in


@pytest.mark.parametrize("exposures", [("partner", "public"), ("public", "partner")])
def test_an_api_has_the_widest_exposure_of_the_sites_that_call_it(book: Book, exposures: tuple[str, str]) -> None:
    design = of_two_sites(book, *({"exposure": exposure} for exposure in exposures))
    assert design.verdict.subjects["api"].known.values["exposure"] == "public"


def test_sites_with_different_providers_have_programs_and_what_their_sign_in_changes_is_decided_again(
    book: Book,
) -> None:
    ways = [{"authentication": "sign-up"}, {"authentication": "existing-provider"}]
    for first, second in (ways, ways[::-1]):
        design = of_two_sites(book, first, second)
        assert programs(design) == {"landing", "portal", "api"}
        changed = revised(design.verdict, "portal", {"authentication": first["authentication"]}, design.dated)
        assert changed.subjects["landing"].services["compute"] == "none"
        assert changed == decide_workload(changed.answers, design.dated)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("longest_run_s", 1200.0),
        ("typical_run_s", 3.0),
        ("whole_run_s", 40.0),
        ("response_s", 50.0),
        ("request_bytes", 8e6),
        ("response_bytes", 20e6),
        ("latency_ms", 20.0),
    ],
)
def test_what_is_stated_of_the_requests_of_a_site_counts_for_the_api(book: Book, field: str, value: float) -> None:
    at_site, at_api = designed(book, {field: value}), designed(book, None, {field: value})
    api, as_stated = at_site.verdict.subjects["api"], at_api.verdict.subjects["api"]
    assert api.known.values == as_stated.known.values
    assert api.services == as_stated.services
    assert [because.subject for because in api.known.because[field]] == ["site"]
    # What is stated of the API itself is not replaced, and a change at the site is decided again.
    assert designed(book, {field: value}, {field: value / 2}).verdict.subjects["api"].known.values[field] == value / 2
    changed = revised(at_site.verdict, "site", {field: value / 2}, at_site.dated)
    assert changed == decide_workload(changed.answers, at_site.dated)


def test_an_api_meets_the_strictest_of_its_sites(book: Book) -> None:
    design = of_two_sites(book, {"longest_run_s": 20, "latency_ms": 100}, {"longest_run_s": 5, "latency_ms": 500})
    known = design.verdict.subjects["api"].known
    assert (known.values["longest_run_s"], known.values["latency_ms"]) == (20, 100)


def test_the_size_of_files_that_clients_upload_directly_is_not_that_of_the_requests(book: Book) -> None:
    uploading = {"direct_uploads": True, "writes": ["orders", "files"]}
    stores = [*STORES, {"id": "files", "access": "objects"}]
    components = [{**SITE, "request_bytes": 5e7}, {**API, **uploading}]
    design = advise(make_requirements({"components": components, "stores": stores}), book)
    assert design.verdict.subjects["api"].known.values["request_bytes"] < 1e6


def warned_of_sign_ins(design: Design) -> list[tuple[str, str]]:
    found = design.decision.warnings
    return [(one.subject, one.sentence.en) for one in found if one.id == "sites-sign-in-differently"]


def test_sites_that_have_programs_because_of_their_sign_ins_are_told(book: Book) -> None:
    ways = {"authentication": "sign-up"}, {"authentication": "existing-provider"}
    ((subject, words),) = warned_of_sign_ins(of_two_sites(book, *ways))
    assert subject == "api"
    assert words.startswith('The pages of "landing" and "portal" do not call "api" from the browser')


@pytest.mark.parametrize(
    "second", [{}, {"authentication": "sign-up"}, {"authentication": "existing-provider", "logic": "code"}]
)
def test_nothing_is_told_of_sites_with_one_sign_in_or_with_code(book: Book, second: dict[str, Any]) -> None:
    assert not warned_of_sign_ins(of_two_sites(book, {"authentication": "sign-up"}, second))


JOB: dict[str, Any] = {"id": "job", "trigger": ["schedule"], "logic": "code", "calls": ["api"]}
BALANCED = {"pins": {"compute": "ecs", "entry": "alb"}}


def shut_out_of(book: Book, *components: dict[str, Any]) -> list[str]:
    design = advise(make_requirements({"components": list(components), "stores": STORES}), book)
    return [one.sentence.en for one in design.decision.warnings if one.id == "only-browsers-sign-in"]


def test_pages_and_programs_that_cannot_sign_in_at_a_load_balancer_are_named(book: Book) -> None:
    signed_in = {**SITE, "authentication": "sign-up"}
    (both,) = shut_out_of(book, signed_in, {**API, **BALANCED}, JOB)
    assert both.startswith('The load balancer of "api" ')
    assert 'requests of "job" and the scripts of pages from another origin fail' in both
    (pages,) = shut_out_of(book, signed_in, {**API, **BALANCED})
    assert "requests of the scripts of pages from another origin fail" in pages
    (program,) = shut_out_of(book, {**API, **BALANCED, "authentication": "sign-up"}, JOB)
    assert 'requests of "job" fail' in program


CONTAINER: dict[str, Any] = {**API, "packaging": "container-image", "cold_start_ok": False}


@pytest.mark.parametrize("sign_in", ["sign-up", "existing-provider"])
@pytest.mark.parametrize("exposure", [{}, {"exposure": "partner"}])
def test_containers_that_pages_call_with_a_sign_in_are_not_behind_a_load_balancer(
    book: Book, sign_in: str, exposure: dict[str, Any]
) -> None:
    signed_in = {**SITE, **exposure, "authentication": sign_in}
    design = advise(make_requirements({"components": [signed_in, CONTAINER], "stores": STORES}), book)
    services = design.verdict.subjects["api"].services
    assert (services["compute"], services["entry"]) == ("ecs", "api-gateway-http")
    assert not {"only-browsers-sign-in", "calls-without-a-token"} & {one.id for one in design.decision.warnings}
    unsigned = advise(make_requirements({"components": [SITE, CONTAINER], "stores": STORES}), book)
    assert unsigned.verdict.subjects["api"].services["entry"] == "alb"


def test_answers_that_only_a_load_balancer_waits_for_keep_it_with_its_warning(book: Book) -> None:
    slow = {**CONTAINER, "response_s": 120.0, "longest_run_s": 120.0}
    (pages,) = shut_out_of(book, {**SITE, "authentication": "sign-up"}, slow)
    assert "requests of the scripts of pages from another origin fail" in pages


def test_callers_with_a_token_or_without_sign_in_are_not_shut_out(book: Book) -> None:
    assert not shut_out_of(book, {**SITE, "authentication": "sign-up"}, API, JOB)
    assert not shut_out_of(book, SITE, {**API, **BALANCED}, JOB)
    assert not shut_out_of(book, {**API, **BALANCED, "authentication": "sign-up"})


def test_the_stated_sign_in_of_a_site_is_kept_with_no_check_at_the_site(book: Book) -> None:
    design = designed(book, {"authentication": "sign-up"})
    site = design.verdict.subjects["site"]
    assert site.known.values["authentication"] == "sign-up"
    assert site.known.values["checked_elsewhere"]
    assert "identity" not in site.services
    assert not design.verdict.subjects["api"].known.values["checked_elsewhere"]
    with_program = designed(book, {"authentication": "sign-up", "logic": "code"}).verdict.subjects["site"]
    assert not with_program.known.values["checked_elsewhere"]
    assert with_program.services["identity"] == "cognito"


def test_that_pages_call_does_not_rest_on_what_only_would_speak_against_it() -> None:
    stated = ("static_site", "calls", "authentication", "trigger")
    assert {"authentication", "trigger"}.isdisjoint({*behind("logic", stated)})
    assert {*behind("logic", ("static_site",))} >= {"calls", "authentication", "trigger"}


def test_the_record_credits_the_sign_in_of_a_site_with_the_check_of_its_api_and_not_with_its_lack_of_code(
    book: Book,
) -> None:
    answers = record_of(designed(book, {"authentication": "sign-up"})).answers
    effects = [one for answer in answers if ("site", "authentication") in answer.places for one in answer.effects]
    assert {subject for one in effects for subject in one.subjects} == {"api"}
    assert "Identity" in {one.role.en for one in effects}


def test_the_rate_of_a_site_is_that_of_the_api_that_its_pages_call(book: Book) -> None:
    before = designed(book, {"rate_average_rps": 50, "rate_peak_rps": 300})
    api = before.verdict.subjects["api"].known
    assert (api.values["rate_average_rps"], api.values["rate_peak_rps"]) == (50, 300)
    assert api.because["rate_average_rps"][0].subject == "site"
    stated = designed(book, {"rate_average_rps": 50}, {"rate_average_rps": 2}).verdict.subjects["api"].known
    assert stated.values["rate_average_rps"] == 2
    changed = revised(before.verdict, "site", {"rate_average_rps": 100}, before.dated)
    assert changed.subjects["api"].known.values["rate_average_rps"] == 100
    assert changed == decide_workload(changed.answers, before.dated)


def test_the_rates_of_sites_that_call_an_api_are_added(book: Book) -> None:
    known = of_two_sites(book, {"rate_average_rps": 50}, {"rate_average_rps": 20}).verdict.subjects["api"].known
    assert known.values["rate_average_rps"] == 70
    assert [because.text.en for because in known.because["rate_average_rps"]] == [
        'the total rate of the sites that call "{subject}"'
    ]


def test_requests_to_an_api_behind_a_cdn_say_which_pages_they_come_from(book: Book) -> None:
    edges = designed(book, api={"cdn": True}).architecture.edges
    (edge,) = (edge for edge in edges if (edge.verb, edge.target) == ("load", "api.delivery"))
    assert edge.sentence.en.endswith('the pages of "site" do so from the browser')


@pytest.mark.parametrize("entry", ["alb", "api-gateway-http"])
def test_programs_of_partners_are_not_shut_out(book: Book, entry: str) -> None:
    """A load balancer verifies the tokens of partners instead of signing them in with a browser."""
    gate = {"id": "api", "trigger": "request", "exposure": "partner", "authentication": "existing-provider"}
    assert shut_out_of(book, {**gate, "pins": {"compute": "ecs", "entry": entry}}) == []


def test_a_load_balancer_that_verifies_tokens_says_so_in_its_connection(book: Book) -> None:
    gate = {"id": "api", "trigger": "request", "exposure": "partner", "authentication": "existing-provider"}
    asked = {"schema": 2, "components": [{**gate, "pins": {"compute": "ecs", "entry": "alb"}}]}
    (edge,) = (e for e in advise(make_requirements(asked), book).architecture.edges if e.verb == "authorize")
    assert edge.sentence.en == "The Application Load Balancer verifies the caller's token in each request"


def test_programs_of_the_workload_have_no_token_for_the_load_balancer_of_partners(book: Book) -> None:
    gate = {"id": "api", "trigger": "request", "exposure": "partner", "authentication": "existing-provider"}
    caller = {"id": "other", "trigger": "message", "calls": ["api"]}
    asked = {"schema": 2, "components": [{**gate, "pins": {"compute": "ecs", "entry": "alb"}}, caller]}
    warnings = advise(make_requirements(asked), book).decision.warnings
    (words,) = (one.sentence.en for one in warnings if one.id == "calls-without-a-token")
    assert 'Requests of "Other" fail' in words or 'Requests of "other" fail' in words
