import { mostPlaces, type RecordScanner } from "./scan-record.ts";

/** Where the records of a block and their cells are, in UTF-16 units of the block's text. One for a whole file. */
export class RecordPlaces {
  count = 0;
  /** Of all records, line ends and all. */
  units = 0;
  /** How many records only the parser can take apart. */
  unclear = 0;
  /** By record. `cells` is 0 where only the parser can tell; `plain` is 1 where no cell holds anything odd. */
  readonly lengths: Int32Array;
  readonly cells: Uint8Array;
  readonly plain: Uint8Array;
  /** Ends of the cells of all records one after the other, each from the start of its record. */
  readonly ends: Int32Array;
  #filled = 0;

  constructor(mostRecords: number) {
    this.lengths = new Int32Array(mostRecords);
    this.cells = new Uint8Array(mostRecords);
    this.plain = new Uint8Array(mostRecords);
    this.ends = new Int32Array(mostRecords * mostPlaces);
  }

  clear(): void {
    this.count = 0;
    this.units = 0;
    this.unclear = 0;
    this.#filled = 0;
  }

  /** The record that the scanner has just found. */
  add({ units, cells, plain, places }: RecordScanner): void {
    this.lengths[this.count] = units;
    this.cells[this.count] = cells;
    this.plain[this.count] = plain ? 1 : 0;
    for (let cell = 0; cell < cells; cell++) this.ends[this.#filled++] = places[cell] as number;
    if (cells === 0) this.unclear += 1;
    this.units += units;
    this.count += 1;
  }
}
