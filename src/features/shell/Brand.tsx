/** The mark: one wave, warm going up and cold going down. */
export function BrandMark() {
  return (
    <svg width="26" height="22" viewBox="0 0 26 22" fill="none" strokeWidth="2.4" strokeLinecap="round" aria-hidden="true">
      <path d="M2 12c3.6-9 7.3-9 11 0" stroke="var(--warm-fill)" />
      <path d="M13 12c3.7 9 7.4 9 11 0" stroke="var(--cold-fill)" />
    </svg>
  );
}
