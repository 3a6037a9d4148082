-- Twins are looked for by the shape of their scans: equal bytes are equal shapes.
DROP INDEX "scans_organisation_id_sha256_idx";
