import { Button, Radio, Stack, Switch } from '@mantine/core';
import { useEffect } from 'react';
import { useScreenCommands } from '../../app/commands';
import { chooseKernels, subscribeKernels, useKernelWish } from '../../app/kernels';
import { useSettings } from '../../app/settings';
import { useTrain } from '../../app/train';
import type { BackendChoice, BackendId, BackendReport } from '../../../workers/protocol';
import { seconds } from '../../ui/format';
import { backendKnown, backendNames, checkBackend, checkBackendSoon, preferBackend, useBackend } from './backend';
import { StatusItem } from './StatusItem';
import css from './StatusBar.module.css';

const order: BackendId[] = ['webgpu', 'wasm', 'webgl', 'cpu'];

/** Where the computing happens, why there, and how to change it. */
export function BackendStatus() {
  const { choice, checking, fault } = useBackend((s) => s);
  const prefer = useSettings((s) => s.backend);
  const training = useTrain((s) => s.live !== null);
  const { kernels, refused } = useKernelWish((s) => s);
  useEffect(checkBackendSoon, []);
  useEffect(() => subscribeKernels(() => backendKnown() && void checkBackend()), []);

  const free = choice && !checking && !training;
  useScreenCommands(
    free
      ? [
          ...(['auto', ...order] as const).filter((id) => id !== prefer && (id === 'auto' || choice.reports.some((r) => r.id === id && r.available))).map((id) => ({ id: `compute ${id}`, group: 'Compute', label: id === 'auto' ? 'Compute on whatever is fastest and right' : `Compute on ${backendNames[id]}`, keywords: ['backend', 'GPU', 'CPU'], run: () => void preferBackend(id) })),
          { id: 'compute kernels', group: 'Compute', label: kernels === 'on' ? 'Our own kernels off' : 'Our own kernels on', run: () => chooseKernels(kernels === 'on' ? 'off' : 'on') },
        ]
      : [],
  );

  const chosen = choice?.reports.find((r) => r.id === choice.chosen);
  const label = choice ? (
    <>
      <i className={css.dot} data-state={checking ? 'busy' : 'good'} aria-hidden="true" />
      <span>
        <b>{backendNames[choice.chosen]}</b> <span className={css.wide}>{badgeDetail(choice, chosen)}{choice.kernels?.on === false ? ', our kernels off' : ''}</span>
      </span>
    </>
  ) : fault ? (
    <>
      <i className={css.dot} data-state="bad" aria-hidden="true" />
      <b>No compute backend</b>
    </>
  ) : (
    <>
      <i className={css.dot} data-state="busy" aria-hidden="true" />
      {checking ? 'Checking compute…' : 'Compute'}
    </>
  );

  return (
    <StatusItem label={label} title="Where the computing happens" width={380}>
      {() => (
        <>
          {choice && <p>{choice.reason}</p>}
          {fault && (
            <>
              <p className={css.bad}>{fault}</p>
              <Button variant="default" mt={8} loading={checking} onClick={() => void checkBackend()}>
                Check again
              </Button>
            </>
          )}
          {choice && (
            <Radio.Group value={prefer} onChange={(v) => void preferBackend(v as BackendId | 'auto')} label="Use" mt={10} classNames={{ label: css.groupLabel }}>
              <Stack gap={8} mt={6}>
                <Radio value="auto" label="Whatever is fastest and right" size="xs" disabled={checking || training} />
                {order.flatMap((id) => {
                  const report = choice.reports.find((r) => r.id === id);
                  return report ? [<Radio key={id} value={id} size="xs" label={<ReportLine report={report} />} description={report.reason} disabled={checking || training || !report.available} />] : [];
                })}
              </Stack>
            </Radio.Group>
          )}
          {choice && (
            <Switch
              size="xs"
              mt={12}
              label="Our own kernels"
              checked={kernels === 'on'}
              disabled={checking || training}
              onChange={(e) => chooseKernels(e.currentTarget.checked ? 'on' : 'off')}
              description={kernelWords(choice)}
            />
          )}
          {refused && <p className={css.bad}>{refused}</p>}
          {training && <p className={css.note}>A run is training; the backend can be changed when it has ended.</p>}
          {choice && !choice.isolated && <p className={css.note}>This page is served without cross-origin isolation, so WASM runs on one thread. Everything works; it is only slower.</p>}
        </>
      )}
    </StatusItem>
  );
}

/** What the switch has done, by what the worker says is in use. */
function kernelWords({ chosen, kernels }: BackendChoice): string {
  if (!kernels) return '';
  if (!kernels.on) return `Off: only what TensorFlow.js ships is used, slower and with the same results.${kernels.standIns.length ? ` It ships no ${kernels.standIns.join(', ')} here, so ours stays for that.` : ''}`;
  return kernels.names.length === 0 ? `None for ${backendNames[chosen]} yet: TensorFlow.js's own operations are used.` : `${kernels.names.length} in use${kernels.simd ? ', as SIMD code' : ''}. Switch them off to see the same curves without them, more slowly.`;
}

const badgeDetail = (choice: BackendChoice, chosen: BackendReport | undefined): string =>
  choice.chosen === 'wasm' ? `${/simd/i.test(chosen?.detail ?? '') ? 'SIMD, ' : ''}${choice.threads} ${choice.threads === 1 ? 'thread' : 'threads'}` : choice.chosen === 'cpu' ? '' : (chosen?.detail ?? '');

function ReportLine({ report }: { report: BackendReport }) {
  return (
    <>
      {backendNames[report.id]}
      {report.milliseconds !== null && <span className={css.faint}> {seconds(report.milliseconds / 1000)} on the test</span>}
    </>
  );
}

/** Says plainly when no GPU is used, and why. */
export function GpuStatus() {
  const choice = useBackend((s) => s.choice);
  if (!choice || choice.chosen === 'webgpu' || choice.chosen === 'webgl') return null;
  const gpus = choice.reports.filter((r) => r.id === 'webgpu' || r.id === 'webgl');
  const found = gpus.some((r) => r.available);
  return (
    <StatusItem
      className={css.wide}
      title={found ? 'Why the GPU is not used' : 'Why there is no GPU'}
      label={
        <span>
          GPU: {found ? 'not used' : 'none found'}, <u>why?</u>
        </span>
      }
    >
      {() => (
        <>
          <dl className={css.reasons}>
            {gpus.map((r) => (
              <div key={r.id}>
                <dt>{backendNames[r.id]}</dt>
                <dd>
                  {r.reason}
                  {r.detail && <span className={css.faint}> {r.detail}</span>}
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </StatusItem>
  );
}
