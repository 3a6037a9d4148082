/**
 * Colours of faces as colours of their corners: a vertex takes the mean of the faces around it, because a mesh here has one colour
 * per vertex and is not cut open where a colour ends.
 */
export class MeanColours {
  /** r g b a per vertex, and from how many. */
  private readonly sums: Uint32Array;
  private readonly counts: Uint32Array;

  constructor(vertices: number) {
    this.sums = new Uint32Array(vertices * 4);
    this.counts = new Uint32Array(vertices);
  }

  /** @param colours r g b a, 0-255, from `at` on */
  add(vertex: number, colours: ArrayLike<number>, at = 0): void {
    for (let channel = 0; channel < 4; channel++) this.sums[vertex * 4 + channel]! += colours[at + channel]!;
    this.counts[vertex]!++;
  }

  /** r g b a per vertex, 0-255; white where no face is. */
  means(): Uint8Array {
    const means = new Uint8Array(this.sums.length).fill(255);
    for (const [vertex, count] of this.counts.entries()) {
      if (count === 0) continue;
      for (let channel = 0; channel < 4; channel++)
        means[vertex * 4 + channel] = Math.round(this.sums[vertex * 4 + channel]! / count);
    }
    return means;
  }
}
