import { expect } from "@playwright/test";
import { signIn, test } from "./fixtures.ts";

/** A list that no other spec changes. */
const SETTLED = "status=in_production,delivering,completed";
type Listed = { items: { id: string; number: string; scans: { ready: number } }[] };

test("the next orders are fetched ahead: a key press shows the next one without asking the server", async ({
  page,
}) => {
  test.setTimeout(120_000); // the pictures are drawn without a graphics card
  await signIn(page, "other-lab-technician");
  const { items } = (await (await page.request.get(`/api/orders?limit=5&${SETTLED}`)).json()) as Listed;
  const fetched = new Set<string>();
  page.on("requestfinished", (request) => {
    const id = /\/api\/orders\/([^/]+)$/.exec(request.url())?.[1];
    if (id) fetched.add(id);
  });
  await page.goto(`/orders/${items[0]!.id}?${SETTLED}`);
  const title = page.getByRole("heading", { level: 1 });
  await expect(title).toContainText(items[0]!.number);
  for (const order of items.slice(1, 4)) await expect.poll(() => fetched.has(order.id), { timeout: 45_000 }).toBe(true);

  // From here on the server does not answer for an order: what is shown was here already.
  await page.route(/\/orders\/[^/]+$/, (route) => route.abort());
  for (const order of items.slice(1, 4)) {
    const took = await page.evaluate(showNext, order.number);
    test.info().annotations.push({ type: "ms to the next order", description: String(Math.round(took)) });
    await expect(page).toHaveURL(new RegExp(order.id));
  }
  await page.keyboard.press("k");
  await expect(title).toContainText(items[2]!.number);
  await page.goBack();
  await expect(title).toContainText(items[3]!.number);
});

test("a step to an order that the list has not brought yet is made when it comes, unless something else is done meanwhile", async ({
  page,
}) => {
  await signIn(page, "other-lab-technician");
  const { items } = (await (await page.request.get(`/api/orders?limit=50&${SETTLED}`)).json()) as Listed;
  let release = () => {};
  const held = () => new Promise<void>((resolve) => (release = resolve));
  let wait = held();
  let isAsked = false;
  // A page of the list is one order.
  await page.route(/\/api\/orders\?.*limit=50/, async (route) => {
    isAsked = true;
    await wait;
    await route.continue({ url: route.request().url().replace("limit=50", "limit=1") });
  });
  await page.goto(`/orders/${items[0]!.id}?${SETTLED}`);
  const title = page.getByRole("heading", { level: 1 });
  const entries = page.getByRole("navigation", { name: "Orders" }).getByRole("link");
  await expect.poll(() => isAsked).toBe(true);
  await page.keyboard.press("j");
  await expect(title).toContainText(items[0]!.number);
  release();
  await expect(title).toContainText(items[1]!.number);

  // The next pages come by themselves.
  for (const order of items.slice(2)) {
    await page.keyboard.press("j");
    await expect(title).toContainText(order.number);
  }
  await expect(entries).toHaveCount(items.length);

  wait = held();
  isAsked = false;
  await page.goto(`/orders/${items[0]!.id}?${SETTLED}`);
  const visited = await page.evaluate(() => window.history.length);
  await expect.poll(() => isAsked).toBe(true);
  await page.keyboard.press("j");
  await page.keyboard.press("Shift");
  release();
  await expect(entries).not.toHaveCount(0);
  await page.keyboard.press("j");
  await expect(title).toContainText(items[1]!.number);
  expect(await page.evaluate(() => window.history.length)).toBe(visited + 1);
});

test("the scans of an order that was chosen in the inbox are here before it is opened, though the next was looked at too", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await signIn(page, "other-lab-technician");
  const { items } = (await (await page.request.get(`/api/orders?limit=20&${SETTLED}`)).json()) as Listed;
  const at = items.findIndex(({ scans }, place) => scans.ready > 0 && (items[place + 1]?.scans.ready ?? 0) > 0);
  const id = items[at]!.id;
  const next = items[at + 1]!.id;
  const arrived = new Set<string>();
  page.on("requestfinished", (request) => arrived.add(new URL(request.url()).pathname));
  await page.goto(`/orders?${SETTLED}`);
  for (let step = 0; step <= at; step++) await page.keyboard.press("j");
  await expect
    .poll(
      async () => {
        // Chosen anew until the viewer's code, which comes while the inbox rests, is here.
        await page.keyboard.press("j");
        await page.keyboard.press("k");
        return arrived.has(`/api/orders/${id}/preview`);
      },
      { timeout: 60_000, intervals: [1_000] },
    )
    .toBe(true);
  await page.keyboard.press("j");
  await expect.poll(() => arrived.has(`/api/orders/${next}/preview`)).toBe(true);
  await page.keyboard.press("k");

  // From here on only whole meshes are given: the first picture was here already.
  const scans = (await (await page.request.get(`/api/orders/${id}/scans`)).json()) as { items: { id: string }[] };
  const low = scans.items.map((scan) => `/api/scans/${scan.id}/preview\\?detail=low`);
  const asked: string[] = [];
  await page.route(new RegExp([`/api/orders/${id}/preview`, ...low].join("|")), (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-scan-state=full]")).toBeVisible({ timeout: 60_000 });
  expect(asked).toEqual([]);
});

/** Presses j and waits until the order's number is on screen. @returns ms from the key press to the frame that shows it */
function showNext(number: string): Promise<number> {
  return new Promise((resolve) => {
    const began = performance.now();
    const look = () =>
      document.querySelector("h1")?.textContent?.includes(number)
        ? resolve(performance.now() - began)
        : requestAnimationFrame(look);
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "j", bubbles: true }));
    requestAnimationFrame(look);
  });
}
