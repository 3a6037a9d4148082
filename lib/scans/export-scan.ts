import { createReadStream, createWriteStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { toAppError } from "#lib/api/problem.ts";
import { AppError } from "#lib/errors.ts";
import type { MeshFormat } from "#lib/mesh/mesh.ts";
import { objectStore } from "#lib/storage/object-store-of-portal.ts";
import { conversionPool } from "./conversion-pool-of-process.ts";
import { PRIORITY } from "./conversion-priority.ts";
import { ScanError } from "./scan-error.ts";

/** A file made for one download; it is gone once `stream` has ended or was destroyed. */
export type ExportedFile = { stream: Readable; bytes: number };

/**
 * A scan's original in another mesh format, in a thread.
 * @throws {AppError} unreadable_scan, converter_failed …
 */
export async function exportScan(
  original: { sha256: string; format: MeshFormat | null },
  format: MeshFormat,
): Promise<ExportedFile> {
  const folder = await objectStore().makeWorkFolder();
  const clear = () => rm(folder, { recursive: true, force: true });
  try {
    const source = join(folder, "original");
    const target = join(folder, `export.${format}`);
    await pipeline(await objectStore().open(original.sha256), createWriteStream(source, { flags: "wx", mode: 0o600 }));
    await conversionPool().exportFile(source, format, target, { hint: original.format, priority: PRIORITY.waiting });
    const { size } = await stat(target);
    const stream = createReadStream(target);
    stream.once("close", () => void clear());
    return { stream, bytes: size };
  } catch (error) {
    await clear();
    if (error instanceof ScanError) throw new AppError(error.code, error.message, { cause: error });
    throw toAppError(error);
  }
}
