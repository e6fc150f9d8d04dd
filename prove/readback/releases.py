"""Releases of functions in one notation.

Treated as equal, and why:

* How fast a release moves is a parameter, or the value that the deployment gives it: SAM's transform replaces it, here by
  its default.
* The events on which CodeDeploy rolls back are a set.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from prove.readback.stack import Resource
from prove.readback.values import Value

GROUP = "AWS::CodeDeploy::DeploymentGroup"
_PARAMETER = re.compile(r"^\$\{([^}.]+)\}$")


def releases(resources: Mapping[str, Resource], parameters: Mapping[str, Value]) -> Mapping[str, Resource]:
    """Return the resources with the groups of deployments in one notation."""
    return {
        id: _uniform(resource, parameters) if resource.type == GROUP else resource for id, resource in resources.items()
    }


def _uniform(group: Resource, parameters: Mapping[str, Value]) -> Resource:
    properties = dict(group.properties)
    named = _PARAMETER.match(str(properties.get("DeploymentConfigName")))
    if named and named[1] in parameters:
        properties["DeploymentConfigName"] = parameters[named[1]].get("Default")
    rollback = properties.get("AutoRollbackConfiguration")
    if rollback:
        properties["AutoRollbackConfiguration"] = {**rollback, "Events": sorted(rollback.get("Events", ()))}
    return replace(group, properties=properties)
