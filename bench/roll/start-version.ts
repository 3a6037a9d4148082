import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** One version of the portal at work: a web process and a worker of one checkout. */
export type Version = {
  name: string;
  url: string;
  /** Asks both with SIGTERM, as a deployment does; resolves when they are gone. */
  stop(): Promise<void>;
};

const PATIENCE_MS = 60_000;

/** @param root a checkout that is built (`next build`) and has its packages and its database client */
export async function startVersion(name: string, root: string, env: NodeJS.ProcessEnv): Promise<Version> {
  const port = await freePort();
  const run = (args: string[]) =>
    spawn(process.execPath, ["--disable-warning=ExperimentalWarning", ...args], {
      cwd: root,
      env: { ...env, NODE_ENV: "production", PORT: String(port) },
      stdio: ["ignore", "ignore", "inherit"],
    });
  const next = ["node_modules/next/dist/bin/next", "start", "-p", String(port), "-H", "127.0.0.1"];
  const web = run([...next, "--keepAliveTimeout", "75000"]);
  const worker = run(["lib/jobs/worker.ts"]);
  const url = `http://127.0.0.1:${port}`;
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await isReady(url))) {
    if (performance.now() > deadline || web.exitCode !== null) throw new Error(`the ${name} version did not start`);
    await pause(200);
  }
  return { name, url, stop: async () => void (await Promise.all([web, worker].map(end))) };
}

async function isReady(url: string): Promise<boolean> {
  return await fetch(`${url}/api/health/ready`).then(
    (answer) => answer.ok,
    () => false,
  );
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((settle) => child.once("exit", settle));
  child.kill("SIGTERM");
  const patience = setTimeout(() => child.kill("SIGKILL"), 20_000);
  await gone;
  clearTimeout(patience);
}

function freePort(): Promise<number> {
  return new Promise((settle) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => settle(port));
    });
  });
}
