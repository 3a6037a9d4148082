"use client";
import { PageFailed } from "#components/portal/page-failed.tsx";

export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  return <PageFailed retry={reset} />;
}
