import { Modal } from '@mantine/core';
import { useCommands } from '../../app/commands';
import { Keys } from './Keys';
import css from './Keys.module.css';

interface Row {
  label: string;
  keys: string[];
}

/** Keys that belong to a kind of control rather than to an action. */
const inPlace: Record<string, Row[]> = {
  Everywhere: [
    { label: 'Command palette', keys: ['mod+K'] },
    { label: 'Close what is open', keys: ['Escape'] },
    { label: 'Next and previous control', keys: ['Tab', 'shift+Tab'] },
  ],
  'On a chart': [
    { label: 'Read point by point', keys: ['←', '→'] },
    { label: 'First and last point', keys: ['Home', 'End'] },
  ],
  'On the map': [
    { label: 'Move', keys: ['←', '↑', '→', '↓'] },
    { label: 'Zoom', keys: ['+', '-'] },
    { label: 'Show everything', keys: ['0'] },
    { label: 'Select the point nearest the middle', keys: ['Enter'] },
    { label: 'Select all that is in view', keys: ['A'] },
    { label: 'Clear the selection', keys: ['Escape'] },
  ],
};

/** Every key there is. What the open screen offers is listed as well. */
export function KeySheet({ onClose }: { onClose(): void }) {
  const commands = useCommands();
  const groups = new Map<string, Row[]>(Object.entries(inPlace).map(([name, rows]) => [name, [...rows]]));
  for (const c of commands) {
    if (!c.keys) continue;
    groups.set(c.group, [...(groups.get(c.group) ?? []), { label: c.label, keys: [c.keys] }]);
  }
  return (
    <Modal opened onClose={onClose} title="Keys" size={620}>
      <div className={css.groups}>
        {[...groups].map(([name, rows]) => (
          <section key={name} className={css.group} aria-label={name}>
            <h3>{name}</h3>
            <dl className={css.list}>
              {rows.map((r) => (
                <div key={r.label} className={css.row}>
                  <dt>{r.label}</dt>
                  <dd className={css.keys}>
                    {r.keys.map((k) => (
                      <Keys key={k} keys={k} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
