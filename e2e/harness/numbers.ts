import { chooseBackend } from '../../src/compute/backend';
import { compareWithTwins, launchedWhenOff, type Comparison } from '../../src/compute/webgpu/twins';
import { parityReport, type ParityReport } from '../../src/models/two-tower/parity';
import type { TwoTowerFixture } from '../../src/models/two-tower/fixture';
import type { BackendChoice, BackendId } from '../../workers/protocol';
import type { Handlers } from '../../workers/rpc';

/** WGSL programs against their slow twins; what was launched with our kernels off; what the device complained about. */
export interface TwinReport {
  comparisons: Comparison[];
  whenOff: string[];
  complaints: string[];
}

export type NumbersCalls = {
  backend: [{ prefer: BackendId | 'auto' }, BackendChoice, never];
  parity: [{ backend: BackendId; fixture: unknown }, ParityReport, never];
  twins: [Record<string, never>, TwinReport, never];
};

export const handlers: Handlers<NumbersCalls> = {
  backend: ({ prefer }) => chooseBackend(prefer),
  async parity({ backend, fixture }) {
    const choice = await chooseBackend(backend);
    if (choice.chosen !== backend) throw new Error(`${backend} was asked for, ${choice.chosen} was chosen: ${choice.reason}`);
    return parityReport(fixture as TwoTowerFixture);
  },
  async twins() {
    const complaints: string[] = [];
    const comparisons = await compareWithTwins((device) => device.addEventListener('uncapturederror', (e) => complaints.push((e as unknown as { error: Error }).error.message)));
    return { comparisons, whenOff: await launchedWhenOff(), complaints };
  },
};
