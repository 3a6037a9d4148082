import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { AppError } from "#lib/errors.ts";

/** Argon2id, OWASP Password Storage Cheat Sheet's first choice: 19 MiB, 2 passes, 1 lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };
/** Hashes computed at once in this process: a login storm must not take all memory. */
const AT_ONCE = 4;
const MIN_LENGTH = 8;
const MAX_LENGTH = 256;

const compute = promisify(argon2);
const waiting: (() => void)[] = [];
let running = 0;

/**
 * @returns a PHC string: `$argon2id$v=19$m=…,t=…,p=…$salt$hash`
 * @throws {AppError} weak_password when it is shorter than 8 or longer than 256 characters
 */
export async function hashPassword(password: string): Promise<string> {
  if (password.length < MIN_LENGTH || password.length > MAX_LENGTH)
    throw new AppError("weak_password", "password length", { facts: { min: MIN_LENGTH } });
  const salt = randomBytes(16);
  const hash = await digest(password, salt, COST);
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${base64(salt)}$${base64(hash)}`;
}

/** Takes the same time for a wrong password as for an account that does not exist (pass null then). */
export async function verifyPassword(password: string, phc: string | null): Promise<boolean> {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(phc ?? "");
  const salt = match ? Buffer.from(match[4]!, "base64") : Buffer.alloc(16);
  const expected = match ? Buffer.from(match[5]!, "base64") : Buffer.alloc(COST.tagLength);
  const cost = match
    ? { memory: Number(match[1]), passes: Number(match[2]), parallelism: Number(match[3]), tagLength: expected.length }
    : COST;
  const actual = await digest(password.slice(0, MAX_LENGTH), salt, cost);
  return match !== null && timingSafeEqual(actual, expected);
}

async function digest(password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  if (running >= AT_ONCE) await new Promise<void>((go) => waiting.push(go));
  running++;
  try {
    return (await compute("argon2id", { message: password.normalize("NFKC"), nonce: salt, ...cost })) as Buffer;
  } finally {
    running--;
    waiting.shift()?.();
  }
}

function base64(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
