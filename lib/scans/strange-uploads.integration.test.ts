import { afterAll, beforeAll, expect, it } from "vitest";
import type { FaultOrder } from "#e2e/sandbox/faults.ts";
import type { Principal } from "#lib/access/principal.ts";
import type { Clock } from "#lib/clock.ts";
import { database } from "#lib/database/database.ts";
import { connectAccount, type PortalWithSandbox, startPortalWithSandbox } from "#lib/testing/portal-with-sandbox.ts";
import { carryOutUpload } from "./carry-out-upload.ts";
import { listUploads, requestUpload } from "./request-upload.ts";

/** What may happen to a file on its way to a case: it is listed there once, or is told to have failed; never half, never twice. */

let portal: PortalWithSandbox;
let lab: { admin: Principal; connectionId: string };
let orderId: string;

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 3 });
  lab = await connectAccount("lab", "lab@onelab.example");
  const where = { connectionId: lab.connectionId, status: "pending", caseKey: { not: null } };
  orderId = (await database().order.findFirstOrThrow({ where })).id;
}, 120_000);
afterAll(() => portal.close());

type Oddity = Pick<FaultOrder, "vendor" | "method" | "path" | "fault" | "count">;
const REGISTER = { vendor: "meditlink-api", method: "POST", path: "/v1/files" };
const PUT = { vendor: "meditlink-storage", method: "PUT" };
const LOOK = { vendor: "meditlink-api", method: "GET", path: "/v1/orders/\\d+" };

const ODDITIES: Record<string, Oddity[]> = {
  "registering fails": [{ ...REGISTER, fault: { kind: "status", status: 503 } }],
  "the answer to registering is lost": [{ ...REGISTER, fault: { kind: "resetAfterCommit" } }],
  "the answer to registering is cut off": [{ ...REGISTER, fault: { kind: "truncate" } }],
  "registering answers 200 without a body": [{ ...REGISTER, fault: { kind: "malformed", body: "" } }],
  "the address is of another host": [
    { ...REGISTER, fault: { kind: "edit", set: { uploadUrl: "https://evil.example/x" } } },
  ],
  "the address has somebody's name and password": [
    { ...REGISTER, fault: { kind: "edit", set: { uploadUrl: "https://a:b@x.s3.amazonaws.com/x" } } },
  ],
  "the address has a port": [
    { ...REGISTER, fault: { kind: "edit", set: { uploadUrl: "https://x.s3.amazonaws.com:8443/x" } } },
  ],
  "the address is no address": [{ ...REGISTER, fault: { kind: "edit", set: { uploadUrl: "javascript:alert(1)" } } }],
  "there is no address": [{ ...REGISTER, fault: { kind: "edit", unset: ["uploadUrl"] } }],
  "the storage refuses the signature": [{ ...PUT, fault: { kind: "status", status: 403 } }],
  "the storage asks to slow down": [{ ...PUT, fault: { kind: "status", status: 503 } }],
  "the storage sends elsewhere": [
    { ...PUT, fault: { kind: "status", status: 307, headers: { location: "http://10.0.0.1/" } } },
  ],
  "the line breaks while bytes are sent": [{ ...PUT, fault: { kind: "reset" }, count: 2 }],
  "the storage's answer is lost": [{ ...PUT, fault: { kind: "resetAfterCommit" } }],
  "the storage answers with a page": [{ ...PUT, fault: { kind: "html" } }],
  "the vendor cannot be looked at": [{ ...LOOK, fault: { kind: "status", status: 500 }, count: 3 }],
  "the vendor shows another order": [{ ...LOOK, fault: { kind: "edit", set: { orderNumber: 1 } } }],
};

/** What no trying again mends, or what nobody can know of: the member is told, and may send the file again. */
const LOST = new Set([
  "the address is of another host",
  "the address has somebody's name and password",
  "the address has a port",
  "the address is no address",
  "the storage sends elsewhere",
  "the storage answers with a page",
]);

/** What the vendor holds of a file, under its own name or one that it took instead. */
function filesLike(name: string): string[] {
  const names = [...portal.sandbox.world.files.values()].map(({ file }) => file.name);
  return names.filter((one) => one.startsWith(name));
}

it.each(Object.entries(ODDITIES))("%s: the file is in the case once, or nowhere", async (name, oddities) => {
  const { world } = portal.sandbox;
  world.faults.disarm();
  const content = Buffer.from(`Please mind the margin. ${name}`);
  const { id } = await requestUpload(lab.admin, orderId, new File([content], `${name}.txt`));
  for (const oddity of oddities) world.faults.arm({ count: 1, ...oddity });
  const state = async () => (await listUploads(lab.admin, orderId)).items.find((one) => one.id === id)!.state;
  const step = async (clock?: Clock) => {
    await carryOutUpload(lab.admin.organisationId, id, clock ? { clock } : {});
    return state();
  };
  await step();
  world.faults.disarm();
  if (LOST.has(name)) {
    await step();
    expect(await step({ now: () => new Date(Date.now() + 31 * 60_000) })).toBe("failed");
  } else await expect.poll(() => step(), { timeout: 20_000, interval: 200 }).toBe("listed");
  expect(filesLike(name)).toHaveLength(LOST.has(name) ? 0 : 1);
});

it("a registration whose answer is lost again and again takes a name that is free, and the member reads it", async () => {
  const { world } = portal.sandbox;
  world.faults.disarm();
  const { id } = await requestUpload(lab.admin, orderId, new File(["mind the margin"], "twice lost.txt"));
  world.faults.arm({ ...REGISTER, fault: { kind: "resetAfterCommit" }, count: 1 });
  await carryOutUpload(lab.admin.organisationId, id);
  world.faults.disarm();
  world.faults.arm({ ...REGISTER, fault: { kind: "status", status: 409 }, count: 1 });
  world.faults.arm({ ...REGISTER, fault: { kind: "truncate" }, count: 1 });
  const upload = async () => {
    await carryOutUpload(lab.admin.organisationId, id);
    return (await listUploads(lab.admin, orderId)).items.find((one) => one.id === id)!;
  };
  await expect.poll(upload, { timeout: 20_000, interval: 200 }).toMatchObject({
    state: "listed",
    name: "twice lost (3).txt",
  });
  expect(filesLike("twice lost")).toEqual(["twice lost (3).txt"]);
});

it("a file that is in the case already is not sent there again under another name", async () => {
  const { world } = portal.sandbox;
  world.faults.disarm();
  const send = async () => {
    const { id } = await requestUpload(lab.admin, orderId, new File(["the same"], "same.txt"));
    const state = async () => {
      await carryOutUpload(lab.admin.organisationId, id);
      return (await listUploads(lab.admin, orderId)).items.find((one) => one.id === id)!.state;
    };
    await expect.poll(state, { timeout: 20_000, interval: 200 }).toBe("listed");
  };
  await send();
  await send();
  expect(filesLike("same")).toEqual(["same.txt"]);
});
