-- What people measured and noted on the scans of an order. Everything they wrote or drew is sealed.
CREATE TABLE "findings" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "vendor" TEXT NOT NULL,
    "order_number" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "shared" BOOLEAN NOT NULL DEFAULT false,
    "scan_sha256" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "content_sealed" BYTEA NOT NULL,
    "created_by" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "findings_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "findings_order_id_idx" ON "findings"("order_id");
CREATE INDEX "findings_organisation_id_idx" ON "findings"("organisation_id");
CREATE INDEX "findings_vendor_order_number_idx" ON "findings"("vendor", "order_number");
ALTER TABLE "findings" ADD CONSTRAINT "findings_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "findings" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "findings" TO "casebench_tenant" USING ("organisation_id" = current_organisation()) WITH CHECK ("organisation_id" = current_organisation());
GRANT SELECT, INSERT, UPDATE, DELETE ON "findings" TO "casebench_tenant";

-- A shared one is also read by the other side of the order: who has an order of the same vendor and number, on the opposite side,
-- and holds the very bytes that it was made on. A number alone would not prove that two organisations mean the same order.
CREATE POLICY "shared" ON "findings" FOR SELECT TO "casebench_tenant" USING (
  "shared" AND EXISTS (
    SELECT 1 FROM "orders" "o" JOIN "scans" "s" ON "s"."order_id" = "o"."id"
    WHERE "o"."organisation_id" = current_organisation()
      AND "o"."vendor" = "findings"."vendor"
      AND "o"."number" = "findings"."order_number"
      AND "o"."side" <> "findings"."side"
      AND "s"."sha256" = ANY ("findings"."scan_sha256")
  )
);
