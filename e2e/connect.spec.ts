import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { signIn, test } from "./fixtures.ts";
import { CONFIRMED, MEDITLINK, placeOrders, truthOf, waitForScans } from "./orders-of-our-own.ts";
import { DRAWN, ScanViewerPage } from "./scan-viewer-page.ts";

// One lab's first morning, in order: its admin connects the account, its technician works.
test.describe.configure({ mode: "serial" });

async function signInAtMeditLink(page: Page, email: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill("sandbox");
  await page.getByRole("button", { name: "Log in" }).click();
}

test("an admin who declines at MeditLink is told so and can begin again", async ({ page }) => {
  await signIn(page, "lab-admin");
  await page.goto("/connections");
  await page.getByRole("link", { name: "Connect MeditLink" }).click();
  await signInAtMeditLink(page, "lab@onelab.example");
  await page.getByRole("button", { name: "Deny" }).click();
  await expect(page).toHaveURL(/\/connections\?problem=consent_declined/);
  await expect(page.getByRole("alert").filter({ hasText: "The account was not connected" })).toBeVisible();
});

test("an answer from MeditLink that nobody here asked for connects nothing", async ({ page, vendors }) => {
  await signIn(page, "lab-admin");
  const before = await vendors.get<{ calls: unknown[] }>("/token-calls");
  await page.goto(`/api/oauth/meditlink/callback?code=${"a".repeat(32)}&state=${"b".repeat(43)}`);
  await expect(page).toHaveURL(/\/connections\?problem=oauth_state/);
  expect(JSON.stringify(await vendors.get("/token-calls"))).toBe(JSON.stringify(before));
});

test("an admin connects the lab's MeditLink account through the consent page", async ({ page }) => {
  await signIn(page, "lab-admin");
  await page.goto("/connections");
  await page.getByRole("link", { name: "Connect MeditLink" }).click();
  await signInAtMeditLink(page, "lab@onelab.example");
  await page.getByRole("button", { name: "Allow" }).click();
  await expect(page).toHaveURL(/\/connections/);
  await expect(page.getByText("lab@onelab.example is connected")).toBeVisible();
  await expect(page.getByText("OneLab").first()).toBeVisible();
});

test("within a minute the technician sees the lab's orders, opens one and accepts it once", async ({
  page,
  vendors,
}) => {
  test.setTimeout(240_000);
  await signIn(page, "lab-technician");
  const [order] = await placeOrders(page, vendors, { clinic: MEDITLINK.davis, lab: MEDITLINK.onelab, count: 1 });
  const { id, number } = order!;
  await page.goto("/orders");
  await page.getByRole("searchbox").fill(number);
  await page.getByRole("row").filter({ hasText: number }).getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(`/orders/${id}`));
  await expect(
    page
      .getByRole("img", { name: /Tooth chart/ })
      .or(page.getByRole("group", { name: /Tooth chart/ }))
      .first(),
  ).toBeVisible();
  await page.getByRole("button", { name: "Accept order" }).click();
  const dialog = page.getByRole("dialog", { name: `Accept order ${number}?` });
  await expect(dialog.getByText("will e-mail the clinic")).toBeVisible();
  await dialog.getByRole("button", { name: "Accept order" }).click();
  await expect(page.getByText(/Accepted by Tomas Reyes/).first()).toBeVisible(CONFIRMED);
  await expect(page.getByRole("button", { name: "Accept order" })).toHaveCount(0);
  expect(await truthOf(vendors, number)).toMatchObject({ status: "ACCEPTED", counts: { accepted: 1 } });
});

test("both jaws of a case turn in 3D, first coarse, then exact to a micrometre", async ({ page, vendors }) => {
  test.setTimeout(240_000);
  await signIn(page, "lab-technician");
  const [order] = await placeOrders(page, vendors, { clinic: MEDITLINK.davis, lab: MEDITLINK.onelab, count: 1 });
  const { id } = order!;
  await waitForScans(page, id);
  await page.goto(`/orders/${id}`);
  const viewer = new ScanViewerPage(page);
  await viewer.waitForState("full", 90_000);
  expect(await viewer.triangles()).toBeGreaterThan(5_000);
  await expect.poll(() => viewer.brightnessLevels(), DRAWN).toBeGreaterThan(15);
  const both = await viewer.triangles();
  await viewer.setVisibility("Lower jaw", "Hide");
  await expect.poll(() => viewer.triangles()).toBeLessThan(both);
  await viewer.showView("Upper");
  await viewer.drag(120, 40);
  await expect.poll(() => viewer.brightnessLevels(), DRAWN).toBeGreaterThan(15);
});

test("an account that is connected already is renewed, not doubled", async ({ page }) => {
  await signIn(page, "lab-admin");
  await page.goto("/connections");
  await page.getByRole("link", { name: "Connect MeditLink" }).click();
  await signInAtMeditLink(page, "lab@onelab.example");
  await page.getByRole("button", { name: "Allow" }).click();
  await expect(page).toHaveURL(/\/connections/);
  const { items } = (await (await page.request.get("/api/connections")).json()) as { items: { vendor: string }[] };
  expect(items.filter(({ vendor }) => vendor === "meditlink")).toHaveLength(1);
});
