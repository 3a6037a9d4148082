import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { removeCluster } from "#bin/database-cluster.ts";
import { ROOT } from "#bin/ensure-installed.mjs";
import { SETTINGS } from "#lib/env.ts";

/** Who opens the cases (prisma/seed.ts), and the account that is connected first: the sandbox's special orders are its lab's. */
export const PERSON = { email: "admin@onelab.example", password: "casebench-demo" };
export const VENDOR_ACCOUNT = { email: "lab@onelab.example", password: "sandbox" };

/** The whole portal as `npm start` brings it up, with the sandbox's vendors serving the bench's files. */
export async function startScanPortal(options: {
  port: number;
  /** The address that browsers use. */
  url: string;
  dataDir: string;
  scans: string;
}): Promise<{ close(): Promise<void> }> {
  const child = spawn(process.execPath, [join(ROOT, "bin", "start.mjs")], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      ...Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, ""])),
      PORT: String(options.port),
      PORTAL_URL: options.url,
      DATA_DIR: options.dataDir,
      SANDBOX: "true",
      SANDBOX_PORT: "",
      SANDBOX_SCANS_DIR: options.scans,
      LOG_LEVEL: "warn",
    },
  });
  const ended = new Promise<void>((resolve) => child.on("exit", () => resolve()));
  const close = async () => {
    child.kill("SIGTERM");
    await ended;
    removeCluster(options.dataDir);
  };
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.includes("Casebench is ready")) continue;
    child.stdout.resume();
    return { close };
  }
  throw new Error("the portal did not start");
}
