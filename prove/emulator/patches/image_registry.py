"""The registry as the CDK asks it before it pushes an image: by the names of repositories, and whether a tag exists.

The emulator asks for a permission on all repositories, although the request names one, and has no error for a missing image.
"""

import json
from typing import Any

from ministack.core import iam_actions
from ministack.core.responses import error_response_json
from ministack.services import ecr


def install() -> None:
    """Return the ARN of a repository that `repositoryNames` names, and an error if no image has a tag."""
    resource_of, describe = iam_actions.extract_resource_arn, ecr._describe_images

    def named(
        service: str, method: str, path: str, headers: Any, body: bytes, query: Any, region: str, account: str
    ) -> str:
        names: list[str] = json.loads(body or b"{}").get("repositoryNames", []) if service == "ecr" else []
        if len(names) == 1:
            return f"arn:aws:ecr:{region}:{account}:repository/{names[0]}"
        return str(resource_of(service, method, path, headers, body, query, region, account))

    def described(data: dict[str, Any]) -> Any:
        repository, wanted = data.get("repositoryName", ""), data.get("imageIds", ())
        if repository in ecr._repositories and not all(ecr._find_image(repository, one) for one in wanted):
            return error_response_json("ImageNotFoundException", "The requested image is not found.", 400)
        return describe(data)

    iam_actions.extract_resource_arn, ecr._describe_images = named, described
