import { expect, type Page } from "@playwright/test";
import { signIn, test } from "./fixtures.ts";
import { linkMailedTo } from "./outbox.ts";

/** One newcomer walks through all of it, in this order. */
test.describe.configure({ mode: "serial" });

const EMAIL = `newcomer-${Date.now()}@people.example`;
const FIRST_PASSWORD = "a bench in the morning";
const PASSWORD = "a bench in the evening";

test("an invited person opens the mailed link, joins, and has the role that was chosen", async ({ page, visit }) => {
  await signIn(page, "lab-admin");
  await invite(page, EMAIL, "Technician");
  const newcomer = await visit();
  const link = await linkMailedTo(EMAIL, "/invitation");
  await newcomer.goto(link);
  await expect(newcomer.getByText(`You are invited to OneLab as ${EMAIL}.`)).toBeVisible();
  await newcomer.getByLabel("Your name").fill("Nele Neu");
  await newcomer.getByLabel("Password", { exact: true }).fill("short");
  await newcomer.getByRole("button", { name: "Join" }).click();
  await expect(newcomer.getByText(/at least 8 characters/i).first()).toBeVisible();
  await newcomer.getByLabel("Password", { exact: true }).fill(FIRST_PASSWORD);
  await newcomer.getByRole("button", { name: "Join" }).click();
  await expect(newcomer).toHaveURL(/\/orders/);
  expect(await me(newcomer)).toMatchObject({ user: { email: EMAIL, name: "Nele Neu" }, role: "technician" });
  await newcomer.goto("/settings");
  await expect(newcomer.getByRole("link", { name: "Signed-in devices" })).toBeVisible();
  await expect(newcomer.getByRole("link", { name: "Members" })).toHaveCount(0);
  expect((await newcomer.request.get("/api/invitations")).status()).toBe(403);

  await newcomer.goto(link);
  await expect(newcomer.getByText(/has been used, withdrawn or is too old/)).toBeVisible();
});

test("a forgotten password is reset by mail, and every old session ends", async ({ visit }) => {
  const before = await visit();
  await enter(before, EMAIL, FIRST_PASSWORD);
  const page = await visit();
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await expect(page.getByRole("heading", { name: "Reset your password" })).toBeVisible(); // both pages ask for the e-mail
  await page.getByLabel("E-mail").fill(EMAIL);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText(/the link is on its way/).last()).toBeVisible();
  await page.goto(await linkMailedTo(EMAIL, "/reset-password"));
  await page.getByLabel("New password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Change the password" }).click();
  await expect(page.getByText("Your password is changed. Sign in with the new one.")).toBeVisible();
  expect((await before.request.get("/api/me")).status()).toBe(401);
  await enter(page, EMAIL, PASSWORD);
});

test("a person of two organisations switches between them and sees one at a time", async ({ page, visit }) => {
  await signIn(page, "other-lab-admin");
  await invite(page, EMAIL, "Viewer");
  const person = await visit();
  await person.goto(await linkMailedTo(EMAIL, "/invitation", 1));
  await expect(person.getByText("You already have an account: enter its password.")).toBeVisible();
  await person.getByLabel("Your name").fill("Nele Neu");
  await person.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await person.getByRole("button", { name: "Join" }).click();
  await expect(person).toHaveURL(/\/orders/);
  const numbers = async () => {
    const { items } = (await (await person.request.get("/api/orders?limit=200")).json()) as { items: { id: string }[] };
    return items.map(({ id }) => id);
  };
  await choose(person, "OneLab");
  expect(await me(person)).toMatchObject({ role: "technician" });
  const atOneLab = await numbers();
  await choose(person, "Nordlab");
  expect(await me(person)).toMatchObject({ role: "viewer" });
  const atNordlab = await numbers();
  expect(atOneLab.length).toBeGreaterThan(0);
  expect(atNordlab.length).toBeGreaterThan(0);
  expect(atOneLab.filter((id) => atNordlab.includes(id))).toEqual([]);
  expect((await person.request.get(`/api/orders/${atOneLab[0]}`)).status()).toBe(404);
});

