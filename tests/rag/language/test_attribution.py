import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.attribution import attributions, canonical, origin_of
from rag.model import Article

CORPUS = ("The Harbour Courier", "Calder Wire", "Radio Vessen News", "Touchline", "Northfield Gazette - Sport")


def outlets(text: str, corpus: tuple[str, ...] = ()) -> list[str]:
    return [canonical(found.outlet) for found in attributions(text, corpus)]


def words(text: str) -> list[str]:
    return [text[found.start : found.end] for found in attributions(text, CORPUS)]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("The bridge will open in May, according to Bloomberg.", "bloomberg"),
        ("According to TechCrunch, the bridge talks.", "techcrunch"),
        ("The mayor told The Wall Street Journal that it would open.", "wall street journal"),
        ("A spokesman tells Bloomberg that it would open.", "bloomberg"),
        ("Bloomberg reports that the bridge will open.", "bloomberg"),
        ("The bridge, Reuters reported on Tuesday, will open.", "reuters"),
        ("As Bloomberg points out, bridges cost money.", "bloomberg"),
        ("In an interview with the BBC, she said so.", "bbc"),
        ("In a recent interview this week with the FT she said so.", "financial times"),
        ("He is to leave, according to a Saturday Bloomberg report citing people close to him.", "bloomberg"),
        ("He told the Russian state news agency TASS.", "tass"),
        ("He told Germany’s Bild newspaper that he would.", "bild"),
        ("She wrote in an op-ed for The New York Times that he should.", "new york times"),
        ("“It is a fine bridge”, said The Telegraph.", "telegraph"),
        ("“It is a fine bridge”, said Ada Holm in The Times.", "times"),
        ("“It is a fine bridge,” The Guardian’s Bo Reed wrote.", "guardian"),
        ("He spoke to Sean Lind on Fox News.", "fox news"),
        ("The memo, seen by Reuters, says so.", "reuters"),
        ("He did not respond to a CNN request for comment.", "cnn"),
        ("The Associated Press could not independently verify the video.", "associated press"),
        ("A New York Times investigation found cracks.", "new york times"),
        ("The Washington Post, citing two officials, said so.", "washington post"),
        ("The Guardian, on 16 December, reported cracks.", "guardian"),
        ('He said on CBS\' "Face the Nation" that it would open.', "cbs news"),
        ('He told "60 Minutes" that it would open.', "cbs news"),
        ("They have split, per ESPN.", "espn"),
        ("He is to stay, ESPN's Jeff Lind reported.", "espn"),
        ("China's Xinhua News Agency said the ship had left.", "xinhua"),
    ],
)
def test_words_of_reporting_beside_an_outlet_make_it_the_source(text: str, key: str) -> None:
    assert outlets(text) == [key]


@pytest.mark.parametrize(
    "text",
    [
        "Bloomberg laid off 200 people.",
        "Michael Bloomberg said the bridge was his idea. Bloomberg told a rally that he would walk over it.",
        "CNN said it would close its office.",
        "The BBC said in a statement that its chairman would go.",
        "The New York Times reported quarterly earnings above forecasts.",
        "He told CNN staff that there would be cuts.",
        "CNN chief executive Ada Holm said nothing.",
        "Fox News viewers like bridges.",
        "The bridge will open, according to police.",
        "According to the Ministry of Transport, it will open.",
        "A study published in the journal Nature says so.",
        "The findings, reported in Science, are new.",
        "Time will tell, said the mayor.",
        "People reported seeing lights.",
        "The sun told them when to leave.",
        "The National Weather Service said it would rain.",
        "“As The New York Times reported, it is cracked,” the mayor said.",
        "“I never told CNN that,” she said.",
        "He watched the debate on CNN.",
        "Anna Lee/AP Reports of flooding came in.",
        "The World Health Organization, or WHO, reported 20 cases.",
        "The Dominican Republic reported 20 cases.",
        "Royal Mail reported delays.",
    ],
)
def test_an_outlet_that_is_only_spoken_of_is_no_source(text: str) -> None:
    assert attributions(text) == ()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("He told Time that it would open.", "time"),
        ("She told People magazine about it.", "people"),
        ("The plan leaked, The Sun reported.", "sun"),
        ("It raised a million, The Star said.", "star"),
        ("Fortune reported that it had been sold.", "fortune"),
        ("They are to marry, she told Variety.", "variety"),
        ("He told the news agency SANA so.", "sana"),
    ],
)
def test_ordinary_words_name_outlets_beside_plain_words_of_reporting(text: str, key: str) -> None:
    assert outlets(text) == [key]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("He told the Larkspur Gazette that it would open.", "larkspur gazette"),
        ("It will open, the Holm Bay Star-Tribune reports.", "holm bay star-tribune"),
        ("WKTN-TV reported that it would open.", "wktn-tv"),
        ("He told Larkspur Public Radio so.", "larkspur public radio"),
        ("He told the newspaper Kurier that it would open.", "kurier"),
        ("He told the Norland news agency that it would open.", "norland"),
    ],
)
def test_papers_and_stations_that_no_table_lists_are_known_by_their_shape(text: str, key: str) -> None:
    assert outlets(text) == [key]


