/** Why a scan cannot be shown. The sentence for people stands in the message catalogue under the code. */
export type ScanErrorCode =
  /** Not a 7z archive, truncated or corrupt. */
  | "archive_unreadable"
  /** Readable, but not what a vendor sends: encrypted, links, foreign names, too many entries, a bomb. */
  | "archive_refused"
  /** The manifest names a file that the archive does not hold. */
  | "entry_missing"
  /** A file is larger or smaller than the manifest says. */
  | "size_mismatch"
  /** A file's content is not what the manifest says, or the manifest's hash is of a kind we cannot check. */
  | "hash_mismatch"
  /** The file is no mesh, or a damaged one. */
  | "mesh_unreadable"
  /** More than we unpack or convert. */
  | "too_large"
  /** Unpacking or converting took longer than allowed. */
  | "timed_out"
  /** Whoever asked no longer wants it. */
  | "cancelled"
  /** This machine cannot do it: no 7-Zip, no disk space, a worker that does not start. */
  | "converter_failed";

/** `message` is for the log: it holds no names of files or people. */
export class ScanError extends Error {
  override name = "ScanError";
  readonly code: ScanErrorCode;

  constructor(code: ScanErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
