/** How the model learned to look: a training run to look at. */
export { LearnView } from './learn-view';
