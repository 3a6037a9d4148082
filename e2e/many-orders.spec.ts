import { expect, type Page } from "@playwright/test";
import { getDocumentProxy } from "unpdf";
import { signIn, test } from "./fixtures.ts";
import { MEDITLINK, placeOrders, syncEverything, tagOrders, truthOf } from "./orders-of-our-own.ts";

type Listed = { total: number; items: { id: string; number: string; actions: string[] }[] };

const listed = async (page: Page, query: string) =>
  (await (await page.request.get(`/api/orders?${query}`)).json()) as Listed;

test("many orders are rejected at once: previewed, told one by one, and what could not be is left", async ({
  page,
  vendors,
}) => {
  test.setTimeout(300_000);
  await signIn(page, "other-lab-technician");
  const orders = await placeOrders(page, vendors, { clinic: MEDITLINK.davis, lab: MEDITLINK.nordlab, count: 3 });
  const { items: done } = await listed(page, "status=completed&limit=1");
  const list = await tagOrders(page, [...orders.map(({ id }) => id), done[0]!.id], `many ${orders[0]!.number}`);
  await page.goto(`/orders?${list}`);
  await expect(page.locator("tbody tr[aria-rowindex]")).toHaveCount(4);
  await page.getByRole("checkbox", { name: "Select all that are loaded" }).check();
  await expect(page.getByText("4 orders selected")).toBeVisible();
  await page.keyboard.press("r");
  const dialog = page.getByRole("dialog", { name: "Reject 4 orders" });
  await expect(dialog.getByText("3 of 4 possible")).toBeVisible();
  await dialog.getByLabel("Reason").selectOption({ label: "Margin not visible" });
  await dialog.getByRole("button", { name: "Reject 3 orders" }).click();
  await expect(dialog.getByText("3 of 3")).toBeVisible();
  await expect(dialog.getByText("Confirmed by MeditLink")).toHaveCount(3, { timeout: 150_000 });
  await dialog.getByRole("button", { name: "Close" }).last().click();
  for (const { number } of orders)
    expect(await truthOf(vendors, number)).toMatchObject({ status: "REJECTED", counts: { rejected: 1 } });
});

test("of orders accepted at once each has its own end: confirmed, decided otherwise at the vendor, only kept here", async ({
  page,
  vendors,
  visit,
}) => {
  test.setTimeout(300_000);
  await signIn(page, "other-lab-technician");
  const orders = await placeOrders(page, vendors, { clinic: MEDITLINK.davis, lab: MEDITLINK.nordlab, count: 2 });
  const list = await tagOrders(
    page,
    orders.map(({ id }) => id),
    `ends ${orders[0]!.number}`,
  );
  await page.goto(`/orders?${list}`);
  await page.getByRole("checkbox", { name: "Select all that are loaded" }).check();
  await page.keyboard.press("a");
  const dialog = page.getByRole("dialog", { name: "Accept 2 orders" });
  await expect(dialog.getByText("2 of 2 possible")).toBeVisible();
  await vendors.post(`/orders/${orders[1]!.number}`, { action: "reject" });
  await dialog.getByRole("button", { name: "Accept 2 orders" }).click();
  const row = (number: string) => dialog.getByRole("listitem").filter({ hasText: number });
  await expect(row(orders[0]!.number)).toContainText("Confirmed by MeditLink", { timeout: 150_000 });
  // The portal may hear of it before it asks.
  await expect(row(orders[1]!.number)).toContainText(/MeditLink says otherwise|already been decided/, {
    timeout: 150_000,
  });
  expect(await truthOf(vendors, orders[1]!.number)).toMatchObject({ status: "REJECTED", counts: { accepted: 0 } });

  const other = await visit();
  await signIn(other, "lab-technician");
  const { items } = await listed(other, "vendor=cadmus&status=pending&limit=200");
  const open = items.filter(({ actions }) => actions.includes("accept")).slice(-2);
  const tagged = await tagOrders(
    other,
    open.map(({ id }) => id),
    `kept ${Date.now()}`,
  );
  await other.goto(`/orders?${tagged}`);
  await other.getByRole("checkbox", { name: "Select all that are loaded" }).check();
  await other.keyboard.press("a");
  const kept = other.getByRole("dialog", { name: "Accept 2 orders" });
  await expect(kept.getByText("2 of 2 possible")).toBeVisible();
  await kept.getByRole("button", { name: "Accept 2 orders" }).click();
  await expect(kept.getByText("Kept here; Cadmus takes no decisions")).toHaveCount(2, { timeout: 150_000 });
});

