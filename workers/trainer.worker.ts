import { handlers } from './trainer';
import { serveWorker } from './rpc';

serveWorker(handlers);
