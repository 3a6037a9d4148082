import { createHash } from "node:crypto";
import ssh2, { type SFTPWrapper } from "ssh2";
import { OpenDentalProblem } from "./open-dental-checks.ts";

/** The office's side of a transfer: an SFTP client that keeps host keys as it first saw them. */
export interface SftpSite {
  host: string;
  port: number;
  /** Absolute path on the site. */
  path: string;
  username: string;
  password: string;
}

export interface OpenSite {
  read(path: string): Promise<Buffer>;
  write(path: string, bytes: Buffer): Promise<void>;
}

/** "MySftpSite/myUsername/Documents/x.png": host and path in one text, without a scheme. */
export function readSite(body: Record<string, unknown>, violations: string[]): SftpSite {
  const { SftpAddress: address, SftpUsername: username, SftpPassword: password, SftpPort: port = 22 } = body;
  if (typeof address !== "string" || typeof username !== "string" || typeof password !== "string") {
    violations.push("SftpAddress, SftpUsername and SftpPassword are required");
    throw new OpenDentalProblem(400, "SftpAddress, SftpUsername and SftpPassword are required");
  }
  const [, host, path] = /^([^/:\s]+)(\/[^\\]*)$/.exec(address) ?? [];
  if (host === undefined || path === undefined || typeof port !== "number") {
    violations.push("SftpAddress is not host/path with a numeric SftpPort");
    throw new OpenDentalProblem(400, "SftpAddress is invalid");
  }
  return { host, port, path, username, password };
}

/** Connects, works and hangs up. Any failure is a sentence of the office, with what the site said. */
export async function withSite<T>(
  site: SftpSite,
  knownHosts: Map<string, string>,
  work: (open: OpenSite) => Promise<T>,
): Promise<T> {
  const client = new ssh2.Client();
  try {
    const sftp = await connect(client, site, knownHosts);
    return await work({ read: (path) => readFile(sftp, path), write: (path, bytes) => writeFile(sftp, path, bytes) });
  } catch (error) {
    if (error instanceof OpenDentalProblem) throw error;
    throw new OpenDentalProblem(400, `Sftp connection error: ${error instanceof Error ? error.message : "unknown"}`);
  } finally {
    client.end();
  }
}

function connect(client: ssh2.Client, site: SftpSite, knownHosts: Map<string, string>): Promise<SFTPWrapper> {
  const { host, port, username, password } = site;
  return new Promise((resolve, reject) => {
    client.once("error", reject);
    client.once("connect", () => client.setNoDelay(true));
    client.once("ready", () => client.sftp((error, sftp) => (error ? reject(error) : resolve(sftp))));
    client.connect({
      host,
      port,
      username,
      password,
      readyTimeout: 10_000,
      hostVerifier: (key: Buffer) => {
        const print = createHash("sha256").update(key).digest("base64");
        const name = `${host}:${port}`;
        const known = knownHosts.get(name);
        if (known === undefined) knownHosts.set(name, print);
        return known === undefined || known === print;
      },
    });
  });
}

function readFile(sftp: SFTPWrapper, path: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    sftp.readFile(path, (error, bytes) => (error ? reject(error) : resolve(bytes)));
  });
}

/** Folders are made as needed, a file of that name is replaced. */
async function writeFile(sftp: SFTPWrapper, path: string, bytes: Buffer): Promise<void> {
  const folders = path.split("/").slice(1, -1);
  for (const depth of folders.keys()) {
    const folder = `/${folders.slice(0, depth + 1).join("/")}`;
    await new Promise<void>((resolve) => sftp.mkdir(folder, () => resolve()));
  }
  await new Promise<void>((resolve, reject) => {
    sftp.writeFile(path, bytes, (error) => (error ? reject(error) : resolve()));
  });
}
