import type { ReactNode } from 'react';
import { Card } from '../../ui/Card';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { useAnswer, type Fault } from './session';
import type { ExploreCalls, Question } from '../../app/explore';
import css from './explore.module.css';

/** A chart whose numbers are still on their way, or could not be had. */
function Waiting({ title, fault, height = 160 }: { title: string; fault: Fault | null; height?: number }) {
  return (
    <Card title={title}>
      {fault ? <ErrorPanel title="This could not be counted" what={fault.what} remedy={fault.remedy} /> : <div className={css.loading} style={{ minHeight: height }}>Counting…</div>}
    </Card>
  );
}

interface AskedProps<Q extends Question> {
  question: Q;
  rest: Omit<ExploreCalls[Q][0], 'key' | 'filters'>;
  title: string;
  height?: number;
  /** Whether the filters are part of the question. */
  follows?: boolean;
  children: (value: ExploreCalls[Q][1]) => ReactNode;
}

/** Asks the worker and draws the answer; the last answer stays while the next is on its way. */
export function Asked<Q extends Question>({ question, rest, title, height, follows = true, children }: AskedProps<Q>) {
  const { value, fault } = useAnswer(question, rest, follows);
  return value === undefined ? <Waiting title={title} fault={fault} height={height} /> : <>{children(value)}</>;
}
