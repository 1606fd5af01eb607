// In a network of its own: samba, whose ports are fixed, and a bridge to them by sockets in its folder. Ends with its stdin.
import { spawn, spawnSync } from "node:child_process";
import { connect, createServer } from "node:net";
import { join } from "node:path";

const folder = process.argv[2] as string;
const { status } = spawnSync("ip", ["link", "set", "lo", "up"], { stdio: "inherit" });
if (status !== 0) throw new Error("loopback cannot be brought up");
for (const port of [389, 636])
  createServer((near) => {
    const far = connect(port, "127.0.0.1");
    near.pipe(far).pipe(near);
    near.on("error", () => far.destroy());
    far.on("error", () => near.destroy());
  }).listen(join(folder, String(port)));

const args = ["-F", "--no-process-group", "-M", "single", "-s", join(folder, "etc", "smb.conf")];
// It ends when its stdin does, and so with this process, whatever ends that.
const samba = spawn("/usr/sbin/samba", args, { stdio: ["pipe", "inherit", "inherit"] });
samba.on("exit", (code) => process.exit(code ?? 1));
process.on("SIGTERM", () => samba.kill("SIGTERM"));
process.stdin.on("end", () => samba.kill("SIGTERM")).resume();
