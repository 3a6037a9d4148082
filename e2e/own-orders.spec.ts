import { expect } from "@playwright/test";
import { signIn, test } from "./fixtures.ts";
import { MEDITLINK, placeOrders, syncEverything } from "./orders-of-our-own.ts";

test("a clinic sees its order as the lab has it, adds a file to the case and takes it out again", async ({
  page,
  vendors,
}) => {
  test.setTimeout(300_000);
  await signIn(page, "clinic-staff");
  const [order] = await placeOrders(page, vendors, { clinic: MEDITLINK.davis, lab: MEDITLINK.nordlab, count: 1 });
  await page.goto(`/orders/${order!.id}`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(order!.number);
  await expect(page.getByText("Pending").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Accept order" })).toHaveCount(0);

  const chosen = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Attach a file" }).click();
  await (await chosen).setFiles({ name: "bite-photo.txt", mimeType: "text/plain", buffer: Buffer.from("a photo") });
  await expect(page.getByText("bite-photo.txt is on its way to MeditLink").first()).toBeVisible({ timeout: 30_000 });
  const remove = page.getByRole("button", { name: "Remove bite-photo.txt" });
  await expect(remove).toBeVisible({ timeout: 120_000 }); // the vendor lists it
  await remove.click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Remove/ })
    .click();
  await expect(page.getByText("bite-photo.txt", { exact: true })).toHaveCount(0, { timeout: 60_000 });

  await vendors.post(`/orders/${order!.number}`, { action: "accept" });
  await expect(async () => {
    await syncEverything(page);
    await expect(page.getByText("Accepted").first()).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 60_000 });
  await expect(page.getByRole("button", { name: "Cancel order" })).toHaveCount(0);
});
