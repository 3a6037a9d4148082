import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import { pipeline, type Readable } from "node:stream";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { checkingStream, hashFile, IncomingFolder } from "./incoming-folder.ts";
import {
  asStorageError,
  type ByteRange,
  isSha256,
  type ListedObject,
  type ObjectStore,
  requireSha256,
  StorageError,
  type StoredObject,
} from "./object-store.ts";

export interface S3Settings {
  bucket: string;
  /** In front of every key, with a slash at its end, or empty. */
  prefix: string;
  /** Absent: Amazon's own. */
  endpoint: string | undefined;
  region: string;
  /** Absent: the usual places of the AWS SDK (environment, profile, instance). */
  credentials: { accessKeyId: string; secretAccessKey: string } | undefined;
}

/**
 * Objects in an S3-compatible bucket, under `ab/cd/abcd…`. Files on their way lie in a local folder, for their hash is
 * their key and must be known first. The server checks it once more on arrival.
 * @param incoming local folder for files on their way
 */
export class S3Store implements ObjectStore {
  private readonly client: S3Client;
  private readonly settings: S3Settings;
  private readonly incoming: IncomingFolder;

  constructor(settings: S3Settings, incoming: string) {
    this.settings = settings;
    this.incoming = new IncomingFolder(incoming);
    this.client = new S3Client({
      region: settings.region,
      endpoint: settings.endpoint,
      credentials: settings.credentials,
      // Other servers than Amazon's seldom have a host name per bucket.
      forcePathStyle: settings.endpoint !== undefined,
      // We send SHA-256 and check it on reading ourselves; further checksums confuse other servers than Amazon's.
      requestChecksumCalculation: "WHEN_REQUIRED",
      responseChecksumValidation: "WHEN_REQUIRED",
    });
    // "/bucket/" and "/bucket" are one place, but not every server signs them alike: the shorter one is understood by all.
    this.client.middlewareStack.add(
      (next) => (call) => {
        const request = call.request as { path: string };
        if (request.path.length > 1) request.path = request.path.replace(/\/$/, "");
        return next(call);
      },
      { step: "build", name: "bucketPath" },
    );
  }

  makeWorkFolder(): Promise<string> {
    return this.incoming.makeWorkFolder();
  }

  async putFile(path: string): Promise<StoredObject> {
    const object = await hashFile(path);
    await this.upload(path, object);
    return object;
  }

  async putStream(source: Readable, { limitBytes = Number.POSITIVE_INFINITY } = {}): Promise<StoredObject> {
    const { path, object } = await this.incoming.spool(source, limitBytes);
    await this.upload(path, object);
    return object;
  }

  async open(sha256: string, range?: ByteRange): Promise<Readable> {
    const Range = range ? `bytes=${range.start}-${range.end}` : undefined;
    try {
      const { Body } = await this.client.send(new GetObjectCommand({ ...this.address(sha256), Range }));
      // In Node the SDK's body is a Readable.
      const body = Body as Readable;
      if (range) return body;
      return pipeline(body, checkingStream(sha256), () => {
        // Whoever reads the result sees the error there.
      });
    } catch (error) {
      throw explain(error, "opening an object");
    }
  }

  async stat(sha256: string): Promise<StoredObject | null> {
    try {
      const { ContentLength } = await this.client.send(new HeadObjectCommand(this.address(sha256)));
      return { sha256, bytes: ContentLength ?? 0 };
    } catch (error) {
      const problem = explain(error, "looking for an object");
      if (problem.code === "not_found") return null;
      throw problem;
    }
  }

  async has(sha256: string): Promise<boolean> {
    return (await this.stat(sha256)) !== null;
  }

  async remove(sha256: string): Promise<void> {
    try {
      await this.client.send(new DeleteObjectCommand(this.address(sha256)));
    } catch (error) {
      const problem = explain(error, "removing an object");
      if (problem.code !== "not_found") throw problem;
    }
  }

  async *list(): AsyncIterable<ListedObject> {
    const { bucket, prefix } = this.settings;
    for (let token: string | undefined, isFirst = true; isFirst || token; isFirst = false) {
      const page: ListObjectsV2CommandOutput = await this.client
        .send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix || undefined, ContinuationToken: token }))
        .catch((error: unknown) => {
          throw explain(error, "listing objects");
        });
      for (const { Key = "", LastModified } of page.Contents ?? []) {
        const sha256 = Key.split("/").at(-1) ?? "";
        if (isSha256(sha256) && LastModified) yield { sha256, storedAt: LastModified };
      }
      token = page.NextContinuationToken;
    }
  }

  removeAbandoned(now: number): Promise<number> {
    return this.incoming.removeAbandoned(now);
  }

  private address(sha256: string): { Bucket: string; Key: string } {
    requireSha256(sha256);
    const Key = `${this.settings.prefix}${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;
    return { Bucket: this.settings.bucket, Key };
  }

  private async upload(path: string, { sha256, bytes }: StoredObject): Promise<void> {
    try {
      await this.client.send(
        new PutObjectCommand({
          ...this.address(sha256),
          Body: createReadStream(path),
          ContentLength: bytes,
          ChecksumSHA256: Buffer.from(sha256, "hex").toString("base64"),
        }),
      );
    } catch (error) {
      throw explain(error, "storing an object");
    } finally {
      await rm(path, { force: true });
    }
  }
}

/** S3's errors carry an HTTP status; a missing bucket is a fault of the settings, not a missing object. */
function explain(error: unknown, doing: string): StorageError {
  if (!(error instanceof S3ServiceException)) return asStorageError(error, doing);
  const status = error.$metadata.httpStatusCode;
  const isMissing = status === 404 && error.name !== "NoSuchBucket";
  const message = `The object store answered ${status} ${error.name} while ${doing}.`;
  return new StorageError(isMissing ? "not_found" : "unavailable", message, { cause: error });
}
