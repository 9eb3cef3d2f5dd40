import tomllib
from pathlib import Path

import pytest

CONFIG = tomllib.loads((Path(__file__).parents[2] / ".streamlit/config.toml").read_text())


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def mix(colour: str, other: str, share: float) -> str:
    pairs = [(int(colour[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_can_be_read_in_both_themes(name: str) -> None:
    theme = CONFIG["theme"][name]
    quiet = mix(theme["textColor"], theme["backgroundColor"], 0.74)  # --quiet in markup.css
    for ink in (theme["textColor"], quiet, theme["linkColor"]):
        assert contrast(ink, theme["backgroundColor"]) >= 4.5
        assert contrast(ink, theme["secondaryBackgroundColor"]) >= 4.5
    assert contrast(theme["yellowTextColor"], theme["yellowBackgroundColor"]) >= 4.5
    for mark in (mix("#c0392b", theme["backgroundColor"], 0.18), mix("#2e8b57", theme["backgroundColor"], 0.22)):
        assert contrast(theme["textColor"], mark) >= 4.5  # --gone and --new in markup.css
    assert contrast("#ffffff", theme["primaryColor"]) >= 4.5  # the button Ask
    assert contrast(theme["primaryColor"], theme["backgroundColor"]) >= 3  # the ring around what has the focus


def test_nothing_is_reported_to_anyone() -> None:
    assert CONFIG["browser"]["gatherUsageStats"] is False
