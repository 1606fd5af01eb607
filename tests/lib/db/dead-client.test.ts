import postgres from "postgres";
import { expect, test } from "vitest";
import { testDatabase } from "#tests/support/test-database.ts";

test("the server looks every second whether a worker is still there, where its platform can", async () => {
  const copied = await testDatabase();
  const worker = postgres(copied.workerUrl, { max: 1 });
  const [row] = await worker`show client_connection_check_interval`;
  await worker.end();
  await copied.drop();
  expect(row?.client_connection_check_interval).toBe(process.platform === "win32" ? "0" : "1s");
});
