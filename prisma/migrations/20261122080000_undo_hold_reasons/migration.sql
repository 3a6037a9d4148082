-- Seconds that a decision waits before it leaves, and when a given one leaves; null: at once.
ALTER TABLE "organisations" ADD COLUMN "undo_seconds" INTEGER NOT NULL DEFAULT 5;
ALTER TABLE "decisions" ADD COLUMN "leaves_at" TIMESTAMPTZ(3);
ALTER TABLE "decisions" DROP CONSTRAINT "decisions_state";
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_state" CHECK ("state" IN ('requested', 'sending', 'confirmed', 'conflict', 'failed', 'undone'));

-- How files of an order are named on their way out; null: as ever.
ALTER TABLE "organisations" ADD COLUMN "file_name_template" TEXT;

-- An order put aside comes back by itself on the day.
ALTER TABLE "orders" ADD COLUMN "hold_until" DATE;
ALTER TABLE "orders" ADD COLUMN "hold_reason" TEXT;
ALTER TABLE "orders" ADD COLUMN "hold_note_sealed" BYTEA;
ALTER TABLE "orders" ADD COLUMN "held_by" UUID;
CREATE INDEX "orders_organisation_id_hold_until_idx" ON "orders"("organisation_id", "hold_until");

-- An organisation's own reasons, and what it changed about those that everybody has.
CREATE TABLE "reasons" (
    "organisation_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "group" TEXT NOT NULL,
    "label" TEXT,
    "off" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reasons_pkey" PRIMARY KEY ("organisation_id", "code")
);
ALTER TABLE "reasons" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "reasons" TO "casebench_tenant" USING ("organisation_id" = current_organisation()) WITH CHECK ("organisation_id" = current_organisation());
GRANT SELECT, INSERT, UPDATE, DELETE ON "reasons" TO "casebench_tenant";
