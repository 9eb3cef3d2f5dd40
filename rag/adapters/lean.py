"""sentence-transformers, loaded without pandas, of which it uses nothing.

scikit-learn, of which it takes a distance, loads pandas and pyarrow where they are installed, as Streamlit has them
installed: 65 MB in every process that embeds. Python's own way to say that a module is not to be had keeps them out.
Where Streamlit is loaded pandas is needed anyway, maybe by another thread right now, and nothing is kept out.
"""

import sys

_KEPT_OUT = "pandas"

if keep_out := not {_KEPT_OUT, "streamlit"} & sys.modules.keys():
    sys.modules[_KEPT_OUT] = None  # type: ignore[assignment]  # an import of it then raises ImportError
try:
    from sentence_transformers import CrossEncoder, SentenceTransformer
finally:
    if keep_out:
        del sys.modules[_KEPT_OUT]

__all__ = ["CrossEncoder", "SentenceTransformer"]
