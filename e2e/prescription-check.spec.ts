import { expect, type Page } from "@playwright/test";
import { signIn, test } from "./fixtures.ts";
import { waitForScans } from "./orders-of-our-own.ts";

type Listed = { id: string; number: string; contradictionCount: number; scans: { count: number } };
type Order = { id: string; number: string; contradictions: { id: string; sentence: string }[] };

/** An order whose scans are all here: some contradictions are between an order and its scans, and come with them. */
async function findSettled(page: Page, wanted: (count: number) => boolean): Promise<Order> {
  const { items } = (await (await page.request.get("/api/orders?limit=200")).json()) as { items: Listed[] };
  for (const { id } of items.filter(({ contradictionCount, scans }) => wanted(contradictionCount) && scans.count > 0)) {
    await waitForScans(page, id);
    const order = (await (await page.request.get(`/api/orders/${id}`)).json()) as Order;
    if (wanted(order.contradictions.length)) return order;
  }
  throw new Error("no such order among the demo data");
}

test("what contradicts itself in an order is marked in the list, on the chart and in words", async ({ page }) => {
  test.setTimeout(240_000);
  await signIn(page, "lab-technician");
  const doubtful = await findSettled(page, (count) => count > 0);
  await page.goto(`/orders?q=${doubtful.number}`);
  await expect(page.getByRole("img", { name: /contradiction/i }).first()).toBeVisible();
  await page.goto(`/orders/${doubtful.id}`);
  for (const { sentence } of doubtful.contradictions) await expect(page.getByText(sentence).first()).toBeVisible();

  const sound = await findSettled(page, (count) => count === 0);
  await page.goto(`/orders/${sound.id}`);
  await expect(page.getByRole("heading", { name: "Prescription" })).toBeVisible();
  await expect(page.getByText(/do(es)? not fit/)).toHaveCount(0);
});
