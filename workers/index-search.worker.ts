import { handlers } from './index-search';
import { serveWorker } from './rpc';

serveWorker(handlers);
