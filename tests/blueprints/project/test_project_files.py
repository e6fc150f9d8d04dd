"""What the files of a project are, for every story: the same each time, harmless whatever users call things, told in
both languages, and honest about costs and leftovers."""

import ast
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath

import pytest
import yaml

import rules
from advisor.advise import advise
from advisor.architecture import Architecture
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from advisor.text import LANGS, Lang
from blueprints import build
from blueprints.cdk.app import DECLINED
from blueprints.errors import Unsupported
from blueprints.permissions import permissions_of
from blueprints.plan import plan_for
from blueprints.project import missing, project_files
from blueprints.project.account import ACCOUNT_TEMPLATE
from blueprints.project.delivery import DEPLOYMENT
from blueprints.project.documents.standing_costs import retained_resources
from blueprints.sam.translation import parse_template
from tests.blueprints.answers import NAMES, design_from

HOSTILE = (
    "a'b\"c\\d `rm -rf /` $(whoami) ${HOME} {{ 7*7 }} {% raw %} <script>alert(1)</script> </title> --> ]]> "
    "\"\"\" ''' | [x](javascript:alert(1)) ![y](http://e.example/z.png) **b** <!-- c: &d *e %f @g 日本語 \u202eabc"
)
ROOT = Path(__file__).parents[3]
FORBIDDEN = ("TODO", "FIXME", "noqa: S", '"*"', "allow_origin='*'", "0.0.0.0/0", "/work/", "localhost")


def files_of(design: Design, lang: Lang = "en", target: str = "sam") -> dict[str, bytes]:
    plan = plan_for(design)
    return project_files(plan, target, lang, permissions_of(plan))


@pytest.mark.parametrize("story", rules.STORIES)
def test_a_storys_project_is_whole(designs: dict[str, Design], story: str) -> None:
    design = designs[story]
    found = {lang: files_of(design, lang) for lang in LANGS}
    assert set(found["en"]) == set(found["ja"])
    assert list(found["en"]) == sorted(found["en"])
    for path, content in found["en"].items():
        text = content.decode()
        assert text.endswith("\n"), path
        # Conditions of requests are no wildcards: "only when it is not there yet" of S3, and "any version" of HTTP.
        plain = re.sub(r'IfNoneMatch="\*"|"\*" is any version|match(: str = |=)"\*"|not in \("", "\*"\)', "", text)
        assert not [word for word in FORBIDDEN if word in plain], path
        assert " object at 0x" not in text, path
        if path.endswith(".py"):
            ast.parse(text)
        if path == ACCOUNT_TEMPLATE:
            assert parse_template(content)["Resources"]
        elif path.endswith(".yaml"):
            assert list(yaml.safe_load_all(text))
    for program in plan_for(design).programs:
        names = {path.removeprefix(f"{program.directory}/") for path in found["en"]}
        assert {"service.py", "requirements.txt"} <= names
        assert ("Dockerfile" in names) == (program.kind != "function")
        assert f"tests/test_{program.id.replace('-', '_')}.py" in found["en"]
        for variable in program.env:
            code = [text for path, text in found["en"].items() if path.startswith(program.directory)]
            assert any(f'"{variable.name}"'.encode() in text for text in code), variable.name


