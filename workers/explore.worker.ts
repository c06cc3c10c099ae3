import { handlers } from './explore';
import { serveWorker } from './rpc';

serveWorker(handlers);
