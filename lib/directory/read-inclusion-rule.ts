import { type Inclusion, readInclusion } from "./person/inclusion.ts";

/** An inclusion rule as the directory is asked, or what is wrong with it and where. */
export const readInclusionRule = (text: string): Inclusion => readInclusion(text);
