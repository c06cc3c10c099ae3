import { NumberInput, SegmentedControl, Slider } from '@mantine/core';
import type { ColdRule, SplitSummary } from '../../core/split';
import { Help } from '../../ui/Help';
import { Mark } from '../../ui/Mark';
import { meaningOfCold } from './split-words';
import type { Nouns } from './words';
import css from './SplitCard.module.css';

/** Where warm ends and cold begins, with the meaning in words and figures. */
export function ColdRuleForm({ rule, summary, failed, nouns, onChange }: { rule: ColdRule; failed: boolean; summary: SplitSummary | null; nouns: Nouns; onChange: (rule: ColdRule) => void }) {
  const share = rule.kind === 'share' ? Math.round(rule.share * 100) : 80;
  return (
    <div className={css.cold}>
      <span className={css.label} id="cold-label">
        Cold {nouns.items} are
        <Help term="Cold">Items about which the training data says little. Strictly new ones, without any train interaction, are always among them. A model that only counts plays cannot find them.</Help>
      </span>
      <SegmentedControl
        aria-labelledby="cold-label"
        fullWidth
        data={[
          { value: 'share', label: 'the lowest share' },
          { value: 'atMost', label: 'those with at most n' },
        ]}
        value={rule.kind}
        onChange={(kind) => onChange(kind === 'share' ? { kind: 'share', share: 0.8 } : { kind: 'atMost', max: summary?.highestColdDegree ?? 5 })}
      />
      {rule.kind === 'share' ? (
        <div className={css.slider}>
          <Slider min={0} max={100} value={share} onChange={(p) => onChange({ kind: 'share', share: p / 100 })} label={(p) => `${p} %`} thumbLabel={`Share of ${nouns.items} that is cold, in percent`} style={{ flex: 1 }} />
          <output className={css.output}>{share} %</output>
        </div>
      ) : (
        <NumberInput label="Train interactions, at most" value={rule.max} min={0} allowDecimal={false} allowNegative={false} onChange={(v) => typeof v === 'number' && onChange({ kind: 'atMost', max: v })} />
      )}
      <p className={css.meaning}>
        <Mark tone="cold" /> <span>{summary ? meaningOfCold(rule, summary, nouns) : failed ? 'Not counted: this split cannot be made.' : 'Counting…'}</span>
      </p>
    </div>
  );
}
