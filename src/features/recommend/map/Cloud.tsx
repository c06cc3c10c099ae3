import { useCallback, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState, type PointerEvent, type Ref } from 'react';
import { useWidth } from '../../../ui/use-width';
import { createPainter, type PaintedPoints, type Painter } from './cloud-painter';
import { fitView, gridOf, insideLasso, pinch, toData, toPixel, zoomAt, type View } from './cloud-view';
import type { Look } from './map-address';
import { useMovingView } from './use-moving-view';
import css from './map.module.css';

/** A line over the cloud: through these points in order, or from the first to each of the others. */
export interface Overlay {
  points: readonly number[];
  kind: 'path' | 'rays';
}
export interface CloudHandle {
  /** Moves so that these points fill the picture; null = all. */
  show(points: readonly number[] | null): void;
  look(at: Look): void;
  /** Points in the picture that are not hidden, ascending. */
  visible(): number[];
  toPng(background: string): Promise<Blob | null>;
}
export interface CloudProps {
  xy: Float32Array;
  rgba: Uint8Array;
  /** 0 = hidden. */
  size: Uint8Array;
  /** 0 circle, 1 square, 2 triangle. */
  shape: Uint8Array;
  selected: readonly number[];
  overlays: readonly Overlay[];
  /** Points with their names written beside them. */
  named: readonly number[];
  nameOf: (point: number) => string;
  label: string;
  lasso: boolean;
  /** More than one point can be selected. */
  several?: boolean;
  onSelect: (points: number[]) => void;
  /** Where the hand came to rest; null = everything fits. */
  onRest?: (look: Look | null) => void;
  ref?: Ref<CloudHandle>;
}

/** More rings than this would hide what they mark. */
const RINGS = 400;
const REACH = 10;
type Place = [x: number, y: number];
const pixelRatio = (): number => Math.min(2, window.devicePixelRatio || 1);

