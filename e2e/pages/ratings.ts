import { expect, type Locator, type Page } from '@playwright/test';

/** The Train screen while it predicts ratings. */
export class RatingsPage {
  constructor(readonly page: Page) {}

  async choose(): Promise<void> {
    await this.page.getByRole('radiogroup', { name: 'Task' }).getByText('Predict ratings').click();
    await expect(this.page.getByRole('heading', { level: 2, name: 'Model of ratings' })).toBeVisible();
  }
  get run(): Locator {
    return this.page.getByRole('button', { name: 'Run', exact: true });
  }
  get stop(): Locator {
    return this.page.getByRole('button', { name: 'Stop', exact: true });
  }
  get folds(): Locator {
    return this.page.getByRole('table', { name: /^Errors by fold of/ });
  }
  get board(): Locator {
    return this.page.getByRole('table', { name: /^Rating runs, best/ });
  }
  /** Rows of the board by the name of the run. */
  row(name: string): Locator {
    return this.board.getByRole('row').filter({ has: this.page.getByRole('button', { name, exact: true }) });
  }

  /** Runs what the form says and waits until one more run is on the board. */
  async runToEnd(timeout = 60_000): Promise<void> {
    const rows = (): Promise<number> => this.board.getByRole('row').count();
    const before = (await this.board.count()) === 0 ? 1 : await rows();
    await this.run.click();
    await expect.poll(rows, { timeout }).toBe(before + 1);
    await expect(this.run).toBeVisible();
  }

  /** RMSE in the row of the fold table that begins with this text. */
  async rmse(row: string): Promise<number> {
    const cells = await this.folds.getByRole('row').filter({ hasText: row }).getByRole('cell').allInnerTexts();
    return Number.parseFloat(cells[2] ?? '');
  }
}
