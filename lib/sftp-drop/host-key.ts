import { createHash } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ssh2 from "ssh2";

export type HostKey = {
  /** OpenSSH's own format. */
  privateKey: string;
  /** As `ssh-keygen -l` prints it: "SHA256:" and base64 without padding. Shown to whoever sets up the practice's side. */
  fingerprint: string;
};

/**
 * The drop's host key: made once per data directory and kept, because practices pin what they saw first (F18). Several processes may
 * ask at the same moment: the first one's key is everybody's.
 * @param folder of the drop; absolute
 */
export function hostKeyOf(folder: string): HostKey {
  const path = join(folder, "host-key");
  const privateKey = read(path) ?? make(path);
  const parsed = ssh2.utils.parseKey(privateKey);
  if (parsed instanceof Error || Array.isArray(parsed))
    throw new Error(`${path} is no SSH key; delete it for a new one`);
  const hash = createHash("sha256").update(parsed.getPublicSSH()).digest("base64").replace(/=+$/, "");
  return { privateKey, fingerprint: `SHA256:${hash}` };
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

function make(path: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const beside = `${path}.${process.pid}`;
  writeFileSync(beside, ssh2.utils.generateKeyPairSync("ed25519").private, { mode: 0o600 });
  try {
    linkSync(beside, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(beside);
  }
  return readFileSync(path, "utf8");
}
