import { expect, type Page } from "@playwright/test";
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
  await syncEverything(page);
  const ids = new Map<string, string>();
  await expect
    .poll(
      async () => {
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
