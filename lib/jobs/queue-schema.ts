import { z } from "zod";
import { NOTIFIABLE } from "#lib/notifications/notification-schema.ts";

/**
 * Names and payloads of background jobs: ids only, never patient data or secrets. `key` names the payload's part of which at
 * most one job waits at a time; `retryLimit` counts again-tries after a throw or a killed process.
 */
export const QUEUES = {
  /** Reads what changed at a connection's vendor. */
  "sync-connection": {
    payload: z.object({ organisationId: z.uuid(), connectionId: z.uuid() }),
    key: "connectionId",
    retryLimit: 2,
  },
  /** Fetches one order whole; ten tries are about five minutes of a vendor's trouble with it. */
  "refresh-order": {
    payload: z.object({ organisationId: z.uuid(), orderId: z.uuid() }),
    key: "orderId",
    retryLimit: 10,
  },
  "carry-out-decision": {
    payload: z.object({ organisationId: z.uuid(), decisionId: z.uuid() }),
    key: "decisionId",
    retryLimit: 5,
  },
  /** Fetches, verifies, unpacks and converts one scan. */
  "fetch-scan": {
    payload: z.object({
      organisationId: z.uuid(),
      scanId: z.uuid(),
      /** Somebody is looking at the order. */
      wanted: z.boolean().optional(),
    }),
    key: "scanId",
    retryLimit: 5,
  },
  /** Draws the small picture of a case, when a scan of it has become ready. */
  "draw-thumbnail": {
    payload: z.object({ organisationId: z.uuid(), orderId: z.uuid() }),
    key: "orderId",
    retryLimit: 5,
  },
  "carry-out-upload": {
    payload: z.object({ organisationId: z.uuid(), uploadId: z.uuid() }),
    key: "uploadId",
    retryLimit: 5,
  },
  /** The worker makes the one-time token when it writes the mail: no token lies in a payload. */
  "send-invitation": {
    payload: z.object({ organisationId: z.uuid(), invitationId: z.uuid() }),
    key: "invitationId",
    retryLimit: 5,
  },
  "send-password-reset": { payload: z.object({ userId: z.uuid() }), key: "userId", retryLimit: 5 },
  /** One per admin and mark: `days` before the sign-in ends. */
  "send-renewal-reminder": {
    payload: z.object({ organisationId: z.uuid(), connectionId: z.uuid(), userId: z.uuid(), days: z.number().int() }),
    key: null,
    retryLimit: 5,
  },
  /** One per recipient: what happened, by ids. */
  "send-notification": {
    payload: z.object({
      organisationId: z.uuid(),
      userId: z.uuid(),
      event: z.enum(NOTIFIABLE),
      subjects: z.array(z.uuid()),
      total: z.number().int(),
    }),
    key: null,
    retryLimit: 5,
  },
  /** Every minute: asks for due syncs, looks for decisions and scans left behind. */
  tick: { payload: z.object({}), key: null, retryLimit: 0 },
  nightly: { payload: z.object({}), key: null, retryLimit: 2 },
} as const satisfies Record<string, { payload: z.ZodType; key: string | null; retryLimit: number }>;

export type QueueName = keyof typeof QUEUES;
export const QUEUE_NAMES = Object.keys(QUEUES) as QueueName[];
export type JobPayload<N extends QueueName> = z.infer<(typeof QUEUES)[N]["payload"]>;
