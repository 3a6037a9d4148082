import { gzipSync } from "node:zlib";
import { chromium, type Page } from "@playwright/test";
import { chromiumFromNpm } from "#bin/chromium-from-npm.ts";
import type { BenchLab } from "./fill-database.ts";
import { quantile } from "./measure-server.ts";

export type BrowserFigures = {
  /** Compressed bytes of script that the inbox asks for. */
  scriptBytes: number;
  /** ms from the key press to the frame with the next order, fetched ahead. */
  nextOrderP95: number;
  /** ms from a click in the rail to the frame with the other page. */
  routeP95: number;
  /** ms from input to the next paint (Event Timing, in steps of 8) over everything done meanwhile. */
  interactionP95: number;
};

const STEPS = 30;
const PLACES = [
  ["/settings", "Settings"],
  ["/orders", "Inbox"],
] as const;

type Wanted = { event: "click" | "keydown"; path: string; title: string };

/** Drives the inbox of the large lab in a real browser, drawn without a graphics card. */
export async function measureBrowser(portal: string, lab: BenchLab): Promise<BrowserFigures> {
  const { executablePath, env } = await chromiumFromNpm();
  const browser = await chromium.launch({
    executablePath,
    env: { ...(process.env as Record<string, string>), ...env },
    args: ["--disable-background-networking"],
  });
  try {
    const page = await browser.newPage({ baseURL: portal, viewport: { width: 1440, height: 900 } });
    await page.addInitScript(watchInteractions);
    await signIn(page, lab);
    const scriptBytes = await firstLoad(page);
    await page.goto("/orders");
    const routes = await switchPages(page);
    const interactions = await interactionsOf(page);
    const next = await stepThrough(page, lab);
    interactions.push(...(await interactionsOf(page)));
    return {
      scriptBytes,
      routeP95: quantile(routes, 0.95),
      nextOrderP95: quantile(next, 0.95),
      interactionP95: quantile(interactions, 0.95),
    };
  } finally {
    await browser.close();
  }
}

function watchInteractions(): void {
  const seen: number[] = [];
  Object.assign(window, { interactions: seen });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if ((entry as PerformanceEventTiming).interactionId) seen.push(entry.duration);
  }).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
}

function interactionsOf(page: Page): Promise<number[]> {
  return page.evaluate(() => (window as unknown as { interactions: number[] }).interactions);
}

async function signIn(page: Page, { email, password }: BenchLab): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel(/^e-?mail/i).fill(email);
  await page.getByLabel(/^password/i).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(/\/orders/);
}

/** Compressed bytes of the scripts that the inbox names, bodies alone; what is loaded on demand or ahead is not among them. */
async function firstLoad(page: Page): Promise<number> {
  const inbox = await (await page.request.get("/orders")).text();
  const tags = inbox.match(/<script[^>]*\ssrc="[^"]+"[^>]*>/g) ?? [];
  const scripts = new Set(tags.filter((tag) => !/nomodule/i.test(tag)).map((tag) => /\ssrc="([^"]+)"/.exec(tag)![1]!));
  let bytes = 0;
  for (const address of scripts) bytes += gzipSync(await (await page.request.get(address)).body()).length;
  return bytes;
}

/** From the inbox to the settings and back. ms */
async function switchPages(page: Page): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < STEPS; i++) {
    const [href, title] = PLACES[i % 2]!;
    const took = await timed(page, { event: "click", path: href, title }, () =>
      page.locator(`nav a[href="${href}"]`).last().click(),
    );
    if (i >= 4) times.push(took);
  }
  return times;
}

/** From order to order by the key, each after its neighbours have been fetched. ms */
async function stepThrough(page: Page, { apiKey }: BenchLab): Promise<number[]> {
  const { items } = (await (
    await page.request.get(`/api/orders?limit=${STEPS + 1}`, { headers: { authorization: `Bearer ${apiKey}` } })
  ).json()) as { items: { id: string; number: string }[] };
  const fetched = new Set<string>();
  page.on("requestfinished", (request) => {
    const id = /\/api\/orders\/([^/]+)$/.exec(new URL(request.url()).pathname)?.[1];
    if (id) fetched.add(id);
  });
  await page.goto(`/orders/${items[0]!.id}`);
  const times: number[] = [];
  for (const { id, number } of items.slice(1)) {
    while (!fetched.has(id)) await page.waitForEvent("requestfinished");
    times.push(
      await timed(page, { event: "keydown", path: `/orders/${id}`, title: number }, () => page.keyboard.press("j")),
    );
  }
  return times;
}

/** @returns ms from the input's own time to the frame in which the page that it asks for has its heading */
async function timed(page: Page, wanted: Wanted, act: () => Promise<void>): Promise<number> {
  await page.evaluate(awaitHeading, wanted);
  await act();
  return page.evaluate(() => (window as unknown as { shown: Promise<number> }).shown);
}

function awaitHeading({ event, path, title }: Wanted): void {
  const shown = new Promise<number>((resolve) => {
    const began = (input: Event) => {
      const look = () =>
        location.pathname === path && document.querySelector("h1")?.textContent?.includes(title)
          ? resolve(performance.now() - input.timeStamp)
          : requestAnimationFrame(look);
      requestAnimationFrame(look);
    };
    addEventListener(event, began, { capture: true, once: true });
  });
  Object.assign(window, { shown });
}
