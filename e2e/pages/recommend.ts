import { expect, type Locator, type Page } from '@playwright/test';

/** The Recommend screen as a person uses it. */
export class RecommendPage {
  constructor(readonly page: Page) {}

  async open(query = ''): Promise<void> {
    await this.page.goto(`./#/recommend${query ? `?${query}` : ''}`);
    await expect(this.page.getByRole('heading', { level: 1, name: 'Recommend' })).toBeVisible();
  }

  async tab(name: 'Person' | 'New user' | 'New item' | 'Map'): Promise<void> {
    await this.page.getByRole('tab', { name }).click();
    await expect(this.page.getByRole('tab', { name })).toHaveAttribute('aria-selected', 'true');
  }

  /** The list of a model whose run name starts with this. */
  list(run: string): Locator {
    return this.page.getByRole('list', { name: new RegExp(`^List by ${run}`) });
  }

  rows(run: string): Locator {
    return this.list(run).locator(':scope > li');
  }

  /** Names of the items in a list, in order. */
  async names(run: string): Promise<string[]> {
    return this.rows(run).locator('[class*="title"]').allInnerTexts();
  }

  /** What stands beside each item of a list, in order: the score, the badge, and how many users have it. */
  async figures(run: string): Promise<{ score: number; badge: string; users: number }[]> {
    const texts = await this.rows(run).locator('[class*="facts"]').allInnerTexts();
    return texts.map((text) => {
      const [score, badge, users] = text.split(/\s*\n\s*/).map((t) => t.trim()).filter(Boolean);
      return { score: Number(score!.replace('−', '-')), badge: badge!, users: Number.parseInt(users!.replaceAll(',', ''), 10) };
    });
  }

  /** Chooses one more model to stand beside the others. */
  async addModel(name: RegExp): Promise<void> {
    await this.page.getByRole('combobox', { name: 'Models, side by side' }).click();
    await this.page.getByRole('option', { name }).click();
    await this.page.keyboard.press('Escape');
  }

  async expectRows(run: string, n: number): Promise<void> {
    await expect(this.rows(run)).toHaveCount(n, { timeout: 30_000 });
    await expect(this.list(run)).toHaveAttribute('aria-busy', 'false');
  }

  /** Opens the reasons of the n-th item. */
  async why(run: string, n: number): Promise<Locator> {
    const row = this.rows(run).nth(n);
    await row.getByRole('button').first().click();
    await expect(row.getByRole('heading', { name: 'The model says' })).toBeVisible();
    return row;
  }
}
