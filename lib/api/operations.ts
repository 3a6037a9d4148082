import { CONNECTION_OPERATIONS } from "#lib/api/connection-operations.ts";
import { DESK_OPERATIONS } from "#lib/api/desk-operations.ts";
import type { Operation } from "#lib/api/operation.ts";
import { ORDER_OPERATIONS } from "#lib/api/order-operations.ts";
import { PORTAL_OPERATIONS } from "#lib/api/portal-operations.ts";
import { PRACTICE_OPERATIONS } from "#lib/api/practice-operations.ts";
import { SCAN_OPERATIONS } from "#lib/api/scan-operations.ts";

/**
 * The HTTP surface of design §5 that others build on. The schemas are the ones that check requests and shape answers, so this
 * list cannot say something else than the routes do; a test holds it against the route files.
 */
export const OPERATIONS: readonly Operation[] = [
  ...DESK_OPERATIONS,
  ...ORDER_OPERATIONS,
  ...PRACTICE_OPERATIONS,
  ...SCAN_OPERATIONS,
  ...CONNECTION_OPERATIONS,
  ...PORTAL_OPERATIONS,
];
