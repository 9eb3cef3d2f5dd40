import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.furniture import furniture_spans, stub_reason, without_furniture
from rag.language.sentences import sentence_spans
from tests.conftest import SAMPLES

INVITATIONS = [
    "Sign up for our newsletter.",
    "SIGN UP HERE",
    "Sign up here for the Harbour Letter, sent to your inbox every Friday.",
    "Subscribe to The Vessen Courier today.",
    "Subscribe now!",
    "(You can get “Five at Five” delivered to your inbox daily.)",
    "To get this column in your inbox, sign up here.",
    "NEWSLETTER: Get the best football stories straight to your inbox",
    "Never miss a tram: Sign up for our transport newsletter",
    "Get our weekly newsletter on bridges and tunnels.",
    "Already a subscriber?",
    "Support local journalism by subscribing today.",
    "Thank you for supporting our journalism.",
    "If you haven’t subscribed yet, sign up here.",
    "By signing up you agree to our terms and to our privacy policy.",
    "This site uses cookies to keep you signed in.",
    "Please enter a valid email address",
]
CONTACTS = [
    "Follow us on Instagram.",
    "Follow Ada Holm on Twitter @adaholm.",
    "Follow our live coverage.",
    "👉 Follow our coverage of the flood here.",
    "Reach the reporter at bo.reed@courier.example or on X @boreed.",
    "Contact Ada Holm: 555-010-0199 or aholm@courier.example.",
    "Ada Holm can be reached at aholm@courier.example.",
    "Have a tip?",
    "Got a story idea? ",
    "Send your tips to us.",
    "Write to us at letters@courier.example.",
    "Share this article",
    "Tell us what you think in the comments.",
    "Join the conversation below.",
]
POINTERS = [
    "Click here to see more photos.",
    "(Click to view)",
    "Read more: Harbour bridge to close for repairs",
    "READ MORE",
    "Read more about the bridge here.",
    "Read the full story here: Harbour bridge to close for repairs",
    "Related: Why the bridge was never finished",
    "More:Harbour bridge to close for repairs in May. Here is why",
    "MORE: Harbour bridge to close for repairs",
    "WATCH: Divers bring up the anchor of the Marianne",
    "See the full list of winners here.",
    "You can find the timetable here.",
    "For the full list of winners, click here.",
    "Advertisement",
    "ADVERTISEMENT - Story continues below",
    "Article continues after this ad",
    "Scroll to continue",
    "Skip past newsletter promotion",
    "Listen to this article",
    "5 min read",
    "Reading time: 4 minutes",
    "View comments",
    "Facebook | Twitter | Email",
    "Download our free app to follow every match.",
    "This is a developing story. ",
    "Check back for updates.",
]
NOTICES = [
    "© 2024 The Vessen Courier. ",
    "All rights reserved.",
    "Copyright 2024 Courier Press.",
    "This material may not be published, broadcast, rewritten or redistributed.",
    "(Reporting by Ada Holm in Vessen and Bo Reed in Port Ansel; Editing by Kim Lund)",
    "Our Standards: The Holm Group Trust Principles.",
    "Additional reporting by Bo Reed.",
    "The Associated Press contributed to this report.",
    "— Courier writers Bo Reed and Kim Lund contributed to this report.",
    "Holm reported from Port Ansel.",
    "Contributing: Bo Reed and Kim Lund",
    "From staff and wire reports",
    "Ada Holm/Getty Images",
    "(Photo by Bo Reed/AFP via Getty Images)",
    "Image credit: Port Ansel harbour board",
    "This article was originally published on the Harbour Blog.",
    "Editor’s note: A version of this story first appeared in the Harbour Letter.",
    "This story has been updated with additional information.",
    "If you buy something through our links, we may earn a commission.",
    "The views expressed here are her own.",
    "This interview has been edited for length and clarity.",
]


