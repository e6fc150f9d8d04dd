"""Numbers that CloudFormation takes as text (CPU units, sizes of groups, attributes of load balancers), and durations."""

from blueprints.cdk.lifting.resource import Properties
from blueprints.cdk.modules import cdk
from blueprints.cdk.tree import Call


def number(properties: Properties, name: str) -> int:
    """Parse an integer that is written as text. Raises NotLifted for any other text."""
    text = properties.take(name)
    if not isinstance(text, str) or not text.isdecimal() or str(int(text)) != text:
        properties.refuse(name, text)
    return int(text)


def flag(properties: Properties, name: str) -> bool:
    """Parse a boolean that is written as text. Raises NotLifted for any other text."""
    chosen: bool = properties.choose(name, {"true": True, "false": False})
    return chosen


def pairs(properties: Properties, name: str, key: str = "Key") -> Properties:
    """Convert a list of key-value pairs to a mapping. Raises NotLifted for a duplicate key."""
    values: dict[str, object] = {}
    for pair in properties.parts(name):
        called = pair.take(key)
        if called in values:
            properties.refuse(name, called)
        values[called] = pair.take("Value")
    return properties.inner(name, values)


def duration(seconds: int) -> Call:
    """Return a duration in the largest unit that divides it."""
    for unit, size in (("days", 86400), ("hours", 3600), ("minutes", 60)):
        if seconds and seconds % size == 0:
            period: Call = getattr(cdk.Duration, unit)(seconds // size)
            return period
    return cdk.Duration.seconds(seconds)
