/** Writes the values that an option accepts in place of its placeholder. */

/** Characters of all values; longer ones are not listed. */
const MAX_CHOICES = 100
const CHOICE = /^[\w.:+/-]{1,40}$/

/** `<auto|always|never>`; `undefined` where there is no choice, or one that is not written out. */
export function choiceValue(values: readonly string[]): string | undefined {
  const joined = values.join('|')
  return values.length < 2 || joined.length > MAX_CHOICES || !values.every((one) => CHOICE.test(one))
    ? undefined
    : `<${joined}>`
}
