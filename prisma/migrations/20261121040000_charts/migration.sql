-- CreateTable
CREATE TABLE "vendor_turns" (
    "key" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "free_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "vendor_turns_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "sftp_accounts" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "username" TEXT NOT NULL,
    "password_hash" BYTEA NOT NULL,
    "direction" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sftp_accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "chart_matches" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "patient_sealed" BYTEA NOT NULL,
    "how" TEXT NOT NULL,
    "confirmed_by" UUID NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "undo_until" TIMESTAMPTZ(3) NOT NULL,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "chart_matches_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "chart_filings" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "match_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "dedupe_key" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'sending',
    "problem" TEXT,
    "document_key" TEXT,
    "filed_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "filed_at" TIMESTAMPTZ(3),

    CONSTRAINT "chart_filings_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "sftp_accounts_username_key" ON "sftp_accounts"("username");

-- CreateIndex
CREATE INDEX "sftp_accounts_organisation_id_idx" ON "sftp_accounts"("organisation_id");

-- CreateIndex
CREATE INDEX "chart_matches_order_id_idx" ON "chart_matches"("order_id");

-- CreateIndex
CREATE INDEX "chart_matches_organisation_id_idx" ON "chart_matches"("organisation_id");

-- CreateIndex
CREATE INDEX "chart_filings_order_id_idx" ON "chart_filings"("order_id");

-- CreateIndex
CREATE INDEX "chart_filings_organisation_id_idx" ON "chart_filings"("organisation_id");

-- CreateIndex
CREATE UNIQUE INDEX "chart_filings_match_id_dedupe_key_key" ON "chart_filings"("match_id", "dedupe_key");

-- One patient per order; what was undone is kept.
CREATE UNIQUE INDEX "chart_matches_one_per_order" ON "chart_matches" ("order_id") WHERE "undone_at" IS NULL;
ALTER TABLE "sftp_accounts" ADD CONSTRAINT "sftp_accounts_direction" CHECK ("direction" IN ('fetch', 'bring'));
ALTER TABLE "chart_filings" ADD CONSTRAINT "chart_filings_state" CHECK ("state" IN ('sending', 'filed', 'failed', 'removed'));

DO $$
DECLARE "t" text;
BEGIN
  FOREACH "t" IN ARRAY ARRAY['sftp_accounts', 'chart_matches', 'chart_filings'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', "t");
    EXECUTE format('CREATE POLICY "tenant" ON %I TO "casebench_tenant" USING ("organisation_id" = current_organisation()) WITH CHECK ("organisation_id" = current_organisation())', "t");
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO "casebench_tenant"', "t");
  END LOOP;
END $$;
