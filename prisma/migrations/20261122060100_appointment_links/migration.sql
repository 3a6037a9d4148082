-- CreateTable
CREATE TABLE "appointment_links" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "visit_sealed" BYTEA NOT NULL,
    "read_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_by" UUID NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "appointment_links_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "appointment_documents" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "link_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'sending',
    "sent_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "appointment_documents_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "appointment_links_order_id_idx" ON "appointment_links"("order_id");

-- CreateIndex
CREATE INDEX "appointment_links_organisation_id_idx" ON "appointment_links"("organisation_id");

-- CreateIndex
CREATE INDEX "appointment_documents_organisation_id_idx" ON "appointment_documents"("organisation_id");

-- CreateIndex
CREATE UNIQUE INDEX "appointment_documents_link_id_name_key" ON "appointment_documents"("link_id", "name");

-- One appointment per order; what was undone is kept.
CREATE UNIQUE INDEX "appointment_links_one_per_order" ON "appointment_links" ("order_id") WHERE "undone_at" IS NULL;
ALTER TABLE "appointment_documents" ADD CONSTRAINT "appointment_documents_state" CHECK ("state" IN ('sending', 'sent', 'failed'));

DO $$
DECLARE "t" text;
BEGIN
  FOREACH "t" IN ARRAY ARRAY['appointment_links', 'appointment_documents'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', "t");
    EXECUTE format('CREATE POLICY "tenant" ON %I TO "casebench_tenant" USING ("organisation_id" = current_organisation()) WITH CHECK ("organisation_id" = current_organisation())', "t");
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO "casebench_tenant"', "t");
  END LOOP;
END $$;
