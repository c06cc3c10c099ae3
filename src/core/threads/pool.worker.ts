import { serveParts, type PartsMessage } from './serve-parts';

addEventListener('message', (event: MessageEvent<PartsMessage>) => void serveParts(event.data, () => postMessage('ready')).then(() => close()), { once: true });
