/** Mann and Whitney's U as a normal deviate: how surely one row of times is another than the other. */
export function deviate(one: number[], two: number[]): number {
  const u = one
    .flatMap((a) => two.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)))
    .reduce((sum: number, x) => sum + x, 0);
  const [n, m] = [one.length, two.length];
  return (u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
}