@pytest.mark.parametrize("story", ["web-application", "kubernetes-jobs"])
@pytest.mark.parametrize("lang", LANGS)
def test_whatever_things_are_called_is_harmless(book: Book, story: str, lang: Lang) -> None:
    raw = yaml.safe_load(rules.story_bytes(story))
    raw["title"] = raw["summary"] = HOSTILE[:300]
    for kind in ("components", "channels", "stores"):
        for subject in raw.get(kind, ()):
            subject["title"] = HOSTILE[:300]
    found = files_of(advise(make_requirements(raw), book), lang)
    calm = files_of(advise(rules.load_story(story), book), lang)
    # Only prose and the page hold what users wrote; the stack name of the Makefile and the workflow is letters, digits
    # and hyphens, and the tags are that name and a digest.
    changed = {path for path in found if found[path] != calm[path]}
    assert changed <= {"README.md", "docs/iam.md", "site/index.html", "Makefile", DEPLOYMENT}
    named = re.compile(r"format\('([^']*)-\{0\}'")
    assert re.fullmatch(r"[a-z][a-z0-9-]*", named.findall(found[DEPLOYMENT].decode())[0])
    assert named.sub("", found[DEPLOYMENT].decode()) == named.sub("", calm[DEPLOYMENT].decode())
    stack = re.compile(rb"^STACK \?= (.*)$", re.MULTILINE)
    made, calmly = found["Makefile"], calm["Makefile"]
    assert re.fullmatch(rb"[a-z][a-z0-9-]*", stack.findall(made)[0])
    told = re.compile(rb"^(STACK \?|TAGS )=.*$", re.MULTILINE)
    assert re.search(rb"^TAGS = application=[a-z][a-z0-9-]* decision=[0-9a-f]{12} environment=", made, re.MULTILINE)
    assert told.sub(b"", made) == told.sub(b"", calmly)
    readme = found["README.md"].decode()
    assert "<script" not in readme
    assert not re.search(r"(?<!\\)\]\(javascript", readme)
    assert "\u202e" not in readme
    if "site/index.html" in found:
        page = Page()
        page.feed(found["site/index.html"].decode())
        assert page.scripts == ["app.js"]
        assert "alert(1)" in page.title


class Page(HTMLParser):
    """The scripts, the title and the links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str | None] = []
        self.addresses: list[str] = []
        self.labelled: set[str] = set()
        self.inputs: set[str] = set()
        self.title = ""
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self._inside = tag
        self.addresses += [str(values[key]) for key in ("src", "href", "action") if key in values]
        if tag == "script":
            self.scripts.append(values.get("src"))
        if tag == "label":
            self.labelled.add(str(values["for"]))
        if tag == "input":
            self.inputs.add(str(values["id"]))

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.title += data


@pytest.mark.parametrize("lang", LANGS)
def test_the_site_is_accessible_and_asks_nobody_else(designs: dict[str, Design], lang: Lang) -> None:
    found = files_of(designs["web-application"], lang)
    text = found["site/index.html"].decode()
    page = Page()
    page.feed(text)
    assert f'<html lang="{lang}">' in text
    assert page.inputs == page.labelled
    assert not [address for address in page.addresses if "//" in address]
    assert not re.search(r"<script>|<style|style=|onclick", text), "the content security policy lets no inline code run"
    hosts = re.findall(r"https?://[^/`'\"]+", found["site/app.js"].decode())
    assert hosts == ["https://cognito-idp.${config.region}.amazonaws.com"]


def test_the_readme_lists_what_costs_while_idle(designs: dict[str, Design]) -> None:
    said = files_of(designs["kubernetes-migration"])["README.md"].decode()
    idle = said.split("## Fixed costs")[1].split("## ")[0]
    for part in ("EKS control plane", "Load balancer", "NAT gateway", "KMS key", "CloudWatch alarms"):
        assert part in idle
    assert "$0." not in said
    functions = files_of(designs["async-coupling"])["README.md"].decode().split("## Fixed costs")[1]
    assert "Load balancer" not in functions
    assert functions.count("dashboard") == idle.count("dashboard") == 1


def test_the_readme_says_how_to_remove_what_stays(designs: dict[str, Design]) -> None:
    said = files_of(designs["web-application"])["README.md"].decode()
    kept = said.split("## Delete")[1].split("## ")[0]
    for command in ("delete-table", "delete-bucket", "delete-user-pool", "delete-repository"):
        assert command in kept


def test_the_readme_names_the_key_that_stays_with_what_it_encrypts(book: Book) -> None:
    component = {"id": "letters", "trigger": "request", "reads": ["drawer"], "writes": ["drawer"]}
    asked = {"components": [component], "stores": [{"id": "drawer", "access": "key-value"}]}
    for own in (True, False):
        design = advise(make_requirements({**asked, "workload": {"customer_managed_keys": own}}), book)
        said = files_of(design)["README.md"].decode()
        assert ("DataKeyArn" in said.split("## Delete")[1].split("## ")[0]) == own


@pytest.mark.parametrize("story", rules.STORIES)
def test_the_readme_gives_commands_for_this_architecture(designs: dict[str, Design], story: str) -> None:
    said = files_of(designs[story])["README.md"].decode()
    tried = said.split("## Try")[1].split("## Delete")[0]
    assert tried.count("```sh") >= 2, "besides the helper there is something to run"
    assert "docs.aws.amazon.com" in said


def test_what_a_pipe_starts_is_tried_with_the_list_that_a_pipe_hands_over(designs: dict[str, Design]) -> None:
    """The state machine takes the one message out of a list: started with anything else, an execution fails at once."""
    found = files_of(designs["data-processing"])
    assert "--input '[{" in found["README.md"].decode()
    assert "given = json.dumps([message])" in found["integration/test_stack.py"].decode()
    found = files_of(designs["scheduled-batch"])
    assert "--input '[" not in found["README.md"].decode()


def test_a_function_with_a_door_answers_calls_that_come_past_it(book: Book) -> None:
    """No request is around such a call: every one of them failed. What it is answered takes no field's place."""
    found = {path: text.decode() for path, text in files_of(design_from("calls-past-doors", book)).items()}
    for program in ("notes", "price"):
        assert "return service.called(event)" in found[f"src/{program}/app.py"]
        assert "def test_a_call_from_another_program_is_processed" in found[f"tests/test_{program}.py"]
    assert "return announce(event)" in found["src/live/app.py"]
    assert "called" not in found["src/sell/app.py"]
    assert 'item["call_price"] = call_price.call(item)' in found["src/sell/service.py"]
    tried = found["README.md"].split('Call "Price"')[1].split('Call "')[0]
    assert "-d '{" not in tried, "it only reads: a POST would be answered 404"


