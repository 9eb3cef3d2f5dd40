"""sentence-transformers, loaded without pandas, of which it uses nothing.

scikit-learn, of which it takes a distance, loads pandas and pyarrow where they are installed, as Streamlit has them
installed: some 60 MB in every process that embeds. It does without where they are not to be had, and Python's own way
to say so keeps them out for the moment in which scikit-learn looks for them. Where Streamlit is loaded pandas is needed
anyway, maybe by another thread right now, and nothing is kept out.
"""

import sys
from importlib import import_module

_KEPT_OUT = "pandas"

if not {_KEPT_OUT, "streamlit"} & sys.modules.keys():
    sys.modules[_KEPT_OUT] = None  # type: ignore[assignment]  # an import of it then raises ImportError
    try:
        import_module("sklearn.utils.fixes")
    finally:
        sys.modules.pop(_KEPT_OUT, None)

from sentence_transformers import CrossEncoder, SentenceTransformer  # noqa: E402

__all__ = ["CrossEncoder", "SentenceTransformer"]
