/**
 * A session that stands in until the real one is there: the page is drawn and listens from the first moment, while the code
 * for pictures, storage and the engine is still on its way. What is asked of it is done by the real one as soon as it can.
 */
import { createStore } from 'zustand/vanilla';
import { createPlayer } from '@/lib/player';
import { initialState, type Session, type SessionActions, type SessionState } from '@/lib/session';

/** @param hubEndpoint as `createPageSession` has it */
export function createWaitingSession(real: Promise<Session>, hubEndpoint: string | null): Session {
  const store = createStore<SessionState>()(() => initialState(null, hubEndpoint));
  const set = (patch: Partial<SessionState>) => store.setState(patch);
  real.catch(() => set({ notice: { code: 'session/not-started' } }));

  return {
    getState: store.getState,
    getInitialState: store.getInitialState,
    subscribe: store.subscribe,
    actions: waitingActions(
      real.then(({ actions }) => actions),
      {
        openImage: () => set({ phase: 'opening' }),
        openImageUrl: () => set({ phase: 'opening' }),
        openFiles: (files) => {
          if (files.length > 0) set({ phase: 'opening' });
        },
        setQuestion: (question) => set({ question }),
        stop: () => set({ phase: 'idle' }),
        dismissNotice: () => set({ notice: null }),
      },
    ),
    player: createPlayer(),
  };
}

type AnyAction = (...given: never[]) => unknown;
type AtOnce = { readonly [Name in keyof SessionActions]?: (...given: Parameters<SessionActions[Name]>) => void };

/**
 * Every action there is, done by the real session's as soon as that is there; one that answers with a promise answers null where it
 * never comes. @param atOnce what is seen of some of them until then
 */
function waitingActions(real: Promise<SessionActions>, atOnce: AtOnce): SessionActions {
  const made = new Map<string | symbol, AnyAction>();
  const make = (name: keyof SessionActions): AnyAction => {
    // Any function is one of some arguments; which ones, whoever calls it knows.
    const seen: AnyAction | undefined = atOnce[name];
    const act = (actions: SessionActions, ...given: never[]): unknown => {
      const action: AnyAction = actions[name];
      return action(...given);
    };
    return (...given) => {
      seen?.(...given);
      return real.then(
        (actions) => act(actions, ...given),
        () => null,
      );
    };
  };
  const get = (_none: object, name: string | symbol): AnyAction => {
    // Who reads an action reads it by a name of the interface; the same name gives the same function.
    const action = made.get(name) ?? make(name as keyof SessionActions);
    made.set(name, action);
    return action;
  };
  // It has what the interface has, since it answers to every name.
  return new Proxy({}, { get }) as SessionActions;
}
