import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium, type LaunchOptions, type Page } from "@playwright/test";
import { chromiumFromNpm } from "#bin/chromium-from-npm.ts";
import { freePort } from "#bin/free-port.ts";
import { consentAtSandbox } from "../../prisma/consent-at-sandbox.ts";
import type { BenchFiles } from "./bench-files.ts";
import { servePages } from "./bench-pages.ts";
import { type Row, shareRow } from "./bench-row.ts";
import { type Contender, type Loading, measureBurden, measureLoading } from "./measure-loading.ts";
import { PERSON, startScanPortal, VENDOR_ACCOUNT } from "./scan-portal.ts";
import { type LineSpeed, startSlowLine } from "./slow-line.ts";

const SLOW: LineSpeed = { mbitPerSecond: 10, roundTripMs: 20 };
const USUAL: LineSpeed = { mbitPerSecond: 50, roundTripMs: 20 };
const ROUNDS = Number(process.env.ROUNDS ?? 3);
/** How long scans may take to be fetched and converted. */
const READY_MS = 180_000;
const REST_MS = 3_000;

type Case = { meshes: number; triangles: number };

/** First pictures, whole pictures, tasks and memory: the portal's real pages against the two that everybody uses. */
export async function browserRows(work: string, files: BenchFiles, print: (row: Row) => void): Promise<void> {
  const browser = await findBrowser();
  const pages = await servePages(files.pages);
  const pageLine = await startSlowLine(pages.port);
  const port = await freePort();
  const portalLine = await startSlowLine(port);
  const url = `http://localhost:${portalLine.port}`;
  const dataDir = join(work, "portal");
  mkdirSync(dataDir);
  const portal = await startScanPortal({ port, url, dataDir, scans: files.scans });
  try {
    const session = await signIn(browser, url, `http://127.0.0.1:${port}`);
    const one: Case = { meshes: 1, triangles: files.triangles };
    const three: Case = { meshes: 3, triangles: files.triangles * 3 };
    const other = (name: string, names: string[], size: Case): Contender => ({
      name,
      url: `http://localhost:${pageLine.port}/${name}`,
      line: pageLine,
      settle: (page) => page.waitForFunction(() => "load" in window).then(() => page.waitForTimeout(500)),
      open: `benchProbe.start = performance.now(); load(${JSON.stringify(names)}); 0`,
      leave: null,
      ...size,
    });
    const ours = (order: { id: string; number: string }, size: Case): Contender => ({
      name: "portal",
      url: `${url}/orders?q=${order.number}`,
      line: portalLine,
      context: { storageState: session.state },
      settle: (page) => settleInbox(page, order.id),
      open: `benchProbe.start = performance.now(); document.querySelector('a[href*="${order.id}"]').click(); 0`,
      leave: async (page) => {
        await page.goBack();
        await page.locator("[data-scan-state]").waitFor({ state: "detached" });
      },
      ...size,
    });
    const big = ours(await session.findOrder("25 MB", 1), one);
    const jaws = ours(await session.findOrder("no jaw", 3), three);
    const objs = ["/jaw-1.obj", "/jaw-2.obj", "/jaw-3.obj"];
    const naive = other("naive", objs.slice(0, 1), one);
    const timed = (contender: Contender, speed: LineSpeed) => medianOf(browser, contender, speed);

    const [portal50, naive50] = [await timed(big, USUAL), await timed(naive, USUAL)];
    const o3dv50 = await timed(other("o3dv", objs.slice(0, 1), one), USUAL);
    const stl50 = await timed(other("naive", ["/jaw-1.stl"], one), USUAL);
    print(shareRow("first frame / naive OBJ, 50 Mbit/s", portal50.firstMs, naive50.firstMs, 3, "ms"));
    print(shareRow("first frame / Online3DViewer, 50 Mbit/s", portal50.firstMs, o3dv50.firstMs, 3, "ms"));
    print(shareRow("first frame / naive STL, 50 Mbit/s", portal50.firstMs, stl50.firstMs, null, "ms"));
    print(shareRow("whole mesh on screen / naive OBJ, 50 Mbit/s", portal50.fullMs, naive50.fullMs, null, "ms"));
    print(
      shareRow("bytes on the line to the first frame / OBJ", portal50.firstBytes, naive50.firstBytes, null, "bytes"),
    );
    const [portal10, naive10] = [await timed(big, SLOW), await measureLoading(browser, naive, SLOW)];
    print(shareRow("first frame / naive OBJ, 10 Mbit/s", portal10.firstMs, naive10.firstMs, 1, "ms"));
    const naiveJaws = other("naive", objs, three);
    const [jaws50, naiveJaws50] = [await timed(jaws, USUAL), await measureLoading(browser, naiveJaws, USUAL)];
    print(shareRow("three jaws, first view / naive OBJs, 50 Mbit/s", jaws50.firstMs, naiveJaws50.firstMs, 6, "ms"));
    for (const [what, mine, theirs, must] of [
      ["1 mesh", big, naive, 6],
      ["3 meshes", jaws, naiveJaws, 12],
    ] as const) {
      const [own, usual] = [await measureBurden(browser, mine), await measureBurden(browser, theirs)];
      const task = { unit: "ms" as const, detail: `naive ${Math.round(usual.longestTaskMs)} ms` };
      print({ what: `longest main-thread task, ${what}`, measured: own.longestTaskMs, must: 50, ...task });
      const [grown, usually] = [own.memoryGrowth / 2 ** 20, usual.memoryGrowth / 2 ** 20];
      print(shareRow(`renderer memory growth / naive, ${what}`, grown, usually, must, "MiB"));
      print(shareRow(`kept after leaving / growth, ${what}`, (own.keptMemory ?? 0) / 2 ** 20, grown, null, "MiB"));
      const frames = { unit: "" as const, detail: "pictures in a second after the last one" };
      print({ what: `drawn while nothing moves, ${what}`, measured: own.idleFrames, must: 0, ...frames });
    }
  } finally {
    await portal.close();
    for (const open of [pages, pageLine, portalLine]) open.close();
  }
}

