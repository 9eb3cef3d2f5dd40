"""Where the lines of a text begin."""


def line_start(text: str, place: int, reach: int) -> int:
    """Where the line that holds a place begins, or `reach` characters before it if that is nearer."""
    floor = max(0, place - reach)
    return max(floor, text.rfind("\n", floor, place) + 1)
