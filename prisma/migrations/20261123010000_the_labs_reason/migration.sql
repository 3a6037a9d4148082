-- Why the lab rejected an order, for the clinic that placed it: the one thing that one organisation sees of another's decision.
-- Only for the clinic's own order, which the vendor itself says is rejected, and only from the account of the very lab that the
-- vendor names on it.
CREATE FUNCTION "rejection_by_lab"("asked" uuid)
RETURNS TABLE ("organisation_id" uuid, "decision_id" uuid, "code" text, "words" bytea, "group" text, "label" text, "at" timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  RETURN QUERY
    SELECT d."organisation_id", d."id", d."reason", d."reason_sealed", r."group", r."label", d."confirmed_at"
    FROM "orders" AS mine
    JOIN "connections" AS own ON own."id" = mine."connection_id"
    JOIN "vendor_groups" AS lab ON lab."id" = mine."lab_id"
    JOIN "connections" AS theirs
      ON theirs."vendor" = mine."vendor" AND theirs."region" = own."region" AND theirs."side" = 'lab' AND theirs."group_key" = lab."key"
    JOIN "orders" AS decided ON decided."connection_id" = theirs."id" AND decided."number" = mine."number"
    JOIN "decisions" AS d ON d."order_id" = decided."id" AND d."kind" = 'reject' AND d."state" = 'confirmed'
    LEFT JOIN "reasons" AS r ON r."organisation_id" = d."organisation_id" AND r."code" = d."reason"
    WHERE mine."id" = asked AND mine."organisation_id" = current_organisation() AND mine."side" = 'clinic' AND mine."status" = 'rejected'
    ORDER BY d."confirmed_at" DESC
    LIMIT 1;
END $$;
REVOKE ALL ON FUNCTION "rejection_by_lab"(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "rejection_by_lab"(uuid) TO "casebench_tenant";
