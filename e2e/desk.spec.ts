import { expect } from "@playwright/test";
import { signIn, test } from "./fixtures.ts";
import { MEDITLINK, placeOrders, waitForScans } from "./orders-of-our-own.ts";
import { addPerson } from "./people-of-our-own.ts";

/** A list that no other spec changes. */
const SETTLED = "status=in_production,delivering,completed";
type Listed = { items: { id: string; number: string; dueOn: string | null; clinic: { name: string } | null }[] };

test("a member chooses columns, dense rows and groups, and finds them again", async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page, await addPerson("other-lab-technician", "technician"));
  await page.goto(`/orders?${SETTLED}`);
  const table = page.getByRole("table", { name: "Orders" });
  await page.getByRole("button", { name: "Display" }).click();
  await page.getByRole("radio", { name: "Compact" }).check({ force: true });
  await expect
    .poll(() =>
      page
        .locator("tbody tr[aria-rowindex]")
        .first()
        .evaluate((row) => row.clientHeight),
    )
    .toBe(32);
  await page.getByRole("checkbox", { name: "As of" }).check();
  await expect(table.getByRole("columnheader", { name: "As of" })).toBeVisible();
  await page.getByRole("checkbox", { name: "Clinic" }).uncheck();
  await expect(table.getByRole("columnheader", { name: "Clinic" })).toHaveCount(0);
  const kept = page.waitForResponse((answer) => answer.request().postDataJSON()?.grouping === "due" && answer.ok());
  await page.getByRole("radio", { name: "Due day" }).check({ force: true });
  await kept;
  await page.keyboard.press("Escape");

  const { items } = (await (await page.request.get(`/api/orders?${SETTLED}&sort=dueOn&limit=200`)).json()) as Listed;
  const first = items[0]!;
  const alike = items.filter(({ dueOn }) => dueOn === first.dueOn).length;
  await page.reload();
  const heading = table.getByRole("rowheader").first();
  await expect(heading).toContainText(alike === 1 ? "1 order" : `${alike} orders`);
  await expect(table.getByRole("columnheader", { name: "As of" })).toBeVisible();
  await page.keyboard.press("j");
  await expect(page.locator("tbody tr[aria-selected='true']")).toContainText(first.number);

  await page.getByRole("button", { name: "Display" }).click();
  await page.getByRole("radio", { name: "Clinic" }).check({ force: true });
  await expect(heading).toContainText(/\d+ orders?/);
  await page.getByRole("button", { name: "Usual columns" }).click();
  await page.getByRole("radio", { name: "Nothing" }).check({ force: true });
  await page.getByRole("radio", { name: "Comfortable" }).check({ force: true });
  await expect(table.getByRole("columnheader", { name: "Clinic" })).toBeVisible();
  await expect(heading).toHaveCount(0);
});

test("what a member chose last is kept although the page is left at once", async ({ page }) => {
  await signIn(page, await addPerson("other-lab-technician", "technician"));
  await page.goto("/orders");
  await page.getByRole("button", { name: "Display" }).click();
  await page.getByRole("radio", { name: "Compact" }).check({ force: true });
  await page.getByRole("checkbox", { name: "As of" }).check();
  await page.getByRole("radio", { name: "Due day" }).check({ force: true });
  await page.goto("about:blank");
  await expect
    .poll(async () => (await page.request.get("/api/me/preferences")).json())
    .toMatchObject({ density: "compact", grouping: "due", columns: expect.arrayContaining(["age"]) });
});

test("Ctrl+K finds an order by its number, a view, and what the page can do", async ({ page }) => {
  await signIn(page, "other-lab-technician");
  const { items } = (await (await page.request.get(`/api/orders?${SETTLED}&limit=1`)).json()) as Listed;
  const { number } = items[0]!;
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("combobox", { name: "Commands" });
  await expect(palette).toBeFocused();
  await palette.fill(number);
  await expect(page.getByRole("option", { name: new RegExp(number) })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(number);

  await page.keyboard.press("Control+k");
  await palette.fill("rejected or");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/view=closed/);

  await page.keyboard.press("Control+k");
  await palette.fill("cancel");
  await expect(page.getByRole("option", { name: "Rejected or cancelled" })).toBeVisible();
  await expect(page.getByRole("option", { name: "Cancel the order" })).toHaveCount(0); // a clinic's affair
  await palette.fill("this list");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
});

