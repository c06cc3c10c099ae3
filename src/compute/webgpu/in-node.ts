/** Entry for scripts/run-ts.mjs: compares every WGSL program with its slow twin and writes what came out as one line of JSON. */
import { startNodeGpu } from './node-gpu';
import { compareWithTwins } from './twins';

const adapter = await startNodeGpu();
const comparisons = await compareWithTwins();
process.stdout.write(`${JSON.stringify({ adapter, comparisons })}\n`, () => process.exit(0));
