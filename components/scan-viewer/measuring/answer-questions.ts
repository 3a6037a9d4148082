import { alignMeshes } from "#lib/mesh/measure/align-meshes.ts";
import { FAR, nearestOnMesh, signedDistances } from "#lib/mesh/measure/closest-distances.ts";
import { contactAreas } from "#lib/mesh/measure/contact-areas.ts";
import { summariseDeviations } from "#lib/mesh/measure/deviations.ts";
import type { MeasuredMesh } from "#lib/mesh/measure/measured-mesh.ts";
import { movePositions, turnDegrees } from "#lib/mesh/measure/rigid-motion.ts";
import { sectionMesh } from "#lib/mesh/measure/section-mesh.ts";
import { findUndercuts, meanNormal } from "#lib/mesh/measure/undercuts.ts";
import { wallThickness } from "#lib/mesh/measure/wall-thickness.ts";
import { type MapTarget, NO_VALUE, type QuestionKind, type Questions, type ScanMap } from "./measure-messages.ts";
import { pickOnScans, valueAt } from "./pick-on-scans.ts";

type Question<K extends QuestionKind> = Questions[K]["question"];
type Answers = {
  [K in QuestionKind]: (question: Question<K>, pause: () => Promise<void>) => Promise<Questions[K]["answer"]>;
};

/**
 * Everything the page may ask about the meshes.
 * @param open the mesh at an address; the same one for the same address
 */
export function createAnswers(open: (url: string) => Promise<MeasuredMesh>): Answers {
  /** The values of the map that is shown, per scan. */
  const maps = new Map<string, { mesh: MeasuredMesh; values: Float32Array }>();

  /** Values on the first picture's vertices are those of the nearest corners of the full mesh's surface. */
  const forPicture = async (target: MapTarget, valuesOf: (positions: Float32Array) => Promise<Float32Array>) =>
    target.low === null ? null : forGraphics(await valuesOf((await open(target.low)).positions));

  return {
    async pick({ origin, direction, targets }) {
      const meshes = await Promise.all(targets.map(async (target) => ({ ...target, mesh: await open(target.url) })));
      const hit = pickOnScans(origin, direction, meshes);
      if (!hit) return { hit: null };
      const map = maps.get(hit.scanId);
      const value = map ? valueAt(map.mesh, map.values, hit) : null;
      return { hit: { scanId: hit.scanId, point: hit.point, value } };
    },

    async nearest({ point, targets }) {
      let hit: { scanId: string; point: Question<"nearest">["point"]; mm: number } | null = null;
      for (const { scanId, url } of targets) {
        const found = nearestOnMesh(await open(url), point);
        if (found && (!hit || found.mm < hit.mm)) hit = { scanId, point: found.point, mm: found.mm };
      }
      return { hit: hit && { scanId: hit.scanId, point: hit.point } };
    },

    async section({ plane, targets }) {
      const line = async ({ scanId, url }: (typeof targets)[number]) => ({
        scanId,
        contours: sectionMesh(await open(url), plane),
      });
      return { lines: await Promise.all(targets.map(line)) };
    },

    async contacts({ targets, limitMm }, pause) {
      const [first, second] = [await open(targets[0].url), await open(targets[1].url)];
      maps.clear();
      const mapOf = async (target: MapTarget, mesh: MeasuredMesh, other: MeasuredMesh): Promise<ScanMap> => {
        const valuesOf = (positions: Float32Array) => signedDistances(positions, other, limitMm, pause);
        const values = await valuesOf(mesh.positions);
        maps.set(target.scanId, { mesh, values });
        return { scanId: target.scanId, full: forGraphics(values), low: await forPicture(target, valuesOf) };
      };
      return { maps: [await mapOf(targets[0], first, second), await mapOf(targets[1], second, first)] };
    },

    async contactAreas({ withinMm }) {
      const rows = [...maps].map(([scanId, { mesh, values }]) => ({
        scanId,
        ...contactAreas(mesh.positions, mesh.indices, values, withinMm),
      }));
      return { rows };
    },

    async undercut({ target, axis }, pause) {
      const mesh = await open(target.url);
      maps.clear();
      const { depths, areaMm2, deepestMm } = await findUndercuts(mesh, axis, pause);
      const covered = onlyCovered(depths);
      maps.set(target.scanId, { mesh, values: covered });
      // The first picture's vertices lie a little off the surface: measured by themselves they would stand in their own way.
      const low = target.low === null ? null : (await findUndercuts(await open(target.low), axis, pause)).depths;
      const map = { scanId: target.scanId, full: forGraphics(covered), low: low && forGraphics(onlyCovered(low)) };
      return { maps: [map], areaMm2, deepestMm };
    },

    async thickness({ target, limitMm }, pause) {
      const mesh = await open(target.url);
      maps.clear();
      const values = await wallThickness(mesh, limitMm, pause);
      maps.set(target.scanId, { mesh, values });
      const low = target.low === null ? null : forGraphics(await wallThickness(await open(target.low), limitMm, pause));
      return { maps: [{ scanId: target.scanId, full: forGraphics(values), low }] };
    },

    async compare({ reference, target, limitMm, toleranceMm }, pause) {
      const [fixed, moving] = [await open(reference.url), await open(target.url)];
      maps.clear();
      const { motion, rmsUm, matched } = await alignMeshes(moving.positions, fixed, pause);
      const valuesOf = (positions: Float32Array) =>
        signedDistances(movePositions(positions, motion), fixed, limitMm, pause);
      const values = await valuesOf(moving.positions);
      maps.set(target.scanId, { mesh: moving, values });
      const map = { scanId: target.scanId, full: forGraphics(values), low: await forPicture(target, valuesOf) };
      const summary = summariseDeviations(moving.positions, moving.indices, values, toleranceMm);
      return { maps: [map], laid: { rmsUm, matched, turnedDegrees: turnDegrees(motion) }, summary };
    },

    async meanNormal({ target, point, radiusMm, seenFrom }) {
      return { normal: meanNormal(await open(target.url), point, radiusMm, seenFrom) };
    },

    async forgetMaps() {
      maps.clear();
      return {};
    },
  };
}

/** Where the way is free there is no depth: mixed with a neighbour's, a depth of nothing would colour the free side as well. */
function onlyCovered(depths: Float32Array): Float32Array {
  return depths.map((depth) => (depth > 0 ? depth : FAR));
}

function forGraphics(values: Float32Array): Float32Array {
  return values.map((value) => (value === FAR ? NO_VALUE : value));
}
