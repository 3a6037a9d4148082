-- Orders that are hidden behind another row: few, and left out of what is counted by tag without looking at every order.
CREATE INDEX "orders_hidden" ON "orders" ("organisation_id", "id") WHERE "twin_of" IS NOT NULL;

-- Like 20261124001100, and finds no more than asked for: a saved view's count ends at 1000.
DROP FUNCTION "orders_found"(bigint[]);
CREATE FUNCTION "orders_found"("tokens" bigint[], "most" integer DEFAULT NULL)
RETURNS TABLE (
  "id" uuid, "organisation_id" uuid, "connection_id" uuid, "vendor" text, "number" text, "twin_of" uuid, "status" text,
  "completeness" text, "info_request" text, "clinic_id" uuid, "received_at" timestamptz, "due_on" date,
  "vendor_updated_at" timestamptz, "assignee_id" uuid, "changed_at" timestamptz, "hold_until" date, "downloaded_at" timestamptz
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public ROWS 500 AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    WITH "hits" AS MATERIALIZED (
      SELECT "o"."id", "o"."organisation_id", "o"."connection_id", "o"."vendor", "o"."number", "o"."twin_of", "o"."status",
        "o"."completeness", "o"."info_request", "o"."clinic_id", "o"."received_at", "o"."due_on", "o"."vendor_updated_at",
        "o"."assignee_id", "o"."changed_at", "o"."hold_until", "o"."downloaded_at"
      FROM "orders" AS "o"
      WHERE "o"."search_tokens" @> "tokens" AND ("o"."organisation_id" = current_organisation()) IS TRUE
      LIMIT "most"
    )
    SELECT * FROM "hits" WHERE "twin_of" IS NULL
    UNION ALL
    SELECT "o"."id", "o"."organisation_id", "o"."connection_id", "o"."vendor", "o"."number", "o"."twin_of", "o"."status",
      "o"."completeness", "o"."info_request", "o"."clinic_id", "o"."received_at", "o"."due_on", "o"."vendor_updated_at",
      "o"."assignee_id", "o"."changed_at", "o"."hold_until", "o"."downloaded_at"
    FROM "orders" AS "o"
    WHERE "o"."id" IN (SELECT "twin_of" FROM "hits" WHERE "twin_of" IS NOT NULL)
      AND "o"."id" NOT IN (SELECT "id" FROM "hits") AND "o"."twin_of" IS NULL;
END $$;
REVOKE ALL ON FUNCTION "orders_found"(bigint[], integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "orders_found"(bigint[], integer) TO "casebench_tenant";
