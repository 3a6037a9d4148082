import { expect, type Page } from "@playwright/test";
import type { VendorControl } from "./fixtures.ts";

/** MeditLink accounts of the sandbox behind the demo organisations. */
export const MEDITLINK = {
  onelab: "lab@onelab.example",
  nordlab: "lab@nordlab.example",
  davis: "clinic@davis.example",
} as const;

/** For what the vendor has confirmed: the undo window, which a spec may have set to a minute, the call, and the news of it. */
export const CONFIRMED = { timeout: 120_000 };

export type VendorTruth = {
  status: string;
  counts: { accepted: number; rejected: number; cancelled: number; refused: number };
};

/**
 * Has a clinic place new orders at the vendor and the portal fetch them: a spec that changes orders takes its own.
 * @returns the portal's ids beside the vendor's numbers, once they have arrived whole
 */
export async function placeOrders(
  page: Page,
  vendors: VendorControl,
  order: { clinic: string; lab: string; count: number; like?: string; patient?: { name: string; code: string } },
): Promise<{ id: string; number: string }[]> {
  const { numbers } = await vendors.post<{ numbers: (number | string)[] }>("/orders", order);
  const names = numbers.map(String);
  const ids = await waitForOrders(page, names);
  return names.map((number, at) => ({ id: ids[at]!, number }));
}

/**
 * Asks for a sync of every connection of the member's organisation. Who waits for what it brings asks again while waiting: two
 * presses within two seconds are one (F26), and the one before may be another test's, answered before there was anything new.
 */
export async function syncEverything(page: Page): Promise<void> {
  const { items } = (await (await page.request.get("/api/connections")).json()) as { items: { id: string }[] };
  for (const { id } of items) expect((await page.request.post(`/api/connections/${id}/sync`)).status()).toBe(202);
}

/** Has orders fetched. @returns their ids in the portal, once prescription and files have arrived too */
export async function waitForOrders(page: Page, numbers: readonly string[]): Promise<string[]> {
  const ids = new Map<string, string>();
  const isListed = async (number: string) => {
    const { items } = (await (await page.request.get(`/api/orders?q=${number}`)).json()) as {
      items: { id: string; number: string }[];
    };
    const id = items.find((order) => order.number === number)?.id;
    if (!id) return false;
    const detail = (await (await page.request.get(`/api/orders/${id}`)).json()) as { detailHere: boolean };
    if (detail.detailHere) ids.set(number, id);
    return true;
  };
  const missing = () => numbers.filter((number) => !ids.has(number));
  await syncEverything(page);
  await expect
    .poll(
      async () => {
        const listed = await Promise.all(missing().map(isListed));
        if (listed.includes(false)) await syncEverything(page);
        return missing();
      },
      { timeout: 60_000, message: "the orders arrive whole" },
    )
    .toEqual([]);
  return numbers.map((number) => ids.get(number)!);
}

/** Waits until every scan of an order is here. @returns their contents' hashes, in the vendor's order */
export async function waitForScans(page: Page, id: string): Promise<string[]> {
  type Scans = { items: { state: string; sha256: string }[] };
  let scans: Scans["items"] = [];
  await expect
    .poll(
      async () => {
        scans = ((await (await page.request.get(`/api/orders/${id}/scans`)).json()) as Scans).items;
        return scans.length > 0 && scans.every(({ state }) => state === "ready");
      },
      { timeout: 120_000, message: "every scan of the order is ready" },
    )
    .toBe(true);
  return scans.map(({ sha256 }) => sha256);
}

/** What the vendor itself says of an order. */
export function truthOf(vendors: VendorControl, number: string): Promise<VendorTruth> {
  return vendors.get<VendorTruth>(`/orders/${number}`);
}

/** Gives orders a tag of this test's own, so that its list holds them and nothing else. @returns the list's address */
export async function tagOrders(page: Page, orderIds: string[], tag: string): Promise<string> {
  for (let at = 0; at < orderIds.length; at += 100) {
    const data = { action: "tag", orderIds: orderIds.slice(at, at + 100), tags: [tag] };
    expect((await page.request.post("/api/orders/bulk", { data })).status()).toBe(200);
  }
  const { items } = (await (await page.request.get("/api/tags")).json()) as { items: { id: string; name: string }[] };
  return `tag=${items.find(({ name }) => name === tag)!.id}`;
}
