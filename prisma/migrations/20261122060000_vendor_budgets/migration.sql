-- CreateTable
CREATE TABLE "vendor_budgets" (
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "minute" TIMESTAMPTZ(3) NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "vendor_budgets_pkey" PRIMARY KEY ("key","kind","minute")
);

-- CreateIndex
CREATE INDEX "vendor_budgets_minute_idx" ON "vendor_budgets"("minute");
