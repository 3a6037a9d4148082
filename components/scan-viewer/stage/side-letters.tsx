import { useFrame } from "@react-three/fiber";
import { useEffect, useMemo, useRef } from "react";
import { CanvasTexture, type OrthographicCamera, type Sprite, Vector3 } from "three";

/** Height of a letter on the screen, CSS pixels. */
const LETTER_PIXELS = 22;

/** "R" and "L" beside the arch, so that nobody mistakes a mirror image. Both letters are fixed terms of dentistry. */
export function SideLetters({ right, left, axis }: { right: Vector3; left: Vector3; axis: Vector3 }) {
  return (
    <>
      <SideLetter letter="R" at={right} axis={axis} />
      <SideLetter letter="L" at={left} axis={axis} />
    </>
  );
}

function SideLetter({ letter, at, axis }: { letter: "R" | "L"; at: Vector3; axis: Vector3 }) {
  const sprite = useRef<Sprite>(null);
  const texture = useMemo(() => drawLetter(letter), [letter]);
  useEffect(() => () => texture.dispose(), [texture]);

  useFrame(({ camera }) => {
    if (!sprite.current) return;
    sprite.current.scale.setScalar(LETTER_PIXELS / (camera as OrthographicCamera).zoom);
    // Seen from its own side a letter would lie over the teeth: it fades before it gets there.
    const towards = Math.abs(new Vector3(0, 0, 1).applyQuaternion(camera.quaternion).dot(axis));
    const opacity = Math.max(0, Math.min(1, (0.86 - towards) / 0.2));
    sprite.current.material.opacity = opacity * 0.85;
    sprite.current.visible = opacity > 0;
  });

  return (
    <sprite ref={sprite} position={at}>
      <spriteMaterial map={texture} transparent depthWrite={false} toneMapped={false} />
    </sprite>
  );
}

function drawLetter(letter: string): CanvasTexture {
  const canvas = document.createElement("canvas");
  canvas.width = 96;
  canvas.height = 96;
  const context = canvas.getContext("2d");
  if (context) {
    context.font = "600 76px Inter, system-ui, sans-serif";
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = "#f3f4f5";
    context.fillText(letter, 48, 52);
  }
  return new CanvasTexture(canvas);
}
