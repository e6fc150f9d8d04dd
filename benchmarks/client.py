"""A visitor of the page without a browser: it speaks the page's protocol (Streamlit's messages over a websocket).

It remembers of each message what a browser would show of it: the widgets with their values, the picture, and the link.
"""

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect

_MOST_BYTES = 50_000_000
_WAIT_S = 60.0


@dataclass
class Shown:
    """What came back of a change: the seconds until the picture and until everything, and the link afterwards."""

    picture_s: float
    whole_s: float
    link: dict[str, str]


@dataclass
class Client:
    """One visitor at an address of the page, such as "http://localhost:8501/?s=new"."""

    url: str
    widgets: dict[str, str] = field(default_factory=dict)
    link: dict[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    worker: str = ""
    query: str = ""
    states: dict[str, WidgetState] = field(default_factory=dict)
    _socket: ClientConnection | None = None
    _held: ExitStack = field(default_factory=ExitStack)
    _page: str = ""

    def __enter__(self) -> "Client":
        parts = urlsplit(self.url)
        self._follow(parts.query)
        with urlopen(f"{parts.scheme}://{parts.netloc}/", timeout=_WAIT_S) as answer:
            cookies = SimpleCookie()
            for header in answer.headers.get_all("set-cookie") or []:
                cookies.load(header)
            answer.read()
        self.worker = cookies["advisor_worker"].value if "advisor_worker" in cookies else ""
        sent = "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())
        self._socket = self._held.enter_context(connect(
            f"ws://{parts.netloc}/_stcore/stream", subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=_MOST_BYTES, additional_headers={"Cookie": sent} if sent else None, open_timeout=_WAIT_S,
        ))  # fmt: skip
        self.run()
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()

    def widget(self, ending: str) -> str:
        """Return the id of the text field whose key ends so."""
        return next(id for id in self.widgets if id.endswith(ending))

    def fill(self, ending: str, words: str) -> Shown:
        """Write into a text field, and return when everything that follows from it was received."""
        id = self.widget(ending)
        self.states[id] = WidgetState(id=id, string_value=words)
        return self.run()

    def run(self) -> Shown:
        """Let the page run with what is known of its widgets, as a browser does after each change."""
        assert self._socket is not None
        asked = BackMsg()
        state = asked.rerun_script
        state.query_string = self.query
        state.page_script_hash = self._page
        state.widget_states.widgets.extend(self.states.values())
        state.context_info.timezone = "UTC"
        state.context_info.locale = "en-US"
        state.context_info.color_scheme = "light"
        start = time.perf_counter()
        self._socket.send(asked.SerializeToString())
        picture = 0.0
        while True:
            message = ForwardMsg()
            message.ParseFromString(self._received())
            if self._take(message):
                picture = time.perf_counter() - start
            if message.WhichOneof("type") == "script_finished":
                whole = time.perf_counter() - start
                return Shown(picture or whole, whole, dict(self.link))

    def _follow(self, query: str) -> None:
        self.query = query
        self.link = {key: values[0] for key, values in parse_qs(query).items()}

    def _received(self) -> bytes:
        assert self._socket is not None
        data = self._socket.recv(timeout=_WAIT_S)
        return data if isinstance(data, bytes) else data.encode()

    def _take(self, message: ForwardMsg) -> bool:
        """Remember what a message changes; return whether it was the picture."""
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._page = message.new_session.page_script_hash
        elif kind == "page_info_changed":
            self._follow(message.page_info_changed.query_string)
        elif kind == "session_event" and message.session_event.WhichOneof("type") == "script_compilation_exception":
            self.errors.append("the script does not compile")
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            return self._show(message.delta.new_element)
        return False

    def _show(self, element: Any) -> bool:
        kind = element.WhichOneof("type")
        if kind == "text_input":
            self.widgets[element.text_input.id] = element.text_input.value
        elif kind == "exception":
            self.errors.append(element.exception.message)
        elif kind == "alert" and element.alert.format == element.alert.ERROR:
            self.errors.append(element.alert.body)
        elif kind == "bidi_component":
            return bool(element.bidi_component.component_name == "advisor.diagram")
        return False


def at_pace(every_s: float, count: int, work: Callable[[int], Any], late: Callable[[float], None]) -> None:
    """Do some work again and again on a fixed schedule; `late` is told how late each began, for it counts as waiting."""
    start = time.perf_counter()
    for number in range(count):
        wait = start + number * every_s - time.perf_counter()
        if wait > 0:
            time.sleep(wait)
        late(max(0.0, -wait))
        work(number)
