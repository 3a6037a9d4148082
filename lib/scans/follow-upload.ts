import type { Upload } from "#generated/prisma/client.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { announce } from "#lib/events/announce.ts";
import { log } from "#lib/log/log.ts";

/** Between two words about how far a file has come, ms. */
const PAUSE_MS = 1_000;

export type FollowedUpload = {
  /** @param bytes sent so far */
  sent(bytes: number): void;
  /** Waits until nothing of this is on its way any more: what is written next is the last word. */
  settled(): Promise<void>;
};

/** Tells the pages of the organisation how far a file has come, once a second at most. Nothing depends on it. */
export function followUpload(
  { id, organisationId, orderId }: Pick<Upload, "id" | "organisationId" | "orderId">,
  pauseMs = PAUSE_MS,
): FollowedUpload {
  let told = performance.now();
  let telling: Promise<void> = Promise.resolve();
  const tell = (sentBytes: number) =>
    withOrganisation(organisationId, async (tx) => {
      await tx.upload.updateMany({ where: { id, organisationId, state: "sending" }, data: { sentBytes } });
      await announce(tx, { organisationId, topic: "order", id: orderId });
    }).catch((err: unknown) => log.warn({ uploadId: id, err }, "upload progress not told"));
  return {
    sent(bytes) {
      const now = performance.now();
      if (now - told < pauseMs) return;
      told = now;
      telling = telling.then(() => tell(bytes));
    },
    settled: () => telling,
  };
}