/** Of several runs the one in the middle. */
async function medianOf(browser: LaunchOptions, contender: Contender, speed: LineSpeed): Promise<Loading> {
  const runs: Loading[] = [];
  for (let round = 0; round < ROUNDS; round++) runs.push(await measureLoading(browser, contender, speed));
  if (process.env.VERBOSE) console.error(contender.name, JSON.stringify(runs));
  return runs.toSorted((a, b) => a.firstMs - b.firstMs)[Math.floor(ROUNDS / 2)]!;
}

/** The list is there and what the page loads by itself has come. */
async function settleInbox(page: Page, orderId: string): Promise<void> {
  await page.locator(`a[href*="${orderId}"]`).first().waitFor();
  await page.waitForTimeout(REST_MS);
}

async function signIn(options: LaunchOptions, url: string, direct: string) {
  const browser = await chromium.launch(options);
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${url}/sign-in`);
  await page.waitForTimeout(REST_MS);
  await page.getByLabel(/e-mail/i).fill(PERSON.email);
  await page.getByRole("textbox", { name: /password/i }).fill(PERSON.password);
  await page.getByRole("button", { name: /sign in/i }).click();
  await page.waitForURL(/orders/);
  const state = await context.storageState();
  await browser.close();
  const cookie = state.cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const call = (path: string) =>
    fetch(`${direct}${path}`, { redirect: "manual", headers: { cookie, connection: "close" } });
  const authorize = await call("/api/oauth/meditlink/authorize");
  const callback = await consentAtSandbox(authorize.headers.get("location") ?? "", VENDOR_ACCOUNT);
  await call(`${callback.pathname}${callback.search}`);
  const ask = async (path: string) => (await call(path)).json();
  return { state, findOrder: (caseName: string, scans: number) => waitForScans(ask, caseName, scans) };
}

type Found = { id: string; number: string; caseName: string | null; scans: { count: number; ready: number } };

/** Opens the order, which has its scans fetched, and waits until all are ready. */
async function waitForScans(ask: (path: string) => Promise<unknown>, caseName: string, count: number): Promise<Found> {
  const deadline = performance.now() + READY_MS;
  for (;;) {
    const { items } = (await ask("/api/orders?limit=200")) as { items: Found[] };
    const order = items.find((item) => item.caseName?.includes(caseName) && item.scans.count === count);
    if (order?.scans.ready === count) return order;
    if (order) await ask(`/api/orders/${order.id}`);
    if (performance.now() > deadline)
      throw new Error(`the scans of "${caseName}" are not ready: ${JSON.stringify(order)}`);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

async function findBrowser(): Promise<LaunchOptions> {
  const args = [
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--no-first-run",
  ];
  if (existsSync(chromium.executablePath())) return { args };
  const { executablePath, env } = await chromiumFromNpm();
  return { args, executablePath, env: { ...(process.env as Record<string, string>), ...env } };
}
