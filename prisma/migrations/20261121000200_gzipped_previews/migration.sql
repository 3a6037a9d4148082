-- AlterTable
ALTER TABLE "scans" ADD COLUMN     "full_gzip_sha256" TEXT,
ADD COLUMN     "low_gzip_sha256" TEXT;
