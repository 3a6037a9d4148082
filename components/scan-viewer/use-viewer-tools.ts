import { useCallback, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { Orientation } from "#lib/mesh/orientation/estimate-orientation.ts";
import { isLine } from "#lib/scans/scan-role.ts";
import type { ScanView } from "#lib/scans/scan-schema.ts";
import { UNDERCUT_RANGE_MM } from "./maps/map-panels.tsx";
import {
  contactJaws,
  type MapProgress,
  type MapScale,
  useCompare,
  useContacts,
  useThickness,
  useUndercut,
} from "./maps/use-maps.ts";
import { extentOf, firstSection } from "./measure-case.ts";
import { useMeasurementText } from "./measurements-table.tsx";
import { useMeasurer } from "./measuring/use-measurer.ts";
import type { FlatMeasurement } from "./section/section-picture.tsx";
import { useSection } from "./section/use-section.ts";
import { Signal } from "./signal.ts";
import type { PickRay } from "./stage/camera-rig.tsx";
import type { ShownSection } from "./stage/section-handle.tsx";
import type { ShownMeasurement } from "./stage/stage.tsx";
import { targetOf, useToolClicks } from "./use-tool-clicks.ts";
import type { Vector } from "./vector.ts";
import type { PickedPoint, Tool, ViewerAction, ViewerState } from "./viewer-state.ts";

/** A saved pin in the scene. */
export interface ShownPin {
  id: string;
  name: string;
  at: PickedPoint;
}

/** Everything the tools compute and show, from what the person chose. */
export function useViewerTools(props: {
  scans: readonly ScanView[];
  drawn: readonly ScanView[];
  state: ViewerState;
  orientation: Orientation;
  pins: readonly ShownPin[];
  dispatch: (action: ViewerAction) => void;
}) {
  const { scans, state, orientation, pins, dispatch } = props;
  // Lines are shown with the surfaces, but nothing is measured on them.
  const drawn = useMemo(() => props.drawn.filter((scan) => !isLine(scan)), [props.drawn]);
  const t = useTranslations("scanViewer.section");
  const textOf = useMeasurementText();
  const ask = useMeasurer(scans[0]?.axes ?? null);
  const { pointing, hint, click } = useToolClicks(state, drawn, ask, dispatch);
  const extent = useMemo(() => extentOf(drawn), [drawn]);
  const sectionView = useSection(state.section, drawn, orientation, ask);
  const [flat, setFlat] = useState<readonly FlatMeasurement[]>([]);
  const jaws = useMemo(() => contactJaws(scans, state), [scans, state]);
  const contacts = useContacts(state.tool === "contacts", jaws, state.contactMm, ask);
  const undercut = useUndercut(state.undercut, scans, ask);
  const thickness = useThickness(state.thicknessOf, scans, state.thinMm, ask);
  const compared = useCompare(state.compare, scans, ask);

  const takeTool = useCallback(
    (tool: Tool | null) => {
      setFlat([]);
      if (tool === "section") dispatch({ type: "openSection", section: firstSection(drawn, orientation) });
      else dispatch({ type: "tool", tool });
    },
    [drawn, orientation, dispatch],
  );

  const section = useMemo<ShownSection | null>(
    () =>
      sectionView && state.section
        ? {
            ...sectionView,
            reachMm: extent.reachMm,
            cutAway: state.section.cutAway,
            positionMm: state.section.positionMm,
            handleLabel: t("handle"),
            onMove: (byMm) => {
              setFlat([]);
              dispatch({ type: "moveSection", byMm, reachMm: extent.reachMm });
            },
          }
        : null,
    [sectionView, state.section, extent, dispatch, t],
  );
  const { contactMm, thinMm, deviationMm } = state;
  const map = useMemo(() => {
    const candidates: [MapProgress<object> | null, MapScale][] = [
      [contacts, { kind: "contacts", rangeMm: contactMm }],
      [undercut, { kind: "undercut", rangeMm: UNDERCUT_RANGE_MM }],
      [thickness, { kind: "thickness", rangeMm: thinMm }],
      [compared, { kind: "deviation", rangeMm: deviationMm }],
    ];
    for (const [progress, scale] of candidates) if (progress?.state === "shown") return { maps: progress.maps, scale };
    return null;
  }, [contacts, undercut, thickness, compared, contactMm, thinMm, deviationMm]);

  const measurements: ShownMeasurement[] = [
    ...state.measurements.map((one) => ({ id: `M${one.id}`, points: one.points, text: textOf(one).value })),
    ...(state.draft.length > 0 ? [{ id: "draft", points: state.draft, text: "" }] : []),
    ...pins.map(({ id, name, at }) => ({ id, points: [at], text: name })),
  ].filter(({ points }) => points.every(({ scanId }) => drawn.some(({ id }) => id === scanId)));

  const { underPointer, hover } = useValueUnderPointer(ask);
  return {
    pointing,
    hint,
    click,
    takeTool,
    section,
    sectionView,
    flat,
    setFlat,
    reachMm: extent.reachMm,
    jaws,
    contacts,
    undercut,
    thickness,
    compared,
    surfaces: drawn,
    map,
    measurements,
    underPointer,
    hover: map ? hover : null,
  };
}

export type ViewerTools = ReturnType<typeof useViewerTools>;

/** One question at a time: while it is under way, the pointer moves on without asking. */
function useValueUnderPointer(ask: ReturnType<typeof useMeasurer>) {
  const underPointer = useMemo(() => new Signal<number | null>(null), []);
  const asking = useRef(false);
  const hover = useCallback(
    async (ray: PickRay | null, offsets: ReadonlyMap<string, Vector>) => {
      if (!ray) return underPointer.set(null);
      if (asking.current) return;
      asking.current = true;
      const targets = [...offsets].map(([id, offset]) => ({ ...targetOf(id), offset }));
      const answer = await ask("pick", { ...ray, targets });
      asking.current = false;
      underPointer.set(answer?.hit?.value ?? null);
    },
    [ask, underPointer],
  );
  return { underPointer, hover };
}
