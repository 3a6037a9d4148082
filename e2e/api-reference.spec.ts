import AxeBuilder from "@axe-core/playwright";
import { expect } from "@playwright/test";
import { signIn, test } from "./fixtures.ts";

test("whoever programs against the portal finds an operation, reads it and tries it with their own session", async ({
  page,
}) => {
  await signIn(page, "lab-technician");
  await page.goto("/api-reference");
  const list = page.getByRole("navigation", { name: "Operations" });
  await list.getByRole("searchbox").fill("GET /api/orders list");
  await list.getByRole("link", { name: "GET /orders", exact: true }).click();
  await expect(page.getByRole("heading", { name: "List orders" })).toBeVisible();
  await expect(page.getByText("Needs the right: read")).toBeVisible();
  await page.getByLabel("limit").fill("1");
  await page.getByLabel("sort").selectOption("number");
  await page.getByRole("button", { name: "Send" }).click();
  const answer = page.getByRole("region", { name: "Answer", exact: true });
  await expect(answer.getByText("200", { exact: true })).toBeVisible();
  await expect(answer).toContainText('"total"');
});

test("a refusal is shown as the program would get it, and a vendor's own operations are there too", async ({
  page,
}) => {
  await signIn(page, "lab-viewer");
  await page.goto("/api-reference#GET-api-orders-id");
  await page.getByLabel("id").fill("00000000-0000-7000-8000-000000000000");
  await page.getByRole("button", { name: "Send" }).click();
  const answer = page.getByRole("region", { name: "Answer", exact: true });
  await expect(answer.getByText("404", { exact: true })).toBeVisible();
  await expect(answer).toContainText('"not_found"');
  await page.getByRole("searchbox").fill("meditlink acceptOrder");
  await expect(page.getByRole("navigation", { name: "Operations" }).getByRole("link")).toHaveCount(1);
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.target.join(" ")}`)).toEqual([]);
});
