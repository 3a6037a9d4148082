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

for (const [who, paths] of [
  [
    "other-lab-admin",
    [
      "/cases",
      "/triage",
      "/viewer",
      "/api-reference",
      "/settings?section=members",
      "/settings?section=notifications",
      "/settings?section=apiKeys",
      "/settings?section=organisation",
      "/settings?section=audit",
    ],
  ],
  ["clinic-admin", ["/orders", "/cases", "/connections"]],
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
