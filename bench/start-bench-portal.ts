import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { applyMigrations } from "#bin/apply-migrations.ts";
import { startThrowAwayDatabase } from "#bin/throw-away-database.ts";
import { PASSWORD } from "#e2e/sandbox/settings.ts";
import { bootstrapOrganisation } from "#lib/access/bootstrap-organisation.ts";
import type { Principal } from "#lib/access/principal.ts";
import { principalOf } from "#lib/access/principal-of.ts";
import { createConnection } from "#lib/connections/create-connection.ts";
import { closeDatabase } from "#lib/database/database.ts";
import { closeQueue } from "#lib/jobs/queue.ts";

export type BenchPortal = {
  admin: Principal;
  connectionId: string;
  /** The sandbox's control port. */
  control: string;
  close(): Promise<void>;
};

/**
 * A database of this run's own and the sandbox vendors as a process of their own, with one lab that has connected MeditLink and
 * not yet synced. Ports from `SANDBOX_PORT` on.
 */
export async function startBenchPortal(options: { orders: number }): Promise<BenchPortal> {
  const server = await startThrowAwayDatabase();
  await applyMigrations(server.url);
  const dataDir = mkdtempSync(join(tmpdir(), "casebench-bench-"));
  const sandbox = await startSandboxProcess(options.orders);
  const { ready } = sandbox;
  Object.assign(process.env, {
    DATABASE_URL: server.url,
    DATA_DIR: dataDir,
    LOG_LEVEL: process.env.LOG_LEVEL || "silent",
    MEDITLINK_AUTH_URL: ready.meditlinkAuth,
    MEDITLINK_API_URL: ready.meditlinkApi,
    MEDITLINK_CLIENT_ID: ready.clientId,
    MEDITLINK_CLIENT_SECRET: ready.clientSecret,
    MEDITLINK_SCOPES: ready.scopes,
    MEDITLINK_ALLOW_PASSWORD_GRANT: "true",
  });
  const lab = { organisation: "OneLab", kind: "lab" as const, email: "admin@bench.example", password: "correct horse" };
  const { apiKey } = await bootstrapOrganisation(lab);
  const admin = await principalOf(new Headers({ authorization: `Bearer ${apiKey}` }));
  if (!admin) throw new Error("the new key opens nothing");
  const credentials = { email: "lab@onelab.example", password: PASSWORD };
  const { id } = await createConnection(admin, { vendor: "meditlink", credentials });
  return {
    admin,
    connectionId: id,
    control: ready.control ?? "",
    async close() {
      await closeQueue();
      await closeDatabase();
      sandbox.stop();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The sandbox vendors as a process of their own; `ready` is what it announces. */
export async function startSandboxProcess(orders: number) {
  const child = spawn(process.execPath, [join(import.meta.dirname, "../e2e/sandbox/sandbox.ts")], {
    env: { ...process.env, SANDBOX_ORDERS: String(orders), SANDBOX_PORT: process.env.SANDBOX_PORT || "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const ready = JSON.parse(line) as Record<string, string>;
    child.stdout.resume();
    return { ready, stop: () => child.kill("SIGTERM") };
  }
  throw new Error("the sandbox did not start");
}

/** What the sandbox was asked since the last {@link forgetCalls}, by its own log. */
export async function readCalls(portal: BenchPortal): Promise<{ path: string; status: number }[]> {
  return (await fetch(`${portal.control}/calls`)).json() as Promise<{ path: string; status: number }[]>;
}

export async function forgetCalls(portal: BenchPortal): Promise<void> {
  await fetch(`${portal.control}/calls`, { method: "DELETE" });
}

/** Has MeditLink take so long for each answer, ms, instead of whatever was wrong with it before; 0: nothing is. */
export async function delayVendor(portal: BenchPortal, ms: number): Promise<void> {
  await fetch(`${portal.control}/faults`, { method: "DELETE" });
  const fault = { vendor: "meditlink-api", fault: { kind: "delay", ms } };
  if (ms > 0) await fetch(`${portal.control}/faults`, { method: "POST", body: JSON.stringify(fault) });
}
