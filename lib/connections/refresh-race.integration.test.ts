import { type ChildProcessByStdio, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { connectByConsent, type PortalWithSandbox, startPortalWithSandbox } from "#lib/testing/portal-with-sandbox.ts";

const PROCESSES = 8;
const CALLERS = 64;
const ROUNDS = 3;

type Asker = {
  child: ChildProcessByStdio<Writable, Readable, null>;
  ask(callers: number): Promise<string[]>;
};

let portal: PortalWithSandbox;
let admin: Principal;
let id: string;
const askers: Asker[] = [];

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 1 });
  admin = await portal.makeOrganisation("OneLab");
  id = await connectByConsent(admin, "lab@onelab.example");
  askers.push(...(await Promise.all(Array.from({ length: PROCESSES }, startAsker))));
}, 180_000);
afterAll(async () => {
  for (const { child } of askers) child.kill();
  await portal.close();
});

async function startAsker(): Promise<Asker> {
  const script = join(import.meta.dirname, "../testing/ask-for-session.ts");
  const child = spawn(process.execPath, [script, admin.organisationId, id], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  expect((await lines.next()).value).toBe("ready");
  return {
    child,
    async ask(callers) {
      child.stdin.write(`${callers}\n`);
      return JSON.parse((await lines.next()).value ?? "[]");
    },
  };
}

it.each(["strict", "lenient"] as const)(
  "F01: 8 processes with 64 callers each cause one token call when the token dies (%s vendor)",
  async (mode) => {
    const { world } = portal.sandbox;
    world.live.refreshMode = mode;
    for (let round = 1; round <= ROUNDS; round++) {
      world.calls.clear();
      for (const token of world.accessTokens.values()) token.expiresAt = 0;
      await database().$executeRaw`
        UPDATE connections SET access_expires_at = now() - interval '1 s' WHERE id = ${id}::uuid`;
      const tokens = (await Promise.all(askers.map(({ ask }) => ask(CALLERS)))).flat();
      const refreshes = world.calls.tokenCallsSince(0);
      expect(refreshes.map(({ grant, status }) => [grant, status])).toEqual([["refresh_token", 200]]);
      expect(tokens).toHaveLength(PROCESSES * CALLERS);
      expect(new Set(tokens).size).toBe(1);
      expect(world.accessTokens.get(tokens[0]!)!.expiresAt).toBeGreaterThan(Date.now());
    }
  },
  120_000,
);
