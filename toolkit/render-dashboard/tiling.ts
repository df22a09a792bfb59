/** As many rows and columns of tiles as make each nearest to the wanted shape, width by height. */
export function tiling(
  count: number,
  width: number,
  height: number,
  wanted: number,
): { readonly columns: number; readonly rows: number } {
  let best = { columns: 1, rows: Math.max(1, count), misfit: Number.POSITIVE_INFINITY };
  for (let columns = 1; columns <= Math.max(1, count); columns += 1) {
    const rows = Math.max(1, Math.ceil(count / columns));
    const shape = width / columns / (height / rows);
    const misfit = Math.abs(Math.log(shape / wanted)) + (columns * rows - count) * 0.02;
    if (misfit < best.misfit) best = { columns, rows, misfit };
  }
  return best;
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
