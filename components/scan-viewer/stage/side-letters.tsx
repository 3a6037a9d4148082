import { useFrame } from "@react-three/fiber";
import { useRef } from "react";
import { type OrthographicCamera, type Sprite, Vector3 } from "three";
import { type Letter, letterTexture } from "./letter-texture.ts";

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

function SideLetter({ letter, at, axis }: { letter: Letter; at: Vector3; axis: Vector3 }) {
  const sprite = useRef<Sprite>(null);

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
      <spriteMaterial map={letterTexture(letter)} transparent depthWrite={false} toneMapped={false} />
    </sprite>
  );
}
