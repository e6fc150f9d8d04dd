"""Dependencies are pinned, and images name their user."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from prove.static import pinned

BASE = "ARG BASE=public.ecr.aws/docker/library/python:3.13-slim\nFROM ${BASE}\n"


def messages_of(check: Callable[..., object], file: Path, text: str) -> list[str]:
    file.write_text(text, "utf-8")
    ((_, rows),) = check([str(file)])  # type: ignore[misc]
    return [row["message"] for row in rows]


@pytest.mark.parametrize("line", ["boto3==1.44.8", "PyJWT[crypto]==2.15.1", "# why", "", "-r ../requirements.txt"])
def test_a_pinned_line_passes(line: str, tmp_path: Path) -> None:
    assert messages_of(pinned.requirements, tmp_path / "requirements.txt", f"{line}\n") == []


@pytest.mark.parametrize("line", ["boto3", "boto3>=1.44", "boto3==1.*", "boto3~=1.44.8", "git+https://example.com/x"])
def test_an_unpinned_line_is_found(line: str, tmp_path: Path) -> None:
    assert messages_of(pinned.requirements, tmp_path / "requirements.txt", f"{line}\n") == [f"{line} is not pinned"]


def test_packages_of_npm_have_exact_versions(tmp_path: Path) -> None:
    package = {"dependencies": {"jose": "^6.2.18", "zod": "4.1.0"}, "devDependencies": {"eslint": "latest"}}
    messages = messages_of(pinned.requirements, tmp_path / "package.json", json.dumps(package))
    assert messages == ["jose ^6.2.18 is not pinned", "eslint latest is not pinned"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{BASE}USER 10001\n", []),
        (f"{BASE}", ["the image runs as root"]),
        (f"{BASE}USER 10001\nFROM python:3.13\n", ["the image runs as root"]),
        (f"{BASE}USER root\n", ["the image runs as root"]),
        (f"{BASE}USER 0:0\n", ["the image runs as root"]),
        ("FROM node:24-slim AS build\nFROM build\nUSER node\n", []),
        ("FROM python:latest\nUSER 1\n", ["the base is whatever version is the newest"]),
        ("FROM python\nUSER 1\n", ["the base is whatever version is the newest"]),
        ("ARG BASE=public.ecr.aws/lambda/python:3.13\nFROM ${BASE}\n", []),
    ],
)
def test_an_image_has_a_version_and_a_user(text: str, expected: list[str], tmp_path: Path) -> None:
    assert messages_of(pinned.images, tmp_path / "Dockerfile", f"# The image.\n{text}") == expected
