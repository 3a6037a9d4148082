import { expect } from "@playwright/test";
import { signIn, test } from "./fixtures.ts";

type Order = { id: string; number: string; contradictionCount: number };

test("what contradicts itself in an order is marked in the list, on the chart and in words", async ({ page }) => {
  await signIn(page, "lab-technician");
  const { items } = (await (await page.request.get("/api/orders?limit=200")).json()) as { items: Order[] };
  const doubtful = items.find((order) => order.contradictionCount > 0)!;
  const sound = items.find((order) => order.contradictionCount === 0)!;
  await page.goto(`/orders?q=${doubtful.number}`);
  await expect(page.getByRole("img", { name: /contradiction/i }).first()).toBeVisible();
  const detail = (await (await page.request.get(`/api/orders/${doubtful.id}`)).json()) as {
    contradictions: { id: string; sentence: string }[];
  };
  await page.goto(`/orders/${doubtful.id}`);
  for (const { sentence } of detail.contradictions) await expect(page.getByText(sentence).first()).toBeVisible();
  expect(detail.contradictions).toHaveLength(doubtful.contradictionCount);
  await page.goto(`/orders/${sound.id}`);
  await expect(page.getByRole("heading", { name: "Prescription" })).toBeVisible();
  await expect(page.getByText(/do(es)? not fit/)).toHaveCount(0);
});
