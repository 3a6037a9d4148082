/** A file on its way to a vendor. */
export type UploadView = {
  id: string;
  name: string;
  bytes: number;
  /** How many of them the vendor has been sent in this attempt; told once a second. */
  sentBytes: number;
  state: "waiting" | "sending" | "processing" | "listed" | "failed";
  /** An error code of ours. */
  problem: string | null;
  createdAt: string;
};
