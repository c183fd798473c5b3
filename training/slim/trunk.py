"""The trunk: all of `maxim-s1` but its last step, so that a head sees the features behind the correction, not only the correction."""
import onnx

from training.convert.rewrites import copy_of, remove_unused

FEATURES, CORRECTION, CHANNELS = "features", "correction", 32


def last_tensors(graph: onnx.GraphProto) -> tuple[str, str]:
    """Names of the features (1×H×W×32) and of the correction (1×H×W×3) that is made from them and added to the picture.

    They are found from the result backwards: picture + transpose(convolution(transpose(features))). Raises ValueError elsewhere.
    """
    made_by = {o: n for n in graph.node for o in n.output}
    name, corrections = graph.output[0].name, []
    for expected in ("Add", "Transpose", "Conv", "Transpose"):
        node = made_by.get(name)
        if node is None or node.op_type != expected:
            raise ValueError(f"this is not the first stage of MAXIM: expected {expected} for {name}, found {node.op_type if node else 'nothing'}")
        name = next((i for i in node.input if i in made_by), "")
        corrections.append(name)
    return name, corrections[0]


def cut_trunk(model: onnx.ModelProto) -> onnx.ModelProto:
    """A copy that ends with `features` and `correction` for the picture `input`, 1×H×W×3. Raises ValueError if it is another network."""
    cut = copy_of(model)
    names = dict(zip(last_tensors(cut.graph), (FEATURES, CORRECTION)))
    for node in cut.graph.node:
        for tensors in (node.input, node.output):
            tensors[:] = [names.get(t, t) for t in tensors]
    size = [d.dim_value for d in cut.graph.input[0].type.tensor_type.shape.dim][:3]
    del cut.graph.output[:]
    cut.graph.output.extend(onnx.helper.make_tensor_value_info(n, onnx.TensorProto.FLOAT, [*size, c]) for n, c in ((FEATURES, CHANNELS), (CORRECTION, 3)))
    remove_unused(cut.graph)
    return cut
