/** Numbers and plurals of one language. */

export interface Counting {
  /** 1234 → "1,234" */
  readonly number: (value: number, options?: Intl.NumberFormatOptions) => string;
  /** The form that goes with a number: English has `one` and `other`, Chinese `other` alone. */
  readonly plural: (count: number, forms: PluralForms) => string;
  /** Both: "1,234 runs". */
  readonly counted: (count: number, forms: PluralForms) => string;
}

export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

export function countingIn(language: string): Counting {
  const rules = new Intl.PluralRules(language);
  const number = (value: number, options?: Intl.NumberFormatOptions) => value.toLocaleString(language, options);
  const plural = (count: number, forms: PluralForms) => forms[rules.select(count)] ?? forms.other;
  return { number, plural, counted: (count, forms) => `${number(count)} ${plural(count, forms)}` };
}
