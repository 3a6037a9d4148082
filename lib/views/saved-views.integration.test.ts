import { afterAll, beforeAll, expect, it } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { closeQueue } from "#lib/jobs/queue.ts";
import { addPrincipal, insertOrders, makeConnection, makePrincipal } from "#lib/testing/orders-in-database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";
import { changeView, removeView } from "./change-view.ts";
import { listViews } from "./list-views.ts";
import { saveView } from "./save-view.ts";
import { saveViewBodySchema } from "./saved-view-schema.ts";

let db: TestDatabase;
let lab: Principal;
let colleague: Principal;
let viewer: Principal;
let admin: Principal;
let stranger: Principal;

beforeAll(async () => {
  db = await createTestDatabase();
  lab = await makePrincipal();
  colleague = await addPrincipal(lab.organisationId, "lab", "technician");
  viewer = await addPrincipal(lab.organisationId, "lab", "viewer");
  admin = await addPrincipal(lab.organisationId, "lab", "admin");
  stranger = await makePrincipal();
  await insertOrders(await makeConnection(lab), [
    { number: "1", patient: { patientName: "Meier" } },
    { number: "2", status: "accepted", patient: { patientName: "Meier" } },
    { number: "3", patient: { patientName: "Schulz" } },
  ]);
  await database().order.updateMany({ where: { number: "3" }, data: { assigneeId: colleague.userId } });
});
afterAll(async () => {
  await closeQueue();
  await db.drop();
});

const body = (given: object) => saveViewBodySchema.parse({ filters: {}, ...given });
const seenBy = async (who: Principal) => (await listViews(who)).saved.map(({ name, count }) => [name, count]);
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: { code?: string }) => error.code,
  );

it("a view keeps filters, text and columns, counts its orders, and is its owner's alone until shared", async () => {
  const saved = await saveView(
    lab,
    body({ name: "Meier", filters: { q: "meier", status: "pending" }, columns: ["number", "due"] }),
  );
  expect(saved).toMatchObject({ name: "Meier", shared: false, editable: true, count: 1, columns: ["number", "due"] });
  expect(saved.filters).toMatchObject({ q: "meier", status: ["pending"] });
  expect(await seenBy(lab)).toEqual([["Meier", 1]]);
  expect(await seenBy(colleague)).toEqual([]);
  expect(await codeOf(changeView(colleague, saved.id, { name: "Mine" }))).toBe("not_found");

  await changeView(lab, saved.id, { shared: true, name: "Meier, new" });
  expect(await seenBy(colleague)).toEqual([["Meier, new", 1]]);
  expect((await listViews(colleague)).saved[0]).toMatchObject({ editable: false });
  expect(await codeOf(changeView(colleague, saved.id, { name: "Mine" }))).toBe("forbidden");
  expect(await codeOf(removeView(colleague, saved.id))).toBe("forbidden");
  expect(await seenBy(stranger)).toEqual([]);
  expect(await codeOf(removeView(stranger, saved.id))).toBe("not_found");
  await removeView(admin, saved.id);
  expect(await seenBy(lab)).toEqual([]);
});

it("who may only look keeps views for themselves, and shares none", async () => {
  expect(await codeOf(saveView(viewer, body({ name: "All", shared: true })))).toBe("forbidden");
  const own = await saveView(viewer, body({ name: "All" }));
  expect(await codeOf(changeView(viewer, own.id, { shared: true }))).toBe("forbidden");
  await removeView(viewer, own.id);
});

it("a shared view of what is mine shows everybody their own", async () => {
  const { id } = await saveView(lab, body({ name: "My desk", filters: { assignee: "me" }, shared: true }));
  expect(await seenBy(lab)).toEqual([["My desk", 0]]);
  expect(await seenBy(colleague)).toEqual([["My desk", 1]]);
  await removeView(lab, id);
});

it("neither a view's name nor its search lies readable in the database", async () => {
  const { id } = await saveView(lab, body({ name: "Frau Kirschbaum", filters: { q: "kirschbaum" } }));
  const row = await database().savedView.findUniqueOrThrow({ where: { id } });
  expect(Buffer.from(row.contentSealed).toString("latin1")).not.toMatch(/kirschbaum/i);
});
