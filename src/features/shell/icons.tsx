import type { ReactNode } from 'react';
import type { Screen } from '../../app/url';

const icon = (path: ReactNode): ReactNode => (
  <svg width="17" height="17" viewBox="0 0 18 18" fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
    {path}
  </svg>
);

export const screenIcons: Record<Screen, ReactNode> = {
  data: icon(
    <>
      <ellipse cx="9" cy="4" rx="6" ry="2.3" />
      <path d="M3 4v10c0 1.3 2.7 2.3 6 2.3s6-1 6-2.3V4M3 9c0 1.3 2.7 2.3 6 2.3s6-1 6-2.3" />
    </>,
  ),
  explore: icon(<path d="M3 15V9M7 15V3M11 15v-4M15 15V6" />),
  text: icon(<path d="M3 4h12M3 9h8M3 14h10" />),
  train: icon(<path d="M2 13c3 0 3-8 6-8s3 5 8 5" />),
  compare: icon(<path d="M3 5h9M3 5l2.5-2.5M3 5l2.5 2.5M15 13H6M15 13l-2.5-2.5M15 13l-2.5 2.5" />),
  recommend: icon(<path d="M9 15.2S2.5 11.4 2.5 6.9A3.4 3.4 0 0 1 9 5.2a3.4 3.4 0 0 1 6.5 1.7c0 4.5-6.5 8.3-6.5 8.3z" />),
};

export const sunIcon = icon(
  <>
    <circle cx="9" cy="9" r="3.2" />
    <path d="M9 1.8v1.6M9 14.6v1.6M1.8 9h1.6M14.6 9h1.6M3.9 3.9l1.1 1.1M13 13l1.1 1.1M14.1 3.9 13 5M5 13l-1.1 1.1" />
  </>,
);
export const moonIcon = icon(<path d="M14.8 10.7A6.3 6.3 0 0 1 7.3 3.2a6.3 6.3 0 1 0 7.5 7.5z" />);
