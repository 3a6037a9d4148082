import { parseJsonSafely } from "#lib/vendors/parse-json-safely.ts";

/**
 * Answers of Open Dental: JSON; JSON whose file paths have unescaped backslashes, as the guide's own sample of UploadSftp; and one
 * sentence of plain text where there is nothing to list.
 * @throws {UnreadableJson}
 */
export function parseAnswer(bytes: Uint8Array): unknown {
  try {
    return parseJsonSafely(bytes);
  } catch (error) {
    const text = new TextDecoder("utf-8").decode(bytes);
    if (NOTHING.test(text)) return text.trim();
    const repaired = withEscapedPaths(text);
    if (repaired === text) throw error;
    return parseJsonSafely(new TextEncoder().encode(repaired));
  }
}

/** "Documents POST Thumbnails", "Documents POST DownloadMount": 200 with a sentence. */
export const NOTHING = /^\s*"?No (documents|mount images) could be [a-z ]{1,40}\.?"?\s*$/i;

/**
 * A path is display text: only where it is no legal JSON, each of its backslashes stands for one. Escapes that happen to be legal
 * ("\S" is not, "\b" is) are taken as written, because the path is never used.
 */
function withEscapedPaths(text: string): string {
  return text.replace(/\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|\\/g, (found) => (found === "\\" ? "\\\\" : found));
}

/**
 * The answer to a write whose content nobody needs: also a plain sentence. What begins like JSON or a page is held to it.
 * @throws {UnreadableJson}
 */
export function parseDone(bytes: Uint8Array): unknown {
  const text = new TextDecoder("utf-8").decode(bytes.subarray(0, 1_000)).trim();
  return bytes.length < 1_000 && /^[\w\\/]/.test(text) ? text : parseAnswer(bytes);
}
