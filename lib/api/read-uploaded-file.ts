import { AppError } from "#lib/errors.ts";

/** The largest attachment taken, bytes: above the vendor's 25 MB sample scan with room to spare. */
const MOST_BYTES = 100 * 1024 * 1024;
/** What multipart adds around the file, bytes. */
const ENVELOPE_BYTES = 64 * 1024;

/**
 * The one file of a multipart form, in its field `file`.
 * @throws {AppError} too_large, invalid_body
 */
export async function readUploadedFile(request: Request): Promise<File> {
  return (await readUploadedForm(request)).file;
}

/** The same, with the form's other fields. @param field of the file @throws {AppError} too_large, invalid_body */
export async function readUploadedForm(request: Request, field = "file"): Promise<{ file: File; form: FormData }> {
  const declared = Number(request.headers.get("content-length") ?? Number.NaN);
  if (Number.isNaN(declared)) throw invalid("content-length", "is missing");
  if (declared > MOST_BYTES + ENVELOPE_BYTES) throw new AppError("too_large");
  const form = await request.formData().catch((cause) => {
    throw invalid("body", "is not a multipart form", cause);
  });
  const file = form.get(field);
  if (!(file instanceof File)) throw invalid(field, "is missing");
  if (file.size === 0) throw invalid(field, "is empty");
  if (file.size > MOST_BYTES) throw new AppError("too_large");
  return { file, form };
}

function invalid(name: string, reason: string, cause?: unknown): AppError {
  return new AppError("invalid_body", `${name} ${reason}`, {
    cause,
    invalidParams: [{ name, reason }],
    facts: { name },
  });
}
