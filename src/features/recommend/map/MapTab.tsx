import { Button, SegmentedControl, Select, Switch } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useScreenCommands } from '../../../app/commands';
import { useWorkspace } from '../../../app/workspace';
import { setQuery, useQuery } from '../../../app/url';
import { labelOf, type DataSet } from '../../../core/dataset';
import { wordsOf } from '../../../core/problem';
import { Card } from '../../../ui/Card';
import { toCsv } from '../../../ui/csv';
import { download } from '../../../ui/download';
import { EmptyState } from '../../../ui/EmptyState';
import { ErrorPanel } from '../../../ui/ErrorPanel';
import { plural } from '../../../ui/format';
import { ProgressStrip } from '../../../ui/ProgressStrip';
import { EntityPicker } from '../EntityPicker';
import { clip, SLICE_OF } from '../item-words';
import { useAddress } from '../address';
import { listOptions } from '../ListsView';
import type { Model } from '../use-models';
import { Cloud, type CloudHandle, type Overlay } from './Cloud';
import { bytesOf, colouring, COLOUR_BY_POPULARITY, COLOUR_BY_SLICE } from './colours';
import { useMapAddress, writeMapAddress, type MapAddress } from './map-address';
import { MapLegend, SelectedPoints, type SelectedRow } from './map-parts';
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
  const asked = useMapAddress();
  const withUsers = asked.users;
  const { layout, working, problem, runUmap, stopWork, showPca } = useLayout(source, model?.served ?? null, withUsers && model !== null);
  const columns = useMemo(() => data.items.columns.filter((c) => c.kind !== 'text' && !(c.kind === 'categorical' && c.levels.length > 0.9 * data.items.ids.length)), [data]);
  const options = [...(any ? [{ value: COLOUR_BY_SLICE, label: 'warm, cold, new' }] : []), { value: COLOUR_BY_POPULARITY, label: 'how many have it' }, ...columns.map((c) => ({ value: c.name, label: c.name }))];
  const usual = any ? COLOUR_BY_SLICE : COLOUR_BY_POPULARITY; // after a reload the models open later than the map
  const by = asked.by !== null && options.some((o) => o.value === asked.by) ? asked.by : usual;
  /** Null = as the address has it. */
  const [selected, setSelected] = useState<number[] | null>(null);
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
  const only = colours.legend.findIndex((l) => l.label === asked.only);
  const points = layout ? layout.xy.length / 2 : 0;
  const entityOf = (p: number): number => (layout?.from ? layout.from[p]! : p);
  const isUser = (p: number): boolean => layout !== null && entityOf(p) >= layout.items;
  const nameOf = (p: number): string => clip(isUser(p) ? `${labelOf(data.users, entityOf(p) - layout!.items)} (user)` : labelOf(data.items, entityOf(p)), 48);

  const pickOf = (p: number): MapAddress['pick'][number] => (isUser(p) ? { kind: 'user', id: data.users.ids[entityOf(p) - layout!.items]! } : { kind: 'item', id: data.items.ids[entityOf(p)]! });

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
      size[p] = layout.empty?.[e] || (only >= 0 && (user || g !== only)) ? 0 : user ? Math.max(2, base - 2) : base;
    }
    return { rgba, size, shape };
  }, [layout, points, colours, only, token]);

  /** Point of an item; −1 where the layout left it out. */
  const pointOf = (item: number): number => (layout?.from ? layout.from.indexOf(item) : item);
  // Points keep their numbers from one layout of the same vectors to the next, unless one of them is a sample.
  const same = layout ? `${source} ${layout.from ? layout.method : 'all'} ${points}` : '';
  const shownOverlays = overlays && overlays.of === same ? overlays : null;

  const picked = useMemo(() => {
    if (!layout) return [];
    const { from, items, users } = layout;
    return asked.pick.flatMap(({ kind, id }) => {
      const row = (kind === 'user' ? data.users : data.items).ids.indexOf(id);
      const entity = kind === 'user' ? items + row : row;
      const p = row < 0 || (kind === 'user' && users === 0) ? -1 : from ? from.indexOf(entity) : entity;
      return p < 0 ? [] : [p];
    });
  }, [asked, layout, data]);
  const chosen = useMemo(() => selected?.filter((p) => p < points) ?? picked, [selected, picked, points]);
  const choose = (p: number[]): void => {
    setSelected(p);
    writeMapAddress({ pick: p.map(pickOf) });
    setSaid(null);
    setOverlays(null);
  };
  const find = (item: number): void => {
    const p = pointOf(item);
    if (p < 0) return setSaid('That item is not in the sample shown.');
    if (layout?.empty?.[item]) return setSaid(`“${clip(labelOf(data.items, item), 48)}” has no vector, so it has no place here.`);
    choose([p]);
    cloud.current?.show([p]);
  };
  /** The model may be gone by now. */
  const orSaid = (work: Promise<void>): void => void work.catch((error: unknown) => setSaid(wordsOf(error)));
  const zoomToNeighbours = async (): Promise<void> => {
    const p = chosen[0];
    if (!layout || p === undefined || isUser(p)) return;
    const item = entityOf(p);
    const asked = model?.served?.can.similarItems ? model.served : null;
    const near = asked ? [...(await asked.similarItems(item, NEIGHBOURS)).items].map(pointOf).filter((q) => q >= 0) : nearestOnMap(layout.xy, p, NEIGHBOURS, (q) => layout.empty?.[entityOf(q)] === 1);
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
    choose([...own, ...told]);
    const words = `${clip(labelOf(data.users, user), 40)}: the newest ${own.length} items as a line, and from the last of them to the first ${told.length} recommendations (${clip(served.run.name, 40)})`;
    setOverlays({ of: same, lines: [{ kind: 'path', points: own }, ...(last === undefined ? [] : [{ kind: 'rays' as const, points: [last, ...told] }])], named: told, words });
    cloud.current?.show([...own, ...told]);
  };

  const rows = chosen.map((p): SelectedRow => (isUser(p) ? { name: nameOf(p), kind: 'user', slice: '', colour: '' } : { name: nameOf(p), kind: 'item', slice: SLICE_OF[any?.temperature[entityOf(p)] ?? -1] ?? '', colour: clip(colours.words(entityOf(p)), 60) }));
  const exportCsv = (): void => {
    const all = chosen.length > 0 ? chosen : Array.from({ length: points }, (_, p) => p);
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
  const choosePca = (): void => {
    writeMapAddress({ umap: false, look: null });
    showPca();
  };
  const chooseUmap = (): void => {
    writeMapAddress({ umap: true, look: null });
    void runUmap();
  };
  /** Stopped before there was anything to show, it is not asked for again. */
  const stopUmap = (): void => {
    stopWork();
    if (layout?.method === 'pca') writeMapAddress({ umap: false });
  };
  const showAll = (): void => {
    cloud.current?.show(null);
    choose([]);
  };
  const inView = (): void => choose(cloud.current?.visible() ?? []);

  // What the address asks for, once: its layout first, then where one looked.
  const restored = useRef<'no' | 'laying out' | 'yes'>('no');
  useEffect(() => {
    if (!layout || working || restored.current === 'yes') return;
    if (asked.umap && layout.method === 'pca' && restored.current === 'no') {
      restored.current = 'laying out';
      void runUmap();
      return;
    }
    restored.current = 'yes';
    if (asked.look) cloud.current?.look(asked.look);
    else if (chosen.length > 0) cloud.current?.show(chosen);
  }, [layout, working, asked, chosen, runUmap]);

  const neighboursOf = chosen[0] === undefined || isUser(chosen[0]) ? null : chosen[0];
  const who = user < 0 ? 'a person' : clip(labelOf(data.users, user), 20);
  const canPath = user >= 0 && any !== null;
  const group = 'Map';
  useScreenCommands([
    ...options.filter((o) => o.value !== by).map((o) => ({ id: `map colour ${o.value}`, group, label: `Colour by ${o.label}`, run: () => writeMapAddress({ by: o.value, only: null }) })),
    ...(working?.label.startsWith('UMAP') ? [{ id: 'map stop', group, label: 'Stop UMAP', run: stopUmap }] : []),
    ...(model ? [{ id: 'map users', group, label: withUsers ? 'Items alone' : 'Users too', run: () => writeMapAddress({ users: !withUsers }) }] : []),
    ...(layout && !working ? [{ id: 'map layout', group, label: layout.method === 'pca' ? 'Lay out by UMAP' : 'Lay out by principal components', keywords: ['PCA'], run: layout.method === 'pca' ? chooseUmap : choosePca }] : []),
    ...(layout
      ? [
          { id: 'map lasso', group, label: lasso ? 'Lasso off' : 'Lasso', keywords: ['select'], run: () => setLasso(!lasso) },
          { id: 'map view', group, label: 'Select all that is in view', run: inView },
          { id: 'map all', group, label: 'Show all, select nothing', keywords: ['reset'], run: showAll },
          { id: 'map csv', group, label: chosen.length > 0 ? 'Save the selected points as CSV' : 'Save the map as CSV', keywords: ['export', 'download'], run: exportCsv },
          { id: 'map png', group, label: 'Save the map as PNG', keywords: ['export', 'download', 'picture'], run: () => void exportPng() },
        ]
      : []),
    ...(neighboursOf === null ? [] : [{ id: 'map near', group, label: `Zoom to the neighbours of ${nameOf(neighboursOf)}`, run: () => orSaid(zoomToNeighbours()) }]),
    ...(canPath ? [{ id: 'map path', group, label: `Path of ${who}`, keywords: ['history', 'recommendations'], run: () => orSaid(showPath()) }] : []),
  ]);

  if (sources.length === 0) {
    const opening = models.some((m) => m.state.status === 'opening');
    if (opening) return <output className={shared.hint}>Bringing the models back…</output>;
    return <EmptyState title="Nothing to draw a map from" text="A map needs vectors: of a model with factors (ALS, PureSVD, LightFM, two-tower) or of texts. ItemKNN and EASE compare items pair by pair and have none." action={<Button component="a" href="#/train?model=als">Train ALS</Button>} />;
  }
  const chooseSource = (key: string): void => {
    writeMapAddress({ umap: false, look: null, pick: [] });
    setQuery({ map: key });
    setSelected(null);
  };
  return (
    <div className={css.page}>
      <Card title="Map" className={shared.form}>
        <Select label="Vectors" data={sources} value={source} onChange={(v) => v && chooseSource(v)} allowDeselect={false} />
        <div>
          <span className={shared.label} id="layout-kind">Layout</span>
          <SegmentedControl fullWidth aria-labelledby="layout-kind" data={[{ value: 'pca', label: 'PCA' }, { value: 'umap', label: 'UMAP' }]} value={layout?.method ?? 'pca'} onChange={(v) => (v === 'umap' ? chooseUmap() : choosePca())} disabled={working !== null} />
        </div>
        <Select label="Colour by" data={options} value={by} onChange={(v) => v && writeMapAddress({ by: v, only: null })} allowDeselect={false} searchable />
        {model && <Switch label="Users too" checked={withUsers} onChange={(e) => writeMapAddress({ users: e.currentTarget.checked })} />}
        <hr className={shared.rule} />
        <EntityPicker label="Find an item" placeholder="Name or id" table={data.items} value={null} onPick={find} />
        <div className={shared.finders}>
          <Button variant={lasso ? 'filled' : 'default'} aria-pressed={lasso} onClick={() => setLasso(!lasso)}>Lasso</Button>
          <Button variant="default" disabled={!layout} onClick={inView}>Select what is in view</Button>
          <Button variant="default" disabled={neighboursOf === null} onClick={() => orSaid(zoomToNeighbours())}>Zoom to neighbours</Button>
          <Button variant="default" disabled={!canPath} onClick={() => orSaid(showPath())}>Path of {who}</Button>
          <Button variant="default" onClick={showAll}>Show all</Button>
        </div>
        {user < 0 && <p className={shared.hint}>Choose somebody on the Person tab to see the way from their history to their recommendations.</p>}
        <div className={shared.finders}>
          <Button variant="subtle" className={shared.more} onClick={exportCsv} disabled={!layout}>CSV</Button>
          <Button variant="subtle" className={shared.more} onClick={() => void exportPng()} disabled={!layout}>PNG</Button>
        </div>
      </Card>
      <div className={shared.right}>
        {problem && <ErrorPanel what={problem} remedy="Choose other vectors, or try again." />}
        {working && <ProgressStrip label={working.label} value={working.value} onStop={working.label.startsWith('UMAP') ? stopUmap : undefined} />}
        {layout && (
          <Card padded={false}>
            <Cloud
              ref={cloud} xy={layout.xy} rgba={looks.rgba} size={looks.size} shape={looks.shape} selected={chosen} overlays={shownOverlays?.lines ?? []} named={shownOverlays?.named ?? (chosen.length <= 3 ? chosen : [])}
              nameOf={nameOf} label={`Map of ${plural(points, 'point')}.`} lasso={lasso} several onSelect={choose} onRest={(look) => working || writeMapAddress({ look })}
            />
            <MapLegend colours={colours} only={asked.only} users={layout.users > 0} onOnly={(label) => writeMapAddress({ only: label })} />
            <p className={css.words}>
              {layout.words} <output>{said ?? shownOverlays?.words ?? (chosen.length === 0 ? '' : chosen.length === 1 ? nameOf(chosen[0]!) : `${plural(chosen.length, 'point')} selected.`)}</output>
            </p>
          </Card>
        )}
        {layout && <SelectedPoints rows={rows} colour={options.find((o) => o.value === by)?.label ?? by} onRow={(n) => chosen[n] !== undefined && cloud.current?.show([chosen[n]])} />}
      </div>
    </div>
  );
}

function nearestOnMap(xy: Float32Array, p: number, k: number, left: (q: number) => boolean): number[] {
  const distance = Float64Array.from({ length: xy.length / 2 }, (_, q) => (xy[2 * q]! - xy[2 * p]!) ** 2 + (xy[2 * q + 1]! - xy[2 * p + 1]!) ** 2);
  return Array.from(distance.keys()).filter((q) => q !== p && !left(q)).sort((a, b) => distance[a]! - distance[b]!).slice(0, k);
}
