import { expect, test } from "vitest";
import { csvDownload } from "#app/_web/csv-download.ts";

async function* endless(stopped: () => void): AsyncGenerator<string> {
  try {
    for (;;) yield "line\r\n";
  } finally {
    stopped();
  }
}

async function* lines(...parts: string[]): AsyncGenerator<string> {
  yield* parts;
}

test("the parts arrive in order, as they are", async () => {
  expect(await csvDownload("a.csv", lines("\u{feff}Line\r\n", "2\r\n")).text()).toBe("Line\r\n2\r\n");
});

test("when the browser goes away, the source is ended", async () => {
  const stopped = Promise.withResolvers<void>();
  const reader = csvDownload("a.csv", endless(stopped.resolve)).body?.getReader();
  await reader?.read();
  await reader?.cancel();
  await stopped.promise;
});

test.each([
  ["people.csv", "attachment; filename=\"people.csv\"; filename*=UTF-8''people.csv"],
  ["people.TXT", "attachment; filename=\"people.csv\"; filename*=UTF-8''people.csv"],
  [
    "łódź (2).csv",
    "attachment; filename=\"__d_ (2).csv\"; filename*=UTF-8''%C5%82%C3%B3d%C5%BA%20%282%29.csv",
  ],
  ['a"\r\nx: y.csv', "attachment; filename=\"a___x_ y.csv\"; filename*=UTF-8''a%22%0D%0Ax%3A%20y.csv"],
])("the name %j can end no header", (name, disposition) => {
  expect(csvDownload(name, lines()).headers.get("content-disposition")).toBe(disposition);
});
