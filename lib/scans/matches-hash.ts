/** Digests of a file, lower-case hex. */
export interface Digests {
  md5: string;
  sha256: string;
}

const DIGEST_BYTES = { md5: 16, sha256: 32 } as const;

/**
 * Whether a vendor's hash (hex or base64, any case of hex) is one of the digests. Which one is told by its length:
 * vendors leave the algorithm out or misname it. A hash of any other kind matches nothing.
 */
export function matchesHash(expected: string, digests: Digests): boolean {
  const bytes = decodeHash(expected.trim());
  if (bytes?.length === DIGEST_BYTES.md5) return bytes.toString("hex") === digests.md5;
  if (bytes?.length === DIGEST_BYTES.sha256) return bytes.toString("hex") === digests.sha256;
  return false;
}

function decodeHash(text: string): Buffer | null {
  if (/^(?:[0-9a-f]{32}|[0-9a-f]{64})$/i.test(text)) return Buffer.from(text, "hex");
  if (/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return Buffer.from(text, "base64");
  return null;
}
