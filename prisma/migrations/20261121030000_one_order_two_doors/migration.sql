-- One order that arrives by two ways: the hidden row names the one that is shown.
ALTER TABLE "orders" ADD COLUMN "twin_of" UUID, ADD COLUMN "twin_by" TEXT;
ALTER TABLE "orders" ADD CONSTRAINT "orders_twin_of_fkey" FOREIGN KEY ("twin_of") REFERENCES "orders"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "orders" ADD CONSTRAINT "orders_no_twin_of_itself" CHECK ("twin_of" <> "id");
CREATE INDEX "orders_twin_of_idx" ON "orders"("twin_of");
CREATE INDEX "orders_organisation_id_case_key_idx" ON "orders"("organisation_id", "case_key");
CREATE INDEX "orders_organisation_id_portal_case_key_idx" ON "orders"("organisation_id", "portal_case_key");
CREATE INDEX "scans_organisation_id_sha256_idx" ON "scans"("organisation_id", "sha256");
CREATE INDEX "scans_organisation_id_triangles_idx" ON "scans"("organisation_id", "triangles");

-- Hidden rows are counted apart: the inbox leaves them out, a connection's own count does not.
ALTER TABLE "order_counts" ADD COLUMN "hidden" BOOLEAN NOT NULL DEFAULT false;

CREATE OR REPLACE FUNCTION "count_orders_inserted"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  INSERT INTO "order_counts" ("organisation_id", "connection_id", "vendor", "status", "completeness", "hidden", "n")
  SELECT "organisation_id", "connection_id", "vendor", "status", "completeness", "twin_of" IS NOT NULL, count(*)::int
  FROM "new_rows" GROUP BY 1, 2, 3, 4, 5, 6;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION "count_orders_deleted"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  INSERT INTO "order_counts" ("organisation_id", "connection_id", "vendor", "status", "completeness", "hidden", "n")
  SELECT "organisation_id", "connection_id", "vendor", "status", "completeness", "twin_of" IS NOT NULL, -count(*)::int
  FROM "old_rows" GROUP BY 1, 2, 3, 4, 5, 6;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION "count_orders_updated"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  INSERT INTO "order_counts" ("organisation_id", "connection_id", "vendor", "status", "completeness", "hidden", "n")
  SELECT "organisation_id", "connection_id", "vendor", "status", "completeness", "hidden", sum("d")::int
  FROM (
    SELECT "organisation_id", "connection_id", "vendor", "status", "completeness", "twin_of" IS NOT NULL AS "hidden", 1 AS "d" FROM "new_rows"
    UNION ALL
    SELECT "organisation_id", "connection_id", "vendor", "status", "completeness", "twin_of" IS NOT NULL, -1 FROM "old_rows"
  ) AS "differences"
  GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum("d") <> 0;
  RETURN NULL;
END $$;

-- A search that meets the hidden row finds the one that is shown.
CREATE OR REPLACE FUNCTION "orders_matching"("tokens" bigint[]) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  RETURN QUERY
    SELECT coalesce("twin_of", "id") FROM "orders" WHERE "organisation_id" = current_organisation() AND "search_tokens" @> "tokens";
END $$;
