import { z } from "zod";
import { KEYBOARD_ACTION_IDS } from "#lib/keyboard/keyboard-actions.ts";
import {
  DATE_FORMATS,
  DENSITIES,
  DOWNLOAD_FORMATS,
  GROUPINGS,
  INBOX_COLUMNS,
  MOUSE_PRESET_NAMES,
} from "./preference-values.ts";

/** How a member likes the portal, in one organisation. Language and tooth notation belong to the person: `GET /api/me`. */
export const preferencesSchema = z.object({
  /** Columns of the inbox from left to right; null: the usual ones. */
  columns: z.array(z.enum(INBOX_COLUMNS)).min(1).max(INBOX_COLUMNS.length).nullable(),
  /** Saved views in the order they stand; those not named follow, the oldest first. */
  views: z.array(z.uuid()).max(200),
  density: z.enum(DENSITIES),
  grouping: z.enum(GROUPINGS),
  dateFormat: z.enum(DATE_FORMATS),
  downloadFormat: z.enum(DOWNLOAD_FORMATS),
  mousePreset: z.enum(MOUSE_PRESET_NAMES),
  /** Keys that differ from the usual ones: action → key (lib/keyboard/keyboard-actions.ts). */
  shortcuts: z.partialRecord(z.enum(KEYBOARD_ACTION_IDS), z.string().min(1).max(40)),
});
export type Preferences = z.infer<typeof preferencesSchema>;

/** The body of `PUT /api/me/preferences`: what is absent stays as it is. */
export const changePreferencesBodySchema = preferencesSchema.partial().strict();
export type PreferencesChange = z.infer<typeof changePreferencesBodySchema>;
