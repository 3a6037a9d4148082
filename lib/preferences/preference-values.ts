/** The columns of the inbox, in the order they stand unless a member wants another. */
export const INBOX_COLUMNS = [
  "status",
  "vendor",
  "picture",
  "number",
  "case",
  "clinic",
  "restorations",
  "material",
  "received",
  "due",
  "completeness",
  "scans",
  "assignee",
  "tags",
  "age",
] as const;
export type InboxColumn = (typeof INBOX_COLUMNS)[number];

/** Rows of 40 or of 32 px. */
export const DENSITIES = ["comfortable", "compact"] as const;
export const GROUPINGS = ["none", "due", "clinic"] as const;
/** "language" follows the language that is spoken: 3/14/2026 or 14.3.2026; the others are the same in every language. */
export const DATE_FORMATS = ["language", "iso", "dmy", "mdy"] as const;
export const DOWNLOAD_FORMATS = ["original", "stl", "obj", "ply"] as const;
/** Which mouse button does what in the 3D viewer (components/scan-viewer/mouse-presets.ts). */
export const MOUSE_PRESET_NAMES = ["standard", "exocad", "threeShape", "medit"] as const;
