-- Links of our own that a practice fetches a paper by, when somebody first opens it there.

-- CreateTable
CREATE TABLE "chart_links" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "sha256" TEXT NOT NULL,
    "extension" TEXT NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "chart_links_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "chart_links_token_hash_key" ON "chart_links"("token_hash");

-- CreateIndex
CREATE INDEX "chart_links_organisation_id_idx" ON "chart_links"("organisation_id");

-- CreateIndex
CREATE INDEX "chart_links_order_id_idx" ON "chart_links"("order_id");

ALTER TABLE "chart_links" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "chart_links" TO "casebench_tenant" USING ("organisation_id" = current_organisation()) WITH CHECK ("organisation_id" = current_organisation());
GRANT SELECT, INSERT, UPDATE, DELETE ON "chart_links" TO "casebench_tenant";
