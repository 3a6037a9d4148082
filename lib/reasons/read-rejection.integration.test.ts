import { afterAll, beforeAll, expect, it } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import { syncConnection } from "#lib/connections/sync-connection.ts";
import { database } from "#lib/database/database.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { carryOutDecision } from "#lib/decisions/carry-out-decision.ts";
import { requestDecision } from "#lib/decisions/request-decision.ts";
import { getOrder } from "#lib/orders/get-order.ts";
import { refreshOrder } from "#lib/orders/refresh-order.ts";
import { addPrincipal } from "#lib/testing/orders-in-database.ts";
import {
  connectAccount,
  orderIdOf,
  type PortalWithSandbox,
  startPortalWithSandbox,
} from "#lib/testing/portal-with-sandbox.ts";
import { addReason } from "./change-reasons.ts";

type Account = { admin: Principal; connectionId: string };

let portal: PortalWithSandbox;
let lab: Account;
let clinic: Account;
let technician: Principal;

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 5 });
  lab = await connectAccount("lab", "lab@onelab.example");
  clinic = await connectAccount("clinic", "clinic@davis.example");
  technician = await addPrincipal(lab.admin.organisationId, "lab", "technician");
});
afterAll(() => portal.close());

/** An order that both sides have here, rejected by the lab. @returns its id on each side */
async function rejected(body: { reason?: string; note?: string }): Promise<{ atLab: string; atClinic: string }> {
  const answer = await fetch(`${portal.sandbox.control}/orders`, { method: "POST", body: "{}" });
  const { numbers } = (await answer.json()) as { numbers: number[] };
  const idAt = async ({ admin, connectionId }: Account) => {
    await syncConnection({ organisationId: admin.organisationId, connectionId });
    return orderIdOf(connectionId, numbers[0]!);
  };
  const ids = { atLab: await idAt(lab), atClinic: await idAt(clinic) };
  const { organisationId } = technician;
  const { id } = await requestDecision(technician, { orderId: ids.atLab, kind: "reject", body, idempotencyKey: null });
  await carryOutDecision(organisationId, id);
  await refreshOrder(clinic.admin.organisationId, ids.atClinic);
  return ids;
}
const told = async (orderId: string, who = clinic.admin) => (await getOrder(who, orderId)).rejection;

it("a clinic reads why its order was rejected, in its own language; the lab's note stays with the lab", async () => {
  const { atLab, atClinic } = await rejected({ reason: "scan_quality.margin", note: "ask Dr Davis by phone" });
  const order = await getOrder(clinic.admin, atClinic);
  expect(order).toMatchObject({
    status: "rejected",
    decision: null,
    rejection: { group: "scan_quality", label: "Margin not visible" },
  });
  expect(JSON.stringify(order)).not.toContain("by phone");
  expect(await told(atClinic, { ...clinic.admin, locale: "de" })).toMatchObject({
    label: "Präparationsgrenze nicht sichtbar",
  });
  expect(await told(atLab, technician)).toBeNull();
});

it("also one of the lab's own reasons, one of a group alone, and one in the lab's own words", async () => {
  const own = await addReason(lab.admin, { group: "commercial", label: "Invoice of May still open" });
  expect(await told((await rejected({ reason: own.code })).atClinic)).toMatchObject({
    group: "commercial",
    label: "Invoice of May still open",
  });
  expect(await told((await rejected({ reason: "date" })).atClinic)).toMatchObject({ group: "date", label: null });
  expect(await told((await rejected({ reason: "Too little space for zirconia" })).atClinic)).toMatchObject({
    group: null,
    label: "Too little space for zirconia",
  });
  expect(await told((await rejected({})).atClinic)).toBeNull();
});

it("the database answers for nobody's order but the clinic's own, and only from the lab that the vendor names", async () => {
  const { atClinic } = await rejected({ reason: "date.capacity" });
  const ask = (organisationId: string) =>
    withOrganisation(
      organisationId,
      (tx) => tx.$queryRaw<unknown[]>`SELECT * FROM rejection_by_lab(${atClinic}::uuid)`,
    );
  expect(await ask(clinic.admin.organisationId)).toHaveLength(1);
  expect(await ask(lab.admin.organisationId)).toHaveLength(0);
  const where = { id: lab.connectionId };
  const { groupKey } = await database().connection.findUniqueOrThrow({ where });
  await database().connection.update({ where, data: { groupKey: "another-lab" } });
  expect(await told(atClinic)).toBeNull();
  await database().connection.update({ where, data: { groupKey } });
  expect(await told(atClinic)).toMatchObject({ group: "date" });
});
