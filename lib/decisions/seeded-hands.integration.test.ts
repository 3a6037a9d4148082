import { afterAll, beforeAll, expect, it } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import type { Clock } from "#lib/clock.ts";
import { syncConnection } from "#lib/connections/sync-connection.ts";
import { getOrder } from "#lib/orders/get-order.ts";
import { refreshOrder } from "#lib/orders/refresh-order.ts";
import { Chance, faultSeeds } from "#lib/testing/chance.ts";
import { addPrincipal } from "#lib/testing/orders-in-database.ts";
import {
  connectAccount,
  orderIdOf,
  type PortalWithSandbox,
  startPortalWithSandbox,
} from "#lib/testing/portal-with-sandbox.ts";
import { carryOutDecision } from "./carry-out-decision.ts";
import { getDecision } from "./get-decision.ts";
import { requestDecision } from "./request-decision.ts";

/** Rows of the fault table about several hands on one order, with lots drawn. */

const KINDS = ["accept", "reject"] as const;
const THEIRS = { accept: "ACCEPTED", reject: "REJECTED", cancel: "CANCELED" } as const;
/** The clock goes on by this with each round, ms: past every pause. */
const STEP_MS = 61_000;
let portal: PortalWithSandbox;
let lab: { admin: Principal; connectionId: string };
let hands: Principal[];

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 5 });
  lab = await connectAccount("lab", "lab@onelab.example");
  const { organisationId } = lab.admin;
  hands = [lab.admin, ...(await Promise.all([1, 2, 3].map(() => addPrincipal(organisationId, "lab", "technician"))))];
});
afterAll(() => portal.close());

async function control<T>(method: string, path: string, body?: unknown): Promise<T> {
  const init = { method, ...(body ? { body: JSON.stringify(body) } : {}) };
  return (await (await fetch(`${portal.sandbox.control}${path}`, init)).json()) as T;
}

async function newOrders(count: number) {
  const { numbers } = await control<{ numbers: number[] }>("POST", "/orders", { count });
  const { admin, connectionId } = lab;
  await syncConnection({ organisationId: admin.organisationId, connectionId });
  return Promise.all(
    numbers.map(async (number) => ({
      number,
      id: await orderIdOf(connectionId, number),
      truth: () => portal.sandbox.world.orders.get(number)!,
    })),
  );
}

const later = (round: number): Clock => ({ now: () => new Date(Date.now() + round * STEP_MS) });
const carryOut = (decisionId: string, round = 0) =>
  carryOutDecision(lab.admin.organisationId, decisionId, { clock: later(round) });

it.each(faultSeeds())(
  "F33: whoever was faster at the vendor, and whatever was lost, it is told rightly (seed %d)",
  { timeout: 120_000 },
  async (seed) => {
    const chance = new Chance(seed);
    for (const order of await newOrders(6)) {
      const [ours, theirs] = [chance.pick(KINDS), chance.pick(["accept", "reject", "cancel"] as const)];
      const decision = await requestDecision(chance.pick(hands), {
        orderId: order.id,
        kind: ours,
        body: {},
        idempotencyKey: null,
      });
      // Before our first call, or between one whose answer said nothing and the next.
      const isFirst = chance.next() < 0.5;
      if (!isFirst) {
        const kind = chance.pick(["status", "reset", "html"] as const);
        await control("POST", "/faults", {
          vendor: "meditlink-api",
          method: "PUT",
          count: 1,
          fault: { kind, status: 503 },
        });
        await control("POST", "/faults", {
          vendor: "meditlink-api",
          method: "GET",
          count: 9,
          fault: { kind: "reset" },
        });
        await carryOut(decision.id);
        await control("DELETE", "/faults");
      }
      await control("POST", `/orders/${order.number}`, { action: theirs });
      for (let round = 1; round < 4; round++) await carryOut(decision.id, round);
      const after = await getDecision(lab.admin, decision.id);
      expect([ours, theirs, after.state]).toEqual([ours, theirs, ours === theirs ? "confirmed" : "conflict"]);
      expect(order.truth().status).toBe(THEIRS[theirs]);
      expect((await getOrder(lab.admin, order.id)).vendorStatus).toBe(THEIRS[theirs]);
      const { accepted, rejected, cancelled } = order.truth().counts;
      expect(accepted + rejected + cancelled).toBe(0);
    }
  },
);

it.each(faultSeeds())(
  "F34: of all hands on an order one has an effect, in whatever order they come (seed %d)",
  { timeout: 120_000 },
  async (seed) => {
    const chance = new Chance(seed);
    for (const order of await newOrders(4)) {
      const asked = await Promise.allSettled(
        Array.from({ length: 2 + chance.below(10) }, async () => {
          const [who, kind] = [chance.pick(hands), chance.pick(KINDS)];
          const [idempotencyKey, note] = [chance.pick([null, "a", "b"]), chance.pick(["x", "y"])];
          for (let turn = chance.below(8); turn > 0; turn--)
            await new Promise<void>((resolve) => setImmediate(resolve));
          const key = idempotencyKey && `${order.id} ${idempotencyKey}`.replaceAll(" ", "-");
          return requestDecision(who, { orderId: order.id, kind, body: { note }, idempotencyKey: key });
        }),
      );
      const ids = new Set(asked.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value.id] : [])));
      expect(ids.size).toBe(1);
      for (const answer of asked)
        if (answer.status === "rejected")
          expect(["decision_in_progress", "idempotency_key_reused"]).toContain(answer.reason.code);
      const [id] = [...ids] as [string];
      await Promise.all([
        ...Array.from({ length: 1 + chance.below(4) }, () => carryOut(id)),
        refreshOrder(lab.admin.organisationId, order.id),
      ]);
      await carryOut(id, 1);
      const { accepted, rejected } = order.truth().counts;
      expect(accepted + rejected).toBe(1);
      expect((await getDecision(lab.admin, id)).state).toBe("confirmed");
      expect((await getOrder(lab.admin, order.id)).vendorStatus).toBe(order.truth().status);
    }
  },
);
