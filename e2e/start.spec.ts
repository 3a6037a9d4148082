import { expect } from "@playwright/test";
import { signIn, test } from "./fixtures.ts";
import { runCommand } from "./run-command.ts";

test("the portal that npm start prints is ready", async ({ request }) => {
  expect((await request.get("/api/health/ready")).status()).toBe(200);
  expect((await request.get("/api/health/live")).status()).toBe(200);
});

test("a connection is kept open for longer than the proxies and programs in front of the portal keep theirs", async ({
  request,
}) => {
  expect((await request.get("/api/health/live")).headers()["keep-alive"]).toBe("timeout=75");
});

test("a person of the demo data signs in and sees the inbox", async ({ page }) => {
  await signIn(page, "lab-technician");
  await expect(page.getByRole("main")).toBeVisible();
});

test("the sandbox vendors answer on their control port", async ({ vendors }) => {
  expect((await vendors.get<{ orders: number }>("/health")).orders).toBeGreaterThanOrEqual(200);
});

test("a second npm start on the same data directory says where the first one is", async ({ baseURL }) => {
  const { code, stderr } = await runCommand("start.mjs");
  expect(code).toBe(1);
  expect(stderr).toContain(`running on this data directory already: ${baseURL}`);
});

test("an administrator's commands find the database of the running portal", async () => {
  const doctor = await runCommand("portal.mjs", "doctor", "--json");
  const { findings } = JSON.parse(doctor.stdout) as { findings: { name: string; ok: boolean; sentence: string }[] };
  expect(findings.filter(({ ok }) => !ok)).toEqual([]);
  expect(findings.find(({ name }) => name === "Database")?.sentence).toContain("its schema is up to date");
  expect(await runCommand("portal.mjs", "audit", "verify")).toMatchObject({ code: 0 });
});

test("the portal can be installed: its manifest and every icon of it are there without signing in", async ({
  page,
}) => {
  await page.goto("/sign-in");
  const address = await page.locator('link[rel="manifest"]').getAttribute("href");
  const manifest = (await (await page.request.get(address!)).json()) as {
    start_url: string;
    display: string;
    icons: { src: string; sizes: string; purpose?: string }[];
  };
  expect(manifest).toMatchObject({ start_url: "/orders", display: "standalone" });
  expect(manifest.icons.map((icon) => icon.sizes)).toEqual(expect.arrayContaining(["192x192", "512x512"]));
  for (const { src } of manifest.icons) {
    const icon = await page.request.get(src);
    expect(icon.status()).toBe(200);
    expect(icon.headers()["content-type"]).toBe("image/png");
  }
});
