import { readFileSync } from "node:fs";
import { expect } from "@playwright/test";
import { signIn, test } from "./fixtures.ts";

test("an admin chooses who is told what by mail, and the trail says so, filtered and as a file", async ({ page }) => {
  await signIn(page, "other-lab-admin");
  await page.goto("/settings?section=notifications");
  await page.getByRole("button", { name: "New notification" }).click();
  const dialog = page.getByRole("dialog", { name: "New notification" });
  await dialog.getByLabel("What").selectOption({ label: "Decisions that did not go through" });
  await dialog.getByRole("checkbox", { checked: true }).uncheck();
  await expect(dialog.getByRole("button", { name: "Save" })).toBeDisabled();
  await dialog.getByRole("checkbox").first().check();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  const rule = page.getByRole("listitem").filter({ hasText: "Decisions that did not go through" });
  await expect(rule).toContainText("At once");

  await rule.getByRole("button", { name: "Change" }).click();
  const change = page.getByRole("dialog", { name: "Change" });
  await change.getByLabel("When").selectOption({ label: "Once a day, at seven in the morning" });
  await change.getByRole("button", { name: "Save" }).click();
  await expect(change).toBeHidden();
  await expect(rule).toContainText("Once a day");
  await rule.getByRole("button", { name: "Remove" }).click();
  const sure = page.getByRole("dialog", { name: "Remove this notification?" });
  await sure.getByRole("button", { name: "Remove" }).click();
  await expect(sure).toBeHidden();
  await expect(rule).toHaveCount(0);

  await page.goto("/settings?section=audit");
  await page.getByRole("combobox", { name: "What" }).selectOption({ label: "Notification changed" });
  const entries = page.getByRole("row").filter({ hasNot: page.getByRole("columnheader") });
  await expect(entries.filter({ hasNotText: "Notification changed" })).toHaveCount(0);
  await expect(entries.first()).toContainText("Notification changed");
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export as CSV" }).click(),
  ]);
  expect(file.suggestedFilename()).toBe("audit-trail.csv");
  const lines = readFileSync((await file.path())!, "utf8")
    .trim()
    .split("\r\n");
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines.slice(1)) expect(line).toContain("notification_rule.changed");
});

test("a message that comes while a window is open does not take Escape from it", async ({ page }) => {
  await signIn(page, "other-lab-admin");
  const answer = Promise.withResolvers<void>();
  await page.route("**/api/members/*", async (route) => {
    await answer.promise;
    await route.abort();
  });
  await page.goto("/settings?section=members");
  await page
    .getByRole("button", { name: /^Role: / })
    .last()
    .click();
  await page.getByRole("menuitemradio", { checked: false }).first().click();
  await page.getByRole("button", { name: "Invite" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  answer.resolve();
  await expect(page.getByRole("region", { name: /Notifications/ }).getByRole("listitem")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});
