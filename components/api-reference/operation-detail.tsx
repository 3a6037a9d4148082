"use client";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { MethodMark } from "./method-mark.tsx";
import { type ApiDocument, type ApiOperation, nameType } from "./read-document.ts";
import { SchemaView } from "./schema-view.tsx";
import { TryOperation } from "./try-operation.tsx";

/** One operation: what it takes, what it answers, and a form that sends it. */
export function OperationDetail({ document, operation }: { document: ApiDocument; operation: ApiOperation }) {
  const t = useTranslations("apiReference");
  const { parameters, body, answers, permission } = operation;
  return (
    <article aria-labelledby="operation-title" className="flex flex-col gap-5">
      <header>
        <h2 id="operation-title" lang="en" className="font-semibold text-lg text-balance">
          {operation.summary}
        </h2>
        <p className="mt-1.5 flex items-start gap-2">
          <MethodMark method={operation.method} />
          <code className="min-w-0 text-sm break-all">{operation.path}</code>
        </p>
        <p className="mt-1.5 text-muted text-sm">{t("permission", { permission })}</p>
      </header>
      {parameters.length > 0 && (
        <Part title={t("parameters")}>
          <ul className="panel divide-y px-3">
            {parameters.map((parameter) => (
              <li key={`${parameter.in}:${parameter.name}`} className="flex flex-wrap items-baseline gap-x-2 py-1.5">
                <code className="font-semibold text-sm">{parameter.name}</code>
                <code className="min-w-0 text-muted text-xs break-words">{nameType(parameter.schema)}</code>
                <span className="text-muted text-xs">{t(parameter.in === "path" ? "path" : "query")}</span>
                {parameter.required && <span className="text-pending text-xs">{t("required")}</span>}
                {parameter.schema.default !== undefined && (
                  <span className="text-muted text-xs">
                    {t("default", { value: JSON.stringify(parameter.schema.default) })}
                  </span>
                )}
              </li>
            ))}
          </ul>
        </Part>
      )}
      {body && (
        <Part title={t("requestBody", { media: body.media })}>
          <SchemaView document={document} schema={body.schema} />
        </Part>
      )}
      <Part title={t("answers")}>
        <div className="flex flex-col gap-2">
          {answers.map(({ status, media, schema }) => (
            <details key={status} open={status !== "default"}>
              <summary className="mb-1.5 text-sm">
                <strong>{status === "default" ? t("refusal") : status}</strong>{" "}
                <span className="text-muted">{media ?? t("noBody")}</span>
              </summary>
              {schema && <SchemaView document={document} schema={schema} />}
            </details>
          ))}
        </div>
      </Part>
      <Part title={t("try")}>
        <TryOperation key={operation.id} operation={operation} />
      </Part>
    </article>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-2 font-semibold">{title}</h3>
      {children}
    </section>
  );
}
