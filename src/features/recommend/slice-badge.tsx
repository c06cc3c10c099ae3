import { Mark } from '../../ui/Mark';
import { SLICE_OF } from './item-words';
import css from './slice-badge.module.css';


/** Warm, cold or strictly new: mark, word and colour together. */
export function SliceBadge({ temperature }: { temperature: number }) {
  const slice = SLICE_OF[temperature] ?? 'warm';
  return (
    <span className={css.badge} data-slice={slice}>
      <Mark tone={slice} size={8} />
      {slice}
    </span>
  );
}