/** Points to look at: dragged, zoomed by wheel, buttons or two fingers, lassoed, clicked; by keyboard arrows move, + and − zoom, 0 shows all, Enter selects. */
export function Cloud({ xy, rgba, size, shape, selected, overlays, named, nameOf, label, lasso, several = false, onSelect, onRest, ref }: CloudProps) {
  const [box, width] = useWidth<HTMLDivElement>(800);
  const height = Math.round(Math.min(620, Math.max(320, width * 0.62)));
  const frame = useMemo(() => ({ width, height }), [width, height]);
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<Painter | null>(null);
  /** What the painter has. */
  const loaded = useRef<PaintedPoints | null>(null);
  const grid = useMemo(() => gridOf(xy), [xy]);
  const whole = useMemo(() => fitView(xy, null, frame), [xy, frame]);
  const [hover, setHover] = useState<number | null>(null);
  const [line, setLine] = useState<Place[]>([]);
  const drag = useRef<{ x: number; y: number; view: View; far: boolean } | null>(null);
  /** Fingers on the picture, and where two of them began. */
  const fingers = useRef(new Map<number, Place>());
  const pinching = useRef<{ view: View; from: [Place, Place] } | null>(null);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const made = createPainter(element);
    painter.current = made;
    return () => {
      made.dispose();
      painter.current = null;
      loaded.current = null;
    };
  }, []);
  useLayoutEffect(() => {
    const element = canvas.current;
    if (!element) return;
    element.width = Math.round(width * pixelRatio());
    element.height = Math.round(height * pixelRatio());
  }, [width, height]);
  const points = useMemo(() => ({ xy, rgba, size, shape }), [xy, rgba, size, shape]);
  const draw = useCallback((v: View, moving: boolean): void => {
    if (loaded.current !== points) painter.current?.load(points);
    loaded.current = points;
    painter.current?.draw(v, frame, pixelRatio(), moving);
  }, [frame, points]);
  const covered = overlays.length + selected.length + named.length + line.length > 0 || hover !== null;
  const { view, current, move: setView } = useMovingView(xy, whole, covered, draw, (v) => onRest?.(v && { cx: v.cx, cy: v.cy, zoom: v.scale / whole.scale }));

  // React listens for the wheel passively; this one must keep the page from scrolling.
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const wheel = (e: WheelEvent): void => {
      e.preventDefault();
      const r = element.getBoundingClientRect();
      // Two fingers on a touchpad come as a wheel with Ctrl, in small steps.
      setView(zoomAt(current(), frame, e.clientX - r.left, e.clientY - r.top, Math.exp(-e.deltaY * (e.ctrlKey ? 0.01 : 0.0015))));
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, [frame, current, setView]);

  const visible = (): number[] => {
    const now = current();
    return Array.from(size.keys()).filter((p) => {
      if (size[p] === 0) return false;
      const [x, y] = toPixel(now, frame, xy[2 * p]!, xy[2 * p + 1]!);
      return x >= 0 && y >= 0 && x <= width && y <= height;
    });
  };
  const nearestTo = ({ cx, cy }: View, of: readonly number[]): number[] => {
    const far = (p: number): number => Math.hypot(xy[2 * p]! - cx, xy[2 * p + 1]! - cy);
    return of.length === 0 ? [] : [of.reduce((a, b) => (far(b) < far(a) ? b : a))];
  };
  useImperativeHandle(ref, () => ({
    show: (points) => setView(points && fitView(xy, points, frame, whole.scale * 12)),
    look: ({ cx, cy, zoom }) => setView({ cx, cy, scale: zoom * whole.scale }),
    visible,
    async toPng(background) {
      const element = canvas.current;
      if (!element) return null;
      const copy = document.createElement('canvas');
      copy.width = element.width;
      copy.height = element.height;
      const context = copy.getContext('2d');
      if (!context) return null;
      context.fillStyle = background;
      context.fillRect(0, 0, copy.width, copy.height);
      context.drawImage(element, 0, 0);
      return new Promise((done) => copy.toBlob(done, 'image/png'));
    },
  }));

  const at = (e: PointerEvent): Place => {
    const r = e.currentTarget.getBoundingClientRect();
    return [e.clientX - r.left, e.clientY - r.top];
  };
  const pointAt = (px: number, py: number): number => {
    const [x, y] = toData(current(), frame, px, py);
    return grid.nearest(x, y, REACH / current().scale, (p) => size[p] === 0);
  };
  const down = (e: PointerEvent): void => {
    if (e.button !== 0) return;
    const [x, y] = at(e);
    e.currentTarget.setPointerCapture(e.pointerId);
    setHover(null);
    fingers.current.set(e.pointerId, [x, y]);
    const [one, two] = [...fingers.current.values()];
    if (one && two) {
      pinching.current = { view: current(), from: [one, two] };
      drag.current = null;
      setLine([]);
      return;
    }
    drag.current = { x, y, view: current(), far: false };
    if (lasso || e.shiftKey) setLine([[x, y]]);
  };
  const move = (e: PointerEvent): void => {
    const [x, y] = at(e);
    if (fingers.current.has(e.pointerId)) fingers.current.set(e.pointerId, [x, y]);
    const [one, two] = [...fingers.current.values()];
    if (pinching.current && one && two) {
      setView(pinch(pinching.current.view, frame, pinching.current.from, [one, two]));
      return;
    }
    const d = drag.current;
    if (!d) {
      if (fingers.current.size > 0) return; // the finger that stayed after a pinch
      const p = pointAt(x, y);
      setHover(p < 0 ? null : p);
      return;
    }
    if (Math.hypot(x - d.x, y - d.y) > 4) d.far = true;
    if (line.length > 0) setLine([...line, [x, y]]);
    else if (d.far) setView({ ...d.view, cx: d.view.cx - (x - d.x) / d.view.scale, cy: d.view.cy + (y - d.y) / d.view.scale });
  };
  const up = (e: PointerEvent): void => {
    const d = drag.current;
    drag.current = null;
    fingers.current.delete(e.pointerId);
    if (fingers.current.size < 2) pinching.current = null;
    const [x, y] = at(e);
    if (line.length > 2) {
      const hidden = Uint8Array.from(size, (s) => Number(s === 0));
      onSelect(insideLasso(xy, line.map(([px, py]) => toData(current(), frame, px, py)), hidden));
    } else if (d && !d.far) {
      const p = pointAt(x, y);
      onSelect(p < 0 ? [] : [p]);
    }
    setLine([]);
  };
  const cancel = (e: PointerEvent): void => {
    fingers.current.delete(e.pointerId);
    pinching.current = null;
    drag.current = null;
    setLine([]);
  };
  const key = (e: React.KeyboardEvent): void => {
    const now = current();
    const step = 40 / now.scale;
    const zoom = (factor: number) => (): View => zoomAt(now, frame, width / 2, height / 2, factor);
    const to: Record<string, () => View | null> = {
      ArrowLeft: () => ({ ...now, cx: now.cx - step }), ArrowRight: () => ({ ...now, cx: now.cx + step }),
      ArrowUp: () => ({ ...now, cy: now.cy + step }), ArrowDown: () => ({ ...now, cy: now.cy - step }),
      '+': zoom(1.3), '=': zoom(1.3), '-': zoom(1 / 1.3), '0': () => null,
    };
    const next = to[e.key];
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key === 'Escape') onSelect([]);
    if (e.key === 'Enter') onSelect(nearestTo(now, visible()));
    if (several && e.key === 'a') onSelect(visible());
    if (!next) return;
    e.preventDefault();
    setView(next());
  };
  const pixel = (p: number): [number, number] => toPixel(view, frame, xy[2 * p]!, xy[2 * p + 1]!);
  const inside = (p: number): boolean => {
    const [x, y] = pixel(p);
    return x > -20 && y > -20 && x < width + 20 && y < height + 20;
  };
  const tip = hover !== null && hover < xy.length / 2 ? hover : null;
  return (
    <div ref={box} className={css.cloud} data-lasso={lasso || undefined}>
      <div className={css.zoom}>
        <button type="button" aria-label="Zoom in" onClick={() => setView(zoomAt(current(), frame, width / 2, height / 2, 1.5))}>+</button>
        <button type="button" aria-label="Zoom out" onClick={() => setView(zoomAt(current(), frame, width / 2, height / 2, 1 / 1.5))}>−</button>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- a picture one moves about in; its table twin lists the same */}
      <div role="application" aria-label={`${label} Arrows move, plus and minus zoom, 0 shows all, Enter selects the point nearest the middle,${several ? ' A all that is in view,' : ''} Escape clears the selection.${several ? ' The table below lists what is selected.' : ''}`} tabIndex={0} className={css.stage} style={{ height }} onKeyDown={key} onPointerDown={down} onPointerMove={move} onPointerUp={up} onPointerCancel={cancel} onPointerLeave={() => setHover(null)}>
        <canvas ref={canvas} style={{ width, height }} aria-hidden="true" />
        <svg width={width} height={height} aria-hidden="true" className={css.over}>
          {overlays.map((o, n) =>
            o.kind === 'path' ? (
              <polyline key={n} points={o.points.map((p) => pixel(p).join(',')).join(' ')} className={css.path} />
            ) : (
              <g key={n} className={css.rays}>
                {o.points.slice(1).map((p) => {
                  const [x1, y1] = pixel(o.points[0]!);
                  const [x2, y2] = pixel(p);
                  return <line key={p} x1={x1} y1={y1} x2={x2} y2={y2} />;
                })}
              </g>
            ),
          )}
          {(selected.length <= RINGS ? selected : []).filter(inside).map((p) => {
            const [x, y] = pixel(p);
            return <circle key={p} cx={x} cy={y} r={6} className={css.ring} />;
          })}
          {named.filter(inside).map((p) => {
            const [x, y] = pixel(p);
            return (
              <text key={p} x={x + 8} y={y + 4} className={css.name}>
                {nameOf(p)}
              </text>
            );
          })}
          {line.length > 1 && <polygon points={line.map((p) => p.join(',')).join(' ')} className={css.lassoLine} />}
        </svg>
        {tip !== null && (
          <div className={css.tip} style={{ left: Math.min(width - 180, Math.max(4, pixel(tip)[0] + 10)), top: Math.max(4, pixel(tip)[1] - 34) }}>
            {nameOf(tip)}
          </div>
        )}
      </div>
    </div>
  );
}
