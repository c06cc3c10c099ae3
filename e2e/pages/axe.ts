import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

export interface Look {
  /** Named before each fault. */
  place?: string;
  /** Only this part of the page. */
  include?: string;
  /** All of axe's rules, or only the one that a theme can break: structure and names are the same in both. */
  rules?: 'all' | 'contrast';
}

/** What axe finds in the page as it is drawn, and whether anything sticks out sideways: of the page, or of the screen in it. */
export async function faultsOf(page: Page, { place = '', include, rules = 'all' }: Look = {}): Promise<string[]> {
  const once = async (): Promise<string[]> => {
    // A change of colours starts its transitions with the next frame.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await page.evaluate(() => Promise.all(document.getAnimations().map((a) => a.finished.catch(() => undefined))));
    const wide = await page.evaluate(() => {
      const main = document.getElementById('main');
      return Math.max(document.documentElement.scrollWidth - document.documentElement.clientWidth, main ? main.scrollWidth - main.clientWidth : 0);
    });
    let axe = new AxeBuilder({ page });
    if (include) axe = axe.include(include);
    if (rules === 'contrast') axe = axe.withRules(['color-contrast']);
    const { violations } = await axe.analyze();
    return [...(wide > 0 ? [`${place} ${wide} px too wide`] : []), ...violations.map((v) => `${place} ${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(' | ')}`)];
  };
  let faults = await once();
  // On a busy machine a page may be looked at half-way through a change of theme: a fault counts when it stays.
  for (let again = 0; again < 3 && faults.length > 0; again++) {
    await page.waitForTimeout(700);
    faults = await once();
  }
  return faults;
}

export async function expectClean(page: Page, look: Look = {}): Promise<void> {
  expect(await faultsOf(page, look)).toEqual([]);
}
