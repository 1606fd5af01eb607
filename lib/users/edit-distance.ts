/**
 * How many letters must be put in, left out, replaced or swapped with their neighbour to make one text of the other
 * (optimal string alignment). Texts whose lengths differ by more than `most` count as `most + 1` apart.
 */
export function editDistance(from: string, to: string, most: number): number {
  if (Math.abs(from.length - to.length) > most) return most + 1;
  let [before, last] = [[] as number[], Array.from({ length: to.length + 1 }, (_, at) => at)];
  for (let row = 1; row <= from.length; row++) {
    const line = [row];
    for (let at = 1; at <= to.length; at++) {
      const same = from[row - 1] === to[at - 1] ? 0 : 1;
      const plain = Math.min((last[at] ?? 0) + 1, (line[at - 1] ?? 0) + 1, (last[at - 1] ?? 0) + same);
      const swapped = row > 1 && at > 1 && from[row - 1] === to[at - 2] && from[row - 2] === to[at - 1];
      line.push(swapped ? Math.min(plain, (before[at - 2] ?? 0) + 1) : plain);
    }
    [before, last] = [last, line];
  }
  return last[to.length] ?? 0;
}
