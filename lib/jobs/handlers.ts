import { runCarryOutDecision } from "#lib/jobs/carry-out-decision-job.ts";
import { runCarryOutUpload } from "#lib/jobs/carry-out-upload-job.ts";
import { runDrawThumbnail } from "#lib/jobs/draw-thumbnail-job.ts";
import { runFetchScan } from "#lib/jobs/fetch-scan-job.ts";
import { runNightly } from "#lib/jobs/nightly-job.ts";
import type { JobPayload, QueueName } from "#lib/jobs/queue-schema.ts";
import { runRefreshOrder } from "#lib/jobs/refresh-order-job.ts";
import { runSendInvitation } from "#lib/jobs/send-invitation-job.ts";
import { runSendNotification } from "#lib/jobs/send-notification-job.ts";
import { runSendPasswordReset } from "#lib/jobs/send-password-reset-job.ts";
import { runSendRenewalReminder } from "#lib/jobs/send-renewal-reminder-job.ts";
import { runSyncConnection } from "#lib/jobs/sync-connection-job.ts";
import { runTick } from "#lib/jobs/tick-job.ts";

type Handler<N extends QueueName> = {
  run: (payload: JobPayload<N>, context: { signal: AbortSignal }) => Promise<void>;
  /** Jobs of this queue at once in one process. */
  concurrency: number;
};

/** Which code runs a queue's jobs. */
export const HANDLERS: { [N in QueueName]: Handler<N> } = {
  "sync-connection": { run: runSyncConnection, concurrency: 4 },
  "refresh-order": { run: runRefreshOrder, concurrency: 4 },
  "carry-out-decision": { run: runCarryOutDecision, concurrency: 8 },
  "fetch-scan": { run: runFetchScan, concurrency: 4 },
  "draw-thumbnail": { run: runDrawThumbnail, concurrency: 2 },
  "carry-out-upload": { run: runCarryOutUpload, concurrency: 2 },
  "send-invitation": { run: runSendInvitation, concurrency: 1 },
  "send-password-reset": { run: runSendPasswordReset, concurrency: 1 },
  "send-renewal-reminder": { run: runSendRenewalReminder, concurrency: 1 },
  "send-notification": { run: runSendNotification, concurrency: 2 },
  tick: { run: runTick, concurrency: 1 },
  nightly: { run: runNightly, concurrency: 1 },
};
