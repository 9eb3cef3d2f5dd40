"""Ctrl-C and SIGTERM as a wish to end, which is granted as soon as what is under way is whole."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_HINT = b"\nStopping when what is under way is done. Once more, and it ends at once.\n"


@dataclass(slots=True)
class Stop:
    """Whether, and by which signal, the end is wished for."""

    event: threading.Event = field(default_factory=threading.Event)
    signal: int = 0

    @property
    def code(self) -> int:
        """The exit code, as shells give it: 128 and the number of the signal."""
        return 128 + self.signal


@contextmanager
def stopping(*, quiet: bool) -> Iterator[Stop]:
    """Where the first signal is a wish, and the second ends the process."""
    stop = Stop()
    told = not quiet and sys.stderr.isatty()

    def wish(number: int, frame: FrameType | None) -> None:
        stop.signal = number
        for each in before:
            signal.signal(each, signal.SIG_DFL)
        if told:
            os.write(2, _HINT)  # sys.stderr may be in the midst of writing
        stop.event.set()

    # What whoever started us wants ignored (nohup) stays so.
    before = {each: handler for each in _SIGNALS if (handler := signal.getsignal(each)) is not signal.SIG_IGN}
    for each in before:
        signal.signal(each, wish)
    try:
        yield stop
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
