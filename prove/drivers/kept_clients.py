"""Clients of AWS that are made in less time: what boto3 and moto would work out anew for each client is worked out once.

For processes that make thousands of clients, each within an emulation of its own. What a client does stays the same:
service models, their classes and errors, and the rules of endpoints depend on the installed packages alone.
"""

from collections.abc import Callable
from functools import cache
from inspect import CO_VARKEYWORDS
from types import FunctionType, MethodType
from typing import Any

import botocore.client
import botocore.errorfactory
import botocore.hooks
import botocore.loaders
import botocore.regions
import botocore.session
import moto.core.models


def keep_what_stays() -> None:
    """Let boto3 and moto keep what they would work out anew for each client and each emulation."""
    moto.core.models.CallbackResponse = cache(moto.core.models.CallbackResponse)
    aliaser = botocore.hooks.EventAliaser(None)
    alias_of = cache(aliaser._alias_event_name)
    botocore.hooks.EventAliaser._alias_event_name = lambda _self, name: alias_of(name)
    botocore.hooks.accepts_kwargs = _quickly(botocore.hooks.accepts_kwargs)
    botocore.regions.EndpointProvider = _once_for_each(botocore.regions.EndpointProvider, "ruleset_data")
    creator, errors = botocore.client.ClientCreator, botocore.errorfactory.ClientExceptionsFactory
    creator._load_service_model = _once_by(creator._load_service_model, lambda service, *version: (service, *version))
    creator._create_client_class = _once_by(creator._create_client_class, lambda service, _model: service)
    errors.create_client_exceptions = _once_by(errors.create_client_exceptions, lambda model: model.service_name)
    _keep_the_loader()


def _keep_the_loader() -> None:
    """Let all sessions read the descriptions of services by one loader."""
    loader = botocore.loaders.Loader()

    def kept(*_paths: str) -> Any:
        # Each session of boto3 adds the folder of boto3's own descriptions.
        loader.search_paths[:] = dict.fromkeys(loader.search_paths)
        return loader

    botocore.session.create_loader = kept


def _quickly(accepts_kwargs: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """Return the same, which looks at the code of a function instead of its signature."""

    def accepts(function: Any) -> bool:
        plain = function.__func__ if isinstance(function, MethodType) else function
        if isinstance(plain, FunctionType) and not hasattr(plain, "__signature__"):
            return bool(plain.__code__.co_flags & CO_VARKEYWORDS)
        return accepts_kwargs(function)

    return accepts


def _once_by(method: Callable[..., Any], key: Callable[..., object]) -> Callable[..., Any]:
    """Return a method that works out once for all objects what depends on a key of its arguments."""
    made: dict[object, Any] = {}

    def kept(self: Any, *arguments: Any, **named: Any) -> Any:
        of = key(*arguments, *named.values())
        if of not in made:
            made[of] = method(self, *arguments, **named)
        return made[of]

    return kept


def _once_for_each(make: Callable[..., Any], argument: str) -> Callable[..., Any]:
    """Return a maker that makes one object for each object that is given as an argument."""
    made: dict[int, tuple[Any, Any]] = {}

    def kept(**arguments: Any) -> Any:
        given = arguments[argument]
        if id(given) not in made:  # what is given is kept too, so that its id is not given to another
            made[id(given)] = given, make(**arguments)
        return made[id(given)][1]

    return kept
