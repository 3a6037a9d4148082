import { useThree } from "@react-three/fiber";
import { useEffect, useLayoutEffect, useMemo, useState } from "react";
import { BufferAttribute, type BufferGeometry, type Material, type Vector3, Vector4 } from "three";
import type { DecodedScan } from "#components/scan-viewer/decode-preview.ts";
import type { MapScale } from "#components/scan-viewer/maps/use-maps.ts";
import type { MeshLibrary } from "#components/scan-viewer/mesh-library.ts";
import type { Appearance } from "#components/scan-viewer/viewer-state.ts";
import type { SectionPlane } from "#lib/mesh/measure/section-mesh.ts";
import type { Jaw } from "#lib/orders/order-schema.ts";
import { createEdgeGeometry, createScanGeometry } from "./scan-geometry.ts";
import { createDepthMaterial, createEdgeMaterial, createStoneMaterial, stoneColour } from "./stone-material.ts";

export interface ScanSurfaceProps {
  mesh: DecodedScan;
  jaw: Jaw | null;
  appearance: Appearance;
  /** How far the scan is moved from where it was scanned, mm. */
  offset: Vector3;
  /** Where to get edges from while the wireframe is shown. */
  edgesFrom: MeshLibrary | null;
  /** Colours from a value per vertex of this mesh. */
  map: { values: Float32Array; scale: MapScale } | null;
  /** What lies in front of this plane is left out; in scanner coordinates. */
  cutBy: SectionPlane | null;
}

/** Drawn in this order when see-through: depth, then surface, then edges. */
const DEPTH_ORDER = 1;
const SURFACE_ORDER = 2;
const EDGE_ORDER = 3;

/** One scan in the scene. */
export function ScanSurface({ mesh, jaw, appearance, offset, edgesFrom, map, cutBy }: ScanSurfaceProps) {
  const geometry = useDisposable(() => createScanGeometry(mesh), [mesh]);
  const ghost = appearance.visibility === "ghost";
  const scannerColours = appearance.colouring === "scanner" && mesh.colours !== null;
  const { opacity } = appearance;
  const mapKind = map?.scale.kind ?? null;
  const cut = cutBy !== null;
  const material = useDisposable(
    () => createStoneMaterial({ colour: stoneColour(jaw), scannerColours, opacity, ghost, map: mapKind, cut }),
    [jaw, scannerColours, opacity, ghost, mapKind, cut],
  );
  const invalidate = useThree((state) => state.invalidate);
  useLayoutEffect(() => {
    if (map) material.uniforms.rangeMm!.value = map.scale.rangeMm;
    if (cutBy) (material.uniforms.plane!.value as Vector4).copy(planeInGridSteps(mesh, cutBy));
    invalidate();
  }, [material, map, cutBy, mesh, invalidate]);
  const values = map?.values ?? null;
  useLayoutEffect(() => {
    if (values) geometry.setAttribute("mapped", new BufferAttribute(values, 1));
    invalidate();
    return () => {
      geometry.deleteAttribute("mapped");
    };
  }, [geometry, values, invalidate]);
  const depth = useDisposable(createDepthMaterial, []);
  return (
    <group
      position={[offset.x + mesh.offset[0], offset.y + mesh.offset[1], offset.z + mesh.offset[2]]}
      scale={mesh.scale}
    >
      {opacity < 1 && !ghost && !cut ? <mesh geometry={geometry} material={depth} renderOrder={DEPTH_ORDER} /> : null}
      <mesh geometry={geometry} material={material} renderOrder={material.transparent ? SURFACE_ORDER : 0} />
      {edgesFrom ? <ScanEdges mesh={mesh} library={edgesFrom} /> : null}
    </group>
  );
}

/** normal · (offset + scale × grid − origin), as a plane of the grid. */
function planeInGridSteps({ offset, scale }: DecodedScan, { normal, origin }: SectionPlane): Vector4 {
  const [x, y, z] = [0, 1, 2].map((axis) => normal[axis]! * scale[axis]!) as [number, number, number];
  const height = [0, 1, 2].reduce((sum, axis) => sum + normal[axis]! * (offset[axis]! - origin[axis]!), 0);
  return new Vector4(x, y, z, height);
}

function ScanEdges({ mesh, library }: { mesh: DecodedScan; library: MeshLibrary }) {
  const [geometry, setGeometry] = useState<BufferGeometry | null>(null);
  const material = useDisposable(createEdgeMaterial, []);
  const invalidate = useThree((state) => state.invalidate);
  useEffect(() => {
    let made: BufferGeometry | null = null;
    let left = false;
    void library.edges(mesh.indices).then((edges) => {
      if (left) return;
      made = createEdgeGeometry(mesh, edges);
      setGeometry(made);
      invalidate();
    });
    return () => {
      left = true;
      made?.dispose();
    };
  }, [library, mesh, invalidate]);
  return geometry ? <lineSegments geometry={geometry} material={material} renderOrder={EDGE_ORDER} /> : null;
}

/** Something of the graphics card's that lives as long as `dependencies` stay the same. */
function useDisposable<T extends BufferGeometry | Material>(create: () => T, dependencies: readonly unknown[]): T {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the caller lists them, as for useMemo
  const made = useMemo(create, dependencies);
  useEffect(() => () => made.dispose(), [made]);
  return made;
}
