import { expect, type Locator, type Page } from '@playwright/test';

/** "Where does the time go?" on the Train screen. */
export class ProfilePage {
  constructor(readonly page: Page) {}

  get card(): Locator {
    return this.page.getByRole('region', { name: /^Where does the time go\?/ });
  }
  get table(): Locator {
    return this.page.getByRole('table', { name: /^Operations of a/ });
  }
  get phases(): Locator {
    return this.page.getByRole('figure', { name: 'One training step by phase' });
  }

  /** Unfolds it where it is folded. */
  async open(): Promise<void> {
    const fold = this.card.getByRole('button', { expanded: false });
    if ((await fold.count()) > 0) await fold.first().click();
    await expect(this.card.getByRole('button', { expanded: true })).toBeVisible();
  }

  async ask(steps: number): Promise<void> {
    await this.card.getByRole('textbox', { name: 'Steps' }).fill(String(steps));
    await this.card.getByRole('button', { name: /^Profile \d+ steps?/ }).click();
  }

  /** Rows of the table: kernel as shown, launches, milliseconds, GFLOP/s. */
  async kernels(): Promise<{ kernel: string; own: boolean; launches: number; milliseconds: number; gflops: number }[]> {
    const all = this.page.getByRole('button', { name: /^Show all/ });
    if (await all.isVisible()) await all.click();
    const rows = await this.table.getByRole('row').all();
    const texts = await Promise.all(rows.slice(1).map((r) => r.getByRole('cell').allInnerTexts()));
    return texts.map(([kernel = '', launches, ms, , gflops]) => ({
      kernel: kernel.replace(/\s*ours$/, '').trim(),
      own: kernel.trim().endsWith('ours'),
      launches: Number.parseFloat(launches ?? ''),
      milliseconds: Number.parseFloat((ms ?? '').replace(',', '')),
      gflops: Number.parseFloat(gflops ?? ''),
    }));
  }

  /** Milliseconds of a whole step, as said beside the title. */
  async stepMilliseconds(): Promise<number> {
    return Number.parseFloat(((await this.phases.innerText()).match(/([\d.,]+) ms a step/)?.[1] ?? '').replace(',', ''));
  }
}
