/** Connections of the process's pool that uploads may hold together; the pages need the others. */
const most = 4;

let busy = 0;
const waiting: (() => void)[] = [];

/** Runs `work` when fewer than that many are running; they come in turn. */
export async function aFewAtOnce<T>(work: () => Promise<T>): Promise<T> {
  if (busy < most) busy += 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    // Its place goes to the next one, or becomes free.
    const next = waiting.shift();
    if (next) next();
    else busy -= 1;
  }
}
