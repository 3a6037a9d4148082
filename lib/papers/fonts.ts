import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Static files of the whole of Inter (SIL Open Font License): a PDF embeds what it uses of them. Every process of the portal runs in
 * the project's folder; asked for by module resolution, the build would take them for code.
 */
const FOLDER = join(process.cwd(), "node_modules/@expo-google-fonts/inter");
const FILES = {
  regular: "400Regular/Inter_400Regular.ttf",
  bold: "600SemiBold/Inter_600SemiBold.ttf",
} as const;

export type Font = keyof typeof FILES;

const loaded = new Map<Font, Buffer>();

/** A font's bytes, read once per process. */
export function fontBytes(font: Font): Buffer {
  const known = loaded.get(font);
  if (known) return known;
  const bytes = readFileSync(join(FOLDER, FILES[font]));
  loaded.set(font, bytes);
  return bytes;
}
