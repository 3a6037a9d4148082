-- Orders counted by due day and by clinic are read from these indexes alone, never row by row.
CREATE INDEX "orders_shown_by_due_day" ON "orders" ("organisation_id", "due_on", "status") WHERE "twin_of" IS NULL;
CREATE INDEX "orders_shown_by_clinic" ON "orders" ("organisation_id", "clinic_id", "status") WHERE "twin_of" IS NULL;
