import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type BrowserContextOptions, test as base, expect, type Page } from "@playwright/test";

/** Someone of the demo organisations, as `npm start` prints them. */
export type DemoSignIn = {
  /** What the specs call them: `lab-admin`, `lab-technician`, `clinic-staff`, `other-lab-technician` … */
  who: string;
  organisation: string;
  role: string;
  email: string;
  password: string;
};

export type Credentials = Pick<DemoSignIn, "email" | "password">;

/** The addresses of the running sandbox vendors. */
export type SandboxAddresses = {
  meditlinkAuth: string;
  meditlinkApi: string;
  cadmusApi: string;
  control: string;
};

/** The sandbox's control port: the vendors' own truth, their record of our calls, and faults to arm. */
export type VendorControl = SandboxAddresses & {
  get: <T>(path: string) => Promise<T>;
  post: <T>(path: string, body?: unknown) => Promise<T>;
  delete: <T>(path: string) => Promise<T>;
};

type Fixtures = {
  vendors: VendorControl;
  /** Opens a page of somebody else: cookies of their own, the same browser. */
  visit: (options?: BrowserContextOptions) => Promise<Page>;
};

/** `test` with the running portal's vendors at hand, and pages that are opened only when they listen. */
export const test = base.extend<Fixtures>({
  page: async ({ page }, use) => {
    await use(openWhenItListens(page));
  },
  visit: async ({ browser }, use) => {
    const pages: Page[] = [];
    await use(async (options) => {
      const page = await (await browser.newContext(options)).newPage();
      pages.push(page);
      return openWhenItListens(page);
    });
    await Promise.all(pages.map((page) => page.context().close()));
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
  vendors: async ({}, use) => {
    await use(openVendorControl());
  },
});

/**
 * `goto` and `reload` come back when the page answers to keys and clicks, not when it is merely drawn: a key that is pressed
 * before React has taken the page over is lost, for a person as for a test, but a person looks and presses again.
 */
function openWhenItListens(page: Page): Page {
  const { goto, reload } = page;
  page.goto = async (...args) => {
    const response = await goto.apply(page, args);
    await pageListens(page);
    return response;
  };
  page.reload = async (...args) => {
    const response = await reload.apply(page, args);
    await pageListens(page);
    return response;
  };
  return page;
}

/** Waits until React has taken over every control of a page that is React's, and has run what it does after that. */
export async function pageListens(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const controls = [...document.querySelectorAll("body :is(a, button, input, select, textarea)")];
    const isReact = document.querySelector("script[src*='/_next/']") !== null;
    return !isReact || controls.every((control) => Object.keys(control).some((key) => key.startsWith("__react")));
  });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Signs in through the page and waits for the inbox. @param who one of the demo people, or somebody else */
export async function signIn(page: Page, who: string | Credentials): Promise<void> {
  const person = typeof who === "string" ? demoSignIn(who) : who;
  await page.goto("/sign-in");
  await page.getByLabel(/^e-?mail/i).fill(person.email);
  await page.getByLabel(/^password/i).fill(person.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(/\/orders/, { timeout: 45_000 }); // a password takes its time on a busy machine
  await pageListens(page);
}

/** One of the demo people by what the specs call them. @throws when the demo data have nobody of that name */
export function demoSignIn(who: string): DemoSignIn {
  const { signIns } = readRecord<{ signIns: DemoSignIn[] }>("demo.json");
  const person = signIns.find((candidate) => candidate.who === who);
  if (!person) throw new Error(`There is no demo sign-in "${who}", only ${signIns.map((p) => p.who).join(", ")}.`);
  return person;
}

function openVendorControl(): VendorControl {
  const addresses = readRecord<SandboxAddresses>("sandbox/announcement.json");
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${addresses.control}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path} of the control port: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  return {
    ...addresses,
    get: (path) => call("GET", path),
    post: (path, body) => call("POST", path, body),
    delete: (path) => call("DELETE", path),
  };
}

/** What the running portal wrote down in its data directory about this start. */
function readRecord<T>(name: string): T {
  return JSON.parse(readFileSync(join(process.env.E2E_DATA_DIR ?? "", name), "utf8")) as T;
}
