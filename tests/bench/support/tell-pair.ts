import type { Timed } from "./floor.ts";
import type { Pair } from "./import-round.ts";

/** A line of what both sides took, in seconds. */
export function tellPair(name: string, what: string, pair: Pair): void {
  const { floor, product, memory, load } = pair;
  const cells = [
    name,
    what.padEnd(9),
    `floor ${seconds(floor.ms)}`,
    `product ${seconds(product.ms)}`,
    `ratio ${ratio(pair).toFixed(2)}`,
  ];
  console.log(
    `${cells.join("  ")}  worker ${memory ?? "?"} MiB  load ${load.toFixed(1)}  (${tellSteps(floor)} | ${tellSteps(product)})`,
  );
}

export function tellSteps({ steps }: Timed): string {
  return Object.entries(steps)
    .filter(([, ms]) => ms >= 50)
    .map(([name, ms]) => `${name} ${seconds(ms)}`)
    .join(", ");
}

export function ratio({ floor, product }: Pick<Pair, "floor" | "product">): number {
  return product.ms / floor.ms;
}

export function round2(value: number): number {
  return Math.round(value * 100) / 100;
}

export function seconds(ms: number): string {
  return (ms / 1000).toFixed(2);
}
