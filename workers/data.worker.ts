import { handlers } from './data';
import { serveWorker } from './rpc';

serveWorker(handlers);