@pytest.mark.parametrize("furniture", [*INVITATIONS, *CONTACTS, *POINTERS, *NOTICES])
def test_what_is_no_reporting_is_furniture_on_a_line_of_its_own(furniture: str) -> None:
    before, after = "The bridge was closed on Monday.", "It opens again in May."
    text = f"{before}\n\n{furniture}\n\n{after}"
    spans = furniture_spans(text)
    assert without_furniture(text, spans) == f"{before}\n\n{after}"


@pytest.mark.parametrize("furniture", ["Sign up here.", "Follow us on Instagram.", "Click here for photos."])
def test_so_it_is_between_the_sentences_of_a_paragraph(furniture: str) -> None:
    text = f"The bridge was closed on Monday. {furniture} It opens again in May."
    assert [text[start:end] for start, end in furniture_spans(text)] == [furniture]
    assert without_furniture(text, furniture_spans(text)) == ("The bridge was closed on Monday. It opens again in May.")


REPORTING = [
    "Netflix said subscribers would pay 2 dollars more from May.",
    "Readers can sign up for a newsletter, the company said.",
    "Sign up by 15 December to be insured from January.",
    "“Sign up for our newsletter,” the mayor told the crowd.",
    "“It is easy. Sign up for our newsletter. It costs nothing,” the mayor said.",
    '"It is easy. Follow us on Instagram. You will see," the mayor said.',
    "Subscribers to the service rose by a tenth.",
    "Subscribe to the service and you pay 9 crowns a month, Holm found.",
    "The message read: Subscribe today.",
    "The thieves wrote to her: Click here to claim your prize.",
    "Follow the river for two miles and you come to the dam.",
    "Contact lenses were recalled on Friday.",
    "Anyone with information is asked to call police at 555-010-0199.",
    "Contact Detective Ada Holm at 555-010-0199 or aholm@police.example.",
    "Contact the tax office at help@tax.gov.",
    "Share prices fell by 3 percent.",
    "Share your seat and you save half the fare.",
    "Read was elected in 2019.",
    "Related costs rose to 4 million crowns.",
    "More: a pound of flour, two eggs.",
    "More than 40 people were hurt.",
    "Watch: a steel case, two hands, made in 1921.",
    "Advertisement revenue fell.",
    "Copyright law does not cover recipes, the court held.",
    "The Associated Press was founded in 1846.",
    "Heavy rain contributed to the collapse.",
    "Smoking contributed to this rise, the ministry reports.",
    "Reporting by the Courier found that two of the bolts were missing.",
    "High winds were reported from the coast.",
    "The photo by Ada Holm sold for 20,000 crowns.",
    "Correction: An earlier version of this story misstated the length of the bridge. It is 412 metres.",
    "Clarification: This article has been updated to say who paid.",
    "Photo gallery: An earlier version of this caption misspelled the name of the bridge.",
    "This story has been updated to correct the length of the bridge.",
    "PORT ANSEL (AP) — The bridge was closed on Monday.",
    "Vessen, 4 May —",
    "Cookies were sold at the gate for 2 crowns.",
    "The site uses cookies to follow visitors, the regulator found.",
    "Download the ferry app and the fare is halved.",
    "The views from the bridge are splendid.",
    "Text 55555 to give 10 crowns.",
    "If you are not signed up for direct deposit, you will receive a cheque.",
    "We could get a commission on the disaster by May.",
    "This report was published by the ministry in March.",
    "Scammers hope that you open what they send to your inbox.",
    "Advertisers left. — A spokesman said that 40 had gone.",
    "He left the board in May. — Courier writer Bo Reed contributed to this report.",
    "Find your polling place here: vote.vessen.example.",
    "Skip advert The mayor left the hall on Monday.",
    "Advertisement Article continues below this ad The mayor left the hall on Monday after a vote of the council.",
]


@pytest.mark.parametrize("reporting", REPORTING)
def test_reporting_is_not_though_it_speaks_of_the_same_things(reporting: str) -> None:
    assert furniture_spans(reporting) == ()
    assert furniture_spans(f"It rained.\n\n{reporting}\n\nIt poured. {reporting}") == ()


