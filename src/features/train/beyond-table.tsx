/** What the model's lists are like, rather than how often they hit: beside popularity's lists for the same users. */
import type { BeyondAccuracy, RunRecord } from '../../core/run';
import { DataTable } from '../../ui/DataTable';
import { count, rate } from '../../ui/format';
import { Help } from '../../ui/Help';
import css from './train.module.css';

type Beyond = NonNullable<RunRecord['beyond']>;

interface Term {
  key: keyof BeyondAccuracy;
  label: string;
  name: string;
  help: string;
  formula: string;
  show(x: number): string;
}

const terms: Term[] = [
  {
    key: 'coverage', label: 'Coverage', name: 'Catalogue coverage', show: (x) => rate(x),
    help: 'How much of the catalogue anybody gets to see. Low: everyone is shown the same few items.',
    formula: 'Coverage@K = items in anyone’s first K ÷ all items',
  },
  {
    key: 'gini', label: 'Gini', name: 'Gini coefficient of exposure', show: (x) => rate(x),
    help: 'How unevenly the places in all lists are shared out: 0 when every item is shown equally often, near 1 when a few take them all. Items never shown count too.',
    formula: 'Gini@K = Σ (2r − I − 1)·x(r) ÷ (I·Σx), x = how often each of the I items is shown, ascending, r = its place from 1',
  },
  {
    key: 'novelty', label: 'Novelty, bits', name: 'Novelty', show: (x) => rate(x, 2),
    help: 'How little known the shown items are: an item that half of all users know gives 1 bit, one in eight 3 bits. An item nobody has counts as if one user had it.',
    formula: 'Novelty@K = mean of −log₂(train users of the item ÷ all users) over the list, then over users',
  },
  {
    key: 'averagePopularity', label: 'Popularity, users', name: 'Average popularity', show: (x) => (x < 9.95 ? rate(x, 1) : count(x)),
    help: 'How many users the shown items had in training. Far above that of an average item: the model leans on what is popular anyway.',
    formula: 'Average popularity@K = mean of train users of the item over the list, then over users',
  },
  {
    key: 'diversity', label: 'Diversity', name: 'Diversity within a list', show: (x) => rate(x),
    help: 'How unlike one another the items of one list are: 0 when all point the same way, 1 when they have nothing in common.',
    formula: 'Diversity@K = mean of 1 − cosine over all pairs of the list, then over users; an item without text has cosine 0',
  },
  {
    key: 'calibration', label: 'Calibration, nats', name: 'Calibration', show: (x) => rate(x),
    help: 'How far a list’s mixture of genres (or other labels) is from the mixture in the user’s own history: 0 when they are the same, up to 4.61 when they have nothing in common. Lower is closer to the user’s taste.',
    formula: 'Calibration@K = Σ p·ln(p ÷ (.99·q + .01·p)) over labels, p in the user’s train items, q in the list, then the mean over users',
  },
];

/** Whose vectors say how alike two items are. */
const compared = { text: 'Diversity compares the items’ text vectors.', model: 'Diversity compares this model’s own item vectors, so it says nothing beside another model’s.' };

/** Popularity with settings of its own is set beside the plain count. */
const same = (a: BeyondAccuracy, b: BeyondAccuracy): boolean => terms.every((t) => a[t.key] === b[t.key]);

export function BeyondTable({ beyond, name, model }: { beyond: Beyond; name: string; model: string }) {
  const shown = terms.filter((t) => (t.key !== 'diversity' || beyond.vectors !== null) && (t.key !== 'calibration' || beyond.calibratedBy !== undefined));
  const row = (label: string, values: BeyondAccuracy) => ({
    lists: label,
    ...Object.fromEntries(shown.map((t) => {
      const x = values[t.key];
      return [t.key, x === null || x === undefined ? '–' : t.show(x)];
    })),
  });
  const rows = [row('This model', beyond.model), ...(model === 'popularity' && same(beyond.model, beyond.popularity) ? [] : [row('Popularity', beyond.popularity)])];
  return (
    <div className={css.beyond}>
      <h3>Beyond accuracy</h3>
      {/* A height makes it reachable by keyboard: on a narrow screen it scrolls sideways. */}
      <DataTable maxHeight={420} caption={`Beyond accuracy of ${name}`} columns={[{ key: 'lists', label: `First ${beyond.k} of ${count(beyond.lists)} users` }, ...shown.map((t) => ({ key: t.key, label: t.label }))]} rows={rows} />
      <p className={css.formulaRow}>
        {shown.map((t) => (
          <span key={t.key}>
            {t.label.split(',')[0]} <Help term={t.name}>{t.help} {t.formula}.</Help>
          </span>
        ))}
        {beyond.vectors && <span>{compared[beyond.vectors]}</span>}
        {beyond.calibratedBy && <span>Calibration compares {beyond.calibratedBy}.</span>}
      </p>
    </div>
  );
}