@pytest.mark.parametrize("access", ["key-value", "objects"])
def test_programs_that_keep_results_in_one_store_do_not_take_each_other_s_for_their_own(
    book: Book, access: str
) -> None:
    """Both are told of the same message, and a result has its id: what the second made was dropped as a repetition."""
    heard = {"trigger": "message", "listens_to": "sold", "longest_run_s": 5, "writes": ["kept"]}
    door = {"id": "door", "trigger": "request", "writes": ["kept"], "publishes": ["sold"]}
    asked = {
        "components": [door, {"id": "first", **heard}, {"id": "second", **heard}],
        "channels": [{"id": "sold", "carries": "event"}],
        "stores": [{"id": "kept", "access": access}],
    }
    found = {path: text.decode() for path, text in files_of(advise(make_requirements(asked), book)).items()}
    stores = {program: found[f"src/{program}/store_kept.py"] for program in ("door", "first", "second")}
    if access == "key-value":  # the item belongs to the door, and each result is an attribute of its own
        named = {program for program, text in stores.items() if f'"{program}_result"' in text}
        assert named == {"first", "second"}
        return
    assert {program for program, text in stores.items() if "PREFIX" in text} == {"second"}
    assert 'PREFIX = "second/"' in stores["second"]
    assert '"second/" + id' in found["integration/test_stack.py"]


def test_what_has_no_code_is_said(designs: dict[str, Design]) -> None:
    design = designs["dynamic-web-api"]
    graph = design.architecture
    nodes = tuple(replace(n, service="amazon-mq") if n.role == "store" else n for n in graph.nodes)
    changed = replace(design, architecture=Architecture(nodes, graph.edges, graph.groups))
    with pytest.raises(Unsupported, match="does not support program access"):
        files_of(changed)
    assert [one.where for one in missing(plan_for(changed))] == ["api.compute>read-write>items.store"]
    assert missing(plan_for(design)) == ()


def test_requirement_files_are_cut_from_one_list(designs: dict[str, Design]) -> None:
    found = files_of(designs["web-application"])
    development = set(found["requirements-dev.txt"].decode().splitlines())
    for path, content in found.items():
        if path.endswith("requirements.txt"):
            assert set(content.decode().splitlines()) <= development
    assert all(re.fullmatch(r"[\w\[\].-]+==[\w.]+", line) for line in development)


def test_config_of_the_site_is_left_to_the_upload(designs: dict[str, Design]) -> None:
    assert json.loads(files_of(designs["web-application"])["site/config.json"]) == {}


def test_the_tools_of_a_project_report_to_nobody(designs: dict[str, Design]) -> None:
    design = designs["async-coupling"]
    assert "\nexport SAM_CLI_TELEMETRY = 0\n" in files_of(design)["Makefile"].decode()
    for target in ("cdk-python", "cdk-typescript"):
        command = json.loads(build(design, target, lang="en", extras={})["cdk.json"])
        assert command["versionReporting"] is command["notices"] is command["context"]["cli-telemetry"] is False


