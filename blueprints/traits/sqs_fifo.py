"""Queues of Amazon SQS that keep an order."""

from dataclasses import replace

from blueprints.traits import sqs

TRAITS = replace(sqs.TRAITS, service="sqs-fifo", fifo=True)
