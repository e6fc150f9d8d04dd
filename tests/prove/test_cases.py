"""The supplements: deployed features that no story has, each with a project in every target."""

import blueprints
import rules
from advisor.book import Book
from prove.cases import SUPPLEMENTS, stories, supplements
from prove.live.deploy import is_deployed
from prove.projects import Project
from prove.tiers import TIERS


def test_every_supplement_is_a_project_in_every_target(book: Book) -> None:
    for case in supplements(book):
        assert not case.design.decision.conflicts, case.name
        for target in blueprints.TARGETS:
            assert not blueprints.check(case.design, target.id), f"{case.name} {target.id}"


def test_supplements_have_what_stories_lack(book: Book) -> None:
    def services(cases: object) -> set[str]:
        return {node.service for case in cases for node in case.plan.architecture.nodes}  # type: ignore[attr-defined]

    def states(cases: object) -> set[str]:
        graphs = [case.plan.architecture for case in cases]  # type: ignore[attr-defined]
        return {state.kind for graph in graphs for node in graph.nodes for state in node.states}

    supplement_cases, story_cases = list(supplements(book)), list(stories(book))
    assert {"sqs-fifo", "sns-fifo"} <= services(supplement_cases) - services(story_cases)
    assert {"map", "wait"} <= states(supplement_cases) - states(story_cases)


def test_each_has_a_name_and_a_title_of_its_own(book: Book) -> None:
    names = {file.stem for file in SUPPLEMENTS.glob("*.yaml")}
    assert not names & set(rules.STORIES)
    titles = [case.design.requirements.title.en for case in (*supplements(book), *stories(book))]
    assert len(titles) == len(set(titles))


def test_stories_and_supplements_are_deployed_and_one_story_in_typescript_too(book: Book) -> None:
    (deploy,) = (tier for tier in TIERS if tier.id == "deploy")
    assert set(deploy.kinds) == {"story", "supplement"}
    typed = [case.name for case in stories(book) if is_deployed(Project(case, "cdk-typescript"))]
    assert typed == ["async-coupling"]
    assert all(is_deployed(Project(case, "cdk-python")) for case in stories(book))
