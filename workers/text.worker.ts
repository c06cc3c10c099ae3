import { handlers } from './text';
import { serveWorker } from './rpc';

serveWorker(handlers);
