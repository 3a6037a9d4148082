import type { Preferences } from "./preferences-schema.ts";

/** How the portal is for a member who changed nothing. */
export const DEFAULT_PREFERENCES: Preferences = {
  columns: null,
  views: [],
  density: "comfortable",
  grouping: "none",
  dateFormat: "language",
  downloadFormat: "original",
  mousePreset: "standard",
  shortcuts: {},
};
