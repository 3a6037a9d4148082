import { CanvasTexture } from "three";

export type Letter = "R" | "L";

/** Two small pictures for all stages: they are not freed. */
const drawn = new Map<Letter, CanvasTexture>();

export function letterTexture(letter: Letter): CanvasTexture {
  const here = drawn.get(letter) ?? drawLetter(letter);
  drawn.set(letter, here);
  return here;
}

function drawLetter(letter: Letter): CanvasTexture {
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
