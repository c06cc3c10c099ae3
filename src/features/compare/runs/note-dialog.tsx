/** What people say of a run: its name, tags and notes. */
import { Button, Modal, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import css from '../compare.module.css';

export interface Noted {
  name: string;
  notes?: string;
  tags?: string[];
}
const LONGEST_NAME = 120;

export function NoteDialog({ of, onKeep, onClose }: { of: Noted; onKeep: (patch: Required<Noted>) => void; onClose: () => void }) {
  const [name, setName] = useState(of.name);
  const [notes, setNotes] = useState(of.notes ?? '');
  const [tags, setTags] = useState(of.tags ?? []);
  const nameless = name.trim() === '';
  const keep = (): void => {
    if (nameless) return;
    onKeep({ name: name.trim(), notes, tags });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title="Name, notes and tags">
      <div className={css.stack}>
        <TextInput label="Name" maxLength={Math.max(LONGEST_NAME, of.name.length)} value={name} error={nameless ? 'A run needs a name.' : undefined} onChange={(e) => setName(e.currentTarget.value)} data-autofocus />
        <TagsInput label="Tags" description="Enter adds one" maxTags={12} value={tags} onChange={(t) => setTags(t.map((x) => x.trim().slice(0, 40)).filter(Boolean))} />
        <Textarea label="Notes" autosize minRows={3} maxRows={10} maxLength={4000} value={notes} onChange={(e) => setNotes(e.currentTarget.value)} />
        <Button onClick={keep} disabled={nameless}>Keep</Button>
      </div>
    </Modal>
  );
}
