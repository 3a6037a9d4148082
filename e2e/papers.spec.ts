import { expect } from "@playwright/test";
import { extractText, getDocumentProxy } from "unpdf";
import { signIn, test } from "./fixtures.ts";

async function textOf(body: Buffer): Promise<string> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(body)), { mergePages: true });
  return text.replace(/\s+/g, " ");
}

test("a technician prints an order's papers from its page, the work ticket with one key", async ({ page }) => {
  await signIn(page, "lab-technician");
  const { items } = (await (await page.request.get("/api/orders?limit=1")).json()) as {
    items: { id: string; number: string }[];
  };
  const { id, number } = items[0]!;
  await page.goto(`/orders/${id}`);
  await page.getByRole("button", { name: "Print", exact: true }).click();
  for (const [label, title] of [
    ["Work ticket", "Work ticket"],
    ["Order form", ""],
    ["Delivery note", "Delivery note"],
    ["Single label", ""],
    ["Sheet of labels", ""],
  ] as const) {
    const href = await page.getByRole("menuitem", { name: label }).getAttribute("href");
    const answer = await page.request.get(href!);
    expect(answer.status(), label).toBe(200);
    expect(answer.headers()["content-type"]).toBe("application/pdf");
    const text = await textOf(await answer.body());
    expect(text).toContain(title);
    if (label !== "Order form") expect(text).toContain(number);
  }
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toBeHidden();
  const asked = page.context().waitForEvent("request", (request) => request.url().endsWith(`/${id}/work-ticket`));
  await page.keyboard.press("p");
  await asked;
});
