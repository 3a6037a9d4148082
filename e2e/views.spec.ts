import { expect } from "@playwright/test";
import { signIn, test } from "./fixtures.ts";
import { addPerson } from "./people-of-our-own.ts";

type Listed = { total: number; items: { status: string; number: string }[] };

test("a view shows what its count says, by mouse and by key, and the address keeps it", async ({ page }) => {
  await signIn(page, "lab-technician");
  const views = page.getByRole("navigation", { name: "Views" });
  const closed = views.getByRole("button", { name: /^Rejected or cancelled/ });
  await closed.click();
  await expect(page).toHaveURL(/view=closed/);
  await expect(closed).toHaveAttribute("aria-pressed", "true");
  // Other specs reject and cancel orders of the same lab meanwhile.
  await expect(async () => {
    const { total } = (await (await page.request.get("/api/orders?view=closed&limit=1")).json()) as Listed;
    expect(total).toBeGreaterThan(0);
    await expect(closed).toHaveText(`Rejected or cancelled${total}`, { timeout: 1_000 });
    await expect(page.getByText(`${total} matches`)).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  for (const status of await page.locator("tbody tr[aria-rowindex] td:nth-child(2)").allTextContents())
    expect(status).toMatch(/Rejected|Cancelled/);

  await page.keyboard.press("9");
  await expect(page).toHaveURL(/view=late/);
  await expect(views.getByRole("button", { name: /^Late/ })).toHaveAttribute("aria-pressed", "true");
  await page.goBack();
  await expect(closed).toHaveAttribute("aria-pressed", "true");
  await page.reload();
  await expect(closed).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("0");
  await expect(page).not.toHaveURL(/view=/);
});

const OF_A_LAB = [
  "New today",
  "Needs information",
  "Due within 48 h",
  "Accepted, not downloaded",
  "Changed after acceptance",
  "Mine",
  "On hold",
  "Rejected or cancelled",
  "Late",
];

test("each of a lab's nine views has its key and lists as many orders as it counts", async ({ page }) => {
  test.setTimeout(240_000);
  await signIn(page, await addPerson("other-lab-technician", "technician"));
  const views = page.getByRole("navigation", { name: "Views" });
  for (const [at, name] of OF_A_LAB.entries()) {
    await page.keyboard.press(String(at + 1));
    const view = views.getByRole("button", { name: new RegExp(`^${name}`) });
    await expect(view).toHaveAttribute("aria-pressed", "true");
    // Other specs work on orders of the same lab: count and list agree as soon as both have heard of it.
    await expect(async () => {
      const count = Number((await view.textContent())!.slice(name.length));
      await expect(page.getByText(count === 1 ? "1 match" : count === 0 ? "No match" : `${count} matches`)).toBeVisible(
        {
          timeout: 1_000,
        },
      );
    }).toPass({ timeout: 60_000 });
  }
});

test("an order that is clicked right after typing opens, whatever the search still wanted", async ({ page }) => {
  await signIn(page, "lab-technician");
  const { items } = (await (await page.request.get("/api/orders?limit=1")).json()) as {
    items: { id: string; number: string }[];
  };
  const { id, number } = items[0]!;
  await page.goto("/orders");
  // The page of the order is slower than the pause after typing.
  await page.route(`**/orders/${id}?*_rsc=*`, async (route) => {
    await page.waitForURL(/[?&]q=/);
    await route.continue();
  });
  await page.getByRole("searchbox").fill(number);
  await page.locator(`tbody a[href^="/orders/${id}"]`).click();
  await expect(page).toHaveURL(new RegExp(`/orders/${id}`));
});