test("marked orders are printed together: work tickets, labels for a label printer, and labels on sheets", async ({
  page,
}) => {
  test.setTimeout(180_000);
  await signIn(page, "other-lab-technician");
  const { items } = await listed(page, "status=completed&limit=2");
  const list = await tagOrders(
    page,
    items.map(({ id }) => id),
    `on paper ${Date.now()}`,
  );
  await page.goto(`/orders?${list}`);
  await page.getByRole("checkbox", { name: "Select all that are loaded" }).check();
  const bar = page.getByRole("region", { name: "Selected orders" });
  await bar.getByRole("button", { name: "Print" }).click();
  for (const [label, pages] of [
    ["Work tickets", items.length],
    ["Labels, one a page", items.length],
    ["Labels on sheets", 1],
  ] as const) {
    const href = await page.getByRole("menuitem", { name: label }).getAttribute("href");
    const answer = await page.request.get(href!, { timeout: 90_000 });
    expect(answer.headers()["content-type"]).toBe("application/pdf");
    expect((await getDocumentProxy(new Uint8Array(await answer.body()))).numPages, label).toBe(pages);
  }
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toBeHidden();
  const asked = page.context().waitForEvent("request", (request) => request.url().includes("kind=work_ticket"));
  await page.keyboard.press("p");
  await asked;
});

test("marked orders are given to somebody with a tag, and come as one zip", async ({ page }) => {
  test.setTimeout(180_000);
  await signIn(page, "other-lab-technician");
  const { items } = await listed(page, "status=completed&limit=2");
  const mine = `together ${Date.now()}`;
  const list = await tagOrders(
    page,
    items.map(({ id }) => id),
    mine,
  );
  await page.goto(`/orders?${list}`);
  await expect(page.locator("tbody tr[aria-rowindex]")).toHaveCount(2);
  for (const key of ["j", "x", "j", "x", "e"]) await page.keyboard.press(key);
  const dialog = page.getByRole("dialog", { name: "Assign and tag 2 orders" });
  const { user } = (await (await page.request.get("/api/me")).json()) as { user: { name: string } };
  await dialog.getByLabel("Assignee").selectOption({ label: user.name });
  await dialog.getByLabel("Our tags").fill(`${mine} too`);
  await dialog.getByLabel("Our tags").press("Enter");
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(dialog.getByText("Done")).toHaveCount(2, { timeout: 60_000 });
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await expect(dialog).toBeHidden();
  expect((await listed(page, `${list}&assignee=me`)).total).toBe(2);

  const arrives = page.waitForEvent("download");
  await page.getByRole("region", { name: "Selected orders" }).getByRole("link", { name: "Download" }).click();
  expect((await arrives).suggestedFilename()).toMatch(/^orders \d{4}-\d\d-\d\d\.zip$/);
});

test("fifty orders are triaged from the keyboard alone", async ({ page, vendors }) => {
  test.setTimeout(600_000);
  await signIn(page, "other-lab-technician");
  const { numbers } = await vendors.post<{ numbers: (number | string)[] }>("/orders", {
    clinic: MEDITLINK.davis,
    lab: MEDITLINK.nordlab,
    count: 50,
  });
  const ids = new Map<string, string>();
  await expect
    .poll(
      async () => {
        await syncEverything(page);
        for (const { id, number, actions } of (await listed(page, "status=pending&limit=200")).items)
          if (numbers.map(String).includes(number) && actions.includes("accept")) ids.set(number, id);
        return ids.size;
      },
      { timeout: 240_000, message: "fifty orders arrive" },
    )
    .toBe(50);
  const list = await tagOrders(page, [...ids.values()], `deck ${numbers[0]}`);
  await page.goto(`/orders?${list}&status=pending`);
  await expect(page.getByText("50 matches")).toBeVisible();
  await page.keyboard.press("t");
  await expect(page).toHaveURL(/\/triage/);
  await expect(page.getByText("1 of 50")).toBeVisible();
  for (let at = 1; at <= 50; at++) {
    await expect(page.getByText(`${at} of 50`)).toBeVisible();
    if (at % 10 === 0) {
      await page.keyboard.press("r");
      await page.keyboard.press("2"); // scan quality
    } else await page.keyboard.press("a");
  }
  await expect(page.getByText("45 accepted, 5 rejected, 0 skipped.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/orders\?/);
  const states = async () => {
    const { items } = await listed(page, `${list}&limit=100`);
    const of = (status: string) => items.filter((order) => (order as unknown as { status: string }).status === status);
    return [of("accepted").length, of("rejected").length];
  };
  await expect.poll(states, { timeout: 240_000 }).toEqual([45, 5]);
});
