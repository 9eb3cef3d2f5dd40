"""One outside library a file. Only `rag.build` imports from here, and only inside the functions that need it."""
