import { Button, Select } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { ExploreCalls } from '../../app/explore';
import { setQuery, useQuery } from '../../app/url';
import { messageOf } from '../../core/problem';
import { Card } from '../../ui/Card';
import { count, percent } from '../../ui/format';
import { Histogram } from '../../ui/Histogram';
import { oneLine } from '../../ui/plot-scale';
import { Reading } from '../../ui/Reading';
import { tableToPng } from '../../ui/table-png';
import { Lazy } from './Lazy';
import { Section } from './Section';
import { useSession } from './session';
import { Asked } from './Waiting';
import { capital } from './words';
import { DataTable } from '../../ui/DataTable';
import { download } from '../../ui/download';
import { toCsv } from '../../ui/csv';
import css from './explore.module.css';

export function Texts() {
  const { schema, nouns } = useSession();
  const query = useQuery();
  const { texts } = schema;
  if (texts.length === 0) {
    return (
      <Section id="text">
        <Card>
          <p className={css.note}>
            There is no text: no titles, names or descriptions. Text is what lets a model place {nouns.items} nobody has met. Map a column as title or text on <a href="#/data?at=files">Data</a>.
          </p>
        </Card>
      </Section>
    );
  }
  // Those of items first: they are what a model reads.
  const withGroups = texts.filter((t) => t.groupings.length > 0).sort((a, b) => Number(a.table === 'users') - Number(b.table === 'users'));
  const asked = query.get('words');
  // Longer texts say more: they usually come after the titles.
  const chosen = withGroups.find((t) => t.column === asked) ?? withGroups.findLast((t) => t.table === 'items') ?? withGroups[0];
  return (
    <Section id="text">
      <div className={css.grid}>
        {texts.map((t) => (
          <Lazy key={`${t.table} ${t.column}`} height={280} className={css.third}>
            {() => (
              <Asked question="text" rest={{ table: t.table, column: t.column }} title={capital(t.column)}>
                {(p) => <Lengths p={p} table={t.table} />}
              </Asked>
            )}
          </Lazy>
        ))}
        {chosen && (
          <Lazy height={320} className={texts.length % 3 === 1 ? css.twoThirds : css.whole}>
            {() => <Words key={`${chosen.table} ${chosen.column}`} chosen={chosen} all={withGroups} />}
          </Lazy>
        )}
      </div>
    </Section>
  );
}

function Lengths({ p, table }: { p: ExploreCalls['text'][1]; table: 'users' | 'items' }) {
  const { nouns } = useSession();
  const there = p.rows - p.missing;
  const repeats = there > 0 ? 1 - p.distinct / there : 0;
  return (
    <Histogram
      title={`Words in ${oneLine(p.column, 40)}`}
      aside={p.missing > 0 ? `${percent(p.missing / Math.max(1, p.rows))} missing` : 'none missing'}
      bins={Array.from(p.counts, (value, b) => ({ x0: p.edges[b]!, x1: p.edges[b + 1]!, value }))}
      xLabel="Words"
      yLabel={capital(nouns[table])}
      height={140}
      exportName={`lengths of ${p.column}`}
      empty={`No ${nouns[table === 'users' ? 'user' : 'item']} of this selection has this text.`}
      reading={`A typical text has ${count(p.medianWords)} ${p.medianWords === 1 ? 'word' : 'words'}${p.medianWords > 250 ? '; encoders read about the first 200' : p.medianWords < 3 ? ': a name, little to learn from' : ''}${repeats > 0.02 ? `; ${percent(repeats)} repeat another one word for word` : ''}${p.missing > 0 ? `; ${count(p.missing)} ${p.missing === 1 ? 'is' : 'are'} empty and get no vector` : ''}.`}
    />
  );
}

type TextColumn = ReturnType<typeof useSession>['schema']['texts'][number];

