/**
 * How fast the desk is: `npx node bench/inbox/run.ts`. A lab with 100,000 orders among a million, one with 1,000 beside it; then the
 * portal as `npm start` runs it, asked by HTTP and driven in a browser. `LARGE`, `NEIGHBOURS` and `ROUNDS` make a smaller run,
 * `ONLY=server|browser` one half of it; with `INBOX_DATA=<folder>` the database is filled once and used again. Prints a table;
 * ends with 1 when something misses what must be reached.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ROOT } from "#bin/ensure-installed.mjs";
import { freePort } from "#bin/free-port.ts";
import { openBenchDatabase } from "./bench-database.ts";
import { measureBrowser } from "./measure-browser.ts";
import { measureServer, type ServerRow } from "./measure-server.ts";

const MOST_MS = 50;
const MOST_TIMES = 1.5;
const only = process.env.ONLY;
const misses: string[] = [];

const database = await openBenchDatabase();
const portal = await startPortal();
try {
  if (only !== "browser") tellServer(await measureServer(portal.url, database));
  if (only !== "server") tellBrowser(await measureBrowser(portal.url, database.large));
} finally {
  await portal.stop();
  await database.close();
}
console.log(misses.length === 0 ? "Everything is reached." : `Missed: ${misses.join("; ")}.`);
process.exitCode = misses.length === 0 ? 0 : 1;

function tellServer(rows: readonly ServerRow[]): void {
  for (const { what, largeP50, largeP95, smallP50, smallP95 } of rows) {
    const times = largeP50 / smallP50;
    if (largeP95 > MOST_MS) misses.push(`${what} ${largeP95.toFixed(0)} ms`);
    if (times > MOST_TIMES) misses.push(`${what} ${times.toFixed(2)} times`);
    console.log(
      `${largeP95 > MOST_MS || times > MOST_TIMES ? "MISS" : "ok  "} ${what.padEnd(42)}`,
      `p95 ${largeP95.toFixed(1).padStart(6)} ms, with few orders ${smallP95.toFixed(1).padStart(6)} ms;`,
      `p50 ${largeP50.toFixed(1).padStart(6)} / ${smallP50.toFixed(1).padStart(5)} ms = ${times.toFixed(2)}`,
    );
  }
}

function tellBrowser(figures: Awaited<ReturnType<typeof measureBrowser>>): void {
  const lines = [
    ["compressed script of the inbox, KB", figures.scriptBytes / 1000, 200],
    ["key press to the next order, p95 ms", figures.nextOrderP95, 100],
    ["route change, p95 ms", figures.routeP95, 200],
    ["interaction to next paint, p95 ms", figures.interactionP95, 100],
  ] as const;
  for (const [what, measured, most] of lines) {
    if (measured > most) misses.push(`${what} ${measured.toFixed(0)}`);
    console.log(
      `${measured > most ? "MISS" : "ok  "} ${what.padEnd(42)} ${measured.toFixed(1).padStart(6)}, at most ${most}`,
    );
  }
}

/** `npm start` on the filled database. */
async function startPortal(): Promise<{ url: string; stop(): Promise<void> }> {
  const port = await freePort();
  const child = spawn(process.execPath, [join(ROOT, "bin", "start.mjs")], {
    env: { ...process.env, PORT: String(port), PORTAL_URL: "", NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.includes("Casebench is ready")) continue;
    child.stdout.resume();
    return {
      url: `http://localhost:${port}`,
      stop: async () => {
        child.kill("SIGTERM");
        await ended;
      },
    };
  }
  throw new Error("the portal did not start");
}
