-- What an organisation's members are told of by mail. `seen_at` is how far a rule has looked.
CREATE TABLE "notification_rules" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "event" TEXT NOT NULL,
    "timing" TEXT NOT NULL,
    "recipients" UUID[],
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "told_on" DATE,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notification_rules_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "notification_rules_organisation_id_idx" ON "notification_rules"("organisation_id");
ALTER TABLE "notification_rules" ADD CONSTRAINT "notification_rules_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "notification_rules" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "notification_rules" TO "casebench_tenant" USING ("organisation_id" = current_organisation()) WITH CHECK ("organisation_id" = current_organisation());
GRANT SELECT, INSERT, UPDATE, DELETE ON "notification_rules" TO "casebench_tenant";

-- What happened in an organisation since a rule last looked.
DROP INDEX "order_events_organisation_id_idx";
CREATE INDEX "order_events_organisation_id_at_idx" ON "order_events"("organisation_id", "at");
