/** By the key of a list: the keys of the lists right in it. */
type Nesting = ReadonlyMap<string, ReadonlySet<string>>;

/** Told at most: what is beyond is mended first. */
const most = 100;

/** Lists that hold each other, or themselves, by their keys; each circle once. In time that grows with what there is. Pure. */
export function circlesOf(nesting: Nesting): string[][] {
  const walk = new Walk(nesting);
  for (const key of nesting.keys()) walk.from(key);
  return walk.components
    .filter(([key, ...more]) => more.length > 0 || nesting.get(key as string)?.has(key as string))
    .slice(0, most);
}

type Step = { key: string; place: number; lowest: number; inner: Iterator<string> };

/** Tarjan's strongly connected components, without recursion: chains of lists may be long. */
class Walk {
  readonly components: string[][] = [];
  readonly #nesting: Nesting;
  readonly #places = new Map<string, number>();
  readonly #open = new Set<string>();
  readonly #stack: string[] = [];
  readonly #way: Step[] = [];

  constructor(nesting: Nesting) {
    this.#nesting = nesting;
  }

  from(first: string): void {
    if (this.#places.has(first)) return;
    this.#enter(first);
    for (let top = this.#way.at(-1); top; top = this.#way.at(-1)) {
      const { done, value } = top.inner.next();
      if (done) this.#leave(top);
      else if (!this.#places.has(value)) this.#enter(value);
      else if (this.#open.has(value))
        top.lowest = Math.min(top.lowest, this.#places.get(value) ?? top.lowest);
    }
  }

  #enter(key: string): void {
    const place = this.#places.size;
    this.#places.set(key, place);
    this.#open.add(key);
    this.#stack.push(key);
    this.#way.push({
      key,
      place,
      lowest: place,
      inner: (this.#nesting.get(key) ?? new Set<string>()).values(),
    });
  }

  #leave({ key, place, lowest }: Step): void {
    this.#way.pop();
    const above = this.#way.at(-1);
    if (above) above.lowest = Math.min(above.lowest, lowest);
    if (lowest !== place) return;
    // All that was entered since and is still open.
    const component = this.#stack.splice(this.#stack.lastIndexOf(key));
    for (const each of component) this.#open.delete(each);
    this.components.push(component);
  }
}
