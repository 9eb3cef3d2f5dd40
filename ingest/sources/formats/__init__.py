"""What the sources are made of: parts of formats, each used by one or several of them."""
