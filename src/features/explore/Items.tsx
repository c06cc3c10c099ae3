import { Card } from '../../ui/Card';
import { ColumnChart } from './ColumnChart';
import { Lazy } from './Lazy';
import { Numbers } from './Numbers';
import { Section } from './Section';
import { useSession } from './session';
import { Tags } from './Tags';
import { byHeight, capital, shareOf } from './words';
import css from './explore.module.css';

export function Items() {
  const { schema, nouns } = useSession();
  const columns = schema.dimensions.filter((d) => d.table === 'items' && d.id !== 'popularity').sort(byHeight);
  const value = schema.dimensions.find((d) => d.id === 'value');
  const share = shareOf(columns.length + (value ? 1 : 0));
  return (
    <Section id="items" title={capital(nouns.items)} question={schema.alone ? 'What is described, what goes together, and how does it change?' : undefined}>
      <div className={css.grid}>
        {columns.length === 0 && (
          <div className={css.whole}>
            <Card>
              <p className={css.note}>
                {schema.alone ? 'Only the ids were kept.' : `Nothing is known about the ${nouns.items} but who met them.`} Add a file with a row per {nouns.item} on <a href="#/data?at=files">Data</a>: genres, years, numbers and tags are then shown and filtered here, and help models with cold {nouns.items}.
              </p>
            </Card>
          </div>
        )}
        {value && (
          <Lazy height={280} className={css[share]}>
            {() => <ColumnChart dimension={value} title={`Value of the ${nouns.rows}`} />}
          </Lazy>
        )}
        {columns.map((d) => (
          <Lazy key={d.id} height={300} className={css[share]}>
            {() => <ColumnChart dimension={d} />}
          </Lazy>
        ))}
      </div>
      <div className={css.grid}>
        {schema.itemNumbers.length > 0 && <Numbers />}
        {(schema.tagColumns.length > 0 || schema.hasTagDates) && <Tags />}
      </div>
    </Section>
  );
}
