"""The committed files are what the conversion writes, byte for byte."""
import hashlib

import pytest

from training.convert import ffdnet, maxim, to_onnx
from training.convert.convert import FOLDERS, ROOT, SUMS, product_files
from training.convert.sources import sha256

LISTED = {path: digest for digest, path in (line.split("  ") for line in SUMS.read_text().splitlines())}


def listed(id: str) -> str:
    return LISTED[f"{FOLDERS[id]}/{id}.onnx"]


@pytest.mark.parametrize("id", FOLDERS)
def test_committed_files_are_listed(id):
    for path in product_files(id):
        assert sha256(ROOT / path) == LISTED[path]


@pytest.mark.parametrize("stage", [maxim.S1, maxim.S2], ids=lambda s: s.id)
def test_maxim_comes_out_the_same(maxim_source, stage):
    content = to_onnx.serialise(maxim.build(maxim_source, stage))
    assert hashlib.sha256(content).hexdigest() == listed(stage.id)


def test_ffdnet_comes_out_the_same(ffdnet_layers):
    content = to_onnx.serialise(ffdnet.build(ffdnet_layers))
    assert hashlib.sha256(content).hexdigest() == listed(ffdnet.ID)
