import { z } from "zod";

/** What calls of Open Dental are made of, in the vendor's spelling. */

export const num = z.number().int().min(1).max(9_999_999_999);
export const numParam = z.string().regex(/^[1-9]\d{0,9}$|^0$/);
const numText = z.coerce.number().int().min(0).max(9_999_999_999);

/** "yyyy-MM-dd HH:mm:ss", the office's own time. */
export const localTimeText = z.string().regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/);
export const localDayText = z.iso.date();

/**
 * Lists come in pages: of at most 100 rows, of 1000 at the local API and API service, of up to 10 000 with Enterprise. How dates are
 * written may be chosen since 22.2, with "zzz" also their zone.
 */
export const pageQuery = {
  Limit: numText.max(10_000).optional(),
  Offset: numText.optional(),
  DateFormatString: z.string().max(40).optional(),
  DateTimeFormatString: z.string().max(40).optional(),
};
export const numQuery = numText.optional();

/** What a document is filed with. ProvNum and PrintHeading are of 24.2.32 and later. */
export const detailFields = {
  Description: z.string().max(255).optional(),
  DateCreated: localTimeText.optional(),
  DocCategory: num.optional(),
  ImgType: z.enum(["Document", "Radiograph", "Photo", "File", "Attachment"]).optional(),
  /** US Universal, "1-5,8". */
  ToothNumbers: z.string().max(200).optional(),
  ProvNum: num.optional(),
  PrintHeading: z.enum(["true", "false"]).optional(),
};

/** A place on an SFTP site: host and path in one text. The port is 22 when it is left out. */
export const sftpFields = {
  SftpAddress: z
    .string()
    .max(500)
    .regex(/^[^/:\s]+\/\S+$/),
  SftpUsername: z.string().min(1).max(200),
  SftpPassword: z.string().min(1).max(200),
  SftpPort: z.number().int().min(1).max(65_535).optional(),
};
