import { execFile } from "node:child_process";
import { join } from "node:path";

type Outcome = { code: number; stdout: string; stderr: string };

/** Runs one of package.json's commands on the data directory of the portal under test. @param script below `bin` */
export function runCommand(script: string, ...args: string[]): Promise<Outcome> {
  const { E2E_DATA_DIR: DATA_DIR, E2E_PORT: PORT } = process.env;
  const environment = { ...process.env, DATA_DIR, PORT, SANDBOX: "true" };
  return new Promise((settle) => {
    execFile(
      process.execPath,
      [join(import.meta.dirname, "..", "bin", script), ...args],
      { env: environment },
      (error, stdout, stderr) => settle({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}
