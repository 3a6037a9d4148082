import { expect, type Page } from "@playwright/test";
import { signIn, test, type VendorControl } from "./fixtures.ts";
import { CONFIRMED, MEDITLINK, placeOrders, tagOrders, truthOf } from "./orders-of-our-own.ts";

test.describe.configure({ mode: "serial" });

/** The lab's admin, with new orders of the clinic's. */
async function adminWithOrders(page: Page, vendors: VendorControl, count: number) {
  await signIn(page, "other-lab-admin");
  return placeOrders(page, vendors, { clinic: MEDITLINK.davis, lab: MEDITLINK.nordlab, count });
}

/** How long a decision waits before it leaves, while a test does its work. */
async function whileDecisionsWait(page: Page, undoSeconds: number, work: () => Promise<void>): Promise<void> {
  const wait = (seconds: number) => page.request.patch("/api/organisation", { data: { undoSeconds: seconds } });
  expect((await wait(undoSeconds)).status()).toBe(200);
  try {
    await work();
  } finally {
    await wait(5);
  }
}

test("an acceptance is taken back with a key before it leaves, and the vendor never hears of it", async ({
  page,
  vendors,
}) => {
  test.setTimeout(120_000);
  const [order] = await adminWithOrders(page, vendors, 1);
  // As long as may be: a busy machine must not decide this test.
  await whileDecisionsWait(page, 60, async () => {
    await page.goto(`/orders/${order!.id}`);
    await page.keyboard.press("a");
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByText("You can take it back here for 60 seconds.")).toBeVisible();
    await dialog.getByRole("button", { name: "Accept order" }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText("After that MeditLink cannot take it back.")).toBeVisible();
    await page.keyboard.press("z");
    await expect(page.getByText(`Order ${order!.number}: taken back, nothing was sent.`).first()).toBeVisible();
    await expect(page.getByRole("button", { name: "Accept order" })).toBeVisible();
    expect(await truthOf(vendors, order!.number)).toMatchObject({ status: "PENDING", counts: { accepted: 0 } });
  });
});

test("an admin has decisions leave at once: nothing offers to take one back, and the vendor has it", async ({
  page,
  vendors,
}) => {
  test.setTimeout(240_000);
  const [order] = await adminWithOrders(page, vendors, 1);
  await page.goto("/settings?section=organisation");
  await page.getByLabel("Time to take a decision back, in seconds").fill("0");
  const kept = page.waitForResponse((answer) => answer.request().postDataJSON()?.undoSeconds === 0);
  await page.getByRole("button", { name: "Save organisation" }).click();
  expect((await kept).status()).toBe(200);
  await whileDecisionsWait(page, 0, async () => {
    await page.goto(`/orders/${order!.id}`);
    await page.keyboard.press("a");
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByText(/You can take it back/)).toHaveCount(0);
    await dialog.getByRole("button", { name: "Accept order" }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText(/Accepted by Frauke Petersen/).first()).toBeVisible(CONFIRMED);
    expect(await truthOf(vendors, order!.number)).toMatchObject({ status: "ACCEPTED", counts: { accepted: 1 } });
  });
});

test("in the deck one key takes the last decision back, another puts an order aside, and the end counts what stands", async ({
  page,
  vendors,
}) => {
  test.setTimeout(180_000);
  const orders = await adminWithOrders(page, vendors, 2);
  const list = await tagOrders(
    page,
    orders.map(({ id }) => id),
    `aside ${orders[0]!.number}`,
  );
  await whileDecisionsWait(page, 60, async () => {
    await page.goto(`/triage?${list}`);
    await expect(page.getByText("1 of 2")).toBeVisible();
    await page.keyboard.press("a");
    await expect(page.getByText("2 of 2")).toBeVisible();
    await expect(page.getByText("After that MeditLink cannot take it back.")).toBeVisible();
    await page.keyboard.press("z");
    await expect(page.getByText("1 of 2")).toBeVisible();
    await page.keyboard.press("h");
    const dialog = page.getByRole("dialog", { name: /on hold\?/ });
    await dialog.getByLabel("Reason").selectOption({ label: "Bite missing" });
    await dialog.getByRole("button", { name: "Put on hold" }).press("Enter");
    await expect(page.getByText("2 of 2")).toBeVisible();
    await page.keyboard.press("j");
    await expect(page.getByText("0 accepted, 0 rejected, 1 skipped, 1 on hold.")).toBeVisible();
  });
  for (const { number } of orders) expect(await truthOf(vendors, number)).toMatchObject({ status: "PENDING" });
});

test("an order is put on hold with a reason and a day, has its view, and is taken up again", async ({
  page,
  vendors,
}) => {
  test.setTimeout(120_000);
  const [order] = await adminWithOrders(page, vendors, 1);
  await page.goto(`/orders/${order!.id}`);
  await page.keyboard.press("h");
  const dialog = page.getByRole("dialog", { name: `Put order ${order!.number} on hold?` });
  await dialog.getByRole("button", { name: "Put on hold" }).click();
  await expect(dialog.getByText("Choose a reason.")).toBeVisible();
  await dialog.getByLabel("Reason").selectOption({ label: "Bite missing" });
  await dialog.getByRole("button", { name: "Put on hold" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/On hold until .*: Scan missing: Bite missing/)).toBeVisible();
  const { items } = (await (await page.request.get("/api/orders?view=on_hold")).json()) as { items: { id: string }[] };
  expect(items.map(({ id }) => id)).toContain(order!.id);
  await page.getByRole("button", { name: "Take up again" }).click();
  await expect(page.getByRole("button", { name: "Take up again" })).toBeHidden();
});

test("an admin adds a reason of the lab's own and switches one off; the reject window offers them so", async ({
  page,
  vendors,
}) => {
  test.setTimeout(120_000);
  const [order] = await adminWithOrders(page, vendors, 1);
  const own = `Own reason ${Date.now()}`;
  await page.goto("/settings?section=reasons");
  await page.getByLabel("Name", { exact: true }).fill(own);
  await page.getByRole("button", { name: "Add a reason" }).click();
  await expect(page.getByLabel(`Name of ${own}`)).toBeVisible();
  await page.getByRole("button", { name: "Switch off: Price not agreed" }).click();
  await expect(page.getByRole("button", { name: "Switch on: Price not agreed" })).toBeVisible();
  await page.goto(`/orders/${order!.id}`);
  await page.getByRole("button", { name: "Reject order" }).click();
  const reasons = page.getByRole("dialog").getByLabel("Reason");
  await expect(reasons.getByRole("option", { name: own })).toHaveCount(1);
  await expect(reasons.getByRole("option", { name: "Price not agreed" })).toHaveCount(0);
  await page.request.patch("/api/reasons/commercial.price", { data: { off: false } });
});
