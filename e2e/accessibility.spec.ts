import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { signIn, test } from "./fixtures.ts";

async function expectNoFindings(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  const findings = violations.flatMap((v) => v.nodes.map((node) => `${where}: ${v.id}: ${node.target.join(" ")}`));
  expect(findings).toEqual([]);
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`every page passes the accessibility check, ${colorScheme}`, async ({ page }) => {
    test.setTimeout(150_000);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto("/sign-in");
    await expectNoFindings(page, "sign-in");
    await signIn(page, "other-lab-admin");
    await expect(page.getByRole("row").nth(1)).toBeVisible();
    await expectNoFindings(page, "inbox");
    const { items } = (await (await page.request.get("/api/orders?limit=1")).json()) as { items: { id: string }[] };
    await page.goto(`/orders/${items[0]!.id}`);
    await expect(page.getByRole("heading", { name: "Prescription" })).toBeVisible();
    await expectNoFindings(page, "order");
    await page.goto("/connections");
    await expect(page.getByRole("button", { name: "Sync now" }).first()).toBeVisible();
    await expectNoFindings(page, "connections");
    await page.goto("/settings");
    await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
    await expectNoFindings(page, "settings");
  });
}

for (const colorScheme of ["light", "dark"] as const)
  test(`what opens over a page passes the accessibility check, ${colorScheme}`, async ({ page }) => {
    test.setTimeout(180_000);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const path of ["/forgot-password", "/reset-password?token=x", "/invitation?token=x"]) {
      await page.goto(path);
      await expect(page.getByRole("heading").first()).toBeVisible();
      await expectNoFindings(page, path);
    }
    await signIn(page, "other-lab-technician");
    await expect(page.getByRole("row").nth(1)).toBeVisible();
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
    await expectNoFindings(page, "keys");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("combobox", { name: "Commands" })).toBeFocused();
    await expectNoFindings(page, "palette");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
    for (const key of ["j", "x", "e"]) await page.keyboard.press(key);
    await expect(page.getByRole("dialog", { name: /^Assign and tag/ })).toBeVisible();
    await expectNoFindings(page, "assign");
    const connections = (await (await page.request.get("/api/connections")).json()) as { items: { id: string }[] };
    const orders = (await (await page.request.get("/api/orders?limit=50")).json()) as {
      items: { clinic: { id: string } | null }[];
    };
    const clinic = orders.items.find((order) => order.clinic?.id)!.clinic!;
    for (const path of [`/connections/${connections.items[0]!.id}`, `/clinics/${clinic.id}`]) {
      await page.goto(path);
      await expect(page.getByRole("heading").first()).toBeVisible();
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
      await expectNoFindings(page, path);
    }
  });

for (const [who, paths] of [
  [
    "other-lab-admin",
    [
      "/cases",
      "/triage",
      "/viewer",
      "/api-reference",
      "/settings?section=files",
      "/settings?section=sessions",
      "/settings?section=reasons",
      "/settings?section=members",
      "/settings?section=notifications",
      "/settings?section=apiKeys",
      "/settings?section=organisation",
      "/settings?section=audit",
    ],
  ],
  ["clinic-admin", ["/orders", "/cases", "/connections", "/settings"]],
] as const)
  test(`what the ${who.replace("other-", "").replace("-", "'s ")} has beside the inbox passes the accessibility check`, async ({
    page,
  }) => {
    test.setTimeout(150_000);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await signIn(page, who);
    for (const path of paths) {
      await page.goto(path);
      await expect(page.getByRole("heading").first()).toBeVisible();
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
      await expectNoFindings(page, path);
    }
  });
