import {
  CircleDot,
  Diff,
  Layers2,
  MapPin,
  Mountain,
  Ruler,
  Scissors,
  TriangleRight,
  UnfoldVertical,
} from "lucide-react";
import type { ViewerActionId } from "./shortcuts.ts";
import type { Tool } from "./viewer-state.ts";

/** The tools in the order of the toolbar, with the names of their keys. */
export const TOOLS: readonly { tool: Tool; action: ViewerActionId; Icon: typeof Ruler }[] = [
  { tool: "distance", action: "takeDistance", Icon: Ruler },
  { tool: "angle", action: "takeAngle", Icon: TriangleRight },
  { tool: "surface", action: "takeSurface", Icon: UnfoldVertical },
  { tool: "section", action: "takeSection", Icon: Scissors },
  { tool: "contacts", action: "takeContacts", Icon: CircleDot },
  { tool: "undercut", action: "takeUndercut", Icon: Mountain },
  { tool: "thickness", action: "takeThickness", Icon: Layers2 },
  { tool: "compare", action: "takeCompare", Icon: Diff },
  { tool: "pin", action: "takePin", Icon: MapPin },
];
