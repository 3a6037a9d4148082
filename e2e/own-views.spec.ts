import { expect, type Page } from "@playwright/test";
import { signIn, test } from "./fixtures.ts";
import { addPerson } from "./people-of-our-own.ts";

const bar = (page: Page) => page.getByRole("navigation", { name: "Views" });

test("filters and sort become a view with a name, which is changed, renamed and deleted", async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page, "lab-technician");
  await page.goto("/orders?status=completed&sort=dueOn");
  await bar(page).getByRole("button", { name: "Save view" }).click();
  const dialog = page.getByRole("dialog", { name: "Save this view" });
  await dialog.getByLabel("Name").fill("Done, by date");
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(dialog).toBeHidden();
  const saved = bar(page).getByRole("button", { name: /^Done, by date/ });
  await expect(saved).toHaveAttribute("aria-pressed", "true");
  await expect(page).toHaveURL(/saved=/);

  await bar(page).getByRole("button", { name: "All", exact: true }).click();
  await expect(page).not.toHaveURL(/status=/);
  await saved.click();
  await expect(page).toHaveURL(/status=completed.*sort=dueOn/);

  await page.getByRole("button", { name: /^Status/ }).click();
  await page.getByRole("checkbox", { name: "Rejected" }).check();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/status=completed%2Crejected/);
  const menu = bar(page).getByRole("button", { name: /^What to do with/ });
  await menu.click();
  const kept = page.waitForResponse((answer) => answer.request().method() === "PATCH");
  await page.getByRole("menuitem", { name: "Save the changes" }).click();
  expect((await kept).status()).toBe(200);

  await menu.click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  const renaming = page.getByRole("dialog", { name: "Rename" });
  await renaming.getByLabel("Name").fill("Done or rejected");
  await renaming.getByRole("button", { name: "Save", exact: true }).click();
  await expect(renaming).toBeHidden();
  const renamed = bar(page).getByRole("button", { name: /^Done or rejected/ });
  await bar(page).getByRole("button", { name: "All", exact: true }).click();
  await renamed.click();
  await expect(page).toHaveURL(/status=completed%2Crejected/);

  await bar(page)
    .getByRole("button", { name: /^What to do with/ })
    .click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(renamed).toHaveCount(0);
});

test("a view that is shared stands in a colleague's bar, and leaves it when it is private again", async ({
  page,
  visit,
}) => {
  test.setTimeout(300_000);
  const name = `Together ${Date.now()}`;
  await signIn(page, await addPerson("other-lab-technician", "technician"));
  await page.goto("/orders?status=completed");
  await bar(page).getByRole("button", { name: "Save view" }).click();
  const dialog = page.getByRole("dialog", { name: "Save this view" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel(/^Share with the organisation/).check();
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(dialog).toBeHidden();

  const colleague = await visit();
  await signIn(colleague, await addPerson("other-lab-technician", "technician"));
  const shared = bar(colleague).getByRole("button", { name: new RegExp(name) });
  await shared.click();
  await expect(colleague).toHaveURL(/status=completed/);
  await bar(colleague)
    .getByRole("button", { name: /^What to do with/ })
    .click();
  await expect(colleague.getByRole("menu")).toBeVisible();
  await expect(colleague.getByRole("menuitem", { name: "Delete" })).toHaveCount(0); // not theirs to change
  await colleague.keyboard.press("Escape");

  await bar(page)
    .getByRole("button", { name: /^What to do with/ })
    .click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  const renaming = page.getByRole("dialog", { name: "Rename" });
  await renaming.getByLabel(/^Share with the organisation/).uncheck();
  await renaming.getByRole("button", { name: "Save", exact: true }).click();
  await expect(renaming).toBeHidden();
  await colleague.reload();
  await expect(bar(colleague).getByRole("button", { name: "All", exact: true })).toBeVisible();
  await expect(shared).toHaveCount(0);
});

test("an order is assigned and tagged from the keyboard, and found by both", async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page, "lab-technician");
  await page.goto("/orders?status=completed");
  await expect(page.locator("tbody tr[aria-rowindex]").first()).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("e");
  const dialog = page.getByRole("dialog", { name: /^Assign and tag order/ });
  const number = /order (\S+)$/.exec((await dialog.getByRole("heading").textContent()) ?? "")![1]!;
  await dialog.getByLabel("Assignee").selectOption({ index: 1 }); // oneself comes first
  await dialog.getByLabel("Our tags").fill("rush 4711");
  await dialog.getByLabel("Our tags").press("Enter");
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(dialog).toBeHidden();

  await page.goto("/orders?assignee=me&status=completed");
  const row = page.locator("tbody tr", { hasText: number });
  await expect(row).toBeVisible();
  await page.getByRole("button", { name: /^Tag/ }).click();
  await page.getByRole("checkbox", { name: "rush 4711" }).check();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/tag=/);
  await expect(row).toBeVisible();
  await row.getByRole("link").first().click();
  await expect(page.getByRole("list", { name: "Our tags" })).toHaveText("rush 4711");

  await page.keyboard.press("e");
  await expect(dialog).toBeVisible();
  await dialog.getByLabel("Assignee").selectOption({ label: "Nobody" });
  await dialog.getByRole("button", { name: "Remove rush 4711" }).click();
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("list", { name: "Our tags" })).toHaveCount(0);
});
