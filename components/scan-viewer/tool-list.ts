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
import type { Tool } from "./viewer-state.ts";

/** The tools in the order of the toolbar, with their keys. */
export const TOOLS: readonly { tool: Tool; shortcut: string; Icon: typeof Ruler }[] = [
  { tool: "distance", shortcut: "M", Icon: Ruler },
  { tool: "angle", shortcut: "A", Icon: TriangleRight },
  { tool: "surface", shortcut: "D", Icon: UnfoldVertical },
  { tool: "section", shortcut: "S", Icon: Scissors },
  { tool: "contacts", shortcut: "C", Icon: CircleDot },
  { tool: "undercut", shortcut: "K", Icon: Mountain },
  { tool: "thickness", shortcut: "T", Icon: Layers2 },
  { tool: "compare", shortcut: "V", Icon: Diff },
  { tool: "pin", shortcut: "P", Icon: MapPin },
];
