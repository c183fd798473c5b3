"""Einsum and convolutions of the NHWC graph as MatMul, Conv and ConvTranspose."""
import numpy as np

from training.convert.ir import Graph, Tensor
from training.convert.tfjs_graph import ConversionError, TfNode

TO_CHANNELS_FIRST, TO_CHANNELS_LAST = [0, 3, 1, 2], [0, 2, 3, 1]


def require(condition: bool, node: TfNode, message: str) -> None:
    if not condition:
        raise ConversionError(f"{node.op} {node.name}: {message}")


def einsum(graph: Graph, node: TfNode, x: list) -> Tensor:
    equation = node.attribute("equation")
    if equation == "abcg,gf->abcf":
        picture, weight = x
        return graph.add("MatMul", [picture.name, graph.constant(weight)], (*picture.shape[:-1], weight.shape[1]))
    if equation == "gb,cgef->bcef":
        return resize_rows(graph, node, *x)
    if equation == "abgd,gf->abdf":
        picture, weight = x
        a, b, _, d = picture.shape
        f = weight.shape[1]
        product = graph.add("MatMul", [graph.constant(weight.T), picture.name], (a, b, f, d))
        return graph.add("Transpose", [product.name], (a, b, d, f), perm=[0, 1, 3, 2])
    raise ConversionError(f"Einsum {equation} ({node.name})")


def resize_rows(graph: Graph, node: TfNode, weight: np.ndarray, picture: Tensor) -> Tensor:
    """gb,cgef->bcef for a batch of one: a resize along H as one matrix product."""
    c, g, e, f = picture.shape
    require(c == 1 and weight.shape[0] == g, node, "batch of one only")
    b = weight.shape[1]
    flat = graph.add("Reshape", [picture.name, graph.integers(g, e * f)], (g, e * f))
    product = graph.add("MatMul", [graph.constant(weight.T), flat.name], (b, e * f))
    return graph.add("Reshape", [product.name, graph.integers(b, 1, e, f)], (b, 1, e, f))


def same_padding(length: int, kernel: int, stride: int) -> tuple[int, int, int]:
    """Output length, padding before and after as TensorFlow's SAME has it: the odd pixel goes after."""
    result = -(-length // stride)
    total = max((result - 1) * stride + kernel - length, 0)
    return result, total // 2, total - total // 2


def convolution(graph: Graph, node: TfNode, x: list) -> Tensor:
    picture, weight = x
    require(node.attribute("data_format") == "NHWC", node, "NHWC only")
    require(node.attribute("dilations") == [1, 1, 1, 1], node, "no dilation")
    kernel_height, kernel_width, cin, cout = weight.shape
    _, sy, sx, _ = node.attribute("strides")
    _, height, width, _ = picture.shape
    if kernel_height == kernel_width == sy == sx == 1:
        return graph.add("MatMul", [picture.name, graph.constant(weight.reshape(cin, cout))], (1, height, width, cout))
    if node.attribute("padding") == "SAME":
        rows, top, bottom = same_padding(height, kernel_height, sy)
        columns, left, right = same_padding(width, kernel_width, sx)
    else:
        rows, columns = (height - kernel_height) // sy + 1, (width - kernel_width) // sx + 1
        top = bottom = left = right = 0
    first = graph.add("Transpose", [picture.name], (1, cin, height, width), perm=TO_CHANNELS_FIRST)
    result = graph.add(
        "Conv", [first.name, graph.constant(weight.transpose(3, 2, 0, 1))], (1, cout, rows, columns),
        strides=[sy, sx], pads=[top, left, bottom, right], kernel_shape=[kernel_height, kernel_width])
    return graph.add("Transpose", [result.name], (1, rows, columns, cout), perm=TO_CHANNELS_LAST)


def transposed_convolution(graph: Graph, node: TfNode, x: list) -> Tensor:
    size, weight, picture = x
    kernel_height, kernel_width, cout, cin = weight.shape
    _, height, width, _ = picture.shape
    require(node.attribute("padding") == "VALID", node, "VALID padding only")
    require(kernel_height == kernel_width == 2 and node.attribute("strides")[1:3] == [2, 2], node, "2×2, stride 2 only")
    require(size.tolist() == [1, 2 * height, 2 * width, cout], node, "output twice the input only")
    first = graph.add("Transpose", [picture.name], (1, cin, height, width), perm=TO_CHANNELS_FIRST)
    result = graph.add(
        "ConvTranspose", [first.name, graph.constant(weight.transpose(3, 2, 0, 1))],
        (1, cout, 2 * height, 2 * width), strides=[2, 2], kernel_shape=[2, 2])
    return graph.add("Transpose", [result.name], (1, 2 * height, 2 * width, cout), perm=TO_CHANNELS_LAST)


LINEAR = {"Einsum": einsum, "Conv2D": convolution, "Conv2DBackpropInput": transposed_convolution}
