import { expect } from "@playwright/test";
import { signIn, test } from "./fixtures.ts";
import { addPerson } from "./people-of-our-own.ts";
import { pressTwo } from "./press-two.ts";

test("a member gives an action another key, hears of a conflict, and has the usual one back", async ({ page }) => {
  await signIn(page, await addPerson("lab-viewer", "viewer"));
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keyboard" });
  await dialog.getByRole("button", { name: "Next order: J." }).click();
  await page.keyboard.press("k");
  await expect(dialog.getByRole("alert")).toHaveText(/K is the key of “Previous order”/);
  await dialog.getByRole("button", { name: "Next order: J." }).click();
  const kept = page.waitForResponse((answer) => answer.request().method() === "PUT");
  await page.keyboard.press("n");
  await expect(dialog.getByRole("button", { name: "Next order: N." })).toBeVisible();
  expect((await kept).status()).toBe(200);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();

  // Also after the page was left, and the old key means nothing any more.
  await page.reload();
  const first = page.locator("tbody tr[aria-rowindex='2']");
  await expect(first).toBeVisible();
  await page.keyboard.press("j");
  await expect(first).toHaveAttribute("aria-selected", "false");
  await page.keyboard.press("n");
  await expect(first).toHaveAttribute("aria-selected", "true");

  await page.keyboard.press("?");
  await dialog.getByRole("button", { name: "Reset all keys" }).click();
  await expect(dialog.getByRole("button", { name: "Next order: J." })).toBeVisible();
});

test("a clinic's member is shown the keys of a clinic, not those of a lab", async ({ page }) => {
  await signIn(page, "clinic-staff");
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keyboard" });
  await expect(dialog.getByText("Cancel the order", { exact: true })).toBeVisible();
  for (const sentence of ["Accept", "Reject", "Put the order on hold"])
    await expect(dialog.getByText(sentence, { exact: true })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

test("g and a letter go to a place from everywhere, but not out of a field", async ({ page }) => {
  await signIn(page, "lab-technician");
  await pressTwo(page, "g", "c");
  await expect(page).toHaveURL(/\/connections/);
  await pressTwo(page, "g", "i");
  await expect(page).toHaveURL(/\/orders/);
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("g s");
  await expect(page.getByRole("searchbox")).toHaveValue("g s");
  await expect(page).toHaveURL(/\/orders/);
});
