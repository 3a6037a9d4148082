import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { testEnv } from "#lib/env.ts";
import { objectStore } from "#lib/storage/object-store-of-portal.ts";
import {
  connectAccount,
  orderIdOf,
  type PortalWithSandbox,
  startPortalWithSandbox,
} from "#lib/testing/portal-with-sandbox.ts";
import { fetchScan } from "./fetch-scan.ts";
import { listScans } from "./get-scan.ts";

let portal: PortalWithSandbox;
let lab: { admin: Principal; connectionId: string };

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 30, scansDir: testEnv().SANDBOX_SCANS_DIR });
  lab = await connectAccount("lab", "lab@onelab.example");
}, 120_000);
afterAll(() => portal.close());

it("a 25 MB OBJ in the vendor's 7z is byte for byte what was packed, with a first view of a few kilobytes", async () => {
  const answer = await fetch(`${portal.sandbox.control}/special-orders`);
  const special = (await answer.json()) as Record<string, number>;
  const orderId = await orderIdOf(lab.connectionId, special.big!);
  const [scan] = (await listScans(lab.admin, orderId)).items;
  const began = performance.now();
  await fetchScan(lab.admin.organisationId, scan!.id);
  const seconds = (performance.now() - began) / 1000;
  const [ready] = (await listScans(lab.admin, orderId)).items;
  expect(ready).toMatchObject({ state: "ready", problem: null, format: "obj" });
  expect(ready!.bytes).toBeGreaterThan(20_000_000);
  expect(ready!.previews.low!.bytes).toBeLessThan(200_000);
  expect(ready!.previews.full!.bytes).toBeLessThan(ready!.bytes! / 15);
  expect(ready!.maxErrorUm).toBeLessThan(5);
  expect(seconds).toBeLessThan(60);

  const hash = createHash("md5");
  for await (const part of await objectStore().open(ready!.sha256!)) hash.update(part as Buffer);
  const { vendorMd5 } = await database().scan.findUniqueOrThrow({ where: { id: ready!.id } });
  expect(hash.digest("hex")).toBe(vendorMd5);
}, 180_000);
