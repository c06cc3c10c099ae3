import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';

/** The Explore screen as a person uses it: charts, bars to choose by, chips of what is chosen. */
export class ExplorePage {
  constructor(readonly page: Page) {}

  async open(query = ''): Promise<void> {
    await this.page.goto(`./#/explore${query}`);
    await expect(this.page.getByRole('heading', { level: 1, name: 'Explore' })).toBeVisible();
    await expect(this.chips.or(this.counts).first()).toBeVisible();
  }

  /** '60,000 plays · 1,200 listeners · 900 songs', '13,854 of 60,000 plays · …', or '240 items' of a table alone. */
  get counts(): Locator {
    return this.page.locator('main').getByRole('status').filter({ hasText: /^[\d,]+ / });
  }
  get chips(): Locator {
    return this.page.getByRole('list', { name: 'Filters in force' });
  }
  part(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true });
  }
  chart(title: string | RegExp): Locator {
    return this.page.getByRole('figure', { name: title });
  }
  /** Scrolls to a part, as its button does. */
  async go(part: string): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Parts of this screen' }).getByRole('button', { name: part, exact: true }).click();
    await expect(this.part(part)).toBeInViewport();
  }
  /** Goes down until something is there: what is far below is drawn only when it comes near. */
  async reach(what: Locator): Promise<Locator> {
    await this.page.mouse.move(700, 450);
    for (let step = 0; step < 60 && (await what.count()) === 0; step++) {
      await this.page.mouse.wheel(0, 500);
      await this.page.waitForTimeout(150);
    }
    await what.first().scrollIntoViewIfNeeded();
    return what;
  }
  /** A bar of a chart, by its name: pressing it narrows everything else. */
  bar(chart: Locator, level: string): Locator {
    return chart.getByRole('button', { name: new RegExp(`^${level}: `) });
  }
  /** How many interactions are selected. */
  async selected(): Promise<number> {
    const text = await this.counts.innerText();
    return Number(/^[\d,]+/.exec(text)![0].replaceAll(',', ''));
  }
  reading(chart: Locator): Locator {
    return chart.getByText('Reading:').locator('..');
  }

  async menu(chart: Locator, item: string): Promise<void> {
    await chart.getByRole('button', { name: /table and export$/ }).click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }
  async saved(chart: Locator, item: 'Save picture (PNG)' | 'Save numbers (CSV)'): Promise<Buffer> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), this.menu(chart, item)]);
    return readFile(await download.path());
  }
  /** The numbers behind a chart, row by row, through its table twin. */
  async table(chart: Locator): Promise<string[][]> {
    await this.menu(chart, 'Show as table');
    const rows = await chart.getByRole('row').all();
    const texts = await Promise.all(rows.map((r) => r.locator('th, td').allInnerTexts()));
    await this.menu(chart, 'Show as chart');
    return texts;
  }
}
