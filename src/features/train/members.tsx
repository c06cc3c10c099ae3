/** Members of a blend: which models, and a slider for how much each counts. */
import { ActionIcon, Select, Slider, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { FEWEST_MEMBERS, membersText, MOST_MEMBERS, parseMembers, type MemberSpec } from '../../core/members';
import { messageOf } from '../../core/problem';
import { possibleMembers } from '../../models/members';
import { percent } from '../../ui/format';
import css from './members.module.css';

export interface MembersFieldProps {
  label: ReactNode;
  value: string;
  error?: string | undefined;
  disabled?: boolean | undefined;
  onChange: (value: string) => void;
}

function read(text: string): MemberSpec[] | null {
  try {
    return parseMembers(text);
  } catch {
    return null;
  }
}
function faultOf(text: string): string | null {
  try {
    parseMembers(text);
    return null;
  } catch (problem) {
    return `The blend ${messageOf(problem)}.`;
  }
}

export function MembersField({ label, value, error, disabled, onChange }: MembersFieldProps) {
  // What is typed stays as typed; what cannot be read is said and changes nothing.
  const [typed, setTyped] = useState<string | null>(null);
  const fault = typed === null ? null : faultOf(typed);
  const members = read(value);
  const cards = possibleMembers();
  const nameOf = (id: string): string => cards.find((c) => c.id === id)?.name ?? id;
  const total = members?.reduce((s, m) => s + m.weight, 0) ?? 0;
  const change = (next: MemberSpec[]): void => {
    setTyped(null);
    onChange(membersText(next));
  };
  const free = cards.filter((c) => !members?.some((m) => m.model === c.id && Object.keys(m.params).length === 0));
  const unknown = members?.find((m) => !cards.some((c) => c.id === m.model));
  return (
    <div className={css.members}>
      {label}
      {members && (
        <ul className={css.list}>
          {members.map((m, k) => {
            const name = nameOf(m.model);
            const settings = Object.entries(m.params).map(([p, v]) => `${p} ${v}`).join(', ');
            return (
              <li key={`${m.model} ${settings}`} className={css.member}>
                <div className={css.head}>
                  <span className={css.name}>
                    {name}
                    {settings && <small>{settings}</small>}
                  </span>
                  <output className={css.share}>{percent(total > 0 ? m.weight / total : 0)}</output>
                  <ActionIcon size="sm" aria-label={`Take ${name} out`} disabled={disabled || members.length <= FEWEST_MEMBERS} onClick={() => change(members.filter((_, n) => n !== k))}>
                    <svg width="12" height="12" viewBox="0 0 12 12" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
                      <path d="M2 2l8 8M10 2l-8 8" />
                    </svg>
                  </ActionIcon>
                </div>
                <Slider
                  thumbLabel={`Weight of ${name}`} min={0} max={100} step={1} label={null} disabled={disabled} value={Math.round(m.weight * 100)}
                  onChange={(w) => {
                    const next = members.map((o, n) => (n === k ? { ...o, weight: w / 100 } : o));
                    // All at 0 would be no blend.
                    if (next.some((o) => o.weight > 0)) change(next);
                  }}
                />
              </li>
            );
          })}
        </ul>
      )}
      {members && members.length < MOST_MEMBERS && (
        <Select
          aria-label="Add a model to the blend" placeholder="Add a model…" searchable disabled={disabled} value={null}
          data={free.map((c) => ({ value: c.id, label: c.name }))}
          onChange={(id) => id && change([...members, { model: id, params: {}, weight: 0.5 }])}
        />
      )}
      <TextInput
        aria-label="The blend as text" description="As text, with settings in brackets: item-knn(k=50):0.5" spellCheck={false} disabled={disabled}
        error={fault ?? error ?? (unknown ? `There is no model "${unknown.model}" that can be blended.` : undefined)}
        value={typed ?? value}
        onChange={(e) => {
          const text = e.currentTarget.value;
          setTyped(text);
          if (faultOf(text) === null) onChange(text);
        }}
        onBlur={() => setTyped(null)}
      />
    </div>
  );
}
