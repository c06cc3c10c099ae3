import { expect, type Locator, type Page } from '@playwright/test';

/** Compare, "Reproduce published numbers". */
export class ReproducePage {
  constructor(readonly page: Page) {}

  async open(table: string): Promise<void> {
    await this.page.goto(`./#/compare?tab=reproduce&table=${table}`);
  }
  /** Brings the file a table asks for. */
  async bring(zip: string): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    await this.page.getByRole('button', { name: /^Choose / }).click();
    await (await chooser).setFiles(zip);
  }
  get fits(): Locator {
    return this.page.getByText('The right data are loaded:');
  }
  get run(): Locator {
    return this.page.getByRole('button', { name: /^Run \d+ rows?|^Run again$/ });
  }
  get table(): Locator {
    return this.page.getByRole('table', { name: /published figures and ours$/ });
  }
  async expectHits(hits: number, timeout: number): Promise<void> {
    await expect(this.page.getByRole('heading', { name: `${hits} of ${hits} figures hit` })).toBeVisible({ timeout });
  }
}
