/** The mark: a dental arch on a bench. Decorative; the name always stands beside it or is read out. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={className} fill="none">
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <path
        d="M9 21c0-9 2-13 7-13s7 4 7 13"
        stroke="var(--on-accent)"
        strokeWidth="3.2"
        strokeLinecap="round"
        strokeDasharray="2.6 4.1"
      />
      <path d="M7 25.5h18" stroke="var(--on-accent)" strokeWidth="1.8" strokeLinecap="round" />
    </svg>
  );
}
