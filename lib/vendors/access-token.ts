import { z } from "zod";

/** A token as a header can carry it (RFC 6750 §2.1): one that cannot is no token, and must not take the place of one that lives. */
export const accessTokenSchema = z.string().regex(/^[\x21-\x7e]{1,16384}$/);