test("dates are written as the member wants them", async ({ page }) => {
  await signIn(page, await addPerson("other-lab-technician", "technician"));
  await page.goto("/settings");
  const dates = page.getByLabel("Dates", { exact: true });
  await dates.selectOption({ label: "Year-month-day" });
  await expect(page.getByText("is shown as 2026-03-14")).toBeVisible();
  await dates.selectOption({ label: "As the language writes them" });
  await expect(page.getByText("is shown as Mar 14, 2026")).toBeVisible();
});

test("every column of the inbox can be shown and moved, from the keyboard too", async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page, await addPerson("other-lab-technician", "technician"));
  await page.goto(`/orders?${SETTLED}`);
  await page.getByRole("button", { name: "Display" }).press("Enter");
  const columns = page.getByRole("group", { name: "Columns" });
  await expect(columns).toBeVisible();
  const names = await columns.getByRole("listitem").allTextContents();
  for (const name of names) {
    const box = columns.getByRole("checkbox", { name, exact: true });
    if (!(await box.isChecked())) await box.press("Space");
    await expect(box).toBeChecked();
  }
  const header = page.getByRole("table", { name: "Orders" }).getByRole("columnheader");
  for (const name of names) await expect(header.filter({ hasText: new RegExp(`^${name}$`) })).toHaveCount(1);

  // The last but one goes to the end: its button, grey there, leaves the focus to the one beside it.
  const [before, last] = [names.at(-2)!, names.at(-1)!];
  await columns.getByRole("button", { name: `Move ${before} down` }).press("Enter");
  await expect(columns.getByRole("listitem").last()).toHaveText(before);
  await expect(columns.getByRole("button", { name: `Move ${before} up` })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(columns.getByRole("listitem").last()).toHaveText(last);
  await expect(columns.getByRole("button", { name: `Move ${before} up` })).toBeFocused();
});

test("v hides and shows the list beside an order, d takes the case in the member's own format", async ({
  page,
  vendors,
}) => {
  test.setTimeout(240_000);
  await signIn(page, await addPerson("other-lab-technician", "technician"));
  const [order] = await placeOrders(page, vendors, { clinic: MEDITLINK.davis, lab: MEDITLINK.nordlab, count: 1 });
  await waitForScans(page, order!.id);
  await page.goto("/settings");
  const kept = page.waitForResponse((answer) => answer.request().postDataJSON()?.downloadFormat === "stl");
  await page.getByLabel("Format of downloads").selectOption({ label: "Scans as STL" });
  expect((await kept).ok()).toBe(true);
  await page.goto(`/orders/${order!.id}`);
  const list = page.getByRole("navigation", { name: "Orders in the list" });
  await expect(list.getByRole("link").first()).toBeVisible();
  await page.keyboard.press("v");
  await expect(list).toBeHidden();
  await page.keyboard.press("v");
  await expect(list).toBeVisible();
  const download = page.waitForEvent("download");
  await page.keyboard.press("d");
  expect((await download).url()).toContain("format=stl");
  expect((await download).suggestedFilename()).toMatch(/\.zip$/);
});

test("whichever column is the last one at a width keeps off the edge of the list", async ({ page }) => {
  await signIn(page, "other-lab-technician");
  const table = page.getByRole("table", { name: "Orders" });
  const distance = () =>
    table.evaluate((list) => {
      const ends = [...list.querySelectorAll("th")].map((cell) => cell.getBoundingClientRect().right);
      return Math.round(list.getBoundingClientRect().right - Math.max(...ends));
    });
  for (const width of [1440, 1180, 1024, 800]) {
    await page.setViewportSize({ width, height: 800 });
    await expect.poll(distance).toBeGreaterThanOrEqual(12);
  }
});