@pytest.mark.parametrize(
    ("text", "spans", "left"),
    [
        ("One. Two.", [], "One. Two."),
        (" One. ", [], " One. "),
        ("One. Two. Three.", [(5, 9)], "One. Three."),
        ("One.\n\nTwo.\n\nThree.\n\nFour.", [(6, 10), (12, 18)], "One.\n\nFour."),
        ("One.\nTwo.\n\nThree.", [(5, 9)], "One.\n\nThree."),
        ("One. Two.", [(0, 4)], "Two."),
        ("One. Two.", [(5, 9)], "One."),
        ("One.", [(0, 4)], ""),
        ("One.Two.Three.", [(4, 8)], "One.Three."),
    ],
)
def test_the_blank_that_parted_furniture_from_the_rest_is_tidied(
    text: str, spans: list[tuple[int, int]], left: str
) -> None:
    assert without_furniture(text, spans) == left


SENTENCES = ["It rained", "Sign up here", "Follow us on X", "He said “no”", 'She asked "why', "© 2024 Holm", "Bo/AP"]
PIECES = st.sampled_from([*SENTENCES, *"“”\"'’.!?:;()|–—©\n \t\r\u00a0é漢İ", ". ", "\n\n", "Read more", "More:", "{{"])
TEXTS = st.lists(PIECES, max_size=30).map("".join) | st.text()


@given(TEXTS)
def test_the_spans_are_in_order_apart_and_whole_sentences_or_lines(text: str) -> None:
    spans = furniture_spans(text)
    bounds = [offset for span in spans for offset in span]
    assert bounds == sorted(bounds)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    lines = text.split("\n")
    starts = {start for start, _ in sentence_spans(text)} | _offsets(lines)
    assert all(start in starts for start, _ in spans)


def _offsets(lines: list[str]) -> set[int]:
    offset, found = 0, set()
    for line in lines:
        found.add(offset + len(line) - len(line.lstrip()))
        offset += len(line) + 1
    return found


@given(TEXTS)
def test_without_furniture_nothing_else_is_gone(text: str) -> None:
    spans = furniture_spans(text)
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(text)]
    kept = "".join(text[end:start] for end, start in zip(ends, starts, strict=True))
    assert "".join(without_furniture(text, spans).split()) == "".join(kept.split())


