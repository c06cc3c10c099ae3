import type { SplitProtocol } from '../../core/split';
import { PROTOCOLS } from './words';
import css from './SplitCard.module.css';

/** The protocols as radio buttons; the chosen one explains itself. The one that needs a listed test is shown where the data brought one. */
export function SplitProtocols({ value, hasTime, hasListed, onChange }: { value: SplitProtocol; hasTime: boolean; hasListed: boolean; onChange: (protocol: SplitProtocol) => void }) {
  return (
    <fieldset className={css.protocols}>
      <legend className={css.label}>How the test set is chosen</legend>
      {PROTOCOLS.filter((p) => p.value !== 'listed' || hasListed || value === 'listed').map((p) => {
        const why = p.value === 'temporal' && !hasTime ? 'needs timestamps, none here' : null;
        const on = p.value === value;
        return (
          <label key={p.value} className={css.protocol} data-on={on || undefined} data-off={why !== null || undefined}>
            <input type="radio" name="protocol" value={p.value} checked={on} disabled={why !== null} onChange={() => onChange(p.value)} />
            <span className={css.protocolName}>{p.label}</span>
            <span className={css.protocolShort}>{why ?? p.short}</span>
            {on && <span className={css.protocolHelp}>{p.help}</span>}
          </label>
        );
      })}
    </fieldset>
  );
}
