/** Numbers, plurals, dates and times of one language. */

export interface Counting {
  /** 1234 → "1,234" */
  readonly number: (value: number, options?: Intl.NumberFormatOptions) => string;
  /** The form that goes with a number: English has `one` and `other`, Chinese `other` alone. */
  readonly plural: (count: number, forms: PluralForms) => string;
  /** Both: "1,234 runs". */
  readonly counted: (count: number, forms: PluralForms) => string;
  /** Day and time, as people of that language write them where this one lives; empty for what is none. */
  readonly moment: (iso: string) => string;
  /** The same for a list: the time where it is `now`'s day, else the day; the year where it is another one. */
  readonly timeOrDay: (iso: string, now: Date) => string;
  /** "29 days", "3 hours": in whole units, the largest that fits; null under a minute. */
  readonly duration: (milliseconds: number) => string | null;
}

export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

export function countingIn(language: string): Counting {
  const rules = new Intl.PluralRules(language);
  const number = (value: number, options?: Intl.NumberFormatOptions) => value.toLocaleString(language, options);
  const plural = (count: number, forms: PluralForms) => forms[rules.select(count)] ?? forms.other;
  return {
    number,
    plural,
    counted: (count, forms) => `${number(count)} ${plural(count, forms)}`,
    moment: (iso) => {
      const date = new Date(iso);
      if (Number.isNaN(date.getTime())) return '';
      const parts = { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' } as const;
      return date.toLocaleString(regional(language), parts);
    },
    timeOrDay: (iso, now) => {
      const date = new Date(iso);
      if (Number.isNaN(date.getTime())) return '';
      if (date.toDateString() === now.toDateString()) {
        return date.toLocaleTimeString(regional(language), { hour: '2-digit', minute: '2-digit' });
      }
      const year = date.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const);
      return date.toLocaleDateString(regional(language), { day: 'numeric', month: 'short', ...year });
    },
    duration: (milliseconds) => {
      for (const [unit, length] of UNITS) {
        const count = Math.floor(milliseconds / length);
        if (count >= 1) return number(count, { style: 'unit', unit, unitDisplay: 'long' });
      }
      return null;
    },
  };
}

/** The person's own kind of the language, such as British English. */
function regional(language: string): string {
  return globalThis.navigator?.languages?.find((one) => one.split('-')[0] === language.split('-')[0]) ?? language;
}
