import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApiKey } from "#lib/access/create-api-key.ts";
import type { Principal } from "#lib/access/principal.ts";
import { syncConnection } from "#lib/connections/sync-connection.ts";
import { database } from "#lib/database/database.ts";
import { requestDecision } from "#lib/decisions/request-decision.ts";
import { getOrder } from "#lib/orders/get-order.ts";
import { listOrders } from "#lib/orders/list-orders.ts";
import { listOrdersQuerySchema } from "#lib/orders/order-schema.ts";
import { refreshOrder } from "#lib/orders/refresh-order.ts";
import { objectStore } from "#lib/storage/object-store-of-portal.ts";
import { connectAccount, type PortalWithSandbox, startPortalWithSandbox } from "#lib/testing/portal-with-sandbox.ts";
import { carryOutUpload } from "./carry-out-upload.ts";
import { fetchScan } from "./fetch-scan.ts";
import { followUpload } from "./follow-upload.ts";
import { listScans } from "./get-scan.ts";
import { openAttachment } from "./open-attachment.ts";
import { openOrderForm } from "./open-order-form.ts";
import { removeAttachment } from "./remove-attachment.ts";
import { listUploads, requestUpload } from "./request-upload.ts";

let portal: PortalWithSandbox;
let meditlink: { admin: Principal; connectionId: string };
let cadmus: { admin: Principal; connectionId: string };

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 6 });
  meditlink = await connectAccount("lab", "lab@onelab.example");
  cadmus = await connectAccount("lab", "cadmus@onelab.example", "cadmus");
}, 120_000);
afterAll(() => portal.close());

async function control<T>(method: string, path: string, body?: unknown): Promise<T> {
  const init = { method, ...(body ? { body: JSON.stringify(body) } : {}) };
  return (await (await fetch(`${portal.sandbox.control}${path}`, init)).json()) as T;
}

async function bytesOf(sha256: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of await objectStore().open(sha256)) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

