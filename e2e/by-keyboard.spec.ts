import { expect, type Page } from "@playwright/test";
import { demoSignIn, test } from "./fixtures.ts";
import { CONFIRMED, MEDITLINK, placeOrders, truthOf } from "./orders-of-our-own.ts";
import { addPerson } from "./people-of-our-own.ts";
import { pressTwo } from "./press-two.ts";
import { signInByKeys } from "./sign-in-by-keys.ts";
import { pressByKey, tabTo } from "./tab-to.ts";

// No mouse at all: every step of these walks is a key.

/** From the inbox or a page of the settings to one of their sections. */
async function openSection(page: Page, name: string): Promise<void> {
  await pressByKey(page, page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name, exact: true }));
  await expect(page.getByRole("heading", { name, exact: true }).last()).toBeVisible();
}

test("an admin invites, changes a role and withdraws an invitation without a mouse", async ({ page }) => {
  test.setTimeout(240_000);
  await signInByKeys(page, await addPerson("other-lab-admin", "admin"));
  const colleague = await addPerson("other-lab-admin", "viewer");
  await pressTwo(page, "g", "s");
  await expect(page).toHaveURL(/\/settings/);
  await openSection(page, "Members");

  const invite = page.getByRole("button", { name: "Invite", exact: true });
  await pressByKey(page, invite);
  const dialog = page.getByRole("dialog", { name: "Invite somebody" });
  await expect(dialog.getByLabel("E-mail")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(invite).toBeFocused();
  await page.keyboard.press("Enter");
  const email = `by-keys-${crypto.randomUUID()}@people.example`;
  await expect(dialog.getByLabel("E-mail")).toBeFocused();
  await page.keyboard.type(email);
  await tabTo(page, dialog.getByLabel("Role"));
  await page.keyboard.press("End");
  await pressByKey(page, dialog.getByRole("button", { name: "Send invitation" }));
  await expect(dialog).toBeHidden();
  await expect(invite).toBeFocused();

  const list = page.getByRole("main").getByRole("listitem");
  const role = list.filter({ hasText: colleague.email }).getByRole("button", { name: /^Role: / });
  const asked: unknown[] = [];
  page.on("request", (request) => request.method() === "PATCH" && asked.push(request.postDataJSON()));
  await pressByKey(page, role);
  await expect(page.getByRole("menuitemradio", { name: /^Viewer/ })).toBeChecked();
  for (const passed of ["Admin", "Technician"]) {
    await page.keyboard.press("ArrowDown");
    await expect(page.getByRole("menuitemradio", { name: new RegExp(`^${passed}`) })).toBeFocused();
  }
  await page.keyboard.press("Enter");
  await expect(role).toBeFocused();
  await expect(role).toHaveText("Technician");
  await expect.poll(() => asked).toEqual([{ role: "technician" }]);

  const invited = list.filter({ hasText: email });
  await pressByKey(page, invited.getByRole("button", { name: "Revoke" }));
  await expect(invited).toHaveCount(0);
  await expect(page.locator("body")).not.toBeFocused();

  const remove = list.filter({ hasText: colleague.email }).getByRole("button", { name: "Remove" });
  await tabTo(page, remove, "Shift+Tab");
  await page.keyboard.press("Enter");
  const sure = page.getByRole("dialog");
  await pressByKey(page, sure.getByRole("button", { name: "Remove" }));
  await expect(sure).toBeHidden();
  await expect(list.filter({ hasText: colleague.email })).toHaveCount(0);
  await expect(page.locator("body")).not.toBeFocused();
});

test("an admin names reasons and files without a mouse", async ({ page }) => {
  test.setTimeout(240_000);
  await signInByKeys(page, await addPerson("other-lab-admin", "admin"));
  await pressTwo(page, "g", "s");
  await openSection(page, "Reasons");
  const own = `By keys ${Date.now()}`;
  await tabTo(page, page.getByLabel("Name", { exact: true }));
  await page.keyboard.type(own);
  await page.keyboard.press("Enter");
  const name = page.getByLabel(`Name of ${own}`, { exact: true });
  await tabTo(page, name);
  await page.keyboard.press("End");
  await page.keyboard.type(" changed");
  await page.keyboard.press("Enter");
  const changed = page.getByLabel(`Name of ${own} changed`, { exact: true });
  await expect(changed).toBeFocused();
  await pressByKey(page, page.getByRole("button", { name: `Switch off: ${own} changed` }));
  await expect(page.getByRole("button", { name: `Switch on: ${own} changed` })).toBeFocused();

  await openSectionBackwards(page, "Files");
  const template = page.getByLabel("Template", { exact: true });
  await tabTo(page, template);
  await page.keyboard.press("End");
  await page.keyboard.type("_");
  await pressByKey(page, page.getByRole("button", { name: "{number}", exact: true }));
  await expect(page.getByText("upper_maxilla_1045882.stl")).toBeVisible();
  await expect(template).toBeFocused();
});

test("an admin sets up a mail, reads the trail and makes a key without a mouse", async ({ page }) => {
  test.setTimeout(240_000);
  await signInByKeys(page, await addPerson("other-lab-admin", "admin"));
  await pressTwo(page, "g", "s");
  await openSection(page, "Notifications");
  const add = page.getByRole("button", { name: "New notification" });
  await pressByKey(page, add);
  const dialog = page.getByRole("dialog", { name: "New notification" });
  await tabTo(page, dialog.getByLabel("What"));
  await page.keyboard.type("Decisions");
  await pressByKey(page, dialog.getByRole("button", { name: "Save" }));
  await expect(dialog).toBeHidden();
  await expect(add).toBeFocused();
  const rule = page.getByRole("listitem").filter({ hasText: "Decisions that did not go through" }).last();
  const change = rule.getByRole("button", { name: "Change" });
  await pressByKey(page, change);
  await expect(page.getByRole("dialog", { name: "Change" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(change).toBeFocused();
  await pressByKey(page, rule.getByRole("button", { name: "Remove" }));
  const sure = page.getByRole("dialog", { name: "Remove this notification?" });
  await pressByKey(page, sure.getByRole("button", { name: "Remove" }));
  await expect(sure).toBeHidden();
  await expect(page.locator("body")).not.toBeFocused();

  await openSectionBackwards(page, "Audit trail");
  await tabTo(page, page.getByRole("combobox", { name: "What" }));
  await page.keyboard.type("Notification a");
  const entries = page.getByRole("row").filter({ hasNot: page.getByRole("columnheader") });
  await expect(entries.first()).toContainText("Notification added");
  const download = page.waitForEvent("download");
  await tabTo(page, page.getByRole("link", { name: "Export as CSV" }), "Shift+Tab");
  await page.keyboard.press("Enter");
  expect((await download).suggestedFilename()).toBe("audit-trail.csv");
  await pressByKey(page, page.getByRole("button", { name: "Clear filters" }));
  await expect(page.getByRole("combobox", { name: "Who" })).toBeFocused();

  await openSectionBackwards(page, "API keys");
  const make = page.getByRole("button", { name: "New key" });
  await pressByKey(page, make);
  const making = page.getByRole("dialog");
  const name = `by keys ${Date.now()}`;
  await expect(making.getByLabel("What it is for")).toBeFocused();
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
  await expect(making.getByText("This key is shown once.")).toBeVisible();
  await pressByKey(page, making.getByRole("button", { name: "Close" }).last());
  await expect(making).toBeHidden();
  await expect(make).toBeFocused();
  const row = page.getByRole("main").getByRole("listitem").filter({ hasText: name });
  await pressByKey(page, row.getByRole("button", { name: "Revoke" }));
  await pressByKey(page, making.getByRole("button", { name: "Revoke" }));
  await expect(making).toBeHidden();
  await expect(row).toHaveCount(0);
  await expect(page.locator("body")).not.toBeFocused();
});

test("an admin connects an account and asks for a sync without a mouse", async ({ page }) => {
  test.setTimeout(240_000);
  await signInByKeys(page, await addPerson("other-lab-admin", "admin"));
  await pressTwo(page, "g", "c");
  await expect(page).toHaveURL(/\/connections/);
  const sync = page.getByRole("button", { name: "Sync now" }).first();
  await pressByKey(page, sync);
  await expect(page.getByText("Asked for a sync").first()).toBeVisible();
  await expect(sync).toBeFocused();

  const cadmus = page.getByRole("button", { name: "Connect Cadmus" });
  await pressByKey(page, cadmus);
  const dialog = page.getByRole("dialog");
  await page.keyboard.type("nobody@nordlab.example");
  await tabTo(page, dialog.getByLabel(/password/i).first());
  await page.keyboard.type("wrong");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("alert").filter({ hasText: "did not accept" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(cadmus).toBeFocused();

  await tabTo(page, page.getByRole("link", { name: "Connect MeditLink" }), "Shift+Tab");
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByLabel("E-mail"));
  await page.keyboard.type(MEDITLINK.nordlab);
  await tabTo(page, page.getByLabel("Password"));
  await page.keyboard.type("sandbox");
  await page.keyboard.press("Enter");
  await pressByKey(page, page.getByRole("button", { name: "Allow" }));
  await expect(page.getByText(`${MEDITLINK.nordlab} is connected`)).toBeVisible();
});

test("a clinic cancels an order, and adds a file and removes it, without a mouse", async ({ page, vendors }) => {
  test.setTimeout(300_000);
  await signInByKeys(page, demoSignIn("clinic-staff"));
  const orders = await placeOrders(page, vendors, { clinic: MEDITLINK.davis, lab: MEDITLINK.nordlab, count: 1 });
  const { id, number } = orders[0]!;
  await page.goto(`/orders/${id}`);
  const attach = page.getByRole("button", { name: "Attach a file" });
  const chosen = page.waitForEvent("filechooser");
  await pressByKey(page, attach);
  await (await chosen).setFiles({ name: "by-keys.txt", mimeType: "text/plain", buffer: Buffer.from("a photo") });
  await expect(page.getByText("by-keys.txt is on its way to MeditLink").first()).toBeVisible({ timeout: 30_000 });
  const remove = page.getByRole("button", { name: "Remove by-keys.txt" });
  await expect(remove).toBeVisible({ timeout: 120_000 });
  await pressByKey(page, remove);
  const sure = page.getByRole("dialog");
  await expect(sure).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(remove).toBeFocused();
  await page.keyboard.press("Enter");
  await pressByKey(page, sure.getByRole("button", { name: "Remove" }));
  await expect(sure).toBeHidden();
  await expect(page.getByText("by-keys.txt", { exact: true })).toHaveCount(0, { timeout: 60_000 });

  const cancel = page.getByRole("button", { name: "Cancel order" }).first();
  await tabTo(page, cancel, "Shift+Tab");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: `Cancel order ${number}?` });
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(cancel).toBeFocused();
  await page.keyboard.press("c");
  await pressByKey(page, dialog.getByRole("button", { name: "Cancel order" }));
  await expect(dialog).toBeHidden();
  await expect(page.locator("body")).not.toBeFocused();
  await expect(page.getByText(/Cancelled by Sam Ortega/).first()).toBeVisible(CONFIRMED);
  expect(await truthOf(vendors, number)).toMatchObject({ status: "CANCELED", counts: { cancelled: 1 } });
});

/** To another section: the links stand before what has the focus. */
async function openSectionBackwards(page: Page, name: string): Promise<void> {
  const link = page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name, exact: true });
  await tabTo(page, link, "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(link).toHaveAttribute("aria-current", "page");
}
