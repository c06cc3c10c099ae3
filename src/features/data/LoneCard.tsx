import { Button } from '@mantine/core';
import type { LoneTable } from '../../core/lone-table';
import type { EntityTable } from '../../core/dataset';
import { navigate } from '../../app/url';
import { Card } from '../../ui/Card';
import { count, percent, plural } from '../../ui/format';
import { Reading } from '../../ui/Reading';
import { Figures } from './Figures';
import { missingShare } from './table-rows';
import type { Nouns } from './words';
import css from './PortraitCard.module.css';

/** A table of users or items alone: what it holds, what can be done with it, and what it takes to train. */
export function LoneCard({ table, which, nouns }: { table: EntityTable; which: LoneTable; nouns: Nouns }) {
  const many = nouns[which];
  const cells = table.columns.length * table.ids.length;
  const empty = Math.round(table.columns.reduce((sum, c) => sum + missingShare(c), 0) * table.ids.length);
  const texts = table.columns.filter((c) => c.kind === 'text').length;
  const figures = [
    { label: many.charAt(0).toUpperCase() + many.slice(1), value: count(table.ids.length), detail: 'one a row' },
    { label: 'Columns', value: count(table.columns.length), detail: `${plural(texts, 'text')}, ${count(table.columns.length - texts)} other` },
    { label: 'Cells filled', value: empty === 0 ? 'all' : empty < 0.0005 * cells ? '> 99.9 %' : percent(1 - empty / cells), detail: empty === 0 ? 'nothing is missing' : `${count(empty)} of ${count(cells)} are empty` },
    { label: 'Interactions', value: 'none', detail: 'no file says who chose what' },
  ];
  return (
    <Card padded={false}>
      <Figures figures={figures} />
      <div className={css.judgement}>
        <h2 className={css.verdict}>A table of {many} alone</h2>
        <Reading>
          There is nothing to train on. Its columns, their distributions, correlations, years, texts and quality can be looked at{which === 'items' ? ', and its texts embedded' : ''}. To train, open it again together with a file of interactions.
        </Reading>
        <Button onClick={() => navigate('explore')} style={{ justifySelf: 'start' }}>
          Explore these {many}
        </Button>
      </div>
    </Card>
  );
}
