import { ActionIcon, Menu } from '@mantine/core';
import { useRef, useState, type ReactNode } from 'react';
import { DataTable, type DataColumn } from './DataTable';
import { download } from './download';
import { Reading } from './Reading';
import { svgToPng } from './svg-png';
import css from './ChartFrame.module.css';

export interface ChartTwin {
  columns: DataColumn[];
  rows: Record<string, ReactNode>[];
  /** Said under the table. */
  note?: string;
}
/** Pixels that are not part of the SVG, and where they lie in it. */
export interface Raster {
  canvas: HTMLCanvasElement;
  x: number;
  y: number;
  width: number;
  height: number;
}
/** What every chart is given for its surroundings, and hands on to its frame. */
export interface ChartHead {
  title: string;
  /** Small fact at the right of the title: 'validation, full ranking · 95 %'. */
  aside?: ReactNode;
  /** What the chart says, in one sentence computed from its numbers. */
  reading?: ReactNode;
  /** Switches that belong to this chart. */
  controls?: ReactNode;
  /** File name without ending. */
  exportName: string;
  /** Said instead of the chart when there is nothing to draw. */
  empty?: ReactNode;
}
export interface ChartFrameProps extends ChartHead {
  /** The same numbers as a table; made when it is asked for. */
  twin(): ChartTwin;
  csv(): string;
  raster?: () => Raster | null;
  /** Pixels the table may take. */
  height: number;
  /** There is nothing to save yet, though the chart is drawn. */
  blank?: boolean;
  children: ReactNode;
}

/** What every chart has around it: title, table twin, PNG, CSV and a reading. The drawing is its first `svg[data-chart]`, or the one recharts makes. */
export function ChartFrame({ title, aside, reading, controls, exportName, twin, csv, raster, height, empty, blank = false, children }: ChartFrameProps) {
  const frame = useRef<HTMLElement>(null);
  const [asTable, setAsTable] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const nothing = blank || !!empty;

  const savePng = async (): Promise<void> => {
    const svg = frame.current?.querySelector<SVGSVGElement>('svg[data-chart], svg.recharts-surface');
    if (!svg) return;
    const pixels = raster?.() ?? null;
    const image = pixels && svg.ownerDocument.createElementNS('http://www.w3.org/2000/svg', 'image');
    try {
      if (image && pixels) {
        for (const name of ['x', 'y', 'width', 'height'] as const) image.setAttribute(name, String(pixels[name]));
        image.setAttribute('preserveAspectRatio', 'none');
        image.setAttribute('href', pixels.canvas.toDataURL());
        svg.prepend(image);
      }
      const picture = svgToPng(svg, { title, note: typeof aside === 'string' ? aside : undefined });
      download(`${exportName}.png`, await picture);
      setFailed(null);
    } catch (error) {
      setFailed(`The picture could not be made: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      image?.remove();
    }
  };

  return (
    <figure ref={frame} className={css.frame} aria-label={title}>
      <div className={css.head}>
        <h2>{title}</h2>
        {aside && <span className={css.aside}>{aside}</span>}
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon size={24} className={css.menu} aria-label={`${title}: table and export`}>
              <svg width="14" height="14" viewBox="0 0 14 14" fill="currentColor" aria-hidden="true">
                <circle cx="2.5" cy="7" r="1.3" />
                <circle cx="7" cy="7" r="1.3" />
                <circle cx="11.5" cy="7" r="1.3" />
              </svg>
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setAsTable(!asTable)} disabled={!!empty && !asTable}>
              {asTable ? 'Show as chart' : 'Show as table'}
            </Menu.Item>
            <Menu.Item onClick={() => void savePng()} disabled={asTable || nothing}>
              Save picture (PNG)
            </Menu.Item>
            <Menu.Item onClick={() => download(`${exportName}.csv`, csv(), 'text/csv;charset=utf-8')} disabled={nothing}>
              Save numbers (CSV)
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      {controls && <div className={css.controls}>{controls}</div>}
      {failed && (
        <p role="alert" className={css.failed}>
          {failed}
        </p>
      )}
      {empty ? <p className={css.empty}>{empty}</p> : asTable ? <Twin {...twin()} title={title} height={height} /> : children}
      {reading && !empty && (
        <div className={css.reading}>
          <Reading>{reading}</Reading>
        </div>
      )}
    </figure>
  );
}

function Twin({ title, columns, rows, note, height }: ChartTwin & { title: string; height: number }) {
  return (
    <div className={css.twin}>
      <DataTable caption={`${title}, as a table`} maxHeight={Math.max(160, height)} columns={columns} rows={rows} />
      {note && <p className={css.note}>{note}</p>}
    </div>
  );
}
