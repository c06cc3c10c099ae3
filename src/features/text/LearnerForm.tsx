import { Button } from '@mantine/core';
import { useState } from 'react';
import type { LearnerId } from '../../../workers/protocol';
import { setLearnerParam, useText } from '../../app/text';
import { learnerCard } from '../../text/learner-cards';
import { ParamField } from '../train/param-field';
import { settingsFault } from './chosen-encoder';
import css from './TextScreen.module.css';

/** Settings of an encoder that learns from these texts, from its declaration alone. */
export function LearnerForm({ id, disabled }: { id: LearnerId; disabled: boolean }) {
  const card = learnerCard(id);
  const given = useText((s) => s.settings[id]) ?? {};
  const [all, setAll] = useState(false);
  const fault = settingsFault(id, given);
  const rest = Object.keys(card.params).filter((name) => !card.main.includes(name));
  const named = [...card.main, ...(all ? rest : [])];
  return (
    <div className={css.learner}>
      {named.map((name) => {
        const spec = card.params[name]!;
        const error = fault?.startsWith(`${name} `) ? fault : undefined;
        return <ParamField key={name} name={name} spec={spec} value={given[name] ?? spec.default} columns={[]} disabled={disabled} {...(error ? { error } : {})} onChange={(value) => setLearnerParam(id, name, value)} />;
      })}
      {rest.length > 0 && (
        <Button variant="subtle" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Fewer settings' : `${rest.length} more settings`}
        </Button>
      )}
    </div>
  );
}
