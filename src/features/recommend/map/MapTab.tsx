import { Button, SegmentedControl, Select, Switch } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import { useWorkspace } from '../../../app/workspace';
import { setQuery, useQuery } from '../../../app/url';
import { labelOf, type DataSet } from '../../../core/dataset';
import { Card } from '../../../ui/Card';
import { toCsv } from '../../../ui/csv';
import { DataTable } from '../../../ui/DataTable';
import { download } from '../../../ui/download';
import { EmptyState } from '../../../ui/EmptyState';
import { ErrorPanel } from '../../../ui/ErrorPanel';
import { count, plural } from '../../../ui/format';
import { Mark } from '../../../ui/Mark';
import { ProgressStrip } from '../../../ui/ProgressStrip';
import { EntityPicker } from '../EntityPicker';
import { clip, SLICE_OF } from '../item-words';
import { useAddress } from '../address';
import { listOptions } from '../ListsView';
import type { Model } from '../use-models';
import { Cloud, type CloudHandle, type Overlay } from './Cloud';
import { bytesOf, colouring, COLOUR_BY_POPULARITY, COLOUR_BY_SLICE } from './colours';
import { useLayout } from './use-layout';
import { useScheme } from './use-scheme';
import { vectorsLabel } from '../../../text/encoder-name';
import css from './map.module.css';
import shared from '../recommend.module.css';

const NEIGHBOURS = 12;
const NAMED = 8;

