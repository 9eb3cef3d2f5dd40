"""Pages of a long list."""

import streamlit as st


def page(total: int, size: int, *, key: str, looked_for: object) -> int:
    """The page to show: the first again when something else is looked for, the last when there are fewer now."""
    last = max(1, -(-total // size))
    same = st.session_state.get(f"{key}-looked-for") == looked_for
    st.session_state[f"{key}-looked-for"] = looked_for
    shown: int = min(st.session_state.get(key, 1), last) if same else 1
    if st.session_state.get(key, shown) != shown:
        st.session_state[key] = shown
    return shown


def draw_pages(total: int, size: int, *, key: str) -> None:
    """The numbers of the pages to go to, if there are several."""
    if total > size:
        st.pagination(-(-total // size), key=key, persist_state="session")
