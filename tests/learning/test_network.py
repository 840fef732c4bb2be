import itertools
import random
import shutil

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs torch: pip install 'evenhand[train]'")
pytest.importorskip("onnx", reason="training needs onnx: pip install 'evenhand[train]'")

from evenhand.learning.batches import cut  # noqa: E402
from evenhand.learning.calibration import fit, threshold  # noqa: E402
from evenhand.learning.composing import Composer  # noqa: E402
from evenhand.learning.export import to_numbers, to_onnx  # noqa: E402
from evenhand.learning.network import Network, chain_loss, moves_of  # noqa: E402
from evenhand.learning.training import train  # noqa: E402
from evenhand.reading.tagging import weights  # noqa: E402
from evenhand.reading.tagging.decoding import EVIDENCE  # noqa: E402
from evenhand.reading.tagging.labels import ROLE_TAGS, WIDTH, follows  # noqa: E402
from evenhand.reading.tagging.pieces import Splitter  # noqa: E402
from evenhand.reading.tagging.tagger import Tagger  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore")  # torch warns of its own old calls
PLAIN = ["The bridge over the river was closed", "Two villages in the north lost power"]


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(3)
    return Network(dropout=0.0)


def test_the_chain_loss_is_the_paths_share_of_all_paths(network):
    torch.manual_seed(1)
    with torch.no_grad():
        network.transitions[0].normal_()
    emissions, tags = torch.randn(1, 3, len(ROLE_TAGS)), torch.tensor([[1, 2, 0]])
    moves = network.transitions[0] + network.forbidden

    def score(path):
        steps = sum(moves[a, b] for a, b in itertools.pairwise(path))
        return float(network.forbidden[0, path[0]] + sum(emissions[0, i, t] for i, t in enumerate(path)) + steps)

    scores = torch.tensor([score(p) for p in itertools.product(range(len(ROLE_TAGS)), repeat=3)])
    expected = (torch.logsumexp(scores, 0) - score((1, 2, 0))) / 3
    got = chain_loss(moves_of(network, "outer"), emissions, tags, torch.tensor([3]))
    assert float(got) == pytest.approx(float(expected), abs=1e-4)


def test_the_int8_file_computes_what_the_network_does(network, tmp_path):
    shutil.copy(weights.PACKAGED / "vocabulary.json", tmp_path)
    numbers = to_numbers(network)
    numbers["calibration"] = {k: {"weights": [0.0] * len(EVIDENCE), "threshold": 0.0} for k in ("outer", "inner")}
    weights.write(tmp_path, to_onnx(network), numbers, {})
    tagger = Tagger.load(tmp_path)
    pieces, (rows,) = tagger.read("The mayor said that the bridge was closed.")
    ids = np.concatenate([[101], pieces.ids, [102]])
    features = np.zeros((1, len(ids), 3), dtype=np.int64)
    features[0, 1:-1] = pieces.features
    network.eval()
    with torch.no_grad():
        full = network(torch.tensor(ids)[None], torch.tensor(features), torch.tensor([len(ids)]))[0, 1:-1].numpy()
    assert rows.shape == (len(pieces), WIDTH)
    assert np.corrcoef(rows.ravel(), full.ravel())[0, 1] > 0.98


def test_a_few_steps_lower_the_loss_and_repeat_exactly(tmp_path):
    splitter = Splitter(weights.PACKAGED / "vocabulary.json")
    composer = Composer(PLAIN, [], random.Random(1))
    found = [w for i in range(4) for w in cut(composer.report(i), splitter)]
    states = []
    for _ in range(2):
        torch.manual_seed(2)
        small = Network(dropout=0.1)
        train(small, [lambda: found], 7, tmp_path / "part.pt", say=lambda line: None)
        states.append(small.state_dict())
    assert all(torch.equal(states[0][k], states[1][k]) for k in states[0])


def test_no_tag_follows_what_it_may_not():
    table = follows(("O", "B-a", "I-a", "B-b", "I-b"))
    assert table[0] == [True, True, False, True, False]
    assert table[1] == [True, True, True, True, False]


def test_calibration_finds_what_evidence_is_worth():
    chance = np.random.default_rng(4)
    evidence = np.concatenate([np.ones((4000, 1)), chance.normal(size=(4000, 1))], 1)
    right = (chance.random(4000) < 1 / (1 + np.exp(-(0.5 + 2 * evidence[:, 1])))).astype(float)
    rows = [(evidence, right, 4000)]
    found = fit(rows)
    assert found == pytest.approx([0.5, 2.0], abs=0.2)
    assert 0 <= threshold(rows, found)[1] < 1
