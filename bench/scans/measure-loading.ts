import { readFileSync } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type LaunchOptions, type Page } from "@playwright/test";
import { installProbe, PROBE_OPTIONS, type Probe } from "./frame-probe.ts";
import type { LineSpeed, SlowLine } from "./slow-line.ts";

/** A page that shows scans, and how a person makes it do so once its code is there. */
export type Contender = {
  name: string;
  url: string;
  line: SlowLine;
  context?: BrowserContextOptions;
  /** Waits until the page is at rest: everything it brings along by itself is there. */
  settle(page: Page): Promise<void>;
  /** Runs in the page; the clock starts in the same turn. */
  open: string;
  /** Goes back to where the page was opened from; null: there is no way back. */
  leave: ((page: Page) => Promise<void>) | null;
  /** Meshes in the complete picture, and their triangles at full detail. */
  meshes: number;
  triangles: number;
};

export type Loading = {
  /** From the click until every mesh is on screen, in whatever detail; and until all are whole. ms */
  firstMs: number;
  fullMs: number;
  /** Sent between the click and the first picture; and until the whole one. */
  firstBytes: number;
  fullBytes: number;
};

export type Burden = {
  /** Longest task of the page's main thread, ms; under 50 ms counts as 0, for browsers do not tell. */
  longestTaskMs: number;
  /** How much the page's process grew at its peak, bytes. */
  memoryGrowth: number;
  /** Pictures drawn in a second in which nothing moves. */
  idleFrames: number;
  /** How much larger than before it still is after the scans were left, bytes; null where they cannot be. */
  keptMemory: number | null;
};

const SETTLE_MS = 120_000;
const SAMPLE_MS = 25;
/** How often the page is asked whether it is done. Asking takes its time; what it answers was noted when it happened. */
const ASK_EVERY_MS = 250;
/** What still happens after the last frame counts as well. */
const AFTER_MS = 500;
const IDLE_MS = 1_000;
/** Until a process has given memory back that nothing holds any more. */
const RELEASE_MS = 3_000;

/** How long the contender takes, with a cold cache in a browser of its own. */
export async function measureLoading(
  browserOptions: LaunchOptions,
  contender: Contender,
  speed: LineSpeed,
): Promise<Loading> {
  return inFreshBrowser(browserOptions, contender, true, async (page) => {
    contender.line.setSpeed(speed);
    const before = contender.line.bytes();
    const stamps: { at: number; bytes: number }[] = [];
    const sampling = setInterval(() => stamps.push({ at: performance.now(), bytes: contender.line.bytes() }), 5);
    const began = performance.now();
    await page.evaluate(contender.open);
    const probe = await waitUntilFull(page, contender);
    clearInterval(sampling);
    contender.line.setSpeed("as it is");
    const firstMs = probe.frames[0]!.at - probe.start;
    const sentBy = (ms: number) => (stamps.findLast(({ at }) => at - began <= ms)?.bytes ?? before) - before;
    const fullMs = fullFrame(probe, contender)!.at - probe.start;
    return { firstMs, fullMs, firstBytes: sentBy(firstMs), fullBytes: sentBy(fullMs) };
  });
}

/** What the contender asks of the machine; the picture is not waited for, so that only its own work counts. */
export async function measureBurden(browserOptions: LaunchOptions, contender: Contender): Promise<Burden> {
  return inFreshBrowser(browserOptions, contender, false, async (page, browser) => {
    const renderers = await renderersOf(browser);
    const before = memoryOf(renderers);
    let peak = before;
    const sampling = setInterval(() => {
      peak = Math.max(peak, memoryOf(renderers));
    }, SAMPLE_MS);
    await page.evaluate(contender.open);
    await waitUntilFull(page, contender);
    await page.waitForTimeout(AFTER_MS);
    clearInterval(sampling);
    const probe = await readProbe(page);
    const tasks = probe.longTasks.filter(({ at, ms }) => at + ms > probe.start).map(({ ms }) => ms);
    await page.waitForTimeout(IDLE_MS);
    const idleFrames = (await readProbe(page)).frames.length - probe.frames.length;
    const keptMemory = contender.leave ? (await memoryAfterLeaving(page, contender.leave, renderers)) - before : null;
    return { longestTaskMs: Math.max(0, ...tasks), memoryGrowth: peak - before, idleFrames, keptMemory };
  });
}

async function memoryAfterLeaving(
  page: Page,
  leave: NonNullable<Contender["leave"]>,
  renderers: readonly number[],
): Promise<number> {
  await leave(page);
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  await page.waitForTimeout(RELEASE_MS);
  await session.send("HeapProfiler.collectGarbage");
  return memoryOf(renderers);
}

async function inFreshBrowser<T>(
  options: LaunchOptions,
  contender: Contender,
  waits: boolean,
  work: (page: Page, browser: Browser) => Promise<T>,
): Promise<T> {
  const browser = await chromium.launch(options);
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...contender.context });
    const page = await context.newPage();
    await page.addInitScript(installProbe, { needed: contender.meshes, waits, ...PROBE_OPTIONS });
    await page.goto(contender.url);
    await contender.settle(page);
    return await work(page, browser);
  } finally {
    await browser.close();
  }
}

async function waitUntilFull(page: Page, contender: Contender): Promise<Probe> {
  const deadline = performance.now() + SETTLE_MS;
  for (;;) {
    await page.waitForTimeout(ASK_EVERY_MS);
    const probe = await readProbe(page);
    if (fullFrame(probe, contender)) return probe;
    if (performance.now() > deadline) throw new Error(`${contender.name} showed nothing: ${JSON.stringify(probe)}`);
  }
}

function fullFrame({ frames }: Probe, { triangles }: Contender) {
  return frames.find((frame) => frame.triangles >= triangles * 0.99);
}

function readProbe(page: Page): Promise<Probe> {
  return page.evaluate(() => (window as unknown as { benchProbe: Probe }).benchProbe);
}

/** The processes that run pages and their workers. */
async function renderersOf(browser: Browser): Promise<number[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  return processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
}

/** Resident memory together, bytes; Linux only. */
function memoryOf(processes: readonly number[]): number {
  return processes.reduce((sum, id) => sum + Number(readFileSync(`/proc/${id}/statm`, "utf8").split(" ")[1]) * 4096, 0);
}
