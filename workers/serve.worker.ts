import { serveWorker } from './rpc';
import { handlers } from './serve';

serveWorker(handlers);
