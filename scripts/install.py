"""Run `pip install` with these arguments: a line for each large download, and one clear sentence if it fails.

The Makefile calls this with the Python of `.venv`. Everything that pip said is kept in `.venv/install.log`.
"""

import re
import subprocess
import sys
import sysconfig
from pathlib import Path

LOG = Path(sys.prefix, "install.log")
PIP = [sys.executable, "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--no-compile"]
COMPILE = [sys.executable, "-m", "compileall", "-qq", "-j0", sysconfig.get_path("purelib")]
"""What pip would do itself, on one core, with 20,000 modules: it takes two minutes of three."""

TESTED = ["--constraint", "constraints.txt"]

LARGE_DOWNLOAD = re.compile(r"(?:Downloading|Using cached) (?:\S+/)?([^-\s]+)-\S+ \((\d\S* [MG]B)\)")
UNPACKING = re.compile(r"Installing collected packages: (.+,.+)")
NO_NETWORK = re.compile(r"connection broken by|Max retries exceeded|NewConnectionError|ConnectTimeout|Read timed out")


def narrate(line: str) -> str | None:
    """Return what a person wants to know of one line of pip's, or None: most lines are for the log."""
    if download := LARGE_DOWNLOAD.search(line):
        return f"  {download[1]}, {download[2]}"
    if unpacking := UNPACKING.match(line):
        return f"  unpacking {len(unpacking[1].split(', '))} packages"
    return None


def explain(output: str) -> str:
    """Return one sentence on why pip failed, and what to do about it."""
    if "No space left on device" in output:
        return "The disk is full: Byline and what it needs take about 3 GB. Make room, then run the same command again."
    if NO_NETWORK.search(output):
        return (
            "Byline could not reach a Python package index, which its first set-up needs. "
            "Check the network (and PIP_INDEX_URL or the proxy, if you use one), then run the same command again."
        )
    errors = [line for line in output.splitlines() if line.startswith("ERROR: ")]
    return f"pip could not install what Byline needs. {errors[-1] if errors else 'It gave no reason.'}"


def install(arguments: list[str]) -> int:
    """Run pip, telling its story briefly; return its exit status."""
    output = []
    waiting = False
    command = [*PIP, *TESTED, *arguments]
    with (
        LOG.open("w", encoding="utf-8") as log,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace") as pip,
    ):
        assert pip.stdout is not None  # stdout=PIPE above
        for line in pip.stdout:
            output.append(line)
            log.write(line)
            if told := narrate(line):
                print(told, flush=True)
            elif "connection broken by" in line and not waiting:
                waiting = True
                print("  no answer from the package index yet; trying again", flush=True)
    if pip.returncode:
        print(f"{explain(''.join(output))} All that pip said is in {LOG}.", file=sys.stderr)
    else:
        subprocess.run(COMPILE, check=False)  # a template among the modules is no reason to fail
    return pip.returncode


if __name__ == "__main__":
    try:
        sys.exit(install(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("Stopped. Run the same command again to go on.")