def test_outlets_of_the_corpus_are_known_too() -> None:
    text = "It will open, Calder Wire said. It may not, he told Touchline and Radio Vessen News."
    assert outlets(text) == []
    assert outlets(text, CORPUS) == ["calder wire", "touchline", "radio vessen news"]


def test_short_forms_stand_for_the_paper_named_before() -> None:
    text = "The New York Times reported cracks. A welder told the Times so. The Journal reported none."
    assert [found.outlet for found in attributions(text)][:2] == ["The New York Times", "New York Times"]
    assert outlets("The mayor told the Gazette so.", CORPUS) == ["northfield gazette"]


def test_the_newspaper_is_the_one_named_before() -> None:
    text = "It will open, Le Monde reported. The mayor told the newspaper that he was glad. The paper said he smiled."
    assert outlets(text) == ["le monde", "le monde", "le monde"]
    assert outlets("The mayor told the newspaper that he was glad.") == []
    assert outlets("Le Monde reported cracks. A spokesman for the newspaper said no more.") == ["le monde"]


def test_a_sunday_paper_and_a_local_station_are_their_own() -> None:
    text = "The Sunday Times reported cracks. “It is safe”, said The Times. NBC Bay Area News reported none."
    assert outlets(text) == ["sunday times", "times", "nbc bay area news"]


def test_what_is_listed_together_is_a_source_together() -> None:
    assert outlets("It will open, according to Reuters and the BBC.") == ["reuters", "bbc"]
    assert outlets("Reuters, AFP and dpa reported that it would open.") == [
        "reuters",
        "agence france-presse",
        "deutsche presse-agentur",
    ]
    assert outlets("It is open, she told Reuters, CNN has closed.") == ["reuters"]


@pytest.mark.parametrize(
    "text",
    [
        "PORT ANSEL (Reuters) - It opened.",
        "PORT ANSEL, March 3 (Calder Wire) — It opened.",
        "A bridge opens\n\nPort Ansel (AFP) – It opened.",
        "Ada Holm\n\nAssociated Press\n\nIt opened.",
        "It opened on Monday.\n\n— Reuters",
        "It opened on Monday. (AFP)",
        "It opened on Monday.\n\n© 2024 The Associated Press. All rights reserved.",
        "It opened. The Associated Press contributed to this report.",
        "It opened.\n\nContributing: Bo Reed; The Associated Press",
        "It will open, as first reported by The Verge.",
        "Axios was first to report the opening.",
    ],
)
def test_datelines_credits_and_who_was_first_speak_of_the_whole_article(text: str) -> None:
    assert [found.scope for found in attributions(text, CORPUS)] == ["article"]


def test_programmes_in_brackets_are_no_datelines() -> None:
    assert attributions('"A Bridge" (NBC, Mondays at 9): In this series a bridge talks.') == ()


def test_the_words_that_say_it_are_marked() -> None:
    assert words("The mayor told The Wall Street Journal so.") == ["told The Wall Street Journal"]
    assert words("Then Bloomberg News first reported it.") == ["Bloomberg News first reported"]
    assert words("It opens, according to the BBC.") == ["according to the BBC"]


@pytest.mark.parametrize(
    ("names", "key"),
    [
        (("Reuters", "the Reuters news agency", "Reuters News Agency", "REUTERS", "Reuters’"), "reuters"),
        (("The Wall Street Journal", "WSJ", "wall street journal"), "wall street journal"),
        (("AP", "A.P.", "The Associated Press", "AP News"), "associated press"),
        (("BBC", "BBC News", "BBC News - Technology", "BBC Sport"), "bbc"),
        (("Time", "TIME", "Time magazine"), "time"),
        (("FOX News - Health", "Fox News Digital"), "fox news"),
        (("The Harbour Courier", "Harbour Courier", "Harbour Courier | News", "the Harbour Courier newspaper"),) * 1
        + ("harbour courier",),
        (("New York Magazine", "New York magazine"), "new york magazine"),
    ],
)
def test_all_names_of_an_outlet_have_one_key(names: tuple[str, ...], key: str) -> None:
    assert {canonical(name) for name in names} == {key}


@given(st.text(max_size=40))
def test_a_key_is_its_own_key(name: str) -> None:
    assert canonical(canonical(name)) == canonical(name)


@pytest.mark.parametrize("piece", ["Reuters ", "“ said Reuters and ", "(AP) - ", "told the ", "AP, ", "Star "])
def test_the_time_is_linear_in_the_text(piece: str) -> None:
    def least(characters: int) -> float:
        return min(seconds(piece * (characters // len(piece))) for _ in range(3))  # others may be at work beside it

    assert least(100_000) < 10 * least(25_000)  # squared, it is 16


def seconds(text: str) -> float:
    started = time.process_time()
    attributions(text)
    return time.process_time() - started


@given(
    st.lists(
        st.sampled_from(["Reuters", "said", "told", "the", "BBC", "“", '"', ".", "\n", "(", ")", "-", "and", "’s"])
    )
)
def test_any_text_is_read_in_order_and_within_bounds(tokens: list[str]) -> None:
    text = " ".join(tokens)
    told, found = Article(id="a", url="", title=""), attributions(text)
    assert [item.start for item in found] == sorted(item.start for item in found)
    for item in found:
        assert 0 <= item.start < item.end <= len(text)
        assert isinstance(origin_of(told, text, item.start, item.end, found), str)
