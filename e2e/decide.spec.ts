import { expect } from "@playwright/test";
import { signIn, test } from "./fixtures.ts";
import { CONFIRMED, MEDITLINK, placeOrders, truthOf } from "./orders-of-our-own.ts";

test.describe.configure({ mode: "serial" });

test("a technician rejects an order from the keyboard, with a reason", async ({ page, vendors }) => {
  test.setTimeout(240_000);
  await signIn(page, "other-lab-technician");
  const [order] = await placeOrders(page, vendors, { clinic: MEDITLINK.davis, lab: MEDITLINK.nordlab, count: 1 });
  await page.goto(`/orders/${order!.id}`);
  await expect(page.getByRole("button", { name: "Reject order" })).toBeVisible();
  await page.keyboard.press("r");
  const dialog = page.getByRole("dialog", { name: `Reject order ${order!.number}?` });
  await dialog.getByRole("button", { name: "Reject order" }).click();
  await expect(dialog.getByText("Choose a reason.")).toBeVisible();
  await dialog.getByLabel("Reason").selectOption({ label: "Margin not visible" });
  await dialog.getByRole("button", { name: "Reject order" }).click();
  await expect(page.getByText(/Rejected by Jonas Brandt/).first()).toBeVisible(CONFIRMED);
  expect(await truthOf(vendors, order!.number)).toMatchObject({ status: "REJECTED", counts: { rejected: 1 } });
});

test("an accept whose answer is lost on the way is accepted once, and the screen says so in the end", async ({
  page,
  vendors,
}) => {
  test.setTimeout(240_000);
  await signIn(page, "other-lab-technician");
  const [order] = await placeOrders(page, vendors, { clinic: MEDITLINK.davis, lab: MEDITLINK.nordlab, count: 1 });
  const fault = await vendors.post<{ id: string }>("/faults", {
    vendor: "meditlink-api",
    method: "PUT",
    path: `/orders/${order!.number}/accept`,
    fault: { kind: "resetAfterCommit" },
    count: 1,
  });
  await page.goto(`/orders/${order!.id}`);
  await page.getByRole("button", { name: "Accept order" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Accept order" }).click();
  await expect(page.getByText(/Accepted by Jonas Brandt/).first()).toBeVisible(CONFIRMED);
  expect(await truthOf(vendors, order!.number)).toMatchObject({ status: "ACCEPTED", counts: { accepted: 1 } });
  await vendors.delete(`/faults/${fault.id}`);
});

test("a technician who comes second hears who decided and what the vendor says", async ({ page, vendors }) => {
  test.setTimeout(240_000);
  await signIn(page, "other-lab-technician");
  const [order] = await placeOrders(page, vendors, { clinic: MEDITLINK.davis, lab: MEDITLINK.nordlab, count: 1 });
  await page.goto(`/orders/${order!.id}`);
  await expect(page.getByRole("button", { name: "Accept order" })).toBeVisible();
  await vendors.post(`/orders/${order!.number}`, { action: "cancel" });
  await page.getByRole("button", { name: "Accept order" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Accept order" }).click();
  await expect(page.getByText("MeditLink says otherwise").first()).toBeVisible(CONFIRMED);
  expect(await truthOf(vendors, order!.number)).toMatchObject({ status: "CANCELED", counts: { accepted: 0 } });
});

test("a viewer sees the order and no way to decide it", async ({ page }) => {
  await signIn(page, "lab-viewer");
  const { items } = (await (await page.request.get("/api/orders?status=pending&limit=1")).json()) as {
    items: { id: string; actions: string[] }[];
  };
  expect(items[0]!.actions).toEqual([]);
  await page.goto(`/orders/${items[0]!.id}`);
  await expect(page.getByRole("heading", { name: "Prescription" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Accept order" })).toHaveCount(0);
  const refused = await page.request.post(`/api/orders/${items[0]!.id}/accept`, { data: {} });
  expect(refused.status()).toBe(403);
  expect(refused.headers()["content-type"]).toContain("application/problem+json");
});
