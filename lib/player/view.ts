/**
 * What a person is looking at: the hovered step, whether boxes and probabilities show, how the camera behaves. Shared by
 * canvas and text so that they light each other up; kept nowhere. Not the camera itself: that lives on the canvas.
 */
import { createStore } from 'zustand/vanilla';
import { activeCrop } from '@/lib/trajectory';
import type { Player, View, ViewState } from './contract';

const INITIAL: ViewState = {
  hover: null,
  mark: null,
  boxes: true,
  probabilities: false,
  details: false,
  eye: false,
  camera: 'follow',
  help: false,
  draft: null,
};

/** One a player. When the cursor moves or another run is opened, the camera follows the steps again. */
export function createView(player: Pick<Player, 'getState' | 'subscribe'>): View {
  const store = createStore<ViewState>()(() => INITIAL);
  const set = (patch: Partial<ViewState>) => store.setState(patch);

  const showsCrop = (): boolean => {
    const { camera } = store.getState();
    const { run, cursor } = player.getState();
    return camera === 'crop' || (camera === 'follow' && run !== null && activeCrop(run, cursor) !== null);
  };

  // Never undone: view and player are made together and end together.
  player.subscribe((state, previous) => {
    const sameRun = state.run?.id === previous.run?.id;
    if (state.cursor !== previous.cursor || !sameRun || state.pictures !== previous.pictures) set({ camera: 'follow' });
    if (!sameRun) set({ hover: null, mark: null });
    if (store.getState().draft && (!sameRun || state.pictures !== previous.pictures)) set({ draft: null });
    if (state.source !== previous.source) set({ eye: false });
  });

  return {
    getState: store.getState,
    getInitialState: store.getInitialState,
    subscribe: store.subscribe,
    actions: {
      hover: (hover) => {
        if (store.getState().hover !== hover) set({ hover });
      },
      pointAt: (mark) => {
        const before = store.getState().mark;
        if (before?.step !== mark?.step || before?.index !== mark?.index) set({ mark });
      },
      toggleBoxes: () => set({ boxes: !store.getState().boxes }),
      toggleProbabilities: () => set({ probabilities: !store.getState().probabilities }),
      // Probabilities are a detail: they go with the others.
      toggleDetails: () => set({ details: !store.getState().details, probabilities: false }),
      toggleEye: () => set({ eye: !store.getState().eye }),
      setCamera: (camera) => {
        if (store.getState().camera !== camera) set({ camera });
      },
      toggleCrop: () => set({ camera: showsCrop() ? 'fit' : 'crop' }),
      setHelp: (help) => set({ help }),
      beginDraft: (draft) => set({ draft, camera: 'fit' }),
      drawDraft: (box) => {
        const { draft } = store.getState();
        if (draft) set({ draft: { ...draft, box } });
      },
      endDraft: () => {
        if (store.getState().draft) set({ draft: null });
      },
    },
  };
}
