import { expect, type Page } from "@playwright/test";
import { CONTRADICTORY, SOUND } from "./contradictory-orders.ts";
import { signIn, test } from "./fixtures.ts";
import { MEDITLINK, tagOrders, waitForOrders, waitForScans } from "./orders-of-our-own.ts";

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

test("every kind of contradiction is named in the order's panel with its sentence and its place, and fifteen sound orders stay silent", async ({
  page,
  vendors,
}) => {
  test.setTimeout(600_000);
  // Their words are read here, not their scans: forty cases need not be drawn without a graphics card.
  await page.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = () => null;
    OffscreenCanvas.prototype.getContext = () => null;
  });
  await signIn(page, "other-lab-technician");
  const forms = [...CONTRADICTORY.map(({ form }) => form), ...SOUND];
  const seeded = new Map<string, number>();
  for (const [at, form] of forms.entries()) {
    const order = { clinic: MEDITLINK.davis, lab: MEDITLINK.nordlab, form };
    const { numbers } = await vendors.post<{ numbers: (number | string)[] }>("/orders", order);
    seeded.set(String(numbers[0]), at);
  }
  const ids = await waitForOrders(page, [...seeded.keys()]);
  const list = await tagOrders(page, ids, `check ${Date.now()}`);

  // One after the other, as whoever opens the inbox in the morning goes through them.
  const first = (await (await page.request.get(`/api/orders?${list}&limit=1`)).json()) as { items: { id: string }[] };
  await page.goto(`/orders/${first.items[0]!.id}?${list}`);
  const title = page.getByRole("heading", { level: 1 });
  const panel = page.getByRole("region", { name: "Prescription" });
  const marked = panel.locator("title", { hasText: /Something does not fit/ });
  const left = new Map(seeded);
  for (;;) {
    const number = /\d{8}$/.exec((await title.textContent()) ?? "")![0];
    const at = left.get(number);
    if (at === undefined) throw new Error(`order ${number} came twice, or is not of these`);
    left.delete(number);
    await expect(panel.getByRole("table")).toBeVisible();
    const { sentence, id, teeth } = CONTRADICTORY[at] ?? { sentence: "", id: "sound", teeth: [] };
    const said = await panel
      .locator("[data-contradiction]")
      .evaluateAll((all) => all.map((one) => [one.getAttribute("data-contradiction"), one.textContent]));
    expect({ number, said }).toEqual({ number, said: sentence ? [[id, sentence]] : [] });
    const places = (await marked.allTextContents()).map((text) => Number(/\d\d/.exec(text)?.[0]));
    expect({ id, places: places.sort() }).toEqual({ id, places: teeth });
    if (left.size === 0) break;
    await page.keyboard.press("j");
    await expect(title).not.toContainText(number);
  }
});
