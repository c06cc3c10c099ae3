import { ActionIcon, Menu } from '@mantine/core';
import { useMemo, useRef, useState, type ReactNode } from 'react';
import { chartRows, xAxis, yAxis, type Baseline, type ChartSeries } from './chart-data';
import { chartCsv } from './chart-table';
import { DataTable } from './DataTable';
import { download } from './download';
import { count, interval, rate } from './format';
import { geometry, LinePlot } from './LinePlot';
import { Mark } from './Mark';
import { Reading } from './Reading';
import { svgToPng } from './svg-png';
import { useWidth } from './use-width';
import css from './LineChart.module.css';
import frameCss from './ChartFrame.module.css';

export type { Baseline, ChartPoint, ChartSeries } from './chart-data';

export interface LineChartProps {
  title: string;
  /** What it was measured on: 'validation, full ranking · 95 %'. */
  aside?: ReactNode;
  series: ChartSeries[];
  baselines?: Baseline[];
  xLabel: string;
  /** Where the axis will end when the work is done. */
  xMax?: number;
  yFormat: (v: number) => string;
  xFormat?: (v: number) => string;
  /** File name without ending. */
  exportName: string;
  height?: number;
  /** Said instead of an empty frame while there is nothing to draw. */
  empty?: ReactNode;
  /** What it says, in one sentence computed from its numbers. */
  reading?: ReactNode;
  /** Switches that belong to this chart. */
  controls?: ReactNode;
}

const noBaselines: Baseline[] = [];
const plain = (v: number): string => (Number.isInteger(v) ? count(v) : String(v));

