import type { TestProject } from "vitest/node";
import { type ClusterInfo, startQuickCluster, type TestCluster } from "./test-cluster.ts";

declare module "vitest" {
  interface ProvidedContext {
    cluster: ClusterInfo;
  }
}

let cluster: TestCluster;

/** Once before all test files: one cluster for them all; each file copies its own database. */
export async function setup(project: TestProject): Promise<void> {
  cluster = await startQuickCluster();
  project.provide("cluster", cluster.info);
}

export async function teardown(): Promise<void> {
  await cluster.stop();
}
