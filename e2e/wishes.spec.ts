import { expect, type Page } from "@playwright/test";
import { pageListens, signIn, test } from "./fixtures.ts";
import { addPerson } from "./people-of-our-own.ts";

/** Chooses in the member's own menu; the page comes anew in what was chosen. */
async function choose(page: Page, menu: string, choice: string): Promise<void> {
  await page.getByRole("button", { name: menu }).click();
  const anew = page.waitForEvent("load");
  await page.getByRole("menuitemradio", { name: choice }).click();
  await anew;
  await pageListens(page);
}

test("a member reads the portal in German, with dates and numbers as German writes them, and in English again", async ({
  page,
}) => {
  await signIn(page, await addPerson("other-lab-technician", "technician"));
  await choose(page, "Menu of Robin Own", "Deutsch");
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Posteingang");
  await expect(page.getByRole("table", { name: "Aufträge" })).toBeVisible();
  await page.goto("/settings");
  await expect(page.getByText(/erscheint als 14\.\s?(03\.|März )2026/)).toBeVisible();
  await choose(page, "Menü von Robin Own", "English");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Settings");
});

test("a member who thinks in Universal numbers reads every tooth so, and in FDI again", async ({ page }) => {
  await signIn(page, await addPerson("other-lab-technician", "technician"));
  type Listed = { items: { id: string; restorations: { tooth: { fdi: number; universal: string } | null }[] }[] };
  const { items } = (await (await page.request.get("/api/orders?limit=200")).json()) as Listed;
  const order = items.find(({ restorations }) => restorations[0]?.tooth)!;
  const { fdi, universal } = order.restorations[0]!.tooth!;
  await page.goto(`/orders/${order.id}`);
  const row = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: new RegExp(`^${fdi}\\b`) }) });
  await expect(row.first()).toBeVisible();
  await choose(page, "Menu of Robin Own", "Universal (29)");
  await expect(page.getByRole("rowheader", { name: new RegExp(`^${universal}\\b`) }).first()).toBeVisible();
  await choose(page, "Menu of Robin Own", "FDI (45)");
  await expect(row.first()).toBeVisible();
});

test("a member who chooses the dark look has it on every page, and on paper everything is black on white", async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: "light" });
  await signIn(page, await addPerson("other-lab-technician", "technician"));
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await background();
  await page.getByRole("button", { name: "Menu of Robin Own" }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect.poll(background).not.toBe(light);
  const dark = await background();
  const { items } = (await (await page.request.get("/api/orders?limit=1")).json()) as { items: { id: string }[] };
  await page.goto(`/orders/${items[0]!.id}`);
  expect(await background()).toBe(dark);
  await expect(page.getByRole("heading", { name: "Prescription" })).toBeVisible();
  await page.emulateMedia({ media: "print" });
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe("light");
  await expect(page.getByRole("navigation", { name: "Main navigation" })).toBeHidden();
  await expect(page.getByRole("heading", { name: "Details" })).toBeVisible();
});
