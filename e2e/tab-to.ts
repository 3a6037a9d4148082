import { expect, type Locator, type Page } from "@playwright/test";

/** More stops than any page has between two things that are used one after the other. */
const FARTHEST = 150;

/** Goes to a control with the Tab key alone. Wherever it stops on the way, the eye must find the focus. */
export async function tabTo(page: Page, target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  await expect(target).toBeVisible();
  for (let stop = 0; stop < FARTHEST; stop++) {
    if (await target.evaluate((control) => control === document.activeElement)) return;
    await page.keyboard.press(key);
    const unseen = await page.evaluate(findUnseenFocus);
    if (unseen) throw new Error(`nobody sees that the focus is on ${unseen}`);
  }
  throw new Error(`${target} is not reached with ${key}`);
}

/** Goes to a control with the Tab key and presses it. */
export async function pressByKey(page: Page, target: Locator, key: "Enter" | "Space" = "Enter"): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

/** @returns the control with the focus when it has no outline or lies under something else; null when it can be seen */
function findUnseenFocus(): string | null {
  const focused = document.activeElement;
  // The window itself, the page and a list hold the focus between two controls.
  if (!focused || focused === document.body || focused.getAttribute("tabindex") === "-1") return null;
  if (focused instanceof SVGElement || focused.matches("[type=date],audio")) return null; // a tooth, or a part of it, lights up
  const name = focused.outerHTML.slice(0, 160);
  // A field may stand in a box with other things, which is what lights up.
  const { outlineStyle, outlineWidth, visibility } = getComputedStyle(focused.closest(".field-box") ?? focused);
  if (outlineStyle === "none" || Number.parseFloat(outlineWidth) < 1 || visibility === "hidden") return name;
  const { left, top, right, bottom } = focused.getBoundingClientRect();
  const isSeenAt = ([x, y]: [number, number]) => {
    const there = document.elementFromPoint(x, y);
    return there === null || focused.contains(there) || there.contains(focused);
  };
  const places: [number, number][] = [
    [left + 3, top + 3],
    [right - 3, top + 3],
    [left + 3, bottom - 3],
    [right - 3, bottom - 3],
  ];
  return places.some(isSeenAt) ? null : `${name} under something`;
}
