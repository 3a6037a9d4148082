"use client";
import { ChevronRight } from "lucide-react";
import { useTranslations } from "use-intl";
import { type ApiDocument, fieldsOf, nameType, resolveSchema, type Schema } from "./read-document.ts";

type Props = { document: ApiDocument; schema: Schema; depth?: number };

/** Deeper than this nobody reads. */
const DEEPEST = 6;

/** The fields of a body, each with its type; what is nested folds out. */
export function SchemaView({ document, schema, depth = 0 }: Props) {
  const t = useTranslations("apiReference");
  const resolved = resolveSchema(document, schema);
  const fields = fieldsOf(resolved);
  if (fields.length === 0) return <p className="font-mono text-xs break-words text-muted">{nameType(resolved)}</p>;
  return (
    <ul className={depth === 0 ? "panel divide-y px-3" : "mt-1 divide-y border-l pl-3"}>
      {fields.map(({ name, schema: field, required }) => {
        const inner = resolveSchema(document, field);
        const line = (
          <>
            <code className="font-semibold text-sm">{name}</code>
            <code className="min-w-0 text-muted text-xs break-words">{nameType(field)}</code>
            <Limits schema={inner} />
            {required && <span className="text-pending text-xs">{t("required")}</span>}
          </>
        );
        return (
          <li key={name} className="py-1.5">
            {fieldsOf(inner).length > 0 && depth < DEEPEST ? (
              <details className="group/field">
                <summary className="flex flex-wrap items-center gap-x-2">
                  <ChevronRight
                    aria-hidden
                    className="-ml-1 size-3.5 text-muted group-open/field:rotate-90 motion-safe:transition-transform"
                  />
                  {line}
                </summary>
                <SchemaView document={document} schema={inner} depth={depth + 1} />
              </details>
            ) : (
              <p className="flex flex-wrap items-baseline gap-x-2">{line}</p>
            )}
            {inner.description && <p className="text-muted text-xs text-pretty">{inner.description}</p>}
          </li>
        );
      })}
    </ul>
  );
}

/** Bounds that a caller should know; those of the number format itself are none. */
function Limits({ schema }: { schema: Schema }) {
  const isReal = (value: number | undefined) => value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER;
  const low = schema.minimum ?? schema.minLength ?? schema.minItems;
  const high = schema.maximum ?? schema.maxLength ?? schema.maxItems;
  if (!isReal(low) && !isReal(high)) return null;
  return <span className="text-muted text-xs">{`${isReal(low) ? low : ""}…${isReal(high) ? high : ""}`}</span>;
}
