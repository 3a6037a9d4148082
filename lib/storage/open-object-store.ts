import { join } from "node:path";
import { FolderStore } from "./folder-store.ts";
import type { ObjectStore } from "./object-store.ts";
import { S3Store } from "./s3-store.ts";

const DEFAULT_REGION = "us-east-1";

/**
 * The object store that the settings ask for.
 * @param url absent for a folder, or `s3://[key:secret@]bucket[/prefix]?endpoint=…&region=…`; without key and secret
 * the AWS SDK's usual places are asked
 * @param dataDir holds the objects (`objects/`), or only files on their way (`incoming/`) when the store is elsewhere
 * @throws Error naming the setting when the address is not one of these
 */
export function openObjectStore(url: string | undefined, dataDir: string): ObjectStore {
  if (!url) return new FolderStore(join(dataDir, "objects"));
  const address = URL.canParse(url) ? new URL(url) : null;
  if (address?.protocol !== "s3:" || !address.hostname) {
    throw new Error("OBJECT_STORE_URL must look like s3://bucket?endpoint=https://s3.example&region=eu-central-1");
  }
  const { hostname, pathname, searchParams, username, password } = address;
  const prefix = decodeURIComponent(pathname).replace(/^\/+|\/+$/g, "");
  const settings = {
    bucket: hostname,
    prefix: prefix ? `${prefix}/` : "",
    endpoint: searchParams.get("endpoint") ?? undefined,
    region: searchParams.get("region") ?? DEFAULT_REGION,
    credentials: username
      ? { accessKeyId: decodeURIComponent(username), secretAccessKey: decodeURIComponent(password) }
      : undefined,
  };
  return new S3Store(settings, join(dataDir, "incoming"));
}
