-- How a connection's vendor has behaved, written by whichever process calls it: apart from the connection, whose row is locked by
-- syncs and renewals.
CREATE TABLE "connection_health" (
    "connection_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "paused_until" TIMESTAMPTZ(3),
    "breaker" TEXT NOT NULL DEFAULT 'closed',
    "breaker_next_try_at" TIMESTAMPTZ(3),
    "hour" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "calls" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "earlier_calls" INTEGER NOT NULL DEFAULT 0,
    "earlier_failures" INTEGER NOT NULL DEFAULT 0,
    "reminder_for" TIMESTAMPTZ(3),
    "reminder_days" INTEGER,
    "reminded_at" TIMESTAMPTZ(3),
    "reconciliation" JSONB,

    CONSTRAINT "connection_health_pkey" PRIMARY KEY ("connection_id")
);
CREATE INDEX "connection_health_organisation_id_idx" ON "connection_health"("organisation_id");
ALTER TABLE "connection_health" ADD CONSTRAINT "connection_health_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "connection_health" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "connection_health" TO "casebench_tenant" USING ("organisation_id" = current_organisation()) WITH CHECK ("organisation_id" = current_organisation());
GRANT SELECT, INSERT, UPDATE, DELETE ON "connection_health" TO "casebench_tenant";

-- Scans that wait for somebody to sign in at the vendor again.
CREATE INDEX "scans_parked" ON "scans" ("organisation_id", "order_id") WHERE "state" = 'waiting' AND "problem" = 'reconnect_needed';