function Words({ chosen, all }: { chosen: TextColumn; all: TextColumn[] }) {
  const { nouns } = useSession();
  const [by, setBy] = useState(chosen.groupings[0]!);
  const title = `Words that set groups apart in ${oneLine(chosen.column, 40)}`;
  const pickers = (
    <div className={css.line}>
      {all.length > 1 && <Select size="xs" aria-label="Text" allowDeselect={false} value={chosen.column} onChange={(v) => setQuery({ words: v })} data={[...new Set(all.map((t) => t.column))].map((c) => ({ value: c, label: oneLine(c, 60) }))} />}
      <Select size="xs" aria-label="Grouped by" allowDeselect={false} value={by} onChange={(v) => v && setBy(v)} data={chosen.groupings.map((g) => ({ value: g, label: `by ${oneLine(g, 60)}` }))} />
    </div>
  );
  return (
    <Asked question="words" rest={{ table: chosen.table, column: chosen.column, by }} title={title}>
      {(groups) => <WordGroups groups={groups} title={title} pickers={pickers} many={nouns[chosen.table]} />}
    </Asked>
  );
}

function WordGroups({ groups, title, pickers, many }: { groups: ExploreCalls['words'][1]; title: string; pickers: ReactNode; many: string }) {
  const [asTable, setAsTable] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const picture = async (): Promise<void> => {
    try {
      download(`${title}.png`, await tableToPng({ title, header: ['Group', 'Texts', 'Words'], rows: groups.map((g) => [g.group, count(g.texts), g.words.map((w) => w.word).join(', ') || 'no words of its own']) }));
      setFailed(null);
    } catch (error) {
      setFailed(`The picture could not be made: ${messageOf(error)}`);
    }
  };
  const telling = groups.filter((g) => g.words.length > 0).map((g) => ({ group: g.group, best: g.words[0]! })).sort((a, b) => b.best.lift - a.best.lift)[0];
  return (
    <Card title={title} aside={pickers} footer={<Reading>{telling ? `“${oneLine(telling.best.word, 30)}” is ${telling.best.lift.toFixed(1)} times as frequent in ${oneLine(telling.group, 40)} as elsewhere. Groups with words of their own can be told apart by text; groups without cannot.` : `No word sets one group apart from the others: this text will say little about them.`}</Reading>}>
      {asTable ? (
        <DataTable caption={`${title}, as a table`} maxHeight={320} columns={[{ key: 'group', label: 'Group' }, { key: 'word', label: 'Word', align: 'left' }, { key: 'texts', label: 'Texts with it' }, { key: 'lift', label: 'Times as frequent' }]} rows={groups.flatMap((g) => g.words.map((w) => ({ group: oneLine(g.group), word: w.word, texts: count(w.texts), lift: w.lift.toFixed(2) })))} />
      ) : (
        <div className={css.words}>
          {groups.map((g) => (
            <div key={g.group}>
              <h3>
                {oneLine(g.group, 60)} <small>{count(g.texts)} {many}</small>
              </h3>
              <p>{g.words.length === 0 ? 'no words of its own' : g.words.map((w, k) => <span key={w.word}>{k > 0 && ', '}{w.lift > 3 ? <em>{oneLine(w.word, 30)}</em> : oneLine(w.word, 30)}</span>)}</p>
            </div>
          ))}
        </div>
      )}
      {failed && <p role="alert" className={css.note}>{failed}</p>}
      <div className={css.line} style={{ marginTop: 10 }}>
        <Button variant="subtle" size="compact-sm" onClick={() => setAsTable(!asTable)}>{asTable ? 'Show as words' : 'Show as table'}</Button>
        <Button variant="subtle" size="compact-sm" onClick={() => void picture()}>Save picture (PNG)</Button>
        <Button variant="subtle" size="compact-sm" onClick={() => download(`${title}.csv`, toCsv(['Group', 'Texts', 'Word', 'Texts with it', 'Times as frequent'], groups.flatMap((g) => g.words.map((w) => [g.group, g.texts, w.word, w.texts, w.lift]))), 'text/csv;charset=utf-8')}>Save numbers (CSV)</Button>
      </div>
    </Card>
  );
}
