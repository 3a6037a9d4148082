const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/**
 * A note as text, whatever it was written in: marks of HTML become line ends or nothing, characters that steer a terminal or turn the
 * reading direction are left out. The result is shown as text only and is never HTML again.
 */
export function plainText(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/<(script|style)\b[\s\S]*?(<\/\1\s*>|$)/gi, "")
    .replace(/<\/?(p|div|br|li|ul|ol|tr|table|h[1-6])\b[^<>]*>/gi, "\n")
    .replace(/<\/?[a-z][a-z0-9]*(\s[^<>]*)?\/?>/gi, "")
    .replace(/&(amp|lt|gt|quot|apos|nbsp);/g, (_, name: string) => ENTITIES[name] ?? "")
    .replace(/\p{Cc}\[[0-9;]*[A-Za-z]/gu, "")
    .replace(/[\p{Cc}\p{Bidi_Control}]/gu, (char) => (char === "\n" || char === "\t" ? char : ""))
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