/** Lines with interval bands; the same numbers as a table one click away, as PNG and as CSV. */
export function LineChart({ title, aside, series, baselines = noBaselines, xLabel, xMax, yFormat, xFormat = plain, exportName, height = 220, empty, reading, controls }: LineChartProps) {
  const [box, width] = useWidth<HTMLDivElement>(430);
  const frame = useRef<HTMLElement>(null);
  const [asTable, setAsTable] = useState(false);
  const [activeX, setActiveX] = useState<number | null>(null);
  const [failed, setFailed] = useState<string | null>(null);

  const rows = useMemo(() => chartRows(series), [series]);
  const x = useMemo(() => xAxis(series, xMax, Math.max(2, Math.floor(width / 70))), [series, xMax, width]);
  const y = useMemo(() => yAxis(series, baselines), [series, baselines]);
  const fractional = /^[−-]?\d*\.\d+$/.test(yFormat(y.ticks[1] ?? 0.5));
  const yTick = (v: number): string => (fractional ? rate(v, y.digits) : yFormat(v));

  const index = activeX === null ? -1 : nearest(rows, activeX);
  const active = rows[index] ?? null;
  const say = (i: number): string => {
    const row = rows[i];
    if (!row) return 'nothing yet';
    const values = series.flatMap((s, j) => {
      const p = row.points[j];
      return p ? [`${s.label} ${yFormat(p.y)}${p.low === undefined || p.high === undefined ? '' : `, from ${yFormat(p.low)} to ${yFormat(p.high)}`}`] : [];
    });
    return `${xLabel} ${xFormat(row.x)}: ${values.join('; ')}`;
  };

  const savePng = async (): Promise<void> => {
    const svg = frame.current?.querySelector('svg.recharts-surface') as SVGSVGElement | null;
    if (!svg) return;
    try {
      download(`${exportName}.png`, await svgToPng(svg, { title, note: typeof aside === 'string' ? aside : undefined }));
      setFailed(null);
    } catch (error) {
      setFailed(`The picture could not be made: ${error instanceof Error ? error.message : String(error)}`);
    }
  };

  const place = active && geometry({ series, baselines, x, y, width, height, yTick }).px(active.x);
  return (
    <figure ref={frame} className={reading ? `${css.chart} ${frameCss.frame}` : css.chart} aria-label={title}>
      <div className={css.head}>
        <h2>{title}</h2>
        {aside && <span className={css.aside}>{aside}</span>}
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon size={24} className={css.more} aria-label={`${title}: table and export`}>
              <svg width="14" height="14" viewBox="0 0 14 14" fill="currentColor" aria-hidden="true">
                <circle cx="2.5" cy="7" r="1.3" />
                <circle cx="7" cy="7" r="1.3" />
                <circle cx="11.5" cy="7" r="1.3" />
              </svg>
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setAsTable(!asTable)}>{asTable ? 'Show as chart' : 'Show as table'}</Menu.Item>
            <Menu.Item onClick={() => void savePng()} disabled={asTable || rows.length === 0}>
              Save picture (PNG)
            </Menu.Item>
            <Menu.Item onClick={() => download(`${exportName}.csv`, chartCsv(xLabel, series, baselines), 'text/csv;charset=utf-8')} disabled={rows.length === 0}>
              Save numbers (CSV)
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      {controls && <div className={frameCss.controls}>{controls}</div>}
      {failed && (
        <p role="alert" className={css.failed}>
          {failed}
        </p>
      )}
      {asTable ? (
        <Twin title={title} xLabel={xLabel} series={series} rows={rows} xFormat={xFormat} yFormat={yFormat} baselines={baselines} height={height} />
      ) : (
        <div ref={box} className={css.box} style={{ height }}>
          {rows.length > 0 && (
            <input
              type="range"
              className={css.reader}
              min={0}
              max={rows.length - 1}
              step={1}
              value={Math.max(0, index)}
              aria-label={`${title}: read along ${xLabel.toLowerCase()}`}
              aria-valuetext={say(Math.max(0, index))}
              onChange={(e) => setActiveX(rows[Number(e.target.value)]?.x ?? null)}
              onFocus={() => setActiveX((was) => was ?? rows.at(-1)!.x)}
              onBlur={() => setActiveX(null)}
            />
          )}
          <div aria-hidden="true">
            <LinePlot series={series} baselines={baselines} x={x} y={y} width={width} height={height} xTick={xFormat} yTick={yTick} active={active} onHover={setActiveX} />
          </div>
          {rows.length === 0 && <p className={css.empty}>{empty ?? 'Nothing to draw yet.'}</p>}
          {active && place !== null && (
            <div className={css.readout} style={place > width / 2 ? { right: width - place + 12 } : { left: place + 12 }} aria-hidden="true">
              <b>
                {xLabel} {xFormat(active.x)}
              </b>
              {series.map((s, i) => {
                const p = active.points[i];
                return p ? (
                  <span key={s.id}>
                    <Mark tone={s.tone} size={8} /> {s.label} <em>{yFormat(p.y)}</em> {p.low !== undefined && p.high !== undefined && <small>{interval(p.low, p.high, p.y)}</small>}
                  </span>
                ) : null;
              })}
            </div>
          )}
        </div>
      )}
      {reading && (
        <div className={frameCss.reading}>
          <Reading>{reading}</Reading>
        </div>
      )}
    </figure>
  );
}

function nearest(rows: readonly { x: number }[], x: number): number {
  let best = -1;
  for (let i = 0; i < rows.length; i++) if (best < 0 || Math.abs(rows[i]!.x - x) < Math.abs(rows[best]!.x - x)) best = i;
  return best;
}

type TwinProps = Pick<LineChartProps, 'title' | 'xLabel' | 'series' | 'yFormat'> & { rows: ReturnType<typeof chartRows>; xFormat(v: number): string; baselines: Baseline[]; height: number };

/** The same numbers as a table. */
function Twin({ title, xLabel, series, rows, xFormat, yFormat, baselines, height }: TwinProps) {
  const cells = rows.map((row) => ({
    x: xFormat(row.x),
    ...Object.fromEntries(
      series.map((s, i) => {
        const p = row.points[i];
        const around = p?.low === undefined || p.high === undefined ? '' : interval(p.low, p.high, p.y);
        return [s.id, p ? <span key={s.id}>{yFormat(p.y)} <small className={css.around}>{around}</small></span> : '–'];
      }),
    ),
  }));
  return (
    <>
      <DataTable caption={`${title}, as a table`} maxHeight={height} columns={[{ key: 'x', label: xLabel }, ...series.map((s) => ({ key: s.id, label: s.label, tone: s.tone }))]} rows={cells} />
      {baselines.length > 0 && <p className={css.lines}>{baselines.map((b) => `${b.label} ${yFormat(b.y)}`).join(' · ')}</p>}
    </>
  );
}
