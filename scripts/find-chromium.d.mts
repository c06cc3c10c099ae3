export function findChromium(options?: { install?: boolean }): Promise<string>;
export const chromiumFlags: string[];
