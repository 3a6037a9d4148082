/** Longest name given to a file, in UTF-16 units: every file system takes it. */
const LONGEST = 120;
/** Names that Windows keeps for devices. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i;

/**
 * A name of somebody else's as a file name that is safe on every system and shows what it is: no folders, no control or direction
 * characters, no device, and the ending stays when it is cut.
 */
export function safeFileName(name: string, fallback = "file"): string {
  const plain = name
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, "")
    .replace(/[/\\:*?"<>|]+/g, "_")
    .replace(/\s+/g, " ")
    .replace(/^[. ]+|[. ]+$/g, "");
  const named = plain === "" ? fallback : DEVICES.test(plain) ? `_${plain}` : plain;
  if (named.length <= LONGEST) return named;
  const ending = /\.[^.]{1,20}$/.exec(named)?.[0] ?? "";
  return named.slice(0, LONGEST - ending.length).replace(/[\ud800-\udbff]$/, "") + ending;
}

/** The name, or the first of "name (2).ext", "name (3).ext" … that is not taken; takes it. Case does not tell names apart. */
export function uniqueFileName(name: string, taken: Set<string>): string {
  const [, stem = name, ending = ""] = /^(.*?)(\.[^.]*)?$/s.exec(name) ?? [];
  let unique = name;
  for (let n = 2; taken.has(unique.toLowerCase()); n++) unique = `${stem} (${n})${ending}`;
  taken.add(unique.toLowerCase());
  return unique;
}

/** RFC 6266: the name for old clients in ASCII, and as it is for all others. */
export function contentDisposition(kind: "attachment" | "inline", name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
