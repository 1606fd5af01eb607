import { cache } from "react";
import { findRun } from "#lib/runs/find-run.ts";

/** The run of a page, for its title and its body: looked up once a request. */
export const runOf = cache(findRun);
