import { z } from "zod";

/** Names and payloads of background jobs: ids only, never patient data or secrets. */
export const QUEUES = {
  /** Reads what changed at a connection's vendor. */
  "sync-connection": { payload: z.object({ organisationId: z.uuid(), connectionId: z.uuid() }), retryLimit: 0 },
  /** Fetches one order whole. */
  "refresh-order": { payload: z.object({ organisationId: z.uuid(), orderId: z.uuid() }), retryLimit: 5 },
  "carry-out-decision": { payload: z.object({ organisationId: z.uuid(), decisionId: z.uuid() }), retryLimit: 0 },
  /** Fetches, verifies, unpacks and converts one scan. */
  "fetch-scan": { payload: z.object({ organisationId: z.uuid(), scanId: z.uuid() }), retryLimit: 0 },
  "carry-out-upload": { payload: z.object({ organisationId: z.uuid(), uploadId: z.uuid() }), retryLimit: 0 },
  /** The worker makes the one-time token when it writes the mail: no token lies in a payload. */
  "send-invitation": { payload: z.object({ organisationId: z.uuid(), invitationId: z.uuid() }), retryLimit: 5 },
  "send-password-reset": { payload: z.object({ userId: z.uuid() }), retryLimit: 5 },
  /** Every minute: asks for due syncs, looks for decisions and scans left behind. */
  tick: { payload: z.object({}), retryLimit: 0 },
  nightly: { payload: z.object({}), retryLimit: 0 },
} as const satisfies Record<string, { payload: z.ZodType; retryLimit: number }>;

export type QueueName = keyof typeof QUEUES;
export type JobPayload<N extends QueueName> = z.infer<(typeof QUEUES)[N]["payload"]>;
