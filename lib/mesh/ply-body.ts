import { MeshError, type MeshErrorCode } from "./mesh.ts";
import {
  PLY_SCALAR_BYTES,
  type PlyElement,
  type PlyHeader,
  type PlyProperty,
  type PlyScalar,
} from "./parse-ply-header.ts";
import { TextScanner } from "./text-scanner.ts";

/** The numbers behind a PLY's header, one after the other, whatever their encoding. */
export interface PlyBody {
  readonly isBinary: boolean;
  /**
   * Refuses an element whose announced count cannot fit into what is left of the file, before anything is allocated.
   * @throws MeshError `truncated`
   */
  requireRoomFor(element: PlyElement): void;
  readValue(type: PlyScalar): number;
  /** The length of the list that starts here; never more than the file has room for. */
  readLength(property: PlyProperty): number;
  skipProperty(property: PlyProperty): void;
  /** One item of an element: its single numbers into `row`, by property; lists are skipped. */
  readRow(element: PlyElement, row: Float64Array): void;
  error(code: MeshErrorCode, message: string): MeshError;
}

export function openPlyBody(bytes: Uint8Array, header: PlyHeader): PlyBody {
  if (header.encoding === "ascii") return new AsciiBody(bytes, header.bodyAt);
  return new BinaryBody(bytes, header.bodyAt, header.encoding === "little");
}

class BinaryBody implements PlyBody {
  readonly isBinary = true;
  private readonly view: DataView;
  private readonly little: boolean;
  private at: number;

  constructor(bytes: Uint8Array, at: number, little: boolean) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = at;
    this.little = little;
  }

  requireRoomFor(element: PlyElement): void {
    const smallest = element.properties.reduce(
      (sum, { type, lengthType }) => sum + PLY_SCALAR_BYTES[lengthType ?? type],
      0,
    );
    if (element.count * smallest > this.view.byteLength - this.at) throw this.tooShort(element);
  }

  readValue(type: PlyScalar): number {
    const { view, at, little } = this;
    const next = at + PLY_SCALAR_BYTES[type];
    if (next > view.byteLength) throw this.error("truncated", "The file ends inside its data.");
    this.at = next;
    switch (type) {
      case "float32":
        return view.getFloat32(at, little);
      case "int32":
        return view.getInt32(at, little);
      case "uint32":
        return view.getUint32(at, little);
      case "uint8":
        return view.getUint8(at);
      case "float64":
        return view.getFloat64(at, little);
      case "int8":
        return view.getInt8(at);
      case "int16":
        return view.getInt16(at, little);
      case "uint16":
        return view.getUint16(at, little);
    }
  }

  readLength(property: PlyProperty): number {
    const length = this.readValue(property.lengthType ?? "uint8");
    if (!(length >= 0 && Number.isInteger(length)))
      throw this.error("malformed", `A list cannot have length ${length}.`);
    if (length * PLY_SCALAR_BYTES[property.type] > this.view.byteLength - this.at) {
      throw this.error("truncated", `The file ends inside a list of ${length}.`);
    }
    return length;
  }

  skipProperty(property: PlyProperty): void {
    const items = property.lengthType ? this.readLength(property) : 1;
    this.at += items * PLY_SCALAR_BYTES[property.type];
    if (this.at > this.view.byteLength) throw this.error("truncated", "The file ends inside its data.");
  }

  readRow(element: PlyElement, row: Float64Array): void {
    const { properties } = element;
    for (let slot = 0; slot < properties.length; slot++) {
      const property = properties[slot]!;
      if (property.lengthType) this.skipProperty(property);
      else row[slot] = this.readValue(property.type);
    }
  }

  error(code: MeshErrorCode, message: string): MeshError {
    return new MeshError(code, message, { byte: Math.min(this.at, this.view.byteLength) });
  }

  private tooShort(element: PlyElement): MeshError {
    return this.error(
      "truncated",
      `The header announces ${element.count} × ${element.name}; the file is too short for them.`,
    );
  }
}

class AsciiBody implements PlyBody {
  readonly isBinary = false;
  private readonly scanner: TextScanner;

  constructor(bytes: Uint8Array, at: number) {
    this.scanner = new TextScanner(bytes, at);
  }

  requireRoomFor(element: PlyElement): void {
    // A number takes at least a digit and a blank; the last one may lack the blank.
    const smallest = element.count * element.properties.length * 2 - 1;
    if (smallest <= this.left() || element.properties.length === 0) return;
    throw this.error(
      "truncated",
      `The header announces ${element.count} × ${element.name}; the file is too short for them.`,
    );
  }

  readValue(): number {
    return this.scanner.readNumber();
  }

  readLength(): number {
    const length = this.scanner.readNumber();
    if (!(length >= 0 && Number.isInteger(length)))
      throw this.error("malformed", `A list cannot have length ${length}.`);
    if (length * 2 - 1 > this.left()) throw this.error("truncated", `The file ends inside a list of ${length}.`);
    return length;
  }

  skipProperty(property: PlyProperty): void {
    const items = property.lengthType ? this.readLength() : 1;
    for (let item = 0; item < items; item++) {
      if (!this.scanner.skipSpace()) throw this.error("truncated", "The file ends inside its data.");
      this.scanner.skipWord();
    }
  }

  readRow(element: PlyElement, row: Float64Array): void {
    const { properties } = element;
    for (let slot = 0; slot < properties.length; slot++) {
      const property = properties[slot]!;
      if (property.lengthType) this.skipProperty(property);
      else row[slot] = this.readValue();
    }
  }

  error(code: MeshErrorCode, message: string): MeshError {
    return this.scanner.error(code, message);
  }

  private left(): number {
    return this.scanner.bytes.length - this.scanner.at;
  }
}
