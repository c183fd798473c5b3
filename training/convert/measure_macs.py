"""Multiply–accumulates of the shipped models, counted over the nodes with inferred shapes.

    python -m training.convert.measure_macs
"""
import numpy as np
import onnx
from onnx import shape_inference

from training.convert import report
from training.convert.convert import FOLDERS, folder_of

SIDE = 256


def shapes(model: onnx.ModelProto) -> dict[str, list[int]]:
    graph = shape_inference.infer_shapes(model, data_prop=True).graph
    found = {v.name: [d.dim_value for d in v.type.tensor_type.shape.dim]
             for v in [*graph.input, *graph.value_info, *graph.output]}
    return {**found, **{t.name: list(t.dims) for t in graph.initializer}}


def count(model: onnx.ModelProto) -> dict[str, int]:
    """Multiply–accumulates by operation, of one picture at the model's shape."""
    known, total = shapes(model), {}
    for node in model.graph.node:
        first, second = (known[i] for i in node.input[:2]) if len(node.input) > 1 else (None, None)
        if node.op_type == "MatMul":
            macs = np.prod(known[node.output[0]]) * first[-1]
        elif node.op_type == "Conv":
            macs = np.prod(known[node.output[0]]) * np.prod(second[1:])
        elif node.op_type == "ConvTranspose":
            macs = np.prod(first) * np.prod(second[1:])
        else:
            continue
        total[node.op_type] = total.get(node.op_type, 0) + int(macs)
    return total


def at_size(model: onnx.ModelProto, side: int) -> onnx.ModelProto:
    """The model with its symbolic dimensions set: a batch of one, `side`×`side`."""
    sizes = {"batch": 1, "sigma_batch": 1, "height": side, "width": side}
    for value in [*model.graph.input, *model.graph.output]:
        for dim in value.type.tensor_type.shape.dim:
            if dim.dim_param:
                dim.dim_value = sizes[dim.dim_param]
    return model


def measure() -> dict:
    results = {}
    for id in FOLDERS:
        macs = count(at_size(onnx.load(folder_of(id) / f"{id}.onnx"), SIDE))
        total = sum(macs.values())
        results[id] = {"gmac_per_256x256": round(total / 1e9, 3), "mac_per_pixel": round(total / SIDE**2), "by_op": macs}
    return results


if __name__ == "__main__":
    report.write("macs", "python -m training.convert.measure_macs", measure())
