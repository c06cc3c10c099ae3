import { serveWorker } from './rpc';
import { handlers } from './serve-map';

serveWorker(handlers);
