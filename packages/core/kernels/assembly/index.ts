export { filterColumns, forwardColumns } from './columns';
export { dampByTotalVariation, shrinkGradients } from './gradients';
export { forwardRows, inverseRows } from './rows';
export { addProduct, combine, divideByReal, divideReal, fill, multiply, multiplyReal, wiener } from './pointwise';

/** First byte of memory that the caller may use. */
export function freeMemoryStart(): usize {
  return __heap_base;
}
