"""The inputs of a check: the files that the user receives, and the template that CloudFormation receives."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from advisor.requirements import Requirements
from advisor.requirements.reading import read_requirements
from prove.behaviour.aliases import through_aliases
from prove.readback import Stack, normal, read
from prove.readback.assets import assets_of


@dataclass(frozen=True)
class Evidence:
    """A project on disk. Checks read nothing else: no plan, traits or sizing, which produced the project.

    `folder` is the unpacked zip, `template_file` the template after SAM's transform or the synthesis of CDK, `built`
    the folder of the build or the cloud assembly.
    """

    folder: Path
    template_file: Path
    built: Path
    target: str

    @cached_property
    def requirements(self) -> Requirements:
        """The requirements file of the project."""
        return read_requirements((self.folder / "requirements.yaml").read_bytes())

    @cached_property
    def template(self) -> dict[str, Any]:
        """The template as CloudFormation gets it."""
        template: dict[str, Any] = json.loads(self.template_file.read_text("utf-8"))
        return template

    @cached_property
    def stack(self) -> Stack:
        """The normalized template, in which aliases are replaced by their functions."""
        return through_aliases(self.stack_as_released)

    @cached_property
    def stack_as_released(self) -> Stack:
        """The template in the normal form, with the aliases of functions and with inlined definitions of state machines."""
        return normal(read(self.template, assets_of(self.built, self.folder)))


@dataclass(frozen=True, slots=True)
class Problem:
    """A deviation from the requirements or claims. `place` is a resource or a file, `rule` the id of the check."""

    rule: str
    place: str
    message: str
    type: str = ""
