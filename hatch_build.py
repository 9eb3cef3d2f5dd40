"""Give a built wheel the two things that a checkout keeps beside the packages.

An installed Byline finds the web app at `rag/ui/app.py` and the sample articles under `rag/samples/`. An editable
install reads both from the checkout, so nothing is copied for it (a static `force-include` would copy them there too,
and the copies would grow old).
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PLACES = {"app.py": "rag/ui/app.py", "samples": "rag/samples"}


class BesideThePackages(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "standard":
            build_data["force_include"].update({str(Path(self.root, name)): place for name, place in PLACES.items()})
