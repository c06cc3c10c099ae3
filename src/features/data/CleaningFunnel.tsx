import type { CleaningStep, Counts } from '../../core/dataset';
import { count, percent } from '../../ui/format';
import { ruleName } from './words';
import css from './CleaningCard.module.css';

/** What each step left: interactions as bars, users and items beside them. */
export function CleaningFunnel({ raw, steps, busy }: { raw: Counts; steps: readonly CleaningStep[]; busy: boolean }) {
  const rows: { label: string; counts: Counts; removed: Counts | null }[] = [
    { label: 'As read', counts: raw, removed: null },
    ...steps.map((s) => ({ label: ruleName(s.step), counts: s.after, removed: { interactions: s.before.interactions - s.after.interactions, users: s.before.users - s.after.users, items: s.before.items - s.after.items } })),
  ];
  return (
    <div className={css.funnelWrap}>
      <table className={css.funnel} aria-busy={busy} data-busy={busy || undefined}>
        <caption className="visually-hidden">Counts before and after each step of cleaning</caption>
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Interactions</th>
            <th scope="col">Users</th>
            <th scope="col">Items</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((r) => (
            <tr key={r.label}>
              <th scope="row">
                {r.label}
                <span className={css.bar} aria-hidden="true">
                  <i style={{ width: `${(r.counts.interactions / Math.max(1, raw.interactions)) * 100}%` }} />
                </span>
              </th>
              <Cell now={r.counts.interactions} removed={r.removed?.interactions ?? null} of={raw.interactions} />
              <Cell now={r.counts.users} removed={r.removed?.users ?? null} of={raw.users} />
              <Cell now={r.counts.items} removed={r.removed?.items ?? null} of={raw.items} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ now, removed, of }: { now: number; removed: number | null; of: number }) {
  return (
    <td>
      {count(now)}
      <small>{removed === null ? ' ' : removed === 0 ? 'none removed' : `−${count(removed)} (${percent(removed / Math.max(1, of))})`}</small>
    </td>
  );
}
