"""Topics of Amazon SNS that keep an order."""

from dataclasses import replace

from blueprints.traits import sns

TRAITS = replace(sns.TRAITS, service="sns-fifo", fifo=True)
