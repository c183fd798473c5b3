"""The committed golden tiles are what the shipped files make of them."""
import numpy as np
import pytest

from training.convert import golden, runtime
from training.convert.convert import folder_of


@pytest.mark.parametrize("id", golden.GOLDEN)
def test_golden_output_reproduces(id):
    folder, tile = folder_of(id), golden.GOLDEN[id]
    picture = golden.read_input(folder / f"{id}.golden-input.u8", tile)
    expected = np.fromfile(folder / f"{id}.golden-output.f32", "<f4").reshape(tile.side // 4, tile.side // 4, 3)
    result = golden.sample(golden.restore(id, folder / f"{id}.onnx", picture))
    assert runtime.psnr(result, expected) >= 90
    assert expected.min() >= 0 and expected.max() <= 1
    assert runtime.psnr(golden.sample(picture / np.float32(255)), expected) < 40


@pytest.mark.parametrize("id", golden.GOLDEN)
def test_golden_input_is_the_stated_crop(id):
    tile = golden.GOLDEN[id]
    if not (golden.DATA / tile.picture).exists():
        pytest.skip(f"no {tile.picture} in the data folder")
    assert np.array_equal(golden.make_input(tile), golden.read_input(folder_of(id) / f"{id}.golden-input.u8", tile))


def test_samples_every_fourth_pixel():
    picture = np.arange(12 * 12 * 3, dtype=np.float32).reshape(12, 12, 3)
    assert golden.sample(picture)[:, :, 0].tolist() == [
        [3 * (12 * y + x) for x in (2, 6, 10)] for y in (2, 6, 10)]
