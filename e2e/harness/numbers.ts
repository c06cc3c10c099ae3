import { chooseBackend } from '../../src/compute/backend';
import { parityReport, type ParityReport } from '../../src/models/two-tower/parity';
import type { TwoTowerFixture } from '../../src/models/two-tower/fixture';
import type { BackendChoice, BackendId } from '../../workers/protocol';
import type { Handlers } from '../../workers/rpc';

export type NumbersCalls = {
  backend: [{ prefer: BackendId | 'auto' }, BackendChoice, never];
  parity: [{ backend: BackendId; fixture: unknown }, ParityReport, never];
};

export const handlers: Handlers<NumbersCalls> = {
  backend: ({ prefer }) => chooseBackend(prefer),
  async parity({ backend, fixture }) {
    const choice = await chooseBackend(backend);
    if (choice.chosen !== backend) throw new Error(`${backend} was asked for, ${choice.chosen} was chosen: ${choice.reason}`);
    return parityReport(fixture as TwoTowerFixture);
  },
};
