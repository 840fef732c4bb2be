import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

from evenhand.reading.places import Gazetteer, GazetteerError


def test_names_and_sources(gazetteer):
    found = gazetteer.lookup("aleppo")
    assert {e.kind for e in found} == {"adm1", "town"}
    assert all("GeoNames" in e.source for e in found)
    assert gazetteer.lookup("al-Bab") == gazetteer.lookup("Al Bab")
    assert gazetteer.lookup("") == ()
    assert {s.licence for s in gazetteer.sources()} >= {"CC BY 4.0"}


def test_variants_only_with_three_consonants(gazetteer):
    assert all(e.tier == 1 for e in gazetteer.variants("Daraya", "SY"))
    assert {e.tier for e in gazetteer.variants("Khan Sheykhoun", "SY")} <= {1, 2}
    assert gazetteer.variants("حلب", "SY") == ()
    assert gazetteer.variants("", "SY") == ()


def test_countries_and_capitals(gazetteer):
    assert gazetteer.country("SY").name == "Syria"
    assert gazetteer.capital("IQ").name == "Baghdad"
    assert gazetteer.country("ZZ") is None and gazetteer.capital("ZZ") is None


def test_many_unpack_at_once(tmp_path):
    with ThreadPoolExecutor(4) as pool:
        names = list(pool.map(lambda _: Gazetteer(cache=tmp_path).lookup("Mosul")[0].ref, range(4)))
    assert set(names) == {names[0]}
    assert [p.suffix for p in tmp_path.iterdir()] == [".sqlite"]


def test_cache_that_cannot_be_written(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    found = Gazetteer(cache=blocked / "cache")
    assert found.lookup("Mosul")
    found.close()


def test_damaged_cache_is_not_trusted(tmp_path):
    Gazetteer(cache=tmp_path).close()
    (file,) = tmp_path.iterdir()
    file.write_bytes(b"not a database, but long enough to be opened " * 40)
    found = Gazetteer(cache=tmp_path)
    assert found.lookup("Mosul")
    found.close()


def test_pickles_by_reopening(tmp_path):
    found = Gazetteer(cache=tmp_path)
    again = pickle.loads(pickle.dumps(found))
    assert again.lookup("Mosul") == found.lookup("Mosul")


@pytest.mark.parametrize("content", [None, b"", b"PK nonsense" * 100])
def test_bad_pack(tmp_path, content):
    pack = tmp_path / "pack.sqlite"
    if content is not None:
        pack.write_bytes(content)
    with pytest.raises(GazetteerError):
        Gazetteer([pack], core=False)
