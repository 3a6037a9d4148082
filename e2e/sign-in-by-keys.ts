import { expect, type Page } from "@playwright/test";
import { type Credentials, pageListens } from "./fixtures.ts";
import { tabTo } from "./tab-to.ts";

/** Signs in without a mouse. */
export async function signInByKeys(page: Page, person: Credentials): Promise<void> {
  await page.goto("/sign-in");
  await tabTo(page, page.getByLabel(/^e-?mail/i));
  await page.keyboard.type(person.email);
  await tabTo(page, page.getByLabel(/^password/i));
  await page.keyboard.type(person.password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/orders/, { timeout: 45_000 });
  await pageListens(page);
}
