/** Entry for scripts/run-ts.mjs: compares every WGSL program with its slow twin and writes what came out as one line of JSON. A word picks cases by name. */
import { startNodeGpu } from './node-gpu';
import { compareWithTwins, launchedWhenOff } from './twins';

const adapter = await startNodeGpu();
const complaints: string[] = [];
const comparisons = await compareWithTwins((device) => device.addEventListener('uncapturederror', (e) => complaints.push((e as unknown as { error: Error }).error.message)), process.argv[2]);
const whenOff = await launchedWhenOff();
process.stdout.write(`${JSON.stringify({ adapter, comparisons, whenOff, complaints })}\n`, () => process.exit(0));
