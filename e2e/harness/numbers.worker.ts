import { serveWorker } from '../../workers/rpc';
import { handlers } from './numbers';

serveWorker(handlers);