test("a device that was left signed in is signed out from another one", async ({ visit }) => {
  const left = await visit();
  await enter(left, EMAIL, PASSWORD);
  const here = await visit();
  await enter(here, EMAIL, PASSWORD);
  await here.goto("/settings?section=sessions");
  await expect(here.getByText("This device")).toBeVisible();
  const others = here.getByRole("button", { name: "Revoke" });
  await expect(others.first()).toBeVisible();
  for (let count = await others.count(); count > 0; count--) {
    await others.first().click();
    await expect(others).toHaveCount(count - 1);
  }
  expect((await left.request.get("/api/me")).status()).toBe(401);
  await left.goto("/orders");
  await expect(left).toHaveURL(/\/sign-in/);
  expect((await here.request.get("/api/me")).status()).toBe(200);
});

test("a removed member is out at once", async ({ page, visit }) => {
  const person = await visit();
  await enter(person, EMAIL, PASSWORD);
  await signIn(page, "lab-admin");
  await remove(page, "Nele Neu");
  expect(await me(person)).toMatchObject({ role: "viewer" }); // what is left is the other organisation
  await page.context().clearCookies();
  await signIn(page, "other-lab-admin");
  await remove(page, "Nele Neu");
  expect((await person.request.get("/api/orders")).status()).toBe(401);
  await person.goto("/orders");
  await expect(person).toHaveURL(/\/sign-in/);
});

test("an API key is shown once, opens the API as its role, and ends when it is revoked", async ({ page, baseURL }) => {
  await signIn(page, "other-lab-admin");
  await page.goto("/settings?section=apiKeys");
  await page.getByRole("button", { name: "New key" }).click();
  const dialog = page.getByRole("dialog");
  const name = `robot ${Date.now()}`;
  await dialog.getByLabel("What it is for").fill(name);
  await dialog.getByLabel("Role").selectOption("viewer");
  await dialog.getByRole("button", { name: "Create key" }).click();
  await expect(dialog.getByText("This key is shown once.")).toBeVisible();
  const key = (await dialog.locator("code").textContent()) ?? "";
  await dialog.getByRole("button", { name: "Close" }).first().click();
  const row = page.getByRole("main").getByRole("listitem").filter({ hasText: name });
  await expect(row).toBeVisible();
  await expect(page.getByText(key)).toHaveCount(0);

  const call = (path: string, method = "GET") =>
    fetch(`${baseURL}${path}`, { method, headers: { Authorization: `Bearer ${key}` } }).then(({ status }) => status);
  expect(await call("/api/orders")).toBe(200);
  expect(await call("/api/invitations")).toBe(403);
  await row.getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByRole("dialog")).toBeHidden(); // behind an open dialog the list has no roles
  await expect(row).toHaveCount(0);
  expect(await call("/api/orders")).toBe(401);
});

test("a portal that is set up cannot be set up again, whatever the link", async ({ page }) => {
  await page.goto(`/set-up?token=${"x".repeat(43)}`);
  await expect(page.getByText("Casebench is already set up. Sign in instead.")).toBeVisible();
  await expect(page.getByLabel("Name of the organisation")).toHaveCount(0);
  await page.getByRole("link", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
});

async function invite(page: Page, email: string, role: string): Promise<void> {
  await page.goto("/settings?section=members");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Invite somebody" });
  await dialog.getByLabel("E-mail").fill(email);
  await dialog.getByLabel("Role").selectOption(role.toLowerCase());
  await dialog.getByRole("button", { name: "Send invitation" }).click();
  await expect(page.getByRole("main").getByRole("listitem").filter({ hasText: email })).toBeVisible();
}

async function remove(page: Page, name: string): Promise<void> {
  await page.goto("/settings?section=members");
  const row = page.getByRole("main").getByRole("listitem").filter({ hasText: EMAIL });
  await row.getByRole("button", { name: "Remove" }).click();
  const dialog = page.getByRole("dialog", { name: `Remove ${name}?` });
  await dialog.getByRole("button", { name: "Remove" }).click();
  await expect(dialog).toBeHidden(); // behind an open dialog the list has no roles
  await expect(row).toHaveCount(0);
}

async function enter(page: Page, email: string, password: string): Promise<void> {
  if (!page.url().includes("/sign-in")) await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(/\/orders/);
}

async function choose(page: Page, organisation: string): Promise<void> {
  await page.getByRole("button", { name: "Switch organisation" }).click();
  await page.getByRole("menuitemradio", { name: organisation }).click();
  await expect(page.getByRole("button", { name: "Switch organisation" })).toHaveText(organisation);
}

async function me(page: Page): Promise<unknown> {
  return (await page.request.get("/api/me")).json();
}
