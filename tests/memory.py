"""What Linux tells of this process's memory."""

import re
from pathlib import Path

_STATUS = Path("/proc/self/status")


def in_memory(field: str) -> int:
    """The bytes of a field, as VmRSS (now) or VmHWM (at most until now); 0 on a system that does not tell.

    What getrusage tells of the most includes the process that started this one; this does not.
    """
    told = _STATUS.read_text(encoding="utf-8") if _STATUS.exists() else ""
    found = re.search(rf"^{field}:\s*(\d+) kB", told, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0
