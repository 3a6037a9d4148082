import { afterAll, beforeAll, expect, it } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import { verifyAudit } from "#lib/audit/verify-audit.ts";
import type { Clock } from "#lib/clock.ts";
import { syncConnection } from "#lib/connections/sync-connection.ts";
import { withSession } from "#lib/connections/with-session.ts";
import { database } from "#lib/database/database.ts";
import { Chance, faultSeeds } from "#lib/testing/chance.ts";
import { addPrincipal } from "#lib/testing/orders-in-database.ts";
import {
  connectAccount,
  orderIdOf,
  type PortalWithSandbox,
  startPortalWithSandbox,
} from "#lib/testing/portal-with-sandbox.ts";
import { CircuitBreaker } from "#lib/vendors/circuit-breaker.ts";
import { describeLane } from "#lib/vendors/http.ts";
import { carryOutDecision } from "./carry-out-decision.ts";
import { claimDecision } from "./claim-decision.ts";
import { requestDecision } from "./request-decision.ts";

const DECISIONS = 12;
/** After each round the clock is this much further, ms: past every pause and the lease of a process that died. */
const STEP_MS = 61_000;
const ROUNDS = 12;

let portal: PortalWithSandbox;
let lab: { admin: Principal; connectionId: string };
let technician: Principal;

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 5 });
  lab = await connectAccount("lab", "lab@onelab.example");
  technician = await addPrincipal(lab.admin.organisationId, "lab", "technician");
});
afterAll(() => portal.close());

async function control<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${portal.sandbox.control}${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return (await answer.json()) as T;
}

async function misbehave(seed: number): Promise<void> {
  const faults: [method: string, probability: number, fault: object][] = [
    ["PUT", 0.2, { kind: "resetAfterCommit" }],
    ["PUT", 0.1, { kind: "statusAfterCommit", status: 502 }],
    ["PUT", 0.1, { kind: "truncate" }],
    ["PUT", 0.1, { kind: "reset" }],
    ["PUT", 0.1, { kind: "status", status: 503 }],
    ["GET", 0.1, { kind: "status", status: 500 }],
    ["GET", 0.1, { kind: "html" }],
  ];
  for (const [at, [method, probability, fault]] of faults.entries())
    await control("POST", "/faults", {
      vendor: "meditlink-api",
      method,
      path: "/v1/orders/\\d+",
      probability,
      fault,
      seed: seed * 100 + at,
    });
}

/** The vendor is well again, and so much time has passed that it is called again, whatever was found before. */
async function recover(organisationId: string): Promise<void> {
  await control("DELETE", "/faults");
  const breakerOf = () =>
    withSession(lab.connectionId, organisationId, async (session) => describeLane(session).breaker.state);
  await expect.poll(breakerOf, { timeout: CircuitBreaker.LONGEST_PAUSE_MS + 5_000 }).not.toBe("open");
}

it.each(faultSeeds())(
  "F32, F35: whatever is lost and whoever dies, each decision has one effect and the screen shows it (seed %d)",
  async (seed) => {
    const chance = new Chance(seed);
    const { organisationId } = technician;
    const { numbers } = await control<{ numbers: number[] }>("POST", "/orders", { count: DECISIONS });
    await syncConnection({ organisationId, connectionId: lab.connectionId });
    const open = new Map<string, { number: number; kind: "accept" | "reject" }>();
    for (const number of numbers) {
      const kind = chance.next() < 0.7 ? "accept" : "reject";
      const orderId = await orderIdOf(lab.connectionId, number);
      const decision = await requestDecision(technician, { orderId, kind, body: {}, idempotencyKey: null });
      open.set(decision.id, { number, kind });
    }
    await misbehave(seed);
    for (let round = 0; round < ROUNDS; round++) {
      const clock: Clock = { now: () => new Date(Date.now() + round * STEP_MS) };
      if (round === ROUNDS - 4) await recover(organisationId);
      await Promise.all(
        [...open].map(async ([id, { number, kind }]) => {
          const fate = chance.next();
          // A process that died with the decision in its hands: before it sent, or right after.
          if (round < 4 && fate < 0.2) {
            const claimed = await claimDecision(organisationId, id, clock);
            if (claimed && fate < 0.1) await control("POST", `/orders/${number}`, { action: kind });
            return;
          }
          await carryOutDecision(organisationId, id, { clock });
        }),
      );
    }
    await syncConnection({ organisationId, connectionId: lab.connectionId });
    for (const [id, { number, kind }] of open) {
      const truth = portal.sandbox.world.orders.get(number)!;
      const decision = await database().decision.findUniqueOrThrow({ where: { id }, include: { order: true } });
      const { accepted, rejected } = truth.counts;
      expect.soft({ number, state: decision.state }).toEqual({ number, state: "confirmed" });
      expect.soft(accepted + rejected).toBeLessThanOrEqual(1);
      expect.soft(truth.status).toBe(kind === "accept" ? "ACCEPTED" : "REJECTED");
      expect.soft(decision.order.vendorStatus).toBe(truth.status);
    }
    expect((await verifyAudit()).every(({ brokenAt }) => brokenAt === null)).toBe(true);
  },
  120_000,
);
