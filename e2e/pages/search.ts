import { expect, type Locator, type Page } from '@playwright/test';

/** The Train screen in its search mode. */
export class SearchPage {
  constructor(readonly page: Page) {}

  get start(): Locator {
    return this.page.getByRole('button', { name: 'Search', exact: true });
  }
  get stop(): Locator {
    return this.page.getByRole('button', { name: 'Stop', exact: true });
  }
  /** What a stopped search says of itself. */
  get stopped(): Locator {
    return this.page.getByRole('region', { name: 'A search was stopped' });
  }
  get winner(): Locator {
    return this.page.getByRole('region', { name: /^Winner$|^Best so far$/ });
  }
  get studies(): Locator {
    return this.page.getByRole('table', { name: 'Searches on this device' });
  }
  get review(): Locator {
    return this.page.getByRole('region', { name: /^What a reviewer would say/ });
  }

  /** Finished trials by number: what each took and scored, as shown. */
  async trials(): Promise<Map<number, string>> {
    const rows = await this.page.getByRole('table', { name: 'Trials of this search' }).getByRole('row').all();
    const texts = await Promise.all(rows.slice(1).map((r) => r.getByRole('cell').allInnerTexts()));
    // The last cell is the time; trials under way have none.
    return new Map(texts.filter((t) => /\d (ms|s)$/.test(t.at(-1) ?? '')).map((t) => [Number(t[0]), t.slice(1, -1).join(' ')]));
  }

  async expectDone(n: number): Promise<void> {
    await expect.poll(async () => (await this.trials()).size, { timeout: 60_000 }).toBe(n);
  }
}
