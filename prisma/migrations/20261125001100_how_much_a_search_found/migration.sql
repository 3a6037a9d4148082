-- What orders_found gives, and beside each order how many rows hold the tokens, hidden ones among them: no more than "most" are
-- looked for, so that "most" of them says that there may be more. Why it runs as the tables' owner: 20261121000100.
CREATE FUNCTION "orders_searched"("tokens" bigint[], "most" integer DEFAULT NULL)
RETURNS TABLE (
  "id" uuid, "organisation_id" uuid, "connection_id" uuid, "vendor" text, "number" text, "twin_of" uuid, "status" text,
  "completeness" text, "info_request" text, "clinic_id" uuid, "received_at" timestamptz, "due_on" date,
  "vendor_updated_at" timestamptz, "assignee_id" uuid, "changed_at" timestamptz, "hold_until" date, "downloaded_at" timestamptz,
  "hits" integer
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public ROWS 500 AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    WITH "held" AS MATERIALIZED (
      SELECT "o"."id", "o"."organisation_id", "o"."connection_id", "o"."vendor", "o"."number", "o"."twin_of", "o"."status",
        "o"."completeness", "o"."info_request", "o"."clinic_id", "o"."received_at", "o"."due_on", "o"."vendor_updated_at",
        "o"."assignee_id", "o"."changed_at", "o"."hold_until", "o"."downloaded_at"
      FROM "orders" AS "o"
      WHERE "o"."search_tokens" @> "tokens" AND ("o"."organisation_id" = current_organisation()) IS TRUE
      LIMIT "most"
    ), "shown" AS (
      SELECT * FROM "held" WHERE "twin_of" IS NULL
      UNION ALL
      SELECT "o"."id", "o"."organisation_id", "o"."connection_id", "o"."vendor", "o"."number", "o"."twin_of", "o"."status",
        "o"."completeness", "o"."info_request", "o"."clinic_id", "o"."received_at", "o"."due_on", "o"."vendor_updated_at",
        "o"."assignee_id", "o"."changed_at", "o"."hold_until", "o"."downloaded_at"
      FROM "orders" AS "o"
      WHERE "o"."id" IN (SELECT "twin_of" FROM "held" WHERE "twin_of" IS NOT NULL)
        AND "o"."id" NOT IN (SELECT "id" FROM "held") AND "o"."twin_of" IS NULL
    )
    SELECT "shown".*, (SELECT count(*)::integer FROM "held") FROM "shown";
END $$;
REVOKE ALL ON FUNCTION "orders_searched"(bigint[], integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "orders_searched"(bigint[], integer) TO "casebench_tenant";
-- orders_found stays: while a new version is brought in, the one before it still asks for it.
