/** The form of a new item: in the address as long as it is short enough to send, and remembered while the page is open. */
import { useEffect, useRef, useState } from 'react';
import { route, setQuery } from '../../app/url';
import type { DataSet } from '../../core/dataset';
import { EMPTY_DRAFT, fieldsOf, type NewItemDraft } from './new-item-fields';

/** Longer ones (a whole text of lyrics) are remembered only. */
const MOST_CHARACTERS = 4000;
/** By data hash. */
const remembered = new Map<string, NewItemDraft>();

const isEmpty = (d: NewItemDraft): boolean => [d.texts, d.labels, d.numbers].every((part) => Object.keys(part).length === 0);

/** Null removes it. */
export function draftToText(draft: NewItemDraft): string | null {
  const text = JSON.stringify([draft.texts, draft.labels, draft.numbers]);
  return isEmpty(draft) || text.length > MOST_CHARACTERS ? null : text;
}

/** What of a text from the address fits these items; null where it is none. */
export function draftFromText(text: string | null, items: DataSet['items']): NewItemDraft | null {
  let given: unknown;
  try {
    given = JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
  if (!Array.isArray(given)) return null;
  const entries = (part: unknown): [string, unknown][] => (typeof part === 'object' && part !== null ? Object.entries(part) : []);
  const fields = fieldsOf(items);
  return {
    texts: Object.fromEntries(entries(given[0]).filter((e): e is [string, string] => typeof e[1] === 'string' && fields.texts.includes(e[0]))),
    labels: Object.fromEntries(
      entries(given[1]).flatMap(([name, value]) => {
        const field = fields.labels.find((l) => l.name === name);
        const levels = field && Array.isArray(value) ? value.filter((v): v is string => field.levels.includes(v as string)).slice(0, field.several ? undefined : 1) : [];
        return levels.length > 0 ? [[name, levels]] : [];
      }),
    ),
    numbers: Object.fromEntries(entries(given[2]).filter((e): e is [string, number] => Number.isFinite(e[1]) && fields.numbers.includes(e[0]))),
  };
}

/** Leaving the tab, or going off to train a model that can be asked, loses nothing. */
export function useDraft(data: DataSet): [NewItemDraft, (change: (draft: NewItemDraft) => NewItemDraft) => void] {
  const [draft, setDraft] = useState(() => draftFromText(route().query.get('new'), data.items) ?? remembered.get(data.hash) ?? EMPTY_DRAFT);
  const latest = useRef(draft);
  useEffect(() => {
    latest.current = draft;
    remembered.set(data.hash, draft);
    const timer = setTimeout(() => setQuery({ new: draftToText(draft) }), 400);
    return () => clearTimeout(timer);
  }, [draft, data]);
  return [draft, setDraft];
}
