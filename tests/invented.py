"""News texts made of invented words by a seed, so that nothing of them is anybody's."""

from random import Random

_SYLLABLES = "ba der fon gil har kem lo mun nip or pel quin ras tov ul ver wex yan zor ith".split()
_SMALL = "the of a in to and that on for with as by at from".split()


def _vocabulary() -> list[str]:
    chance = Random(0)
    return ["".join(chance.choices(_SYLLABLES, k=chance.choice((2, 2, 3)))) for _ in range(3000)]


_VOCABULARY = _vocabulary()


def sentence(chance: Random) -> str:
    words = [chance.choice(_SMALL if chance.random() < 0.4 else _VOCABULARY) for _ in range(chance.randint(9, 22))]
    if chance.random() < 0.4:
        words.insert(chance.randrange(len(words)), str(chance.randint(11, 9999)))
    return f"{' '.join(words).capitalize()}."


def story(seed: int, paragraphs: int = 9) -> str:
    chance = Random(seed)
    return "\n\n".join(" ".join(sentence(chance) for _ in range(3)) for _ in range(paragraphs))


def first_words(text: str, share: float) -> str:
    words = text.split(" ")
    return " ".join(words[: round(share * len(words))])


def reworded(text: str, share: float) -> str:
    chance = Random(1)
    return " ".join(
        chance.choice(_VOCABULARY) if chance.random() < share and word.isalpha() else word for word in text.split(" ")
    )
