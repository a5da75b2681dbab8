/** Writes the values that an option accepts in place of its placeholder. */

/** Limit on the characters of all values together. */
const MAX_CHARACTERS = 100
const CHOICE = /^[\w.:+/-]{1,40}$/

/** `<auto|always|never>`; `undefined` for fewer than two values, and for long or unusual ones. */
export function choiceValue(values: readonly string[]): string | undefined {
  const joined = values.join('|')
  return values.length < 2 || joined.length > MAX_CHARACTERS || !values.every((one) => CHOICE.test(one))
    ? undefined
    : `<${joined}>`
}
