/** What a model is told of its other calls, where its protocol wants every one of them answered. */
export const ONE_A_TURN = 'Error: only the first call of a turn is carried out.';
