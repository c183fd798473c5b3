import { float } from '../lowering.ts';
import type { Lowering } from '../lowering.ts';

function axis(name: string, place: string, from: number, to: number, antialias: boolean): string {
  const scale = from / to;
  const support = antialias ? Math.max(1, scale) : 1;
  const count = Math.min(from, Math.ceil(2 * support) + 1);
  return `
    let centre_${name} = (f32(${place}) + 0.5) * ${float(scale)} - 0.5;
    let first_${name} = min(max(0, i32(ceil(centre_${name} - ${float(support)}))), ${from - count});
    let count_${name} = ${count};
    let support_${name} = ${float(support)};`;
}

/** `resize`: the taps of linear interpolation, each pixel for itself; a step after it asks for every pixel anew. */
export const lowerResize: Lowering = ({ step: { node, inputs: [input] }, type, inputs: [from] }) => {
  const antialias = node.antialias !== false;
  const { width, height } = input!.type;
  return `${axis('x', 'x', width, type.width, antialias)}${axis('y', 'y', height, type.height, antialias)}
    var sum = vec3f(0.0);
    var total = 0.0;
    for (var v = 0; v < count_y; v++) {
      let weight_y = max(0.0, 1.0 - abs(f32(first_y + v) - centre_y) / support_y);
      for (var u = 0; u < count_x; u++) {
        let weight = weight_y * max(0.0, 1.0 - abs(f32(first_x + u) - centre_x) / support_x);
        if (weight > 0.0) {
          sum += weight * ${from}(first_x + u, first_y + v);
          total += weight;
        }
      }
    }
    return sum / total;`;
};
