import type { Server } from 'node:http';
export function createStaticServer(root: string, options?: { isolated?: boolean }): Server;
export function listen(server: Server, port: number, host?: string, tries?: number): Promise<number>;
