/** What a model is told of its calls by the protocol's side: of one that came to nothing, and whose picture it is where several follow. */
export const NOT_CARRIED_OUT = 'Error: this call was not carried out.';

/** @param number counted from 1, among the calls of its turn */
export const pictureOfCall = (number: number): string => `The picture of call ${number}:`;
