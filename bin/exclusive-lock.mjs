// One holder per name on this machine. The lock is a listening socket, so the kernel frees it however the holder dies
// (kill -9 included); a pid file would outlive its process and pids repeat in containers. Imports node core only.
import { createHash } from "node:crypto";
import { unlinkSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Where the lock of a name listens: Linux' abstract namespace and Windows' pipes free themselves; elsewhere a socket file.
 * @param {string} name
 */
function addressOf(name) {
  const id = `casebench-${createHash("sha256").update(name).digest("hex").slice(0, 24)}`;
  if (process.platform === "linux") return `\0${id}`;
  if (process.platform === "win32") return `\\\\.\\pipe\\${id}`;
  return join(tmpdir(), `${id}.sock`);
}

/**
 * Takes the lock, or says who has it.
 * @param {string} name what is locked, for example `data:/srv/casebench/data`
 * @param {Record<string, unknown>} about what a refused second opener is told, beside the pid
 * @returns {Promise<{ held: true, release: () => Promise<void>, tell: (more: Record<string, unknown>) => void } | { held: false, holder: Record<string, unknown> }>}
 */
export async function takeLock(name, about) {
  const address = addressOf(name);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const facts = { pid: process.pid, ...about };
    const server = createServer((socket) => {
      socket.on("error", () => {});
      socket.end(`${JSON.stringify(facts)}\n`);
    });
    const failure = await new Promise((settle) => {
      server.once("error", settle);
      server.listen(address, () => settle(undefined));
    });
    if (!failure) {
      server.unref();
      const release = () => /** @type {Promise<void>} */ (new Promise((done) => server.close(() => done(undefined))));
      return { held: true, release, tell: (more) => void Object.assign(facts, more) };
    }
    if (failure.code !== "EADDRINUSE") throw failure;
    const holder = await readLock(name);
    if (holder) return { held: false, holder };
    if (!address.startsWith("\0")) removeQuietly(address);
  }
  return { held: false, holder: {} };
}

/**
 * What the present holder says about itself, or undefined when nobody holds the lock. A holder too busy to answer within a
 * second is a holder all the same: `{}`.
 * @param {string} name
 * @returns {Promise<Record<string, unknown> | undefined>}
 */
export function readLock(name) {
  return new Promise((settle) => {
    let text = "";
    const socket = connect(addressOf(name));
    socket.setTimeout(1000, () => {
      socket.destroy();
      settle({});
    });
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.on("end", () => settle(parse(text)));
    socket.on("error", (error) => {
      const gone = ["ECONNREFUSED", "ENOENT", "ECONNRESET"].includes(
        /** @type {NodeJS.ErrnoException} */ (error).code ?? "",
      );
      settle(gone ? undefined : {});
    });
  });
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** @param {string} path */
function removeQuietly(path) {
  try {
    unlinkSync(path);
  } catch {
    // somebody else removed the stale socket first
  }
}
