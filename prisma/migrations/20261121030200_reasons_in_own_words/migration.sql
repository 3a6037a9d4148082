-- A reason that is none of the known codes is somebody's own words and may name a patient.
ALTER TABLE "decisions" ADD COLUMN "reason_sealed" BYTEA;
