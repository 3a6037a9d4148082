import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { signIn, test } from "./fixtures.ts";
import { MEDITLINK, placeOrders } from "./orders-of-our-own.ts";

type Connection = { id: string; vendor: string; vendorName: string };

async function connectionOf(page: Page, vendor: string): Promise<Connection> {
  const { items } = (await (await page.request.get("/api/connections")).json()) as { items: Connection[] };
  const connection = items.find((one) => one.vendor === vendor);
  if (!connection) throw new Error(`no ${vendor} connection`);
  return connection;
}

async function expectNoFindings(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.target.join(" ")}`)).toEqual([]);
}

test("an admin sees how an account stands: sign-in, rights, health, its own address, and asks the vendor about the sign-in", async ({
  page,
}) => {
  await signIn(page, "other-lab-admin");
  const { id } = await connectionOf(page, "meditlink");
  await page.goto("/connections");
  await page.locator(`a[href="/connections/${id}"]`).click();
  await expect(page.getByRole("heading", { name: "What this account can do" })).toBeVisible();
  await expect(page.getByText("Read orders")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Nightly comparison" })).toBeVisible();
  await expect(page.getByText("Am Sandtorkai 40")).toBeVisible();
  await page.getByRole("button", { name: "Check now" }).click();
  await expect(page.getByText("accepted by the vendor")).toBeVisible();
  await page.getByRole("textbox", { name: /E-mail/ }).fill(MEDITLINK.nordlab);
  await page.getByRole("button", { name: "Look up" }).click();
  await expect(page.getByText("Frauke Petersen").last()).toBeVisible();
  await expectNoFindings(page);
});

test("a technician goes from an order to its clinic: how to reach it, and what else it ordered", async ({
  page,
  vendors,
}) => {
  test.setTimeout(150_000);
  await signIn(page, "other-lab-technician");
  const [order] = await placeOrders(page, vendors, { clinic: MEDITLINK.davis, lab: MEDITLINK.nordlab, count: 1 });
  await page.goto(`/orders/${order!.id}`);
  await page.getByRole("link", { name: "D.Davis", exact: true }).click();
  await expect(page).toHaveURL(/\/clinics\//);
  await expect(page.getByRole("heading", { name: "D.Davis" })).toBeVisible();
  await expect(page.getByText("2193-9600")).toBeVisible();
  await expect(page.getByRole("img", { name: "Logo of D.Davis" })).toBeVisible();
  await expect(page.getByRole("link").filter({ hasText: order!.number })).toBeVisible();
  await expectNoFindings(page);
});

test("a clinic finds a case of its own by name and status, and opens its form", async ({ page }) => {
  await signIn(page, "clinic-staff");
  await page.goto("/cases");
  const found = page.getByRole("region", { name: "Cases found" });
  await expect(found.getByRole("button").first()).toBeVisible();
  const { id } = await connectionOf(page, "meditlink");
  const { items } = (await (await page.request.get(`/api/connections/${id}/cases`)).json()) as {
    items: { name: string; status: string }[];
  };
  const wanted = items.find((one) => one.name)!;
  await page.getByLabel("Case name").fill(wanted.name);
  await page.getByLabel("Status").selectOption(wanted.status);
  await page.getByRole("button", { name: "Search" }).click();
  const first = found.getByRole("listitem").first().getByRole("button");
  await expect(first).toContainText(wanted.name);
  await first.click();
  await expect(page.getByRole("heading", { name: "Prescription" })).toBeVisible();
  await expectNoFindings(page);
  await page.getByLabel("Case name").fill("nobody's case at all");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByText("No case found")).toBeVisible();
});
