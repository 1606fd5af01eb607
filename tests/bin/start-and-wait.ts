// Started by cluster.test.ts, to be killed: prints the port of a cluster and then does nothing.
import { startTestCluster } from "#tests/support/test-cluster.ts";

const { info } = await startTestCluster();
console.log(info.port);
setInterval(() => {}, 60_000);
