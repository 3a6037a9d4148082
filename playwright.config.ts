import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, defineConfig, devices, type LaunchOptions } from "@playwright/test";
import { chromiumFromNpm } from "./bin/chromium-from-npm.ts";
import { freePort } from "./bin/free-port.ts";

/**
 * The browser: PW_BROWSER, else Playwright's own build where it is installed, else the one that npm brings (Linux x64, with the
 * libraries and fonts a bare machine lacks), else the system's.
 */
async function findBrowser(): Promise<Pick<LaunchOptions, "executablePath" | "env">> {
  if (process.env.PW_BROWSER) return { executablePath: process.env.PW_BROWSER };
  if (existsSync(chromium.executablePath())) return {};
  if (process.platform === "linux" && process.arch === "x64") {
    const { executablePath, env } = await chromiumFromNpm();
    return { executablePath, env: { ...(process.env as Record<string, string>), ...env } };
  }
  const system = ["/usr/bin/chromium", "/usr/bin/google-chrome"].find(existsSync);
  return system ? { executablePath: system } : {};
}

// The workers read this file again: what is chosen here must reach them, and does through the environment they inherit.
process.env.E2E_PORT ??= String(await freePort());
process.env.E2E_DATA_DIR ??= mkdtempSync(join(tmpdir(), "casebench-e2e-"));
const browser = await findBrowser();

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  // One portal and one set of vendors serve all specs; a spec that changes orders takes orders of its own.
  fullyParallel: false,
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  forbidOnly: !!process.env.CI,
  reporter: [["list"], ...(process.env.E2E_REPORT ? [["json", { outputFile: process.env.E2E_REPORT }] as const] : [])],
  use: {
    baseURL: `http://localhost:${process.env.E2E_PORT}`,
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
  projects: [
    {
      name: "chromium",
      use: {
        ...devices["Desktop Chrome"],
        viewport: { width: 1440, height: 900 },
        launchOptions: {
          ...browser,
          args: [
            "--use-angle=swiftshader",
            "--enable-unsafe-swiftshader",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-quic",
            "--no-first-run",
          ],
        },
      },
    },
  ],
  webServer: {
    // The real thing, as the README's command starts it.
    command: `"${process.execPath}" bin/start-throw-away.ts`,
    wait: { stdout: /Casebench is ready/ },
    timeout: 240_000,
    stdout: process.env.E2E_VERBOSE ? "pipe" : "ignore",
    stderr: "pipe",
    gracefulShutdown: { signal: "SIGTERM", timeout: 30_000 },
  },
});
