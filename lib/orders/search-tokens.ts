import { createHmac } from "node:crypto";
import { deriveKey } from "#lib/crypto/keyring.ts";

/**
 * Text search over sealed names (design §4, Patient data): every word and each of its beginnings becomes a keyed hash, with a key
 * per organisation. The database can tell that two orders share a word, never which word it is.
 */

/** Longer words are found by their first letters. */
const LONGEST_PREFIX = 20;
/** An order's most important texts come first; a case with hundreds of tags does not swell the index. */
const MOST_TOKENS = 400;
const MOST_QUERY_WORDS = 12;

/** Letters that Unicode does not decompose but people type without. */
const PLAIN: Record<string, string> = { ß: "ss", ø: "o", ł: "l", đ: "d", æ: "ae", œ: "oe", ı: "i", þ: "th", ð: "d" };

/** Words as they are compared: "Müller-Søndergård" is "muller" and "sondergard". */
export function wordsOf(text: string): string[] {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[ßøłđæœıþð]/g, (letter) => PLAIN[letter] ?? letter)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

/** The tokens to store with an order; texts in order of importance, absent ones are skipped. */
export function tokensOf(organisationId: string, texts: readonly (string | null | undefined)[]): bigint[] {
  const prefixes = new Set<string>();
  for (const text of texts)
    for (const word of wordsOf(text ?? "")) {
      const letters = [...word].slice(0, LONGEST_PREFIX);
      for (let end = 1; end <= letters.length && prefixes.size < MOST_TOKENS; end++)
        prefixes.add(letters.slice(0, end).join(""));
    }
  return hashAll(organisationId, [...prefixes]);
}

/** The tokens that an order must all hold to match what somebody typed; none for a query without a letter or digit. */
export function tokensForQuery(organisationId: string, query: string): bigint[] {
  const words = wordsOf(query).slice(0, MOST_QUERY_WORDS);
  return hashAll(organisationId, [...new Set(words.map((word) => [...word].slice(0, LONGEST_PREFIX).join("")))]);
}

/** Clinics' names and first letters come again with every order; hashing them each time was most of an import's work. */
const known = new Map<string, bigint>();
const MOST_KNOWN = 50_000;

function hashAll(organisationId: string, words: string[]): bigint[] {
  if (words.length === 0) return [];
  if (known.size > MOST_KNOWN) known.clear();
  const key = deriveKey("search", organisationId);
  return words.map((word) => {
    const name = `${organisationId} ${word}`;
    const token = known.get(name) ?? createHmac("sha256", key).update(word).digest().readBigInt64BE(0);
    known.set(name, token);
    return token;
  });
}
