import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Archive, archiveOfEntries, readyArchive } from "./archives.ts";
import { documentBytes, noise } from "./documents.ts";
import { type MadeMesh, MeshMaker } from "./mesh-maker.ts";
import type { MeshFormat } from "./mesh-writers.ts";
import { hash32 } from "./random.ts";
import { scanPath } from "./scans-dir.ts";
import type { CaseFile, ScanSource } from "./vendor-records.ts";
import type { World } from "./world.ts";

/** Extensions that MeditLink converts (guide FAQ, "Do you provide standard file type?"). */
const CONVERTIBLE = /\.(meditMesh|meditImportedMesh|meditLibraryInfo|meditCTMesh|marginLine)$/;

export function isConvertible({ name }: CaseFile): boolean {
  return CONVERTIBLE.test(name);
}

/** Makes meshes and archives on first request and keeps them, in the state folder or a temporary one. */
export class ScanFiles {
  readonly uploadsDir: string;
  #dir: string;
  #isTemporary: boolean;
  #world: World;
  #maker: MeshMaker;
  #making = new Map<string, Promise<Archive>>();
  #meshes = new Map<string, Promise<MadeMesh>>();
  #askedAt = new Map<string, number>();

  constructor(world: World) {
    const { stateDir, scansDir } = world.options;
    this.#world = world;
    this.#isTemporary = stateDir === undefined;
    this.#dir = stateDir ?? mkdtempSync(join(tmpdir(), "sandbox-vendors-"));
    this.uploadsDir = join(this.#dir, "uploads");
    for (const folder of ["archives", "meshes", "uploads", "work"])
      mkdirSync(join(this.#dir, folder), { recursive: true });
    this.#maker = new MeshMaker(scansDir);
  }

  /** Whether a conversion may be answered: the slow ones take `conversionDelayMs` from the first request on. */
  readiness({ uuid, content }: CaseFile, type: MeshFormat | null): "ready" | "processing" | "listed" {
    const quirk = content.kind === "mesh" ? content.quirk : undefined;
    if (type === null || (quirk !== "slow-conversion" && quirk !== "listed-without-url")) return "ready";
    const key = `${uuid} ${type}`;
    const now = this.#world.now();
    const askedAt = this.#askedAt.get(key) ?? now;
    this.#askedAt.set(key, askedAt);
    if (askedAt < now && now - askedAt >= this.#world.live.conversionDelayMs) return "ready";
    return quirk === "slow-conversion" ? "processing" : "listed";
  }

  /** The archive of a file in a format, or of the original when `type` is null. */
  archive(file: CaseFile, type: MeshFormat | null): Promise<Archive> {
    const key = createHash("sha256")
      .update(JSON.stringify([file.content, file.name, file.size, type]))
      .digest("hex")
      .slice(0, 32);
    const known = this.#making.get(key);
    if (known !== undefined) return known;
    const making = this.#archive(key, file, type);
    this.#making.set(key, making);
    making.catch(() => this.#making.delete(key));
    return making;
  }

  async #archive(key: string, file: CaseFile, type: MeshFormat | null): Promise<Archive> {
    const path = join(this.#dir, "archives", `${key}.7z`);
    const card = `${path}.json`;
    if (existsSync(card)) return JSON.parse(readFileSync(card, "utf8")) as Archive;
    const archive = await this.#pack(path, file, type);
    writeFileSync(`${card}.new`, JSON.stringify(archive));
    renameSync(`${card}.new`, card);
    return archive;
  }

  async #pack(path: string, file: CaseFile, type: MeshFormat | null): Promise<Archive> {
    const { content } = file;
    if (content.kind === "mesh" && type !== null) {
      const { scan, quirk, entryName } = content;
      if (scan.from === "scans-dir-archive" && type === "obj") {
        return readyArchive(scanPath(this.#world.options.scansDir, scan.path), scan.entry);
      }
      const mesh = await this.#maker.make({
        scan,
        format: type,
        path: join(this.#dir, "work", `${hash32(path)}.${type}`),
        quirk,
      });
      const entries = [{ name: `${entryName}.${type}`, ...mesh }];
      if (quirk === "second-entry")
        entries.push(this.#loose(path, `${entryName}.mtl`, Buffer.from("newmtl scan\nKd 0.9 0.88 0.8\n")));
      return archiveOfEntries(path, entries, quirk);
    }
    if (content.kind === "upload") {
      const stored = join(this.uploadsDir, content.storedAs);
      const isSame = type === null || content.entryName.toLowerCase().endsWith(`.${type}`);
      if (isSame) return archiveOfEntries(path, [this.#loose(path, content.entryName, readFileSync(stored))]);
      const source = { from: "stored", path: stored, name: content.entryName } as const;
      const mesh = await this.#maker.make({
        scan: source,
        format: type,
        path: join(this.#dir, "work", `${hash32(path)}.${type}`),
      });
      return archiveOfEntries(path, [{ name: content.entryName.replace(/\.\w+$/, `.${type}`), ...mesh }]);
    }
    if (content.kind === "document") {
      const bytes = documentBytes(content);
      const isRing = content.document === "margin-line" && type !== null;
      const entry = isRing
        ? this.#loose(path, `margin.${type}`, ringAsObj(bytes))
        : this.#loose(path, file.name, bytes);
      return archiveOfEntries(path, [entry]);
    }
    const blob = Buffer.concat([
      Buffer.from("MEDITMESH\u0000"),
      noise(hash32(file.name + file.size), file.size),
    ]).subarray(0, file.size);
    return archiveOfEntries(path, [this.#loose(path, file.name, blob)], content.quirk);
  }

  #loose(archivePath: string, name: string, bytes: Buffer): { name: string; path: string; size: number; md5: string } {
    const path = join(this.#dir, "work", `${hash32(archivePath + name)}.bin`);
    writeFileSync(path, bytes);
    return { name, path, size: bytes.length, md5: createHash("md5").update(bytes).digest("hex") };
  }

  /** A bare mesh file, as Cadmus serves it; the same bytes as in the archive of the same scan. */
  mesh(scan: ScanSource, format: MeshFormat): Promise<MadeMesh> {
    const key = createHash("sha256")
      .update(JSON.stringify([scan, format]))
      .digest("hex")
      .slice(0, 32);
    let making = this.#meshes.get(key);
    if (making === undefined) {
      making = this.#maker.make({ scan, format, path: join(this.#dir, "meshes", `${key}.${format}`) });
      this.#meshes.set(key, making);
      making.catch(() => this.#meshes.delete(key));
    }
    return making;
  }

  async close(): Promise<void> {
    await this.#maker.close();
    if (this.#isTemporary) rmSync(this.#dir, { recursive: true, force: true });
  }
}

/** A converted margin line: its points, joined by one closed polyline. */
function ringAsObj(ring: Buffer): Buffer {
  const points = ring.toString("utf8").trim().split("\n");
  const order = [...points.keys(), 0].map((index) => index + 1).join(" ");
  return Buffer.from(`${points.map((point) => `v ${point}`).join("\n")}\nl ${order}\n`);
}
