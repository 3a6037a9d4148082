import { expect } from "@playwright/test";
import { signIn, test } from "./fixtures.ts";

test("a browser that cannot write to folders says so", async ({ page }) => {
  await page.addInitScript(() => {
    Object.assign(window, { showDirectoryPicker: undefined });
  });
  await signIn(page, "lab-technician");
  await page.goto("/settings?section=files");
  await expect(page.getByText("This browser cannot write to folders.")).toBeVisible();
});

test("an admin sees what a naming template makes of files while typing it", async ({ page }) => {
  await signIn(page, "other-lab-admin");
  await page.goto("/settings?section=files");
  const template = page.getByLabel("Template");
  await template.fill("{number}_{clinic}_{jaw}");
  await expect(page.getByText("1045882_Davis Dental_upper.stl")).toBeVisible();
  await template.fill("{teeth}");
  await expect(page.getByText("There is no teeth.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Save template" })).toBeDisabled();
});
