import { execFile } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "./ensure-installed.mjs";
import { StartProblem } from "./start-problem.ts";

/** `who` is what the browser tests call the person, for example `lab-admin`. */
export type DemoSignIn = { who: string; organisation: string; role: string; email: string; password: string };

/**
 * Makes the demo organisations and members where they are missing (`prisma/seed.ts`, which may run at every start).
 * @returns who can sign in, as the seed's last line `{"signIns":[…]}` says; also kept in `<data dir>/demo.json`
 * @throws with the seed's own output when it fails
 */
export async function seedDemoData(environment: NodeJS.ProcessEnv): Promise<DemoSignIn[]> {
  const script = join(ROOT, "prisma", "seed.ts");
  if (!existsSync(script)) return [];
  const { stdout } = await promisify(execFile)(process.execPath, ["--disable-warning=ExperimentalWarning", script], {
    cwd: ROOT,
    env: environment,
  }).catch((error: Error & { stderr?: string }) => {
    throw new StartProblem(`The demo data could not be made.\n${error.stderr?.trim() || error.message}`);
  });
  const last = stdout.trim().split("\n").at(-1) ?? "";
  const { signIns } = JSON.parse(last) as { signIns: DemoSignIn[] };
  writeFileSync(join(environment.DATA_DIR ?? "", "demo.json"), JSON.stringify({ signIns }), { mode: 0o600 });
  return signIns;
}
