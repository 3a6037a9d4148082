import { afterAll, beforeAll, expect, it } from "vitest";
import type { FaultOrder } from "#e2e/sandbox/faults.ts";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { objectStore } from "#lib/storage/object-store-of-portal.ts";
import { Chance, faultSeeds } from "#lib/testing/chance.ts";
import { connectAccount, type PortalWithSandbox, startPortalWithSandbox } from "#lib/testing/portal-with-sandbox.ts";
import { fetchScan } from "./fetch-scan.ts";
import { retryScan } from "./retry-scan.ts";

/** F38 to F40 with lots drawn: whatever happens to addresses, bytes and hashes, only what is right is published. */

const LAB = "lab@onelab.example";
const STORAGE = { vendor: "meditlink-storage", method: "GET" };
const ADDRESS = { vendor: "meditlink-api", method: "GET", path: "/v1/files/" };
let portal: PortalWithSandbox;
let lab: { admin: Principal; connectionId: string };
let special: Set<string>;

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 60 });
  lab = await connectAccount("lab", LAB);
  const answer = await fetch(`${portal.sandbox.control}/special-orders`);
  special = new Set(Object.values((await answer.json()) as Record<string, number>).map(String));
}, 120_000);
afterAll(() => portal.close());

type Draw = (chance: Chance) => Omit<FaultOrder, "count">;
const XML = "<?xml version='1.0'?><Error><Code>ExpiredToken</Code></Error>";
const HASHES = [null, "", "0".repeat(32), "not a hash", 7, "A".repeat(300), "d41d8cd98f00b204e9800998ecf8427e"];

const FAULTS: Record<string, Draw> = {
  F38: (chance) => {
    const status = chance.pick([400, 403, 403, 200]);
    const expired = { kind: "status", status, body: XML, headers: { "content-type": "application/xml" } } as const;
    return chance.next() < 0.3 ? { ...STORAGE, fault: { kind: "truncate" } } : { ...STORAGE, fault: expired };
  },
  F39: (chance) => ({
    ...STORAGE,
    fault: { kind: chance.pick(["truncate", "corrupt", "pad", "reset", "malformed"] as const) },
  }),
  F40: (chance) => {
    const set = {
      "items.0.hashValue": chance.pick(HASHES),
      ...(chance.next() < 0.3 ? { "items.0.hashAlgorithm": chance.pick(["SHA256", "md5", null, 9]) } : {}),
      ...(chance.next() < 0.2 ? { "items.0.size": chance.below(1_000_000) } : {}),
      ...(chance.next() < 0.2
        ? { dateExpired: chance.pick(["", "1999-01-01T00:00:00Z", "+52377-10-31T18:06:40Z"]) }
        : {}),
    };
    return { ...ADDRESS, fault: { kind: "edit", set } };
  },
};

const rowOf = (id: string) => database().scan.findUniqueOrThrow({ where: { id } });

/** Three scans of everyday orders, as if they had never been fetched. */
async function waitingScans(chance: Chance): Promise<string[]> {
  const rows = await database().scan.findMany({
    where: { organisationId: lab.admin.organisationId, order: { number: { notIn: [...special] } } },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  const ids = Array.from({ length: 3 }, () => rows.splice(chance.below(rows.length), 1)[0]!.id);
  const data = { state: "waiting", attempts: 0, problem: null, sha256: null };
  await database().scan.updateMany({ where: { id: { in: ids } }, data });
  return ids;
}

for (const [row, draw] of Object.entries(FAULTS))
  it.each(faultSeeds())(
    `${row}: nothing is published that is not the vendor's own (seed %d)`,
    { timeout: 120_000 },
    async (seed) => {
      const chance = new Chance(seed * 7 + Number(row.slice(1)));
      const { faults } = portal.sandbox.world;
      for (const id of await waitingScans(chance)) {
        for (let n = 1 + chance.below(3); n > 0; n--) faults.arm({ ...draw(chance), count: 1 + chance.below(3) });
        await fetchScan(lab.admin.organisationId, id);
        const first = await rowOf(id);
        if (first.state !== "ready")
          expect([first.sha256, first.state]).toEqual([null, expect.stringMatching(/failed|waiting/)]);
        faults.disarm();
        if (first.state !== "ready") {
          await retryScan(lab.admin, id);
          await fetchScan(lab.admin.organisationId, id);
        }
        const last = await rowOf(id);
        expect([id, last.state, last.problem]).toEqual([id, "ready", null]);
        // The same file once more, with nobody in its way.
        await database().scan.update({ where: { id }, data: { state: "waiting", attempts: 0 } });
        await fetchScan(lab.admin.organisationId, id);
        expect((await rowOf(id)).sha256).toBe(last.sha256);
        expect(await objectStore().has(last.sha256!)).toBe(true);
      }
    },
  );