/** Items, and the users of models that put both in one space, in two dimensions. */
export function MapTab({ data, models }: { data: DataSet; models: readonly Model[] }) {
  const query = useQuery();
  const address = useAddress();
  const vectors = useWorkspace((s) => s.vectors);
  const { dark, token } = useScheme();
  const able = models.filter((m) => m.served?.can.vectors);
  const sources = [...able.map((m) => ({ value: m.run.id, label: `As ${clip(m.run.name, 40)} sees them` })), ...vectors.map((v) => ({ value: v.key, label: `Text: ${vectorsLabel(v, vectors)}` }))];
  const source = sources.find((s) => s.value === query.get('map'))?.value ?? sources[0]?.value ?? null;
  const model = able.find((m) => m.run.id === source) ?? null;
  const any = models.find((m) => m.served)?.served ?? null;
  const [withUsers, setWithUsers] = useState(false);
  const { layout, working, problem, runUmap, stopWork, showPca } = useLayout(source, model?.served ?? null, withUsers && model !== null);
  const [chosenBy, setBy] = useState<string | null>(null);
  const by = chosenBy ?? (any ? COLOUR_BY_SLICE : COLOUR_BY_POPULARITY); // after a reload the models open later than the map
  const [only, setOnly] = useState<number | null>(null);
  const [selected, setSelected] = useState<number[]>([]);
  const [lasso, setLasso] = useState(false);
  const [overlays, setOverlays] = useState<{ of: string; lines: Overlay[]; named: number[]; words: string } | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const cloud = useRef<CloudHandle>(null);

  const fallbackDegree = useMemo(() => {
    const degree = new Int32Array(data.items.ids.length);
    for (const i of data.interactions.item) degree[i]!++;
    return degree;
  }, [data]);
  const colours = useMemo(
    () => colouring({ by, items: data.items, temperature: any?.temperature ?? null, degree: any?.itemDegree ?? fallbackDegree, dark, token }),
    [by, data, any, fallbackDegree, dark, token],
  );
  const points = layout ? layout.xy.length / 2 : 0;
  const entityOf = (p: number): number => (layout?.from ? layout.from[p]! : p);
  const isUser = (p: number): boolean => layout !== null && entityOf(p) >= layout.items;
  const nameOf = (p: number): string => clip(isUser(p) ? `${labelOf(data.users, entityOf(p) - layout!.items)} (user)` : labelOf(data.items, entityOf(p)), 48);

  const looks = useMemo(() => {
    const rgba = new Uint8Array(points * 4);
    const size = new Uint8Array(points);
    const shape = new Uint8Array(points);
    if (!layout) return { rgba, size, shape };
    const base = points > 30_000 ? 3 : points > 5000 ? 4 : 7;
    const none = bytesOf(token('--faint'));
    const ink = bytesOf(token('--ink'));
    const groups = colours.legend.map((l) => bytesOf(l.colour));
    for (let p = 0; p < points; p++) {
      const e: number = layout.from ? layout.from[p]! : p;
      const user: boolean = e >= layout.items;
      const g = user ? -1 : colours.group[e]!;
      const c = user ? ink : (groups[g] ?? none);
      rgba.set([c[0], c[1], c[2], user ? 120 : g < 0 ? 110 : 215], p * 4);
      const tone = colours.legend[g]?.tone;
      shape[p] = tone === 'cold' ? 1 : tone === 'new' ? 2 : 0;
      size[p] = only !== null && (user || g !== only) ? 0 : user ? Math.max(2, base - 2) : base;
    }
    return { rgba, size, shape };
  }, [layout, points, colours, only, token]);

  /** Point of an item; −1 where the layout left it out. */
  const pointOf = (item: number): number => (layout?.from ? layout.from.indexOf(item) : item);
  // Points keep their numbers from one layout of the same vectors to the next, unless one of them is a sample.
  const same = layout ? `${source} ${layout.from ? layout.method : 'all'} ${points}` : '';
  const shownOverlays = overlays && overlays.of === same ? overlays : null;

  const chosen = selected.filter((p) => p < points);
  const choose = (p: number[]): void => {
    setSelected(p);
    setSaid(null);
    setOverlays(null);
  };
  const find = (item: number): void => {
    const p = pointOf(item);
    if (p < 0) return setSaid('That item is not in the sample shown.');
    choose([p]);
    cloud.current?.show([p]);
  };
  const zoomToNeighbours = async (): Promise<void> => {
    const p = chosen[0];
    if (!layout || p === undefined || isUser(p)) return;
    const item = entityOf(p);
    const asked = model?.served?.can.similarItems ? model.served : null;
    const near = asked ? [...(await asked.similarItems(item, NEIGHBOURS)).items].map(pointOf).filter((q) => q >= 0) : nearestOnMap(layout.xy, p, NEIGHBOURS);
    choose([p, ...near]);
    setOverlays({ of: same, lines: [{ kind: 'rays', points: [p, ...near] }], named: [p, ...near.slice(0, NAMED)], words: `${nameOf(p)} and its ${near.length} nearest ${asked ? 'as the model sees items' : 'on the map'}` });
    cloud.current?.show([p, ...near]);
  };
  const user = address.user === null ? -1 : data.users.ids.indexOf(address.user);
  const showPath = async (): Promise<void> => {
    const served = model?.served ?? any;
    if (!layout || !served || user < 0) return;
    const [history, [list]] = await Promise.all([served.history(user), served.recommend([{ user }], { ...listOptions(address), k: 5 })]);
    const own = history.train.slice(-12).map((h) => pointOf(h.item)).filter((p) => p >= 0);
    const told = [...(list?.items ?? [])].map(pointOf).filter((p) => p >= 0);
    const last = own.at(-1);
    setSelected([...own, ...told]);
    const words = `${clip(labelOf(data.users, user), 40)}: the newest ${own.length} items as a line, and from the last of them to the first ${told.length} recommendations (${clip(served.run.name, 40)})`;
    setSaid(null);
    setOverlays({ of: same, lines: [{ kind: 'path', points: own }, ...(last === undefined ? [] : [{ kind: 'rays' as const, points: [last, ...told] }])], named: told, words });
    cloud.current?.show([...own, ...told]);
  };

  if (sources.length === 0) {
    const opening = models.some((m) => m.state.status === 'opening');
    if (opening) return <output className={shared.hint}>Bringing the models back…</output>;
    return <EmptyState title="Nothing to draw a map from" text="A map needs vectors: of a model with factors (ALS, PureSVD, LightFM, two-tower) or of texts. ItemKNN and EASE compare items pair by pair and have none." action={<Button component="a" href="#/train?model=als">Train ALS</Button>} />;
  }
  const columns = data.items.columns.filter((c) => c.kind !== 'text' && !(c.kind === 'categorical' && c.levels.length > 0.9 * data.items.ids.length));
  const options = [...(any ? [{ value: COLOUR_BY_SLICE, label: 'warm, cold, new' }] : []), { value: COLOUR_BY_POPULARITY, label: 'how many have it' }, ...columns.map((c) => ({ value: c.name, label: c.name }))];
  const table = chosen;
  const rows = table.map((p) => (isUser(p) ? { name: nameOf(p), kind: 'user', slice: '', colour: '' } : { name: nameOf(p), kind: 'item', slice: SLICE_OF[any?.temperature[entityOf(p)] ?? -1] ?? '', colour: clip(colours.words(entityOf(p)), 60) }));
  const exportCsv = (): void => {
    const all = table.length > 0 ? table : Array.from({ length: points }, (_, p) => p);
    const lines = all.map((p) => {
      const e = entityOf(p);
      const u = isUser(p);
      return [u ? 'user' : 'item', u ? data.users.ids[e - layout!.items]! : data.items.ids[e]!, u ? labelOf(data.users, e - layout!.items) : labelOf(data.items, e), u ? '' : colours.words(e), layout!.xy[2 * p]!, layout!.xy[2 * p + 1]!];
    });
    download('map.csv', toCsv(['kind', 'id', 'label', by, 'x', 'y'], lines), 'text/csv;charset=utf-8');
  };
  const exportPng = async (): Promise<void> => {
    const png = await cloud.current?.toPng(token('--surface'));
    if (png) download('map.png', png);
  };
  return (
    <div className={css.page}>
      <Card title="Map" className={shared.form}>
        <Select label="Vectors" data={sources} value={source} onChange={(v) => v && setQuery({ map: v })} allowDeselect={false} />
        <div>
          <span className={shared.label} id="layout-kind">Layout</span>
          <SegmentedControl fullWidth aria-labelledby="layout-kind" data={[{ value: 'pca', label: 'PCA' }, { value: 'umap', label: 'UMAP' }]} value={layout?.method ?? 'pca'} onChange={(v) => (v === 'umap' ? void runUmap() : showPca())} disabled={working !== null} />
        </div>
        <Select label="Colour by" data={options} value={by} onChange={(v) => { if (v) { setBy(v); setOnly(null); } }} allowDeselect={false} searchable />
        {model && <Switch label="Users too" checked={withUsers} onChange={(e) => setWithUsers(e.currentTarget.checked)} />}
        <hr className={shared.rule} />
        <EntityPicker label="Find an item" placeholder="Name or id" table={data.items} value={null} onPick={find} />
        <div className={shared.finders}>
          <Button variant={lasso ? 'filled' : 'default'} aria-pressed={lasso} onClick={() => setLasso(!lasso)}>Lasso</Button>
          <Button variant="default" disabled={chosen.length === 0 || isUser(chosen[0]!)} onClick={() => void zoomToNeighbours()}>Zoom to neighbours</Button>
          <Button variant="default" disabled={user < 0 || !any} onClick={() => void showPath()}>Path of {user < 0 ? 'a person' : clip(labelOf(data.users, user), 20)}</Button>
          <Button variant="default" onClick={() => { cloud.current?.show(null); setOverlays(null); choose([]); }}>Show all</Button>
        </div>
        {user < 0 && <p className={shared.hint}>Choose somebody on the Person tab to see the way from their history to their recommendations.</p>}
        <div className={shared.finders}>
          <Button variant="subtle" className={shared.more} onClick={exportCsv} disabled={!layout}>CSV</Button>
          <Button variant="subtle" className={shared.more} onClick={() => void exportPng()} disabled={!layout}>PNG</Button>
        </div>
      </Card>
      <div className={shared.right}>
        {problem && <ErrorPanel what={problem} remedy="Choose other vectors, or try again." />}
        {working && <ProgressStrip label={working.label} value={working.value} onStop={working.label.startsWith('UMAP') ? stopWork : undefined} />}
        {layout && (
          <Card padded={false}>
            <Cloud
              ref={cloud} xy={layout.xy} rgba={looks.rgba} size={looks.size} shape={looks.shape} selected={chosen} overlays={shownOverlays?.lines ?? []} named={shownOverlays?.named ?? (chosen.length <= 3 ? chosen : [])}
              nameOf={nameOf} label={`Map of ${plural(points, 'point')}.`} lasso={lasso} onSelect={choose}
            />
            <ul className={css.legend} aria-label="Legend">
              {colours.legend.map((l, g) => (
                <li key={l.label}>
                  <button type="button" aria-pressed={only === g} onClick={() => setOnly(only === g ? null : g)} title="Show only these">
                    {l.tone ? <Mark tone={l.tone} /> : <i style={{ background: l.colour }} />} {clip(l.label, 30)} <small>{count(l.count)}</small>
                  </button>
                </li>
              ))}
              {colours.group.includes(-1) && <li className={css.other}>grey: none of these</li>}
              {layout.users > 0 && <li className={css.other}>ink: users</li>}
            </ul>
            <p className={css.words}>
              {layout.words} <output>{said ?? shownOverlays?.words ?? (chosen.length === 0 ? '' : chosen.length === 1 ? nameOf(chosen[0]!) : `${plural(chosen.length, 'point')} selected.`)}</output>
            </p>
          </Card>
        )}
        {layout && (
          <Card title="Selected" aside={chosen.length > 0 ? plural(chosen.length, 'point') : undefined} padded={chosen.length === 0}>
            {chosen.length === 0 ? (
              <p className={shared.hint}>Click a point, search, or draw a lasso (or drag with Shift): what is selected is listed here.</p>
            ) : (
              <DataTable caption="Selected points" maxHeight={360} columns={[{ key: 'name', label: 'Name' }, { key: 'kind', label: 'Kind', align: 'left' }, { key: 'slice', label: 'Slice', align: 'left' }, { key: 'colour', label: options.find((o) => o.value === by)?.label ?? by, align: 'left' }]} rows={rows} onRow={(n) => { const p = table[n]; if (p !== undefined) cloud.current?.show([p]); }} />
            )}
          </Card>
        )}
      </div>
    </div>
  );
}

function nearestOnMap(xy: Float32Array, p: number, k: number): number[] {
  const distance = Float64Array.from({ length: xy.length / 2 }, (_, q) => (xy[2 * q]! - xy[2 * p]!) ** 2 + (xy[2 * q + 1]! - xy[2 * p + 1]!) ** 2);
  return Array.from(distance.keys()).filter((q) => q !== p).sort((a, b) => distance[a]! - distance[b]!).slice(0, k);
}
