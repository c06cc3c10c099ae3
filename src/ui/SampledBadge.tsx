import css from './SampledBadge.module.css';

/** "sampled: 99 listed negatives": says that figures come from a few candidates and never stand beside full ranking. Nothing where they do not. */
export function SampledBadge({ sampled }: { sampled: { origin: 'listed'; negatives: number } | undefined }) {
  if (!sampled) return null;
  return (
    <span className={css.badge} title="Each test item was ranked among its listed negatives only. Such figures are far higher than under full ranking and must not be compared with them.">
      sampled: {sampled.negatives} listed negatives
    </span>
  );
}
