import { handlers } from './ratings';
import { serveWorker } from './rpc';

serveWorker(handlers);
