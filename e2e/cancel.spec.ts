import { expect } from "@playwright/test";
import { signIn, test } from "./fixtures.ts";
import { CONFIRMED, MEDITLINK, placeOrders, truthOf } from "./orders-of-our-own.ts";

test("a clinic cancels an order the lab has not accepted", async ({ page, vendors }) => {
  test.setTimeout(240_000);
  await signIn(page, "clinic-staff");
  const [order] = await placeOrders(page, vendors, { clinic: MEDITLINK.davis, lab: MEDITLINK.nordlab, count: 1 });
  await page.goto(`/orders/${order!.id}`);
  await page.getByRole("button", { name: "Cancel order" }).click();
  const dialog = page.getByRole("dialog", { name: `Cancel order ${order!.number}?` });
  await expect(dialog.getByText("will e-mail the lab")).toBeVisible();
  await dialog.getByRole("button", { name: "Cancel order" }).click();
  await expect(page.getByText(/Cancelled by Sam Ortega/).first()).toBeVisible(CONFIRMED);
  expect(await truthOf(vendors, order!.number)).toMatchObject({ status: "CANCELED", counts: { cancelled: 1 } });
});

test("a clinic cannot cancel an order the lab has accepted", async ({ page, vendors }) => {
  test.setTimeout(240_000);
  await signIn(page, "clinic-staff");
  const [order] = await placeOrders(page, vendors, { clinic: MEDITLINK.davis, lab: MEDITLINK.nordlab, count: 1 });
  await vendors.post(`/orders/${order!.number}`, { action: "accept" });
  // The portal has not heard of it yet: the clinic asks all the same, and the vendor's answer counts.
  const asked = await page.request.post(`/api/orders/${order!.id}/cancel`, { data: {} });
  if (asked.status() === 202) {
    const { decision } = (await asked.json()) as { decision: { id: string } };
    const state = async () =>
      ((await (await page.request.get(`/api/decisions/${decision.id}`)).json()) as { state: string }).state;
    await expect.poll(state, { timeout: 60_000 }).toBe("conflict");
  } else expect(asked.status()).toBe(409);
  await page.goto(`/orders/${order!.id}`);
  await expect(page.getByText("Accepted").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Cancel order" })).toHaveCount(0);
  expect((await page.request.post(`/api/orders/${order!.id}/cancel`, { data: {} })).status()).toBe(409);
  expect(await truthOf(vendors, order!.number)).toMatchObject({ status: "ACCEPTED", counts: { cancelled: 0 } });
});
