import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';

/** Compare, tabs Runs and Ablation, as a person uses them. */
export class ComparePage {
  constructor(readonly page: Page) {}

  async open(query = ''): Promise<void> {
    await this.page.goto(`./#/compare${query}`);
    await expect(this.page.getByRole('heading', { level: 1, name: 'Compare' })).toBeVisible();
  }
  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }
  get together(): Locator {
    return this.page.getByRole('region', { name: 'Runs side by side' });
  }
  chart(title: string | RegExp): Locator {
    return this.page.getByRole('figure', { name: title });
  }
  tick(run: string | RegExp, exact = false): Locator {
    return this.page.getByRole('checkbox', { name: run, exact });
  }
  async menu(run: string, item: string): Promise<void> {
    await this.page.getByRole('button', { name: `More for ${run}`, exact: true }).click();
    await this.page.getByRole('menuitem', { name: item, exact: true }).click();
  }
  /** What a press hands over as a file. */
  async saved(press: () => Promise<void>): Promise<string> {
    const [file] = await Promise.all([this.page.waitForEvent('download'), press()]);
    return readFile(await file.path(), 'utf8');
  }
}
