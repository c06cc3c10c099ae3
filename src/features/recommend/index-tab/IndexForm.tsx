import { SegmentedControl, TextInput } from '@mantine/core';
import { setQuery } from '../../../app/url';
import { MOST_BITS, MOST_TABLES } from '../../../retrieval/curve';
import { Help } from '../../../ui/Help';
import { count } from '../../../ui/format';
import { DEPTHS, type IndexForm } from './settings';
import shared from '../recommend.module.css';

const KIND_NAMES = [
  { value: 'ivf', label: 'IVF' },
  { value: 'sign', label: 'Sign LSH' },
  { value: 'bucket', label: 'Bucket LSH' },
];
const KNOWS = {
  ivf: 'k-means splits the vectors into lists; a query reads the lists whose centres are best for it.',
  sign: 'Random planes turn a vector into bits; the codes nearest in bits become a shortlist that is scored exactly.',
  bucket: 'Each table cuts the space into slabs along a random direction; what shares a slab with the query in any table is scored exactly.',
};

interface FieldProps {
  name: 'nlist' | 'bits' | 'tables' | 'width';
  label: string;
  range: string;
  help: React.ReactNode;
  form: IndexForm;
  fault: string | null;
  disabled: boolean;
}
function Field({ name, label, range, help, form, fault, disabled }: FieldProps) {
  const mine = fault !== null && fault.toLowerCase().includes(label.toLowerCase());
  return (
    <TextInput
      label={<>{label} <Help term={label}>{help}</Help></>}
      description={range}
      inputMode="decimal"
      value={form[name]}
      error={mine ? fault : undefined}
      disabled={disabled}
      onChange={(e) => setQuery({ [name]: e.currentTarget.value })}
    />
  );
}

/** Which index, with what settings; everything is in the address. */
export function IndexFormFields({ form, n, fault, disabled }: { form: IndexForm; n: number; fault: string | null; disabled: boolean }) {
  const common = { form, fault, disabled };
  return (
    <>
      <div>
        <span className={shared.label} id="index-kind">Index</span>
        <SegmentedControl fullWidth aria-labelledby="index-kind" data={KIND_NAMES} value={form.kind} disabled={disabled} onChange={(v) => setQuery({ kind: v === 'ivf' ? null : v })} />
        <p className={shared.hint} style={{ marginTop: 6 }}>{KNOWS[form.kind]}</p>
      </div>
      {form.kind === 'ivf' && (
        <Field {...common} name="nlist" label="nlist" range={`1 to ${count(n)}, the number of vectors`} help="How many lists the vectors are split into. With more lists each is shorter, so a list costs less to read and finds less; √n balances reading the centres against reading the lists. nprobe, how many lists a query reads, is what the curve turns: nprobe = nlist reads everything, which is exact search." />
      )}
      {form.kind === 'sign' && <Field {...common} name="bits" label="Bits" range={`1 to ${MOST_BITS}`} help="How many random planes. Each gives one bit: on which side of it a vector lies. More bits order the shortlist better and take longer to compare." />}
      {form.kind === 'bucket' && (
        <>
          <Field {...common} name="tables" label="Tables" range={`1 to ${MOST_TABLES}`} help="How many random directions. A vector is looked at where it shares a bucket with the query in any table, so more tables find more and read more. The curve turns how many are used." />
          <Field {...common} name="width" label="Bucket width" range="0.01 to 100; 1 is the spread of the vectors" help="How thick a slab is. Thin slabs hold few vectors and miss near ones, thick ones hold everything." />
        </>
      )}
      <div>
        <span className={shared.label} id="index-depth">
          Nearest to find <Help term="recall">Recall: of the k vectors that exact search puts first, the share the index finds too, as a mean over the queries.</Help>
        </span>
        <SegmentedControl fullWidth aria-labelledby="index-depth" data={[...DEPTHS]} value={form.k} disabled={disabled} onChange={(v) => setQuery({ depth: v === '10' ? null : v })} />
      </div>
    </>
  );
}