describe("an order of a vendor that takes no decisions", () => {
  const orderWith = (status: string) =>
    database().order.findFirstOrThrow({ where: { connectionId: cadmus.connectionId, status, scansCount: { gt: 0 } } });

  it("keeps ours, says so, and no later sync undoes it while the vendor has no opinion", async () => {
    const { id, number } = await orderWith("pending");
    const decision = await requestDecision(cadmus.admin, {
      orderId: id,
      kind: "accept",
      body: {},
      idempotencyKey: null,
    });
    expect(decision).toMatchObject({ state: "confirmed", recordedOnly: true, attempts: 0 });
    await control("POST", `/cadmus/cases/${number}`, { infoRequestStatus: "received" });
    await refreshOrder(cadmus.admin.organisationId, id);
    const kept = await getOrder(cadmus.admin, id);
    expect(kept).toMatchObject({
      status: "accepted",
      vendorStatus: "new",
      infoRequest: "received",
      decisionMode: "recorded",
    });
    const { items } = await listOrders(cadmus.admin, listOrdersQuerySchema.parse({ status: "accepted", limit: 200 }));
    expect(items.map((item) => item.id)).toContain(id);

    await control("POST", `/cadmus/cases/${number}`, { status: "cancelled" });
    await refreshOrder(cadmus.admin.organisationId, id);
    expect(await getOrder(cadmus.admin, id)).toMatchObject({ status: "cancelled", vendorStatus: "cancelled" });
  });

  it("has its scans as they were collected, and its form as a PDF", async () => {
    const { id } = await orderWith("accepted");
    const { items: scans } = await listScans(cadmus.admin, id);
    await fetchScan(cadmus.admin.organisationId, scans[0]!.id);
    expect((await listScans(cadmus.admin, id)).items[0]).toMatchObject({ state: "ready", problem: null });
    const form = await database().orderFile.findFirstOrThrow({
      where: { kind: "order_form", order: { connectionId: cadmus.connectionId } },
    });
    const { sha256, name } = await openOrderForm(cadmus.admin, form.orderId);
    expect(name).toMatch(/order form\.pdf$/);
    expect((await bytesOf(sha256)).toString("latin1", 0, 5)).toBe("%PDF-");
    await expect(openOrderForm(meditlink.admin, form.orderId)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a file attached to a case", () => {
  it("is kept, sent, listed by the vendor, opened again and removed", async () => {
    const { id: orderId, organisationId } = await database().order.findFirstOrThrow({
      where: { connectionId: meditlink.connectionId, status: "pending", caseKey: { not: null } },
    });
    const content = Buffer.from("Please mind the margin on 46.\n");
    const upload = await requestUpload(meditlink.admin, orderId, new File([content], "Seolah Jeon note.txt"));
    expect(upload).toMatchObject({ state: "waiting", name: "Seolah Jeon note.txt", bytes: content.length });

    await carryOutUpload(organisationId, upload.id);
    expect((await listUploads(meditlink.admin, orderId)).items[0]).toMatchObject({ state: "processing" });
    await expect
      .poll(
        async () => {
          await carryOutUpload(organisationId, upload.id);
          return (await listUploads(meditlink.admin, orderId)).items[0]!.state;
        },
        { timeout: 15_000, interval: 200 },
      )
      .toBe("listed");

    const order = await getOrder(meditlink.admin, orderId);
    const file = order.files.find((f) => f.name.startsWith("Seolah Jeon note.txt"))!;
    expect(file.kind).toBe("attachment");
    const opened = await openAttachment(meditlink.admin, orderId, file.id);
    expect((await bytesOf(opened.sha256)).equals(content)).toBe(true);

    await removeAttachment(meditlink.admin, orderId, file.id);
    expect((await getOrder(meditlink.admin, orderId)).files.map((f) => f.id)).not.toContain(file.id);
    await syncConnection({ organisationId, connectionId: meditlink.connectionId });
    expect((await getOrder(meditlink.admin, orderId)).files.map((f) => f.id)).not.toContain(file.id);
    expect(await control("GET", "/violations")).toEqual([]);
  });

  it("that is removed before anybody looked whether it was listed is not waited for any more", async () => {
    const { id: orderId, organisationId } = await database().order.findFirstOrThrow({
      where: { connectionId: meditlink.connectionId, status: "pending", caseKey: { not: null } },
    });
    const upload = await requestUpload(meditlink.admin, orderId, new File(["a photo"], "bite-photo.txt"));
    await carryOutUpload(organisationId, upload.id);
    let fileId: string | undefined;
    await expect
      .poll(
        async () => {
          await refreshOrder(organisationId, orderId);
          const { files } = await getOrder(meditlink.admin, orderId);
          fileId = files.find(({ name }) => name.startsWith("bite-photo.txt"))?.id;
          return fileId;
        },
        { timeout: 15_000, interval: 200 },
      )
      .toBeDefined();
    await removeAttachment(meditlink.admin, orderId, fileId!);
    const { items } = await listUploads(meditlink.admin, orderId);
    expect(items.find(({ id }) => id === upload.id)).toMatchObject({ state: "listed", problem: null });
  });

  it("tells how far it has come while it is being sent, and no longer afterwards", async () => {
    const order = await database().order.findFirstOrThrow({
      where: { connectionId: meditlink.connectionId, status: "pending", caseKey: { not: null } },
    });
    const { id } = await requestUpload(meditlink.admin, order.id, new File([Buffer.alloc(1_000)], "design.stl"));
    const { organisationId } = order;
    const stateIs = (state: string) => database().upload.update({ where: { id }, data: { state } });
    const told = async () =>
      (await listUploads(meditlink.admin, order.id)).items.find((one) => one.id === id)?.sentBytes;
    await stateIs("sending");
    const progress = followUpload({ id, organisationId, orderId: order.id }, 0);
    progress.sent(400);
    progress.sent(700);
    await progress.settled();
    expect(await told()).toBe(700);
    await stateIs("processing");
    progress.sent(900);
    await progress.settled();
    expect(await told()).toBe(700);
    await database().upload.delete({ where: { id } });
  });

  it("may be announced by the vendor's call back, once, by whoever holds the address", async () => {
    const { POST } = await import("#app/api/webhooks/[vendor]/[token]/route.ts");
    const { hash, token } = await newToken();
    const callBack = (vendor: string, given: string) =>
      POST(new Request("http://localhost:3000/x", { method: "POST", body: "anything" }), {
        params: Promise.resolve({ vendor, token: given }),
      });
    expect((await callBack("cadmus", token)).status).toBe(404);
    expect((await callBack("meditlink", `${token.slice(0, -1)}_`)).status).toBe(404);
    expect((await callBack("meditlink", token)).status).toBe(204);
    expect((await callBack("meditlink", token)).status).toBe(404);
    expect((await database().webhookToken.findUniqueOrThrow({ where: { hash } })).usedAt).not.toBeNull();
  });

  async function newToken() {
    const { id: orderId, organisationId } = await database().order.findFirstOrThrow({
      where: { connectionId: meditlink.connectionId },
    });
    const token = "t".repeat(43);
    const hash = new Uint8Array(createHash("sha256").update(token).digest());
    const expiresAt = new Date(Date.now() + 60_000);
    await database().webhookToken.create({ data: { hash, organisationId, vendor: "meditlink", orderId, expiresAt } });
    return { hash, token };
  }

  it("is refused when it is empty, too large, no form, or its vendor takes none", async () => {
    const { POST } = await import("#app/api/orders/[id]/attachments/route.ts");
    const { organisationId, userId } = meditlink.admin;
    const { key } = await createApiKey({ organisationId, userId, role: "technician", name: "t" });
    const { id } = await database().order.findFirstOrThrow({ where: { connectionId: meditlink.connectionId } });
    const send = async (body: FormData | string, length: number) => {
      const headers = { authorization: `Bearer ${key}`, "content-length": String(length) };
      const request = new Request("http://localhost:3000/x", { method: "POST", body, headers });
      const answer = await POST(request, { params: Promise.resolve({ id }) });
      return ((await answer.json()) as { code: string }).code;
    };
    const empty = new FormData();
    empty.set("file", new File([], "empty.txt"));
    expect(await send(empty, 300)).toBe("invalid_body");
    expect(await send("no form", 7)).toBe("invalid_body");
    expect(await send(empty, 200 * 1024 * 1024)).toBe("too_large");
    const { id: cadmusOrder } = await database().order.findFirstOrThrow({
      where: { connectionId: cadmus.connectionId },
    });
    await expect(requestUpload(cadmus.admin, cadmusOrder, new File(["x"], "x.txt"))).rejects.toMatchObject({
      code: "action_not_available",
    });
  });
});
