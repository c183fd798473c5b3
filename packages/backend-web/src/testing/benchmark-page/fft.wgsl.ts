/**
 * Compute shaders of a real 2-D Fourier transform of size × size floats, size a power of 4: two rows (then one column) in a
 * workgroup, all passes (radix 4, Stockham) in its own memory. The half spectrum comes out frequency of x by frequency of x:
 * (size / 2 + 1) × size complex numbers, so that columns are read in one piece.
 *
 * @returns `rows` for size / 2 workgroups, `columns` for size / 2 + 1
 */
export function fftShaders(size: number): { readonly rows: string; readonly columns: string } {
  const threads = size / 4;
  const common = `
@group(0) @binding(0) var<storage, read> twiddles: array<vec2f>;
var<workgroup> line: array<vec2f, ${size}>;

fn times(a: vec2f, b: vec2f) -> vec2f { return vec2f(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x); }
fn turned(a: vec2f) -> vec2f { return vec2f(a.y, -a.x); }

fn transform(thread: u32) {
  var stride = 1u;
  for (var length = ${size}u; length > 1u; length /= 4u) {
    let quarter = length / 4u;
    let group = thread / stride;
    let place = thread % stride;
    let a = line[place + stride * group];
    let b = line[place + stride * (group + quarter)];
    let c = line[place + stride * (group + 2u * quarter)];
    let d = line[place + stride * (group + 3u * quarter)];
    workgroupBarrier();
    let step = group * (${size}u / length);
    let sum = a + c;
    let difference = a - c;
    let others = b + d;
    let across = turned(b - d);
    let to = place + stride * 4u * group;
    line[to] = sum + others;
    line[to + stride] = times(difference + across, twiddles[step]);
    line[to + 2u * stride] = times(sum - others, twiddles[2u * step]);
    line[to + 3u * stride] = times(difference - across, twiddles[3u * step]);
    workgroupBarrier();
    stride *= 4u;
  }
}`;
  return {
    rows: `${common}
@group(0) @binding(1) var<storage, read> plane: array<f32>;
@group(0) @binding(2) var<storage, read_write> spectrum: array<vec2f>;

@compute @workgroup_size(${threads})
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  let first = group.x * ${2 * size}u;
  for (var x = thread; x < ${size}u; x += ${threads}u) { line[x] = vec2f(plane[first + x], plane[first + ${size}u + x]); }
  workgroupBarrier();
  transform(thread);
  for (var x = thread; x <= ${size / 2}u; x += ${threads}u) {
    let a = line[x];
    let b = line[(${size}u - x) % ${size}u];
    let at = x * ${size}u + 2u * group.x;
    spectrum[at] = 0.5 * vec2f(a.x + b.x, a.y - b.y);
    spectrum[at + 1u] = 0.5 * vec2f(a.y + b.y, b.x - a.x);
  }
}`,
    columns: `${common}
@group(0) @binding(2) var<storage, read_write> spectrum: array<vec2f>;

@compute @workgroup_size(${threads})
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  let first = group.x * ${size}u;
  for (var y = thread; y < ${size}u; y += ${threads}u) { line[y] = spectrum[first + y]; }
  workgroupBarrier();
  transform(thread);
  for (var y = thread; y < ${size}u; y += ${threads}u) { spectrum[first + y] = line[y]; }
}`,
  };
}
