"""The account of a run: one emulator for all projects, and the partner and the identity provider outside of it."""

import atexit
import threading
from functools import cache

from prove import tools
from prove.emulator.process import Emulator
from prove.live.partner import Partner
from prove.live.provider import Provider

#: The bucket for deployment artifacts, which `sam deploy --resolve-s3` and `cdk bootstrap` would create.
ARTIFACTS = "prove-artifacts"


_lock = threading.RLock()


def account() -> Emulator:
    """Return the emulator, which is started at the first call and ends with this process."""
    with _lock:
        return _account()


def partner() -> Partner:
    """Return the partner's system, which is started at the first call."""
    with _lock:
        return _partner()


def provider() -> Provider:
    """Return the identity provider that exists already, which is started at the first call."""
    with _lock:
        return _provider()


@cache
def _account() -> Emulator:
    emulator = Emulator(tools.OUT / "emulator").start()
    atexit.register(emulator.stop)
    region = {"LocationConstraint": tools.OFFLINE["AWS_REGION"]}
    emulator.client("s3").create_bucket(Bucket=ARTIFACTS, CreateBucketConfiguration=region)
    return emulator


@cache
def _partner() -> Partner:
    partner = Partner().start()
    atexit.register(partner.stop)
    return partner


@cache
def _provider() -> Provider:
    provider = Provider().start()
    atexit.register(provider.stop)
    return provider
