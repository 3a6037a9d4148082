import { expect } from "@playwright/test";
import { signIn, test } from "./fixtures.ts";

type Listed = { total: number; items: { status: string; number: string }[] };

test("a view shows what its count says, by mouse and by key, and the address keeps it", async ({ page }) => {
  await signIn(page, "lab-technician");
  const views = page.getByRole("navigation", { name: "Views" });
  const closed = views.getByRole("button", { name: /^Rejected or cancelled/ });
  const { total } = (await (await page.request.get("/api/orders?view=closed&limit=1")).json()) as Listed;
  expect(total).toBeGreaterThan(0);
  await expect(closed).toHaveText(`Rejected or cancelled${total}`);
  await closed.click();
  await expect(page).toHaveURL(/view=closed/);
  await expect(closed).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByText(`${total} matches`)).toBeVisible();
  for (const status of await page.locator("tbody tr[aria-rowindex] td:first-child").allTextContents())
    expect(status).toMatch(/Rejected|Cancelled/);

  await page.keyboard.press("4");
  await expect(page).toHaveURL(/view=late/);
  await expect(views.getByRole("button", { name: /^Late/ })).toHaveAttribute("aria-pressed", "true");
  await page.goBack();
  await expect(closed).toHaveAttribute("aria-pressed", "true");
  await page.reload();
  await expect(closed).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("0");
  await expect(page).not.toHaveURL(/view=/);
});
