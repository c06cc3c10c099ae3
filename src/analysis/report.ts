/** A comparison as one HTML file: tables and drawn charts, no script, no address it could fetch from. Pure. */
import { SLICES, type Estimate } from '../core/metric';
import type { RunRecord } from '../core/run';
import { difference, outcomes, testAgainst, userValues, usersOfSlice } from './compare';
import { configDiff } from './compare-config';
import { rankBins } from './compare-lists';
import { dotsSvg, escapeHtml as e, linesSvg, shortText, type ReportDot } from './report-charts';
import { groupDifferences, type Partition } from './slices';

export interface ReportInput {
  /** The first is the reference; all of one ground. */
  runs: readonly RunRecord[];
  names: readonly string[];
  /** 'NDCG@10' */
  metric: string;
  /** Further ways to part the users, where the data were at hand. */
  partitions?: readonly Partition[];
  /** What differs, in words; else as the records have it. */
  settings?: readonly { label: string; values: readonly (string | null)[] }[];
  /** The split in words; else its id. */
  protocol?: string;
  /** ISO date of making. */
  madeAt: string;
}

const whole = (n: number): string => n.toLocaleString('en-US');
const rate = (v: number): string => v.toFixed(4).replace(/^(-?)0\./, '$1.').replace('-', '−');
const cellOf = (v: Estimate | undefined): string => (v ? `${rate(v.value)} <small>${rate(v.low)} to ${rate(v.high)}</small>` : '–');
const table = (caption: string, head: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<table><caption>${e(caption)}</caption><thead><tr>${head.map((h) => `<th scope="col">${e(h)}</th>`).join('')}</tr></thead><tbody>${rows.map((r) => `<tr>${r.map((c, k) => (k === 0 ? `<th scope="row">${c}</th>` : `<td>${c}</td>`)).join('')}</tr>`).join('')}</tbody></table>`;

const STYLE = `body{font:14px/1.5 system-ui,sans-serif;color:#1a1b1f;background:#fff;max-width:900px;margin:32px auto;padding:0 20px;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
h1{font-size:22px}h2{font-size:16px;margin:28px 0 6px}table{border-collapse:collapse;width:100%;margin:8px 0;font-size:13px}caption{text-align:left;color:#5f616b;padding:4px 0}th,td{text-align:left;padding:5px 10px 5px 0;border-bottom:1px solid #e3e2de;vertical-align:top;font-weight:400}thead th{color:#5f616b}
small,.n{color:#6f717a}svg{width:100%;max-width:720px;display:block;margin:8px 0}svg text{font:11px system-ui,sans-serif;fill:#5f616b}svg .name{fill:#1a1b1f;font-size:12px}.grid{stroke:#e3e2de}.line{fill:none;stroke:#1a1b1f;stroke-width:2}.range{stroke:#1a1b1f;stroke-opacity:.35;stroke-width:3}.zero{stroke:#5f616b;stroke-dasharray:4 3}
@media(prefers-color-scheme:dark){body{background:#111216;color:#ececee}svg .name{fill:#ececee}.line,.range{stroke:#ececee}circle{fill:#ececee}small,.n,caption,thead th,svg text{color:#a2a4ad;fill:#a2a4ad}th,td{border-color:#2b2d34}.grid{stroke:#2b2d34}}`;

/** @returns a whole document; every value from data or people is escaped */
export function reportHtml({ runs, names, metric, partitions = [], settings, protocol, madeAt }: ReportInput): string {
  const reference = runs[0]!;
  const { counts } = reference.data;
  const tests = testAgainst(reference, runs.slice(1), metric, SLICES);
  const part: string[] = [];
  part.push(`<h1>${e(names.map((n) => shortText(n, 80)).join(' against '))}</h1>`);
  part.push(`<p>${e(reference.data.name)}: ${whole(counts.interactions)} interactions, ${whole(counts.users)} users, ${whole(counts.items)} items; ${whole(reference.split.test)} held out (${e(protocol ?? reference.split.protocol)}, split ${e(reference.split.hash.slice(0, 12))}). ${reference.sampled ? `Ranked among ${reference.sampled.negatives} listed items.` : 'Ranked among all unseen items, ties against the target.'}</p>`);
  for (const t of tests.filter((x) => x.slice === 'all')) {
    const name = e(names[runs.findIndex((r) => r.id === t.run)] ?? '');
    part.push(`<p><b>Reading:</b> ${metric} of ${name} is ${rate(Math.abs(t.mean))} ${t.mean >= 0 ? 'above' : 'below'} that of ${e(names[0] ?? '')} (95 % interval ${rate(t.low)} to ${rate(t.high)}, p ${t.p < 0.001 ? '&lt; .001' : `= ${rate(t.p)}`} after Holm): the two ${t.apart ? 'can' : 'cannot'} be told apart over these ${whole(t.n)} users.</p>`);
  }
  part.push('<h2>Figures</h2>', table(`${metric} on the test set, 95 % intervals`, ['Run', ...SLICES.map((s) => `${s}, n = ${whole(reference.test[s].n)}`)], runs.map((r, k) => [e(names[k] ?? r.name), ...SLICES.map((s) => cellOf(r.test[s].metrics[metric]))])));
  if (tests.length) part.push(table(`Difference to ${names[0]}: paired bootstrap over users for the interval, p by paired t after Holm over ${tests.length} tests`, ['Run', 'slice', 'n', 'difference', '95 % interval', 'p'], tests.map((t) => [e(names[runs.findIndex((r) => r.id === t.run)] ?? ''), t.slice, String(t.n), rate(t.mean), `${rate(t.low)} to ${rate(t.high)}`, t.p < 0.001 ? '&lt; .001' : rate(t.p)])));
  const keys = ['HR', 'NDCG', 'MRR'].flatMap((m) => [5, 10, 50].map((k) => `${m}@${k}`)).filter((k) => reference.test.all.metrics[k]);
  part.push(table('Further figures, all items', ['Run', ...keys], runs.map((r, k) => [e(names[k] ?? r.name), ...keys.map((key) => { const v = r.test.all.metrics[key]; return v ? rate(v.value) : '–'; })])));
  const diff = settings ?? configDiff(runs).map((row) => ({ label: row.name, values: row.values }));
  if (diff.length) part.push('<h2>Settings that differ</h2>', table('Everything not listed is the same', ['Setting', ...names], diff.map((row) => [e(row.label), ...row.values.map((v) => e(v ?? '–'))])));
  const curves = linesSvg(`${metric} by epoch, validation`, runs.map((r, k) => ({ label: names[k] ?? r.name, points: r.epochs.flatMap((x) => { const v = x.validation?.all.metrics[metric]; return v ? [{ x: x.epoch, y: v.value }] : []; }) })));
  if (curves) part.push(`<h2>${metric} by epoch</h2>`, curves);
  runs.slice(1).forEach((run, k) => part.push(...pairPart(reference, run, [names[0] ?? '', names[k + 1] ?? ''], metric, partitions)));
  part.push(`<h2>Runs</h2>`, table('What was run', ['Run', 'model', 'seed', 'backend', 'build', 'seconds', 'notes'], runs.map((r) => [e(shortText(r.name, 200)), e(r.model.id), String(r.seed), e(r.backend), e(r.build), (r.seconds.prepare + r.seconds.fit + r.seconds.evaluate).toFixed(1), e(shortText(r.notes, 2000))])));
  part.push(`<p><small>Made with Coldwave on ${e(madeAt.slice(0, 10))}. Data hash ${e(reference.data.hash)}, split hash ${e(reference.split.hash)}.</small></p>`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${e(shortText(names.join(' against '), 120))}</title><style>${STYLE}</style></head><body>${part.join('\n')}</body></html>\n`;
}

function pairPart(reference: RunRecord, run: RunRecord, [base, own]: readonly [string, string], metric: string, partitions: readonly Partition[]): string[] {
  const [a, b] = [userValues(run, metric), userValues(reference, metric)];
  if (!a || !b || a.length !== b.length) return [];
  const out = [`<h2>${e(own)} minus ${e(base)}</h2>`];
  const o = outcomes(run.perUser!.ranks, reference.perUser!.ranks);
  out.push(`<p>The held-out item stands higher for ${o.won} users, lower for ${o.lost}, alike for ${o.tied}.</p>`);
  const slices = SLICES.flatMap((s): ReportDot[] => {
    const users = usersOfSlice(reference, s);
    const d = users && difference(a, b, users);
    return d ? [{ label: s, n: d.n, value: d.mean, low: d.low, high: d.high }] : [];
  });
  out.push(dotsSvg(`Difference in ${metric} per slice`, slices));
  for (const p of partitions) out.push(`<h3>${e(p.label)}</h3>`, dotsSvg(`Difference in ${metric} by ${p.label}`, groupDifferences(p, a, b).map((g) => ({ label: g.label, n: g.n, value: g.mean, low: g.low, high: g.high }))));
  const { bins, counts, missing } = rankBins([run.perUser!.ranks, reference.perUser!.ranks]);
  const rows = bins.map((bin, k) => [e(bin.label), String(counts[0]![k]), String(counts[1]![k])]);
  out.push(table('Users by rank of the held-out item', ['Rank', own, base], missing.some(Boolean) ? [...rows, ['no candidate', ...missing.map(String)]] : rows));
  return out;
}
