/** Changing a run, for stories: what can be pressed at the step that is shown, the box on the canvas, the branches. */
import { expect, type Locator, type Page } from '@playwright/test';
import { canvas } from '../../lib/words/en/canvas';
import { fork } from '../../lib/words/en/fork';
import { trajectory } from '../../lib/words/en/trajectory';
import type { Playground, StepKind } from './playground';

export class Changes {
  readonly page: Page;
  readonly playground: Playground;
  readonly box: Locator;
  readonly branches: Locator;

  constructor(playground: Playground) {
    this.playground = playground;
    this.page = playground.page;
    this.box = this.page.getByRole('group', { name: canvas.editor });
    this.branches = this.page.getByRole('region', { name: fork.branches.label }).locator('[data-branch]');
  }

  /** Shows the first step of that kind. */
  async show(kind: StepKind): Promise<void> {
    await this.playground.steps(kind).first().getByRole('button').first().click();
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click();
  }

  /** In pixels of the picture: left, top, right, bottom. */
  async drawn(): Promise<readonly number[]> {
    await expect(this.box).not.toHaveAttribute('data-box', '');
    return ((await this.box.getAttribute('data-box')) ?? '').split(' ').map(Number);
  }

  /** Drags from a share of the canvas to another. */
  async drag([x1, y1]: readonly [number, number], [x2, y2]: readonly [number, number]): Promise<void> {
    const frame = await this.box.boundingBox();
    if (!frame) throw new Error('There is no canvas to draw on');
    await this.page.mouse.move(frame.x + x1 * frame.width, frame.y + y1 * frame.height);
    await this.page.mouse.down();
    await this.page.mouse.move(frame.x + x2 * frame.width, frame.y + y2 * frame.height, { steps: 4 });
    await this.page.mouse.up();
  }

  /** Does what makes another run, and waits until that has ended. */
  async making(change: () => Promise<void>): Promise<void> {
    const before = this.run();
    await change();
    await expect.poll(() => this.run()).not.toBe(before);
    await this.playground.settled();
  }

  run(): string | null {
    return new URL(this.page.url()).searchParams.get('run');
  }

  /** The choice that a press on a token opens. */
  get tokens(): Locator {
    return this.page.getByRole('dialog', { name: trajectory.take.label }).getByRole('button');
  }
}
