/** Compares the name of a definition with that of its module, file or package. */

import { comparableName } from '#generate/pages/comparable-name.ts'

/**
 * Whether the names are the same except for case and punctuation: `templates`, `ITemplate` and, in a package `orbit`,
 * `Orbit::Template` match `template`.
 */
export function isNamesake(name: string, holder: string, packageName = ''): boolean {
  const [own, other] = [comparableName(name), comparableName(holder)]
  if (other === '') return false
  const prefix = comparableName(packageName)
  const forms = [own]
  if (/^I\p{Lu}\p{Ll}/u.test(name)) forms.push(own.slice(1))
  if (prefix !== '' && own.startsWith(prefix)) forms.push(own.slice(prefix.length))
  return forms.some((form) => form !== '' && singular(form) === singular(other))
}

/** `entry` for `entries`, `class` for `classes`; words such as `class` and `status` are unchanged. */
function singular(word: string): string {
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`
  if (/(?:ch|sh|ss|x|z)es$/.test(word)) return word.slice(0, -2)
  return /[^sui]s$/.test(word) ? word.slice(0, -1) : word
}
