import { expect } from "@playwright/test";
import { signIn, test } from "./fixtures.ts";

type Listed = { items: { id: string; caseName: string | null }[] };

test("a lab cannot reach another lab's order by its id, on any route", async ({ page, visit }) => {
  await signIn(page, "other-lab-technician");
  const theirs = (await (await page.request.get("/api/orders?limit=1")).json()) as Listed;
  const { id, caseName } = theirs.items[0]!;
  const scans = (await (await page.request.get(`/api/orders/${id}/scans`)).json()) as { items: { id: string }[] };
  const connections = (await (await page.request.get("/api/connections")).json()) as Listed;

  const stranger = await visit();
  await signIn(stranger, "lab-technician");
  const gets = [
    `/api/orders/${id}`,
    `/api/orders/${id}/events`,
    `/api/orders/${id}/scans`,
    `/api/orders/${id}/download`,
    `/api/orders/${id}/order-form`,
    `/api/connections/${connections.items[0]!.id}`,
    ...scans.items.flatMap((scan) => [
      `/api/scans/${scan.id}`,
      `/api/scans/${scan.id}/preview`,
      `/api/scans/${scan.id}/download`,
    ]),
  ];
  const posts = ["accept", "reject", "cancel"].map((kind) => `/api/orders/${id}/${kind}`);
  posts.push(`/api/connections/${connections.items[0]!.id}/sync`);
  for (const path of gets) expect((await stranger.request.get(path)).status(), path).toBe(404);
  for (const path of posts) expect((await stranger.request.post(path, { data: {} })).status(), path).toBe(404);
  await stranger.goto(`/orders/${id}`);
  await expect(stranger.getByText("Nothing here").first()).toBeVisible();
  if (caseName) await expect(stranger.getByText(caseName)).toHaveCount(0);
});

test("nobody sees anything without signing in", async ({ page, request }) => {
  for (const path of ["/api/orders", "/api/me", "/api/connections", "/api/events"]) {
    const answer = await request.get(path);
    expect(answer.status(), path).toBe(401);
    expect(await answer.json()).toMatchObject({ code: "not_signed_in", status: 401 });
  }
  await page.goto("/orders");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("signing out ends the session for the server, not only for the screen", async ({ page, context }) => {
  await signIn(page, "other-lab-admin");
  const cookies = await context.cookies();
  await page.getByRole("button", { name: /Menu of/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await context.addCookies(cookies); // as if the cookie had been copied before
  expect((await page.request.get("/api/me")).status()).toBe(401);
});
