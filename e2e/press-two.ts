import type { Page } from "@playwright/test";

/**
 * Two keys as a hand presses them: the second follows at once, and does not wait until a busy page has answered the first, which may
 * take longer than the time in which two keys belong together.
 */
export async function pressTwo(page: Page, first: string, second: string): Promise<void> {
  await Promise.all([page.keyboard.press(first), page.keyboard.press(second)]);
}
