/** The evaluation linter: what a reviewer would object to in a run, in plain words, and the list of what was looked at. */
import type { RunRecord } from '../../core/run';
import { SEVERITIES, type Check, type Complaint, type ModelFacts, type Severity } from './check';
import { comparisonChecks } from './comparison-checks';
import { dataChecks } from './data-checks';
import { selectionChecks } from './selection-checks';

export { factsOfCard, type ModelFacts, type Severity } from './check';

export const CHECKS: readonly Check[] = [...selectionChecks, ...dataChecks, ...comparisonChecks];

export interface Objection extends Complaint {
  /** Id of the check. */
  check: string;
  title: string;
}
export interface LintReport {
  /** Gravest first. */
  objections: Objection[];
  /** Looked at and in order. */
  passed: { check: string; title: string }[];
  /** Could not be looked at, and why. */
  unknown: { check: string; title: string; why: string }[];
  /** Does not apply to this run. */
  skipped: { check: string; title: string }[];
}

/**
 * @param runs any other runs; those of another split are not looked at
 * @param factsOf what is known of a model by its id; without it the seed is taken to matter and settings to be tunable
 */
export function lintRun(run: RunRecord, runs: readonly RunRecord[] = [], factsOf: (model: string) => ModelFacts | null = () => null): LintReport {
  const others = runs.filter((r) => r.id !== run.id && r.split.hash === run.split.hash && r.status !== 'failed');
  const report: LintReport = { objections: [], passed: [], unknown: [], skipped: [] };
  for (const { id: check, title, look } of CHECKS) {
    const verdict = look(run, { others, factsOf });
    if (verdict === 'ok') report.passed.push({ check, title });
    else if (verdict === 'skip') report.skipped.push({ check, title });
    else if ('unknown' in verdict) report.unknown.push({ check, title, why: verdict.unknown });
    else report.objections.push({ check, title, ...verdict });
  }
  report.objections.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  return report;
}

/** How many of each weight, for a badge beside a run. */
function objectionCounts(report: LintReport): Record<Severity, number> {
  const of = (s: Severity): number => report.objections.filter((o) => o.severity === s).length;
  return { serious: of('serious'), doubt: of('doubt'), remark: of('remark') };
}

/** '3 objections, 1 of them serious', 'nothing to object to'. */
export function lintSummary(report: LintReport): string {
  const n = report.objections.length;
  if (n === 0) return 'Nothing to object to';
  const { serious } = objectionCounts(report);
  return `${n} ${n === 1 ? 'objection' : 'objections'}${serious > 0 ? `, ${n === 1 ? 'serious' : `${serious} of them serious`}` : ''}`;
}

/** For a terminal: one line each. */
export function lintLines(report: LintReport): string[] {
  const checked = `${report.passed.length} checks in order${report.unknown.length > 0 ? `, ${report.unknown.length} could not be made` : ''}`;
  return [`Review: ${lintSummary(report)}; ${checked}.`, ...report.objections.map((o) => `  ${o.severity}: ${o.what} ${o.remedy}`), ...report.unknown.map((u) => `  not known: ${u.title}? ${u.why}`)];
}
