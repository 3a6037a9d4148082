import { randomUUID } from "node:crypto";
import type { CaseFile } from "./vendor-records.ts";
import type { Upload, World } from "./world.ts";

const MESH = /\.(obj|stl|ply)$/i;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** What happens after an upload arrived: post-processing, the file in the case, the callback (guide Appendix B). */
export class Uploads {
  #world: World;
  #timers = new Set<NodeJS.Timeout>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Takes up uploads whose processing an earlier run did not finish. */
  resume(): void {
    for (const upload of this.#world.uploads.values()) if (upload.state === "stored") this.#later(upload);
  }

  arrived(upload: Upload, isComplete: boolean): void {
    if (upload.state === "attached") return;
    upload.state = isComplete ? "stored" : "failed";
    this.#world.remember();
    if (isComplete) this.#later(upload);
    else void this.#callBack(upload, null);
  }

  #later(upload: Upload): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      const file = this.#attach(upload);
      void this.#callBack(upload, file);
    }, this.#world.live.uploadProcessingMs);
    this.#timers.add(timer);
  }

  /** A mesh becomes `<name>.general.meditMesh` under a UUID of its own; anything else keeps name and UUID. */
  #attach(upload: Upload): CaseFile {
    const { uuid, name, size, caseUuid } = upload;
    const isMesh = MESH.test(name);
    const at = this.#world.now();
    const file: CaseFile = {
      uuid: isMesh ? randomUUID() : uuid,
      name: isMesh ? `${name}.general.meditMesh` : name,
      size,
      fileType: "ATTACHED_DATA",
      createdAt: at,
      updatedAt: at,
      content: { kind: "upload", storedAs: uuid, entryName: name, isMesh },
    };
    upload.state = "attached";
    this.#world.addFile(caseUuid, file);
    return file;
  }

  /** The payload is not in the guide; this one is an assumption. Only loopback addresses are called. */
  async #callBack(upload: Upload, file: CaseFile | null): Promise<void> {
    if (!LOOPBACK.test(new URL(upload.callbackUrl).hostname)) return;
    const payload = {
      uuid: upload.uuid,
      caseUuid: upload.caseUuid,
      name: upload.name,
      status: file === null ? "FAIL" : "SUCCESS",
      fileUuid: file?.uuid ?? null,
    };
    try {
      await fetch(upload.callbackUrl, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(payload),
        signal: AbortSignal.timeout(5_000),
      });
    } catch (error) {
      console.error(`sandbox: the callback of upload ${upload.uuid} was not taken`, (error as Error).message);
    }
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }
}
