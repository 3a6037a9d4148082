/** A JSON schema as `GET /api/openapi.json` holds them: the parts that are shown. */
export type Schema = {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  prefixItems?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  additionalProperties?: Schema | boolean;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
};

export type Parameter = { name: string; in: "path" | "query"; required: boolean; schema: Schema };
type Content = Record<string, { schema?: Schema }>;

type RawOperation = {
  operationId: string;
  summary: string;
  tags: string[];
  parameters: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, { description: string; content?: Content }>;
  security?: unknown[];
  "x-permission"?: string;
};

export type ApiDocument = {
  info: { title: string; version: string; description: string };
  paths: Record<string, Record<string, RawOperation>>;
  components: { schemas: Record<string, Schema> };
};

export type ApiOperation = {
  /** Stands in the page's address after "#". */
  id: string;
  method: string;
  path: string;
  summary: string;
  group: string;
  permission: string;
  parameters: Parameter[];
  body: { media: string; schema: Schema } | null;
  answers: { status: string; media: string | null; schema: Schema | null }[];
};

/** Every operation of the description, in its order. */
export function readOperations(document: ApiDocument): ApiOperation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]) => {
      const [body] = Object.entries(raw.requestBody?.content ?? {});
      return {
        id: raw.operationId,
        method: method.toUpperCase(),
        path,
        summary: raw.summary,
        group: raw.tags[0] ?? "",
        permission: raw["x-permission"] ?? "",
        parameters: raw.parameters,
        body: body ? { media: body[0], schema: body[1].schema ?? {} } : null,
        answers: Object.entries(raw.responses).map(([status, { content }]) => {
          const [answer] = Object.entries(content ?? {});
          return { status, media: answer?.[0] ?? null, schema: answer?.[1].schema ?? null };
        }),
      };
    }),
  );
}

/** What a `$ref` stands for; anything else stands for itself. */
export function resolveSchema(document: ApiDocument, schema: Schema): Schema {
  const name = /^#\/components\/schemas\/(\w+)$/.exec(schema.$ref ?? "")?.[1];
  return name ? (document.components.schemas[name] ?? {}) : schema;
}

/** A type in a few characters: `string (uuid)`, `integer`, `"stl" | "obj"`, `array of object`. */
export function nameType(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return [...new Set(choices.map(nameType))].join(" | ");
  if (schema.allOf) return schema.allOf.map(nameType).join(" & ");
  if (schema.$ref) return schema.$ref.slice(schema.$ref.lastIndexOf("/") + 1);
  const type = Array.isArray(schema.type) ? schema.type.join(" | ") : (schema.type ?? "any");
  if (type === "array") return `array of ${nameType(schema.items ?? {})}`;
  return schema.format ? `${type} (${schema.format})` : type;
}

/** Fields inside a schema, through arrays and "or null"; empty where there are none. */
export function fieldsOf(schema: Schema): { name: string; schema: Schema; required: boolean }[] {
  if (schema.properties)
    return Object.entries(schema.properties).map(([name, field]) => ({
      name,
      schema: field,
      required: schema.required?.includes(name) ?? false,
    }));
  if (schema.items) return fieldsOf(schema.items);
  const choices = schema.anyOf ?? schema.oneOf ?? [];
  const withFields = choices.map(fieldsOf).filter((fields) => fields.length > 0);
  return withFields.length === 1 ? withFields[0]! : [];
}

/** Something that a body of this schema may look like: a start to be changed. */
export function sampleOf(schema: Schema): unknown {
  if (schema.default !== undefined) return schema.default;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return sampleOf(choices[0] ?? {});
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (schema.properties)
    return Object.fromEntries(
      Object.entries(schema.properties)
        .filter(([name]) => schema.required?.includes(name) ?? false)
        .map(([name, field]) => [name, sampleOf(field)]),
    );
  if (type === "array") return [];
  if (type === "object") return {};
  if (type === "integer" || type === "number") return schema.minimum ?? 0;
  if (type === "boolean") return false;
  return type === "string" ? "" : null;
}
