-- Scanner portals behind a collector: names, last fetch, and how their meshes lie, as the collector told when it was asked last.
CREATE TABLE "vendor_portals" (
    "connection_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "organisation_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind_name" TEXT,
    "last_fetch_at" TIMESTAMPTZ(3),
    "axes" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "quantization_bits" INTEGER,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "vendor_portals_pkey" PRIMARY KEY ("connection_id", "key")
);
CREATE INDEX "vendor_portals_organisation_id_idx" ON "vendor_portals"("organisation_id");
ALTER TABLE "vendor_portals" ADD CONSTRAINT "vendor_portals_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "vendor_portals" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "vendor_portals" TO "casebench_tenant" USING ("organisation_id" = current_organisation()) WITH CHECK ("organisation_id" = current_organisation());
GRANT SELECT, INSERT, UPDATE, DELETE ON "vendor_portals" TO "casebench_tenant";

-- The portals an order came through, by their keys: the kind of portal, and the configured account of it.
ALTER TABLE "orders" ADD COLUMN "portal_keys" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];

-- Whether the vendor still took the token when it was asked last.
ALTER TABLE "connection_health" ADD COLUMN "checked_at" TIMESTAMPTZ(3), ADD COLUMN "check_result" TEXT;
