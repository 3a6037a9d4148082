import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { SETTINGS } from "#lib/env.ts";
import { removeCluster } from "./database-cluster.ts";
import { ROOT } from "./ensure-installed.mjs";

// `npm start` for the browser tests: E2E_PORT, a data directory of its own (E2E_DATA_DIR, deleted at the end), the sandbox vendors,
// and none of the developer's own settings. `.env` fills only what is unset, so everything else is set to nothing.

const dataDir = process.env.E2E_DATA_DIR;
const port = process.env.E2E_PORT;
if (!dataDir || !port) throw new Error("E2E_DATA_DIR and E2E_PORT must be given; playwright.config.ts does.");

const child = spawn(process.execPath, [join(ROOT, "bin", "start.mjs")], {
  stdio: "inherit",
  env: {
    ...process.env,
    ...Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, ""])),
    SANDBOX_PORT: "",
    DATA_DIR: dataDir,
    PORT: port,
    SANDBOX: "true",
    LOG_LEVEL: process.env.LOG_LEVEL || "warn",
  },
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
child.on("exit", (code) => {
  removeCluster(dataDir);
  rmSync(dataDir, { recursive: true, force: true });
  process.exit(code ?? 1);
});
