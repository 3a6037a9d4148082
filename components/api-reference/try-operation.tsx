"use client";
import { useMutation } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { formatBytes } from "#components/orders/format-bytes.ts";
import { Button } from "#components/ui/button.tsx";
import { SelectField, TextAreaField, TextField } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { CodeBlock } from "./code-block.tsx";
import { type ApiOperation, nameType, type Parameter, type Schema, sampleOf } from "./read-document.ts";
import { addressOf, curlOf, sendRequest, type TryAnswer } from "./send-request.ts";

/** Sends the operation with the session of whoever looks at the page. What changes something says so first. */
export function TryOperation({ operation }: { operation: ApiOperation }) {
  const t = useTranslations("apiReference");
  const [values, setValues] = useState<Record<string, string>>({});
  const [body, setBody] = useState(() => startOf(operation));
  const send = useMutation({ mutationFn: () => sendRequest(operation, { values, body }) });
  const changes = operation.method !== "GET";
  const takesFile = operation.body?.media === "multipart/form-data";
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    send.mutate();
  }
  if (takesFile) return <p className="text-muted text-sm">{t("filesElsewhere")}</p>;
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      {changes && <Notice tone="warning">{t("changes")}</Notice>}
      {operation.parameters.length > 0 && (
        <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
          {operation.parameters.map((parameter) => {
            const key = `${parameter.in}:${parameter.name}`;
            return (
              <ParameterField
                key={key}
                parameter={parameter}
                value={values[key] ?? ""}
                onChange={(value) => setValues({ ...values, [key]: value })}
              />
            );
          })}
        </div>
      )}
      {operation.body && (
        <TextAreaField
          label={t("body")}
          value={body}
          rows={Math.min(14, body.split("\n").length + 1)}
          onChange={(event) => setBody(event.target.value)}
          spellCheck={false}
          className="field-box w-full resize-y px-3 py-2 font-mono text-sm"
        />
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" look={changes ? "danger" : "primary"} busy={send.isPending}>
          <Send aria-hidden className="size-4" />
          {t("send")}
        </Button>
        <code className="min-w-0 text-muted text-xs break-all">{addressOf(operation, values)}</code>
      </div>
      <details className="text-sm">
        <summary className="text-accent">{t("curl")}</summary>
        <CodeBlock
          label={t("curl")}
          text={curlOf(operation, { values, body }, globalThis.location?.origin ?? "")}
          className="mt-2"
        />
      </details>
      <div aria-live="polite">
        {send.error && <Notice tone="problem">{t("unreachable")}</Notice>}
        {send.data && <Answer answer={send.data} />}
      </div>
    </form>
  );
}

function startOf({ body }: ApiOperation): string {
  return body ? JSON.stringify(sampleOf(body.schema), null, 2) : "";
}

function ParameterField(props: { parameter: Parameter; value: string; onChange: (value: string) => void }) {
  const { name, in: place, required, schema } = props.parameter;
  const t = useTranslations("apiReference");
  const choices = choicesOf(schema);
  const common = { label: name, required: required || place === "path", value: props.value };
  const hint = t(place === "path" ? "inPath" : "inQuery", { type: nameType(schema) });
  if (choices)
    return (
      <SelectField
        {...common}
        hint={t(place === "path" ? "inPath" : "inQuery", { type: schema.type === "array" ? "array" : "string" })}
        onChange={(event) => props.onChange(event.target.value)}
        options={[{ value: "", label: "–" }, ...choices.map((value) => ({ value, label: value }))]}
      />
    );
  return (
    <TextField {...common} hint={hint} autoComplete="off" onChange={(event) => props.onChange(event.target.value)} />
  );
}

function choicesOf(schema: Schema): string[] | null {
  const values = schema.enum ?? schema.items?.enum ?? schema.anyOf?.find((one) => one.enum)?.enum;
  if (values) return values.map(String);
  return schema.type === "boolean" ? ["true", "false"] : null;
}

function Answer({ answer }: { answer: TryAnswer }) {
  const t = useTranslations("apiReference");
  const format = useFormatter();
  const size = formatBytes(answer.bytes, (value, unit) =>
    format.number(value, { style: "unit", unit, maximumFractionDigits: 1 }),
  );
  const isGood = answer.status >= 200 && answer.status < 400;
  return (
    <section aria-label={t("answer")} className="flex flex-col gap-2">
      <p className="flex flex-wrap items-baseline gap-x-3 text-sm">
        <strong className={isGood ? "text-accepted" : "text-rejected"}>
          {answer.status === 0 ? t("redirected") : answer.status}
        </strong>
        <span className="text-muted">
          {[t("took", { ms: answer.ms }), answer.media, answer.bytes > 0 && size].filter(Boolean).join(" · ")}
        </span>
      </p>
      {answer.text ? (
        <CodeBlock label={t("answerText")} text={answer.text} className="max-h-120" />
      ) : (
        <p className="text-muted text-sm">{t(answer.bytes > 0 ? "noText" : "noBody")}</p>
      )}
      {answer.isCut && <p className="text-muted text-xs">{t("cut")}</p>}
    </section>
  );
}