@given(st.lists(st.sampled_from([*INVITATIONS, *POINTERS, *NOTICES, *REPORTING]), max_size=6))
def test_what_is_left_holds_no_furniture(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    left = without_furniture(text, furniture_spans(text))
    assert furniture_spans(left) == ()


@given(TEXTS, TEXTS, st.sampled_from(["", "paywall"]), st.sampled_from(["", "summary only", "headline only"]))
def test_a_text_of_any_kind_can_be_asked_about(text: str, title: str, access: str, kind: str) -> None:
    assert stub_reason(text, title=title, access=access, kind=kind) != ""


@pytest.mark.parametrize(
    "pattern",
    [
        "Sign up here. ",
        "Sign up here ",
        "Contact Ann 1",
        "Contact Ann a@b.example ",
        "More: ",
        "AP x: http://",
        "{{",
        '"',
        "“",
        "Read ",
        "By A/AP ",
        "a/",
        ": ",
        "\nShare",
        "Reporting by Ann ",
        "[+1 chars] ",
        "\n\n",
        "A",
    ],
)
def test_the_time_stays_linear_on_hostile_text(pattern: str) -> None:
    text = pattern * (200_000 // len(pattern))
    began = time.process_time()
    spans = furniture_spans(text)
    without_furniture(text, spans)
    stub_reason(text)
    assert time.process_time() - began < 4  # about 0.5 s at most; what is quadratic takes minutes


def _read(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (SAMPLES / name).read_text(encoding="utf-8").splitlines()]


def test_no_evidence_of_the_sample_questions_is_furniture() -> None:
    texts = {article["url"]: str(article["text"]) for article in _read("articles.jsonl")}
    spans = {url: furniture_spans(text) for url, text in texts.items()}
    assert any(spans.values())
    for question in _read("questions.jsonl"):
        evidence = question["evidence"]
        assert isinstance(evidence, list)
        for each in evidence:
            start = texts[each["url"]].index(each["quote"])
            assert not any(first < start + len(each["quote"]) and last > start for first, last in spans[each["url"]])


ARTICLE = " ".join(f"The council of Port Ansel heard witness number {number} on the bridge." for number in range(40))
SHORT = " ".join(ARTICLE.split()[:60])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"{SHORT}\n\nSubscribe to continue reading.", "paywall"),
        (f"{SHORT}\n\nThis article is for subscribers only.", "paywall"),
        (f"{SHORT}\n\nTo read the full story, become a member.", "paywall"),
        (f"{SHORT} Sign in to continue reading.", "paywall"),
        (f"{SHORT}… [+3214 chars]", "cut off"),
        (f"{ARTICLE} And… [+3214 chars]", "cut off"),
        (f"{SHORT} and the …", "cut off"),
        ("Follow our live coverage of the flood.", "live blog shell"),
        ("This live blog has ended. Thank you for reading.", "live blog shell"),
        ("Please enable JavaScript to view this page.", "page without its script"),
        ("JavaScript is disabled in your browser.", "page without its script"),
        ("Please enable cookies.", "cookie notice"),
        ("Access denied\n\nYou do not have permission to see this page.", "error page"),
        ("404 Not Found", "error page"),
        ("Are you a robot?\n\nPlease show that you are not.", "bot check"),
        ("Advertisement\n\nSign up for our newsletter.", "headline only"),
        ("", "headline only"),
        ("Bridge closed in Port Ansel", "headline only"),
    ],
)
def test_a_stub_is_told_by_its_text(text: str, reason: str) -> None:
    assert stub_reason(text) == reason


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Bridge closed in Port Ansel", "Bridge closed in Port Ansel"),
        ("The bridge in Port Ansel is closed.", "Port Ansel: bridge closed"),
        ("Is the bridge closed?", "Is the bridge closed?"),
    ],
)
def test_a_text_that_only_repeats_its_title_is_a_headline(text: str, title: str) -> None:
    assert stub_reason(text, title=title) == "headline only"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The bridge in Port Ansel closed on 4 May.", "Port Ansel: bridge closed"),
        ("The bridge closed.", "The bridge closed."),
        ("The bridge closed.", ""),
        (SHORT, ""),
        (f"{SHORT}\n\nFollow us on Instagram.", ""),
        (f"{ARTICLE}\n\nSubscribe to continue reading.", ""),
        (f"{ARTICLE}\n\nFollow our live coverage.", ""),
        (f"{ARTICLE} He waited …", ""),
        (f"{SHORT} The page said: Access denied.", ""),
        (f"{SHORT} Readers may subscribe to its newsletter.", ""),
    ],
)
def test_an_article_is_no_stub_however_short_or_furnished(text: str, title: str) -> None:
    assert stub_reason(text, title=title) is None


def test_a_paywall_makes_a_stub_of_what_is_short_or_breaks_off() -> None:
    assert stub_reason(SHORT, access="paywall") == "paywall"
    assert stub_reason(f"{ARTICLE} And then …", access="paywall") == "paywall"
    assert stub_reason(ARTICLE, access="paywall") is None


@pytest.mark.parametrize("kind", ["summary only", "headline only"])
def test_what_its_source_calls_less_than_an_article_is_a_stub_if_it_is_short(kind: str) -> None:
    assert stub_reason(SHORT, kind=kind) == kind
    assert stub_reason(ARTICLE, kind=kind) is None
    assert stub_reason(SHORT, kind="article") is None
