import { expect, type Locator, type Page } from '@playwright/test';

/** The page as a person uses it: rail, status bar, and the three screens. */
export class Workbench {
  readonly data: DataPage;
  readonly text: TextPage;
  readonly train: TrainPage;

  constructor(readonly page: Page) {
    this.data = new DataPage(page);
    this.text = new TextPage(page);
    this.train = new TrainPage(page);
  }

  async open(hash = ''): Promise<void> {
    await this.page.goto(`./${hash}`);
    await expect(this.page.getByRole('navigation').getByText('Data', { exact: true })).toBeVisible();
  }

  async go(screen: 'Data' | 'Explore' | 'Text' | 'Train' | 'Compare' | 'Recommend'): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name: screen }).click();
    await expect(this.page.getByRole('heading', { level: 1, name: screen })).toBeVisible();
  }

  get status(): Locator {
    return this.page.getByRole('contentinfo', { name: 'Status' });
  }
}

export interface NamedFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}
export const csv = (name: string, text: string): NamedFile => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

class DataPage {
  constructor(readonly page: Page) {}

  /** Through the file field behind the drop zone or behind "Open other files". */
  async open(files: string | string[] | NamedFile[]): Promise<void> {
    await this.page.locator('main input[type="file"]').first().setInputFiles(files);
  }

  /** By dropping onto the page. */
  async drop(files: NamedFile[]): Promise<void> {
    const transfer = await this.page.evaluateHandle((list) => {
      const t = new DataTransfer();
      for (const f of list) t.items.add(new File([Uint8Array.from(f.bytes)], f.name, { type: f.type }));
      return t;
    }, files.map((f) => ({ name: f.name, type: f.mimeType, bytes: [...f.buffer] })));
    const target = this.page.locator('main');
    for (const type of ['dragenter', 'dragover', 'drop']) await target.dispatchEvent(type, { dataTransfer: transfer });
  }

  /** Row of the cleaning funnel: [interactions, users, items] as shown. */
  async funnelRow(step: string | RegExp): Promise<string[]> {
    const row = this.page.getByRole('table', { name: /Counts before and after/ }).getByRole('row').filter({ has: this.page.getByRole('rowheader', { name: step }) });
    await expect(row).toHaveCount(1);
    const cells = await row.getByRole('cell').allInnerTexts();
    return cells.map((c) => c.trim().split(/\s/)[0] ?? '');
  }

  async expectFunnel(step: string | RegExp, counts: [string, string, string]): Promise<void> {
    await expect.poll(() => this.funnelRow(step).catch(() => []), { timeout: 60_000 }).toEqual(counts);
  }
}

class TextPage {
  constructor(readonly page: Page) {}

  async embed(column: string): Promise<void> {
    for (const box of await this.page.getByRole('group', { name: 'Columns' }).getByRole('checkbox').all()) await box.uncheck();
    await this.page.getByRole('group', { name: 'Columns' }).getByRole('checkbox', { name: new RegExp(`^${column}`) }).check();
    await this.page.getByRole('button', { name: `Embed ${column}` }).click();
  }

  ready(column: string): Locator {
    return this.page.getByRole('rowheader', { name: column, exact: true });
  }
}

class TrainPage {
  constructor(readonly page: Page) {}

  button(name: 'Train' | 'Pause' | 'Resume' | 'Step' | 'Stop'): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  get epochTable(): Locator {
    return this.page.getByRole('table', { name: /^Loss and validation by epoch/ });
  }
  get testTable(): Locator {
    return this.page.getByRole('table', { name: /^Test results of/ });
  }
  get runTable(): Locator {
    return this.page.getByRole('table', { name: /^Runs on this device/ });
  }

  chart(title: string | RegExp): Locator {
    return this.page.getByRole('figure', { name: title });
  }

  /** Starts a run and waits for its last word. */
  async trainToEnd(timeout = 180_000): Promise<void> {
    const runs = (): Promise<number> => this.runTable.getByRole('checkbox').count();
    const before = await runs();
    await this.button('Train').click();
    await expect.poll(runs, { timeout }).toBe(before + 1); // a tiny run may be over before Stop could be seen
    await this.end(timeout);
  }

  async end(timeout = 180_000): Promise<void> {
    await expect(this.button('Train')).toBeVisible({ timeout });
    await expect(this.testTable).toBeVisible();
  }

  /** One cell of the test table at the shown K, as a number: a metric, or a baseline's value of the shown metric. */
  async testValue(slice: 'All items' | 'Warm' | 'Cold' | 'Strictly new', heading: 'HR' | 'NDCG' | 'popularity' | 'random' | 'oracle' = 'HR'): Promise<number> {
    const heads = await this.testTable.getByRole('columnheader').allInnerTexts();
    const column = heads.findIndex((h) => h.trim() === heading);
    const row = this.testTable.getByRole('row').filter({ hasText: slice });
    const cells = await row.locator('th, td').allInnerTexts();
    return Number.parseFloat((cells[column] ?? '').trim());
  }

  /** The numbers behind a chart, through its table twin. */
  async chartRows(title: string): Promise<string[][]> {
    const figure = this.chart(title);
    await figure.getByRole('button', { name: `${title}: table and export` }).click();
    await this.page.getByRole('menuitem', { name: 'Show as table' }).click();
    const rows = await figure.getByRole('row').all();
    const texts = await Promise.all(rows.map((r) => r.locator('th, td').allInnerTexts()));
    await figure.getByRole('button', { name: `${title}: table and export` }).click();
    await this.page.getByRole('menuitem', { name: 'Show as chart' }).click();
    return texts;
  }
}

/** A small two-tower: seconds per epoch even on two busy cores. */
export const small = 'model=two-tower&preset=fast&p.embedding=8&p.output=16&p.negatives=2&p.batch=2048';
