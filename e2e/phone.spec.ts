import { expect } from "@playwright/test";
import { signIn, test } from "./fixtures.ts";
import { CONFIRMED, MEDITLINK, placeOrders, truthOf } from "./orders-of-our-own.ts";
import { addPerson } from "./people-of-our-own.ts";

test("on a phone a technician finds an order, reads it and accepts it with the thumb", async ({ visit, vendors }) => {
  test.setTimeout(300_000);
  const page = await visit({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
  await signIn(page, "other-lab-technician");
  const [order] = await placeOrders(page, vendors, { clinic: MEDITLINK.davis, lab: MEDITLINK.nordlab, count: 1 });
  const { id, number } = order!;
  await page.goto(`/orders?q=${number}`);
  await page.getByRole("link").filter({ hasText: number }).tap();
  await expect(page).toHaveURL(new RegExp(`/orders/${id}`));
  await expect(page.getByRole("heading", { name: "Prescription" })).toBeVisible();
  const accept = page.getByRole("button", { name: "Accept", exact: true });
  await expect(accept).toBeInViewport();
  await accept.tap();
  const dialog = page.getByRole("dialog", { name: `Accept order ${number}?` });
  await expect(dialog.getByText("This cannot be taken back there.")).toBeVisible();
  await dialog.getByRole("button", { name: "Accept order" }).tap();
  await expect(page.getByText(/Accepted by .* confirmed by MeditLink/)).toBeVisible(CONFIRMED);
  expect(await truthOf(vendors, number)).toMatchObject({ status: "ACCEPTED", counts: { accepted: 1 } });
  for (const path of ["/orders", `/orders/${id}`, "/connections", "/settings?section=files", "/viewer", "/cases"]) {
    await page.goto(path);
    await expect(page.getByRole("heading").first()).toBeVisible();
    const wider = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect({ path, wider: await wider() }).toEqual({ path, wider: 0 });
  }
});

test("on a phone an admin reads every section of the settings", async ({ visit }) => {
  test.setTimeout(180_000);
  const page = await visit({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
  await signIn(page, "other-lab-admin");
  for (const section of ["members", "notifications", "apiKeys", "audit"]) {
    await page.goto(`/settings?section=${section}`);
    await expect(page.getByRole("navigation", { name: "Sections" }).locator("[aria-current]")).toBeInViewport();
    // Words stand above their buttons where there is no room beside them.
    const narrowest = () =>
      page
        .locator("main section > header > :first-child")
        .evaluateAll((titles) => Math.min(...titles.map((title) => title.clientWidth)));
    expect({ section, isReadable: (await narrowest()) >= 200 }).toEqual({ section, isReadable: true });
  }
});

test("on a phone the five decisions of the triage deck stand in one line, in German too", async ({ visit }) => {
  test.setTimeout(120_000);
  const page = await visit({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
  await signIn(page, await addPerson("other-lab-technician", "technician"));
  expect((await page.request.patch("/api/me", { data: { locale: "de" } })).ok()).toBe(true);
  await page.goto("/triage?status=pending");
  const deck = page.locator("footer").getByRole("button");
  await expect(deck).toHaveCount(5);
  const lines = () => deck.evaluateAll((all) => new Set(all.map((one) => one.getBoundingClientRect().top)).size);
  await expect.poll(lines).toBe(1);
});
