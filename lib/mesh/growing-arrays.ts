/** Numbers of which there may be any amount: a typed array that doubles when it is full. */
export class GrowingFloats {
  private values: Float64Array;
  length = 0;

  constructor(capacity: number) {
    this.values = new Float64Array(Math.max(16, capacity));
  }

  push3(a: number, b: number, c: number): void {
    if (this.length + 3 > this.values.length) this.grow();
    const { values, length } = this;
    values[length] = a;
    values[length + 1] = b;
    values[length + 2] = c;
    this.length = length + 3;
  }

  /** A view, valid until the next push. */
  view(): Float64Array {
    return this.values.subarray(0, this.length);
  }

  private grow(): void {
    const larger = new Float64Array(this.values.length * 2);
    larger.set(this.values);
    this.values = larger;
  }
}

/** The same for vertex indices. */
export class GrowingIndices {
  private values: Uint32Array;
  length = 0;

  constructor(capacity: number) {
    this.values = new Uint32Array(Math.max(16, capacity));
  }

  push3(a: number, b: number, c: number): void {
    if (this.length + 3 > this.values.length) this.grow();
    const { values, length } = this;
    values[length] = a;
    values[length + 1] = b;
    values[length + 2] = c;
    this.length = length + 3;
  }

  /** A view, valid until the next push. */
  view(): Uint32Array {
    return this.values.subarray(0, this.length);
  }

  private grow(): void {
    const larger = new Uint32Array(this.values.length * 2);
    larger.set(this.values);
    this.values = larger;
  }
}
