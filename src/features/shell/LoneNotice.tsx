import { loneTable } from '../../core/lone-table';
import { useWorkspace } from '../../app/workspace';
import { formatHash, type Screen } from '../../app/url';
import css from './Shell.module.css';

/** Where interactions are needed and the open data is a table alone: why nothing can be started, and what helps. */
export function LoneNotice({ screen }: { screen: Screen }) {
  const data = useWorkspace((s) => s.data);
  const lone = data && loneTable(data.counts);
  if (!lone || screen === 'data' || screen === 'explore' || (screen === 'text' && lone === 'items')) return null;
  return (
    <p className={css.notice} role="note">
      <b>{data.name} is a table of {lone} alone.</b> Nobody is said to have chosen anything, so nothing can be trained, compared or recommended from it. Open it on <a href={formatHash('data')}>Data</a> together with a file of interactions, or look at it on <a href={formatHash('explore')}>Explore</a>.
    </p>
  );
}
