import pytest

from rag.language.phrases import Kind, find_phrases


def names(sentence: str) -> list[tuple[str, Kind]]:
    found = find_phrases(sentence, {Kind.PERSON, Kind.ORGANISATION})
    return [(sentence[name.start : name.end], name.kind) for name in found]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Mayor Daniel Reyes opened the pool.", "Daniel Reyes"),
        ("It was opened by Dr. Ngozi Bello.", "Ngozi Bello"),
        ("Ms Okafor opened the pool.", "Okafor"),
        ("Former President Halvard Moen opened it.", "Halvard Moen"),
        ("French President Odile Marchand opened it.", "Odile Marchand"),
        ("The actor Zendra and others came.", "Zendra"),
        ("Press Secretary Karin Jean-Pierre spoke.", "Karin Jean-Pierre"),
        ("The film stars Robert Lowney Jr. again.", "Robert Lowney Jr"),
        ("It was written by J.K. Ravel in Ghent.", "J.K. Ravel"),
        ("It was written by George R. R. Marlin.", "George R. R. Marlin"),
        ("It was signed by Ursula von der Aue.", "Ursula von der Aue"),
        ("It was signed by Bashar al-Hamdi.", "Bashar al-Hamdi"),
        ("It was signed by Theresa May.", "Theresa May"),
        ("It was signed by Siobhan O'Dwyer.", "Siobhan O'Dwyer"),
        ("King Charles III came.", "Charles III"),
        ("Justice Clarence Pell dissented.", "Clarence Pell"),
        ("Lena Orlov, the chief executive, resigned.", "Lena Orlov"),
        ("Tove Lindqvist, 41, drew a crowd.", "Tove Lindqvist"),
        ("They heard that Ottosen said no.", "Ottosen"),
        ("They saw Maria at the gate.", "Maria"),
        ("American Taylor Holt won.", "Taylor Holt"),
        ("Democrat Maura Hale won.", "Maura Hale"),
        ("The prize went to Xi Lanying.", "Xi Lanying"),
    ],
)
def test_a_person_is_found_without_honorific_or_role(sentence: str, expected: str) -> None:
    assert names(sentence) == [(expected, Kind.PERSON)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("She studied at the University of Ardel.", "University of Ardel"),
        ("He sued Ardel Shipping Inc over it.", "Ardel Shipping Inc"),
        ("He sued Brandt & Sons over it.", "Brandt & Sons"),
        ("Rates are set by the Bank of England.", "Bank of England"),
        ("The Department of Health and Human Services agreed.", "Department of Health and Human Services"),
        ("Data came from the Office for National Statistics.", "Office for National Statistics"),
        ("The Centers for Disease Control agreed.", "Centers for Disease Control"),
        ("The Supreme Court agreed.", "Supreme Court"),
        ("The Justice Department agreed.", "Justice Department"),
        ("He worked for General Motors then.", "General Motors"),
        ("The European Council agreed.", "European Council"),
        ("The plan pleased NATO leaders.", "NATO"),
        ("The plan pleased the WHO too.", "WHO"),
        ("OpenData released a model.", "OpenData"),
        ("Amazon said profits rose.", "Amazon"),
        ("He flew with American Airlines again.", "American Airlines"),
        ("He played for the Ardel Rovers FC.", "Ardel Rovers FC"),
        ("It was reported by Nordfjord.", "Nordfjord"),
        ("It was made by Marrow Studios.", "Marrow Studios"),
        ("Members of the Teachers Union struck.", "Teachers Union"),
        ("They won the World Cup again.", "World Cup"),
    ],
)
def test_an_organisation_is_found_whole(sentence: str, expected: str) -> None:
    assert names(sentence) == [(expected, Kind.ORGANISATION)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The officials met.",
        "Officials said so.",
        "Meanwhile, prices rose.",
        "In March, prices rose.",
        "French and American troops left on Monday.",
        "Prices rose on Friday and in December.",
        "“Inflation is falling,” they wrote.",
        "The President and the Prime Minister met.",
        "The CEO was on TV with Covid.",
        "I think it was he.",
        "They live in France and near Boston.",
        "may, march, will",
        "",
    ],
)
def test_ordinary_words_months_and_nationalities_are_no_names(sentence: str) -> None:
    assert names(sentence) == []


def test_a_role_parts_the_company_from_the_person() -> None:
    assert names("Apple CEO Tim Crane met Orchard Bank chairman Leo Brandt.") == [
        ("Apple", Kind.ORGANISATION),
        ("Tim Crane", Kind.PERSON),
        ("Orchard Bank", Kind.ORGANISATION),
        ("Leo Brandt", Kind.PERSON),
    ]


def test_a_surname_alone_is_the_person_named_in_the_sentence() -> None:
    assert names("Lena Orlov left after a row, and few miss Orlov.") == [
        ("Lena Orlov", Kind.PERSON),
        ("Orlov", Kind.PERSON),
    ]


def test_a_first_word_counts_when_it_is_capitalised_elsewhere_too() -> None:
    assert names("Zentra grew fast, and rivals fear Zentra now.")[0] == ("Zentra", Kind.ORGANISATION)
    assert names("Growth was fast, and rivals fear it now.") == []


def test_a_subtype_tells_evidence_from_a_guess() -> None:
    found = find_phrases("Mayor Ilse Brandt met Qort Vandal.", {Kind.PERSON})
    assert [name.subtype for name in found] == ["known", "guess"]
