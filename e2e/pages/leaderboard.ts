import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';

/** Compare, tab Leaderboard, as a person uses it. */
export class LeaderboardPage {
  constructor(readonly page: Page) {}

  async open(query: string): Promise<void> {
    await this.page.goto(`./#/compare?tab=leaderboard&${query}`);
    await expect(this.page.getByRole('tab', { name: 'Leaderboard', selected: true })).toBeVisible();
  }

  get models(): Locator {
    return this.page.getByRole('list', { name: 'Models on the board' }).getByRole('listitem');
  }
  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }
  get table(): Locator {
    return this.page.getByRole('table', { name: /^Models by/ });
  }
  row(model: string | RegExp): Locator {
    return this.table.getByRole('row').filter({ hasText: model });
  }

  /** Waits until nothing is left to train. */
  async end(timeout: number): Promise<void> {
    await expect(this.button('Stop')).toBeHidden({ timeout });
    await expect(this.button('Resume')).toBeHidden();
    await expect(this.table).toBeVisible();
  }

  async export(item: string): Promise<string> {
    await this.button('Export').click();
    const saved = this.page.waitForEvent('download');
    await this.page.getByRole('menuitem', { name: item, exact: true }).click();
    return readFileSync(await (await saved).path(), 'utf8');
  }
}
