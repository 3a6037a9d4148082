import { afterAll, beforeAll, expect, it } from "vitest";
import type { FaultOrder } from "#e2e/sandbox/faults.ts";
import type { Principal } from "#lib/access/principal.ts";
import type { Clock } from "#lib/clock.ts";
import { syncConnection } from "#lib/connections/sync-connection.ts";
import { database } from "#lib/database/database.ts";
import {
  connectAccount,
  orderIdOf,
  type PortalWithSandbox,
  startPortalWithSandbox,
} from "#lib/testing/portal-with-sandbox.ts";
import { carryOutDecision } from "./carry-out-decision.ts";
import { requestDecision } from "./request-decision.ts";

/** Answers to a decision that no row of the fault table names: one effect all the same, and the screen says what is so. */

/** The clock goes on by this with each try, ms: past every pause. */
const STEP_MS = 61_000;
let portal: PortalWithSandbox;
let lab: { admin: Principal; connectionId: string };

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 3 });
  lab = await connectAccount("lab", "lab@onelab.example");
});
afterAll(() => portal.close());

type Oddity = { on?: "PUT" | "GET"; count?: number } & FaultOrder["fault"];
const ODDITIES: Record<string, Oddity> = {
  "200 without a body, and nothing done": { kind: "status", status: 200, body: "" },
  "204, and nothing done": { kind: "status", status: 204, body: "" },
  "202, and nothing done": { kind: "status", status: 202, body: "{}" },
  "200 with {}, and nothing done": {
    kind: "status",
    status: 200,
    body: "{}",
    headers: { "content-type": "application/json" },
  },
  "done, with an empty body": { kind: "malformed", body: "" },
  "done, with another order": { kind: "edit", set: { orderNumber: 1 } },
  "done, with the order as it was before": { kind: "edit", set: { status: "PENDING" } },
  "done, with the opposite": { kind: "edit", set: { status: "REJECTED" } },
  "done, with no state": { kind: "edit", unset: ["status"] },
  "done, with 500": { kind: "statusAfterCommit", status: 500 },
  "done, with 400": { kind: "statusAfterCommit", status: 400 },
  "done, with 403": { kind: "statusAfterCommit", status: 403 },
  "done, with 404": { kind: "statusAfterCommit", status: 404 },
  "done, with 409": { kind: "statusAfterCommit", status: 409 },
  "done, with 422": { kind: "statusAfterCommit", status: 422 },
  "done, with 429": { kind: "statusAfterCommit", status: 429, headers: { "retry-after": "1" } },
  "done, with 401": { kind: "statusAfterCommit", status: 401 },
  "done, with a redirect": { kind: "statusAfterCommit", status: 302, headers: { location: "/sign-in" } },
  "done, with a page": { kind: "malformed", body: "<html>", headers: { "content-type": "text/html" } },
  "done, with 201": { kind: "edit", status: 201 },
  "done, with 206": { kind: "edit", status: 206 },
  "done, with the order in other letters": { kind: "edit", set: { status: "Accepted" } },
  "409 for nothing": { kind: "status", status: 409 },
  "409 for nothing, three times": { kind: "status", status: 409, count: 3 },
  "401 for a moment": { kind: "status", status: 401 },
  "408": { kind: "status", status: 408 },
  "429": { kind: "status", status: 429, headers: { "retry-after": "1" } },
  "a redirect": { kind: "status", status: 307, headers: { location: "/v1/orders/1/accept" } },
  "another order when looked at": { on: "GET", kind: "edit", set: { orderNumber: 1, status: "ACCEPTED" } },
  "the order is gone when looked at": { on: "GET", kind: "status", status: 404 },
  "nobody may look": { on: "GET", kind: "status", status: 403 },
  "an order of long ago when looked at": {
    on: "GET",
    kind: "edit",
    set: { dateUpdated: "1999-01-01T00:00:00Z", status: "PENDING" },
  },
  "an unknown state when looked at": { on: "GET", kind: "edit", set: { status: "THINKING" } },
};

it.each(Object.entries(ODDITIES))("%s: the order is accepted once, and shown so", async (_, oddity) => {
  const { faults, orders } = portal.sandbox.world;
  faults.disarm();
  const answer = await fetch(`${portal.sandbox.control}/orders`, { method: "POST", body: "{}" });
  const { numbers } = (await answer.json()) as { numbers: [number] };
  const { admin, connectionId } = lab;
  const { organisationId } = admin;
  await syncConnection({ organisationId, connectionId });
  const orderId = await orderIdOf(connectionId, numbers[0]);
  const { id } = await requestDecision(admin, { orderId, kind: "accept", body: {}, idempotencyKey: null });
  const { on = "PUT", count = 1, ...fault } = oddity;
  faults.arm({ vendor: "meditlink-api", method: on, path: "/v1/orders/\\d+", count, fault });
  if (on === "GET")
    faults.arm({ vendor: "meditlink-api", method: "PUT", count: 1, fault: { kind: "resetAfterCommit" } });
  for (let round = 0; round < 7; round++) {
    const clock: Clock = { now: () => new Date(Date.now() + round * STEP_MS) };
    await carryOutDecision(organisationId, id, { clock });
  }
  const truth = orders.get(numbers[0])!;
  const decision = await database().decision.findUniqueOrThrow({ where: { id }, include: { order: true } });
  expect([truth.status, truth.counts.accepted]).toEqual(["ACCEPTED", 1]);
  const { status, vendorStatus } = decision.order;
  // The vendor's word is kept in the letters it came in.
  expect([decision.state, status, vendorStatus.toUpperCase()]).toEqual(["confirmed", "accepted", "ACCEPTED"]);
});
