"""README names the steps of a deployment outside the stack, and what the project repeats, and nothing that it does not contain."""

from collections.abc import Mapping

import pytest

from advisor.design import Design
from advisor.text import LANGS, Lang
from tests.blueprints.project.test_following_the_readme import files_of


@pytest.mark.parametrize("lang", LANGS)
def test_a_load_balancer_needs_a_dns_record(designs: Mapping[str, Design], lang: Lang) -> None:
    readme = files_of(designs["container-web-service"], lang=lang)["README.md"]
    head = {"en": "### Domain names", "ja": "### ドメイン名"}[lang]
    part = readme.split(head)[1].split("\n### ")[0]
    assert "LoadBalancerDnsName`" in part
    assert "`CertificateArn`" in part
    assert head not in files_of(designs["scheduled-batch"], lang=lang)["README.md"]


@pytest.mark.parametrize("lang", LANGS)
def test_kubectl_is_configured_before_it_is_used(designs: Mapping[str, Design], lang: Lang) -> None:
    readme = files_of(designs["kubernetes-jobs"], lang=lang)["README.md"]
    configured = readme.index('aws eks update-kubeconfig --name "$(output EksClusterName)"')
    assert configured < readme.index("kubectl -n app ")


def test_only_what_a_project_contains_is_said_to_be_repeated(designs: Mapping[str, Design]) -> None:
    jobs = files_of(designs["kubernetes-jobs"])["README.md"]
    assert "start a CronJob twice" in jobs
    assert "deliver at least once" not in jobs
    batch = files_of(designs["scheduled-batch"])["README.md"]
    assert "Schedules deliver at least once" in batch
    assert "CronJob" not in batch


def test_the_roles_of_the_workflow_get_the_actions_of_the_commands(designs: Mapping[str, Design]) -> None:
    containers = files_of(designs["container-web-service"])["README.md"]
    assert "`ecr:PutImage`" in containers
    assert "`ecr:PutImage`" not in files_of(designs["dynamic-web-api"])["README.md"]


def test_deletion_protection_is_disabled_before_the_deletion(designs: Mapping[str, Design]) -> None:
    readme = files_of(designs["container-web-service"])["README.md"].split("## Delete")[1]
    assert readme.index("DeletionProtection=false") < readme.index("`make delete`")


def test_readers_of_graphql_learn_of_its_arguments_only(designs: Mapping[str, Design]) -> None:
    assert "If-Match" not in files_of(designs["graphql-api"])["README.md"]
    assert "GraphQL" not in files_of(designs["dynamic-web-api"])["README.md"]
