import { afterAll, beforeAll, expect, it } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { Chance, faultSeeds } from "#lib/testing/chance.ts";
import { connectByConsent, type PortalWithSandbox, startPortalWithSandbox } from "#lib/testing/portal-with-sandbox.ts";
import { differences, restlessVendor } from "#lib/testing/restless-vendor.ts";
import { requestSync } from "./request-sync.ts";
import { syncConnection } from "./sync-connection.ts";

const LAB = "lab@onelab.example";
let portal: PortalWithSandbox;

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 70 });
});
afterAll(() => portal.close());

/** What may go wrong while a walk is under way; an answer that is lost is asked for again. */
const TROUBLES = [{ kind: "status", status: 503 }, { kind: "reset" }, { kind: "truncate" }, { kind: "html" }];

it.each(faultSeeds())(
  "F21, F24: a restless vendor's orders end the same on both sides (seed %d)",
  async (seed) => {
    const chance = new Chance(seed);
    const admin: Principal = await portal.makeOrganisation(`OneLab ${seed}`);
    const id = await connectByConsent(admin, LAB);
    const vendor = restlessVendor(portal.sandbox.control, LAB, chance);
    const numbers = (await vendor.truth()).map((order) => order.number);
    await vendor.call("POST", "/settings", { churnPerSearch: 1 + chance.below(4) });
    for (let n = 0; n < 6; n++)
      await vendor.call("POST", "/faults", {
        vendor: "meditlink-api",
        method: "GET",
        path: "/v1/orders",
        fault: chance.pick(TROUBLES),
        probability: 0.02,
        count: 2,
        seed: seed * 10 + n,
      });
    const sync = () => syncConnection({ organisationId: admin.organisationId, connectionId: id });
    for (let run = 0; run < 2; run++) {
      let isOver = false;
      const running = sync().finally(() => {
        isOver = true;
      });
      for (let n = 0; n < 25 && !isOver; n++) await vendor.happen(numbers);
      await running;
    }
    await vendor.call("DELETE", "/faults");
    await vendor.call("POST", "/settings", { churnPerSearch: 0 });
    // What could not be read is left for the hour's first run, or for somebody who asks.
    await requestSync(admin, id);
    await sync();
    await sync();
    const here = await database().order.findMany({
      where: { connectionId: id },
      select: { number: true, vendorStatus: true, vendorUpdatedAt: true, detailFetchedAt: true },
    });
    expect(differences(await vendor.truth(), here)).toEqual([]);
  },
  120_000,
);
