import { expect } from "@playwright/test";
import { signIn, test } from "./fixtures.ts";
import { CONFIRMED, MEDITLINK, placeOrders, syncEverything, waitForOrders } from "./orders-of-our-own.ts";

test("the clinic reads why the lab rejected its order, and not the lab's note", async ({ page, vendors, visit }) => {
  test.setTimeout(300_000);
  await signIn(page, "other-lab-technician");
  const [order] = await placeOrders(page, vendors, { clinic: MEDITLINK.davis, lab: MEDITLINK.nordlab, count: 1 });
  await page.goto(`/orders/${order!.id}`);
  await page.getByRole("button", { name: "Reject order" }).click();
  const dialog = page.getByRole("dialog", { name: `Reject order ${order!.number}?` });
  await expect(dialog.getByText("a clinic that works with Casebench reads it here")).toBeVisible();
  await dialog.getByLabel("Reason").selectOption({ label: "Margin not visible" });
  await dialog.getByLabel("Note").fill("Third time this month");
  await dialog.getByRole("button", { name: "Reject order" }).click();
  await expect(page.getByText(/Rejected by .* confirmed by MeditLink/)).toBeVisible(CONFIRMED);

  const clinic = await visit();
  await signIn(clinic, "clinic-staff");
  const [id] = await waitForOrders(clinic, [order!.number]);
  const status = async () => {
    await syncEverything(clinic);
    return ((await (await clinic.request.get(`/api/orders/${id}`)).json()) as { status: string }).status;
  };
  await expect.poll(status, { timeout: 60_000 }).toBe("rejected");
  await clinic.goto(`/orders/${id}`);
  await expect(clinic.getByText(/rejected this order/)).toBeVisible();
  await expect(clinic.getByText("Scan quality: Margin not visible")).toBeVisible();
  await expect(clinic.getByText("Third time this month")).toHaveCount(0);
});
