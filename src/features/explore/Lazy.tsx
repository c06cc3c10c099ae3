import { useEffect, useRef, useState, type ReactNode } from 'react';
import css from './explore.module.css';

/** Draws its children once they are near the screen: a data set with forty columns asks for forty charts. Printing draws all. */
export function Lazy({ height, className, children }: { height: number; className?: string; children: () => ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(typeof IntersectionObserver === 'undefined');
  useEffect(() => {
    const element = place.current;
    if (near || !element) return;
    const draw = (): void => setNear(true);
    const observer = new IntersectionObserver((entries) => entries.some((e) => e.isIntersecting) && draw(), { rootMargin: '350px 0px' });
    observer.observe(element);
    window.addEventListener('beforeprint', draw);
    return () => {
      observer.disconnect();
      window.removeEventListener('beforeprint', draw);
    };
  }, [near]);
  return (
    <div ref={place} className={className}>
      {near ? children() : <div className={css.placeholder} style={{ minHeight: height }} aria-hidden="true" />}
    </div>
  );
}