def test_apps_begin_with_the_feature_flags_that_the_pinned_cdk_recommends(
    designs: dict[str, Design], node_modules: Path
) -> None:
    recommended = json.loads((node_modules / "aws-cdk-lib/recommended-feature-flags.json").read_text("utf-8"))
    assert len(recommended) > 50
    for target in ("cdk-python", "cdk-typescript"):
        context = json.loads(build(designs["async-coupling"], target, lang="en", extras={})["cdk.json"])["context"]
        assert context == {"cli-telemetry": False, **recommended, **DECLINED}
        assert set(DECLINED) < set(recommended)


def test_manifests_repeat_values_instead_of_pointing_at_them(designs: dict[str, Design]) -> None:
    manifests = [
        content.decode()
        for path, content in files_of(designs["kubernetes-migration"]).items()
        if path.startswith("kubernetes/")
    ]
    assert manifests
    assert not [text for text in manifests if re.search(r"[:-] [&*]id\d", text)]


@pytest.mark.parametrize("name", NAMES)
def test_lint_goes_through_folders_that_are_there(book: Book, name: str) -> None:
    files = files_of(design_from(name, book))
    (folders,) = re.findall(r"for folder in (.*?); do", files["Makefile"].decode())
    for folder in folders.split():
        assert any(PurePosixPath(path).match(f"{folder.rstrip('/')}/*.py") for path in files), f"{folder} is not there"


def test_the_readme_says_what_the_programs_do_and_what_is_verified(designs: dict[str, Design]) -> None:
    readme = files_of(designs["data-processing"])["README.md"].decode()
    assert '| `src/ingest` | processes each record of "Readings" and stores the result in "Measurements" |' in readme
    assert '| `src/validate` | processes each change of "Measurements" and stores the result in "Archive" |' in readme
    assert "The tests send a request or message to each entry point" in readme
    for target in ("sam", "cdk-python", "cdk-typescript"):
        files = files_of(designs["kubernetes-jobs"], target=target)
        readme = files["README.md"].decode()
        # A loop receives no messages, and several replicas of it run.
        assert '| `src/metrics` | does its work every 60 seconds and stores the result in "Events" |' in readme
        assert "the result of each interval is stored once" in readme
        # Nothing in this cluster can be called from outside.
        assert "def test_" in files["integration/test_stack.py"].decode()
        assert "It does not test the programs" in readme
        assert "send a request" not in readme + files["integration/test_stack.py"].decode()
    migrated = files_of(designs["kubernetes-migration"])["README.md"].decode()
    assert "It does not test the programs" not in migrated


@pytest.mark.parametrize("lang", LANGS)
def test_the_readme_warns_of_real_text_messages(designs: dict[str, Design], lang: Lang) -> None:
    warned = {
        story: "sns-sms-sandbox.html" in files_of(designs[story], lang)["README.md"].decode()
        for story in ("mobile-backend", "data-processing")
    }
    assert warned == {"mobile-backend": True, "data-processing": False}


def test_each_command_for_a_retained_resource_deletes_it(designs: dict[str, Design], book: Book) -> None:
    """A command that only lists, or names the deletion in a comment, leaves the resource."""
    known = [*designs.values(), *(design_from(name, book) for name in ("rds-container", "rds-pooled"))]
    commands = {command for design in known for _, _, command in retained_resources(plan_for(design))}
    deletion = re.compile(r"\baws [a-z0-9-]+ (delete|schedule-key-deletion)[a-z-]* [^#]*--|\.delete\(\)")
    assert [command for command in commands if not deletion.search(command.partition(" #")[0])] == []
    assert any('delete-db-snapshot --db-snapshot-identifier "$ID"' in command for command in commands)
    assert all("|" not in command for command in commands)  # In a cell of a table.


def test_a_script_of_npm_deploys_as_the_readme_says(designs: dict[str, Design]) -> None:
    package = json.loads(build(designs["dynamic-web-api"], "cdk-typescript", lang="en", extras={})["package.json"])
    assert package["scripts"]["deploy"] == "make deploy"
