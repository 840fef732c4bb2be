import pytest

from evenhand.reading.places import Gazetteer


@pytest.fixture(scope="session")
def gazetteer(tmp_path_factory):
    found = Gazetteer(cache=tmp_path_factory.mktemp("cache"))
    yield found
    found.close()


@pytest.fixture(scope="session")
def read(gazetteer):
    """Mentions and places of a text whose sentences end at ". "."""
    from evenhand.reading.places import find, resolve

    def reader(text, names=(), hint=None):
        starts = [0, *(i + 2 for i in range(len(text)) if text.startswith(". ", i))]
        sentences = list(zip(starts, [*starts[1:], len(text)], strict=True))
        mentions = find(text, sentences, gazetteer, names=names, country_hint=hint)
        return mentions, resolve(mentions, text, gazetteer, country_hint=hint)

    return reader
