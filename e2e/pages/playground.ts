/**
 * The page as a person sees it, for stories: what can be pressed and what can be read, by role, label and words. It waits for
 * what is on screen, never for a time.
 */
import { expect, type Locator, type Page } from '@playwright/test';
import { en, type Words } from '../../lib/words/en';
import { playground } from '../../lib/words/en/playground';
import { canvas as canvasWords } from '../../lib/words/en/canvas';
import { ANY, sayingAmong } from '../../lib/words/fixtures/saying';
import { trajectory as runWords } from '../../lib/words/en/trajectory';

export type StepKind = 'think' | 'call' | 'result' | 'other' | 'answer';

/** A cold start downloads, compiles and checks the model; two cores may be shared. */
const SETTLE_MS = 600_000;

/** A box of that number among what is said of the canvas. */
const lookAt = (at: number): RegExp =>
  sayingAmong(canvasWords.place({ at, label: ANY, x: 0, y: 0, active: false }).replaceAll('0%', ANY));

export class Playground {
  readonly page: Page;
  readonly question: Locator;
  readonly askButton: Locator;
  readonly stopButton: Locator;
  readonly status: Locator;
  readonly alert: Locator;
  readonly run: Locator;
  readonly player: Locator;
  readonly canvas: Locator;
  readonly gallery: Locator;
  /** Of the language that the page speaks. */
  readonly words: Words;

  constructor(page: Page, words = en) {
    const { common, playground, workspace, trajectory: runWords } = words;
    this.page = page;
    this.words = words;
    this.question = page.getByRole('textbox', { name: playground.composer.question });
    this.askButton = page.getByRole('button', { name: playground.composer.ask, exact: true });
    this.stopButton = page.getByRole('button', { name: playground.composer.stop, exact: true });
    // Several regions may speak; this one says the state of the page.
    this.status = page.locator('p[role="status"][aria-live="polite"]');
    // Next's route announcer is an alert too, and has no words of ours.
    this.alert = page.getByRole('alert').filter({ has: page.getByRole('button', { name: common.dismiss }) });
    this.run = page.getByRole('region', { name: runWords.label });
    this.player = page.getByRole('group', { name: runWords.player.label });
    this.canvas = page.getByRole('region', { name: workspace.picture, exact: true });
    this.gallery = page.getByTestId('gallery-picture');
  }

  /** Before `open`. By name: `auto` refuses a software adapter, the run would be WASM's, and there would be nothing to lose. */
  async preferWebGpu(more: Readonly<Record<string, number>> = {}): Promise<void> {
    await this.page.addInitScript((settings) => localStorage.setItem('loupe.settings', JSON.stringify(settings)), {
      ...more,
      device: 'webgpu',
    });
  }

  async open(path = '/'): Promise<void> {
    await this.page.goto(path);
    await expect(this.page.getByRole('banner')).toBeVisible();
  }

  /** @param number counted from 1, as printed under the picture */
  async openGalleryPicture(number: number): Promise<void> {
    await this.gallery.nth(number - 1).click();
    await this.pictureReady();
  }

  async openFile(name: string, mimeType: string, buffer: Buffer): Promise<void> {
    await this.page.getByLabel(this.words.playground.intake.file).setInputFiles({ name, mimeType, buffer });
  }

  async pictureReady(): Promise<void> {
    await expect(this.status).toContainText(sayingAmong(this.words.status.ready(ANY)), { timeout: 300_000 });
  }

  async ask(question: string): Promise<void> {
    await this.question.fill(question);
    await this.question.press('Enter');
  }

  /** Until the page is ready for the next question: answered, stopped or failed. */
  async settled(): Promise<void> {
    await expect(this.stopButton).toBeHidden({ timeout: SETTLE_MS });
    await expect(this.run).toBeVisible();
  }

  async askAndWait(question: string): Promise<void> {
    // Watched from before it is asked: a quick server is done before it could be looked for.
    await Promise.all([this.stopButton.waitFor(), this.ask(question)]);
    await this.settled();
  }

  /** Calls and results are those that were carried out. */
  steps(kind?: StepKind): Locator {
    return this.run.locator(kind ? `li[data-type="${kind}"]:not([data-refused])` : 'li[data-step]');
  }

  /** What each step on screen is, in order. */
  kinds(): Promise<(string | null)[]> {
    return this.steps().evaluateAll((steps) => steps.map((step) => step.getAttribute('data-type')));
  }

  /** The picture, where its description names the box of that call. */
  box(call: number): Locator {
    return this.canvas.getByRole('img', { name: lookAt(call) });
  }

  /** What call `call` was shown. */
  crop(call: number): Locator {
    return this.steps('result').getByRole('img', { name: runWords.picture.crop(call) });
  }

  /** The words of the answer, or null where the run ended without one. */
  async answer(): Promise<string | null> {
    const text = (await this.status.textContent()) ?? '';
    return /^Answer: (.+)$/s.exec(text)?.[1] ?? null;
  }

  /** The last run looked closer, and answered. */
  async expectAVisibleZoom(): Promise<void> {
    expect(await this.steps('call').count()).toBeGreaterThanOrEqual(1);
    await expect(this.steps('call').first()).toContainText(runWords.steps.zoom(1));
    await expect(this.steps('result').first()).toContainText(runWords.steps.crop(1));
    expect(await this.answer()).not.toBeNull();
    await expect(this.steps('answer')).toHaveCount(1);
  }

  /** `cursor / count` as the player prints it. */
  async cursor(): Promise<{ at: number; of: number }> {
    const text = (await this.player.getByRole('status', { name: runWords.player.step }).textContent()) ?? '';
    const [at = NaN, of = NaN] = text.split('/').map((part) => Number(part.trim()));
    return { at, of };
  }

  async expectCursor(at: number): Promise<void> {
    await expect(this.player.getByRole('status', { name: runWords.player.step })).toHaveText(
      new RegExp(`^\\s*${at}\\s*/`),
    );
  }

  async openRuns(): Promise<Locator> {
    await this.page.getByRole('button', { name: playground.header.runs }).click();
    const sheet = this.page.getByRole('dialog', { name: playground.header.runs });
    await expect(sheet).toBeVisible();
    return sheet;
  }

  async openSettings(): Promise<Locator> {
    const { settings } = this.words;
    await this.page.getByRole('button', { name: settings.title }).click();
    const sheet = this.page.getByRole('dialog', { name: settings.title });
    await expect(sheet).toBeVisible();
    return sheet;
  }
}
