import { readUploadedForm } from "#lib/api/read-uploaded-file.ts";
import { type FilingDetails, filingDetailsSchema } from "#lib/documents/document-schema.ts";
import { AppError } from "#lib/errors.ts";

/**
 * What is to be filed: a multipart form with the paper in `file` and its details as JSON in `details`; or the details alone, as JSON,
 * for the vendor's own order form.
 * @throws {AppError} invalid_body, too_large
 */
export async function readFilingRequest(request: Request): Promise<{ details: FilingDetails; file?: File }> {
  if (/^application\/json\b/i.test(request.headers.get("content-type") ?? ""))
    return { details: toDetails(await request.text()) };
  const { file, form } = await readUploadedForm(request);
  return { details: toDetails(form.get("details")), file };
}

function toDetails(text: unknown): FilingDetails {
  const parsed = filingDetailsSchema.safeParse(toJson(text));
  if (parsed.success) return parsed.data;
  const invalidParams = parsed.error.issues.map((issue) => ({
    name: issue.path.join(".") || "details",
    reason: issue.message,
  }));
  throw new AppError("invalid_body", "details", {
    invalidParams,
    facts: { name: invalidParams[0]?.name ?? "details" },
  });
}

function toJson(text: unknown): unknown {
  try {
    return typeof text === "string" && text.length < 10_000 ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
