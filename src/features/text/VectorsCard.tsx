import { Button, CloseButton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useScreenCommands } from '../../app/commands';
import { bringVectors, packedVectors, takeVectors } from '../../app/text';
import { navigate } from '../../app/url';
import type { VectorFacts } from '../../app/workspace';
import { FileButton } from '../../ui/FileButton';
import { Card } from '../../ui/Card';
import { chooseFiles } from '../../ui/choose-files';
import { EmptyState } from '../../ui/EmptyState';
import { download } from '../../ui/download';
import { count, plural } from '../../ui/format';
import { encoderName, vectorsLabel } from '../../text/encoder-name';
import css from './TextScreen.module.css';

function remove(v: VectorFacts): void {
  const undo = takeVectors(v.key);
  if (!undo) return;
  const id = `vectors ${v.key}`;
  notifications.show({
    id,
    message: (
      <span className={css.undo}>
        Vectors of {v.column} removed.
        <Button
          variant="default"
          onClick={() => {
            undo();
            notifications.hide(id);
          }}
        >
          Undo
        </Button>
      </span>
    ),
    autoClose: 10_000,
  });
}

async function save(v: VectorFacts): Promise<void> {
  const zip = await packedVectors(v.key);
  if (zip) download(`vectors ${v.column} ${encoderName(v.encoder)}.zip`, zip);
}

const KINDS = '.npy,.zip,.csv,.tsv,.txt,.parquet';

async function bring(files: File[]): Promise<void> {
  const main = files.find((f) => !/ids/i.test(f.name)) ?? files[0];
  if (!main) return;
  const done = await bringVectors(files, main.name.replace(/\.[^.]*$/, ''));
  if (!done) return;
  notifications.show({ message: `Vectors of ${main.name} added${done.missing ? `, ${plural(done.missing, 'item')} without one` : ''}${done.strangers ? `; ${plural(done.strangers, 'id')} left out: no such items` : ''}.` });
}

/** Vectors made elsewhere, under the name of the file. */
function Bring() {
  return (
    <FileButton multiple accept={KINDS} onChange={(files) => void bring(files)}>
      {(props) => (
        <Button {...props} variant="subtle" title="A .npy, CSV or Parquet file with one row per item, or a zip exported here">
          Bring your own
        </Button>
      )}
    </FileButton>
  );
}

/** Goes to Train with these vectors chosen: by their column where it has no others. */
export const trainWith = (v: VectorFacts, vectors: readonly VectorFacts[]): void => navigate('train', { text: vectors.some((o) => o.key !== v.key && o.column === v.column) ? v.key : v.column });

interface VectorsCardProps {
  vectors: readonly VectorFacts[];
  shown: string | null;
  items: number;
  onShow: (key: string) => void;
}

/** What is ready to train with. */
export function VectorsCard({ vectors, shown, items, onShow }: VectorsCardProps) {
  const named = (v: VectorFacts): string => vectorsLabel(v, vectors);
  /** For those who do not see the row; two of one column and one encoder are told apart by their key. */
  const called = (v: VectorFacts): string => (vectors.some((o) => o.key !== v.key && o.column === v.column && encoderName(o.encoder) === encoderName(v.encoder)) ? v.key : `${v.column}, ${encoderName(v.encoder)}`);
  useScreenCommands([
    { id: 'text bring', group: 'Text', label: 'Bring your own vectors', description: 'A .npy, CSV or Parquet file, or a zip exported here', keywords: ['import', 'upload', 'embeddings'], run: () => chooseFiles((files) => void bring(files), { accept: KINDS, multiple: true }) },
    ...vectors.flatMap((v) => [
      ...(v.key === shown ? [] : [{ id: `text show ${v.key}`, group: 'Text', label: `Show the neighbours by ${named(v)}`, run: () => onShow(v.key) }]),
      { id: `text train ${v.key}`, group: 'Text', label: `Train with ${named(v)}`, run: () => trainWith(v, vectors) },
      { id: `text save ${v.key}`, group: 'Text', label: `Export the vectors of ${named(v)}`, keywords: ['download', 'npy', 'zip'], run: () => void save(v) },
      { id: `text remove ${v.key}`, group: 'Text', label: `Remove the vectors of ${named(v)}`, keywords: ['delete'], run: () => remove(v) },
    ]),
  ]);
  if (vectors.length === 0) {
    return (
      <Card title="Vectors ready" aside={<Bring />}>
        <EmptyState title="None yet" text="Choose a column and press Embed. The vectors then feed the item tower of a model, and their neighbours can be looked at here." />
      </Card>
    );
  }
  return (
    <Card title="Vectors ready" aside={<Bring />} padded={false}>
      <div className={`${css.scroll} ${css.vectors}`}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Encoder</th>
              <th scope="col" className={css.number}>
                Numbers a text
              </th>
              <th scope="col" className={css.number}>
                Items without text
              </th>
              <th scope="col">
                <span className="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {vectors.map((v) => (
              <tr key={v.key} data-shown={v.key === shown || undefined}>
                <th scope="row">{v.column}</th>
                <td title={v.encoder}>{encoderName(v.encoder)}</td>
                <td className={css.number}>{count(v.dim)}</td>
                <td className={css.number}>
                  {count(v.missing)} <span className={css.faint}>of {count(items)}</span>
                </td>
                <td className={css.rowActions}>
                  <Button variant="subtle" aria-pressed={v.key === shown} aria-label={`Show neighbours by ${called(v)}`} onClick={() => onShow(v.key)}>
                    {v.key === shown ? 'Shown below' : 'Neighbours'}
                  </Button>
                  <Button variant="subtle" aria-label={`Train with ${called(v)}`} onClick={() => trainWith(v, vectors)}>
                    Train
                  </Button>
                  <Button variant="subtle" aria-label={`Export the vectors of ${called(v)}`} title="vectors.npy and ids.csv in one zip" onClick={() => void save(v)}>
                    Export
                  </Button>
                  <CloseButton aria-label={`Remove the vectors of ${called(v)}`} onClick={() => remove(v)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
